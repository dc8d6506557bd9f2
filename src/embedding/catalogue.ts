import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A model of the hub that serves somebody better than the shipped one. */
export interface Recommendation {
  readonly id: string;
  /** Its 8-bit ONNX file, in megabytes; the tokenizer comes on top, 17 MB where it knows many languages. */
  readonly megabytes: number;
  readonly serves: string;
  /** nDCG@10 in hundredths, and where it was published. */
  readonly published: string;
}

/** C-MTEB retrieval is the mean of eight Chinese sets, MIRACL that of eighteen languages. */
export const recommendations: readonly Recommendation[] = [
  {
    id: 'Xenova/bge-small-zh-v1.5',
    megabytes: 24,
    serves: 'Chinese questions about Chinese articles',
    published: 'C-MTEB retrieval 61.8 (model card)',
  },
  {
    id: 'Xenova/multilingual-e5-small',
    megabytes: 118,
    serves: 'questions across languages',
    published: 'C-MTEB retrieval 60.0 (BAAI’s C-MTEB table)',
  },
  {
    id: 'onnx-community/gte-multilingual-base',
    megabytes: 340,
    serves: 'quality, across languages',
    published: 'MIRACL 62.1 (mGTE paper, table 4)',
  },
  {
    id: 'onnx-community/Qwen3-Embedding-0.6B-ONNX',
    megabytes: 614,
    serves: 'the best quality, with patience',
    published: 'C-MTEB retrieval 71.0 (model card)',
  },
];

/** A model that can be used without a network. */
export interface LocalModel {
  /** What `EMBEDDING_MODEL` calls it. */
  readonly name: string;
  /** Bytes on disk. */
  readonly bytes: number;
}

/** The models under `modelsDir`, and those that have been downloaded whole. */
export async function localModels(modelsDir: string, cacheDir: string): Promise<LocalModel[]> {
  const shipped = await foldersWith(modelsDir, 'config.json');
  const owners = await foldersOf(cacheDir);
  const downloaded = await Promise.all(
    owners.map(async (owner) =>
      (await foldersWith(join(cacheDir, owner), 'complete.json')).map((name) => `${owner}/${name}`),
    ),
  );
  return Promise.all([
    ...shipped.map(async (name) => ({ name, bytes: await bytesOf(join(modelsDir, name)) })),
    ...downloaded
      .flat()
      .map(async (name) => ({ name, bytes: await bytesOf(join(cacheDir, name)) })),
  ]);
}

async function foldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function foldersWith(folder: string, file: string): Promise<string[]> {
  const folders = await foldersOf(folder);
  const having = await Promise.all(
    folders.map(async (name) =>
      stat(join(folder, name, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter((_, i) => having[i]);
}

async function bytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
