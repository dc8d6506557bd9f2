import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFolder } from './model-folder.ts';
import type { Recipe } from './recipe.ts';

/** Bytes above which a file's hash is remembered (by path, size and time of change) instead of made anew. */
const big = 64 << 20;

/**
 * 32 hexadecimal digits that stand for the model's files and the way they are used. The folder's
 * name does not count: a renamed model gives the same vectors.
 */
export async function fingerprintOf(
  model: ModelFolder,
  recipe: Recipe,
  cacheDir: string,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  const { file } = model.network;
  for (const name of ['tokenizer.json', file, ...(model.externalData ? [`${file}_data`] : [])]) {
    hash.update(`\n${await hashOf(resolve(model.path, name), cacheDir)}`);
  }
  return hash.digest('hex').slice(0, 32);
}

async function hashOf(file: string, cacheDir: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  if (size < big) return hashBytes(file);
  const key = `${size} ${mtimeMs}`;
  const memory = join(cacheDir, 'hashes.json');
  const known = await remembered(memory);
  const found = known[file];
  if (found?.key === key) return found.hash;
  const hash = await hashBytes(file);
  await remember(memory, { ...known, [file]: { key, hash } });
  return hash;
}

async function hashBytes(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

type Hashes = Record<string, { readonly key: string; readonly hash: string }>;

/** A memory that is missing or damaged costs only time. */
async function remembered(memory: string): Promise<Hashes> {
  try {
    const read: Hashes = JSON.parse(await readFile(memory, 'utf8'));
    return read;
  } catch {
    return {};
  }
}

async function remember(memory: string, hashes: Hashes): Promise<void> {
  try {
    await mkdir(join(memory, '..'), { recursive: true });
    await writeFile(`${memory}.new`, JSON.stringify(hashes));
    await rename(`${memory}.new`, memory);
  } catch {
    // A cache folder that cannot be written: the file is hashed again next time.
  }
}
