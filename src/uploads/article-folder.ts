import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, sep } from 'node:path';
import { readArticles } from '../articles/read.ts';
import { UnreadableFile } from '../articles/unreadable.ts';
import { YuanwenError } from '../errors.ts';
import { isArticleFile, safeName } from './safe-path.ts';
import { unpack } from './unpack.ts';
import type { ReceivedFile, Unpacked } from './unpack.ts';

export interface ArticleFolderOptions {
  readonly articlesDir: string;
  /** Of the trash. */
  readonly trashDir: string;
  /** Larger files are not taken. */
  readonly maxFileBytes: number;
}

/** What a file from outside holds. */
interface Inspection {
  readonly titles: readonly string[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/** Changes to the articles folder that come from a chat. Never overwrites, never deletes. */
export class ArticleFolder {
  private readonly options: ArticleFolderOptions;

  constructor(options: ArticleFolderOptions) {
    this.options = options;
  }

  /** Looks into a file or a zip archive without keeping anything. */
  async inspect(name: string, bytes: Uint8Array): Promise<Inspection> {
    const { files, refused } = await received(name, bytes);
    const titles: string[] = [];
    const unreadable = [...refused];
    for (const file of files) {
      try {
        const { articles } = readArticles(file.bytes, file.path, {
          maxBytes: this.options.maxFileBytes,
        });
        titles.push(...articles.map(({ title }) => title));
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        unreadable.push({ file: error.file, reason: error.reason });
      }
    }
    return { titles, unreadable };
  }

  /**
   * Stores a file, or what is in a zip archive in a folder of the archive's name.
   * @returns paths below the articles folder; those that were there already, to the letter, included
   */
  async add(name: string, bytes: Uint8Array): Promise<string[]> {
    const { files } = await received(name, bytes);
    const paths: string[] = [];
    for (const file of files) paths.push(await this.store(file));
    return paths;
  }

  /** Moves a file of the articles folder to the trash. @returns its name there */
  async remove(file: string): Promise<string> {
    const trashed = posix.join(new Date().toISOString().replaceAll(':', '-'), inside(file));
    await move(join(this.options.articlesDir, file), join(this.options.trashDir, trashed), file);
    return trashed;
  }

  /** Moves a file back from the trash. @returns its path below the articles folder */
  async restore(trashed: string): Promise<string> {
    const [, ...rest] = inside(trashed).split('/');
    const path = await this.freePath(rest.join('/'), null);
    const source = join(this.options.trashDir, trashed);
    await move(source, join(this.options.articlesDir, path), rest.join('/'));
    return path;
  }

  private async store({ path, bytes }: ReceivedFile): Promise<string> {
    const free = await this.freePath(path, bytes);
    const target = join(this.options.articlesDir, free);
    await mkdir(dirname(target), { recursive: true });
    // Hidden until it is complete: half a file is never read.
    const partial = join(dirname(target), `.${randomUUID()}.partial`);
    try {
      await writeFile(partial, bytes, { flag: 'wx' });
      await rename(partial, target);
    } finally {
      await rm(partial, { force: true });
    }
    return free;
  }

  /** The path itself, or with a number behind it when another file has it. */
  private async freePath(path: string, bytes: Uint8Array | null): Promise<string> {
    const { dir, name, ext } = posix.parse(path);
    for (let number = 1; ; number += 1) {
      const candidate = posix.join(dir, number === 1 ? name + ext : `${name}-${number}${ext}`);
      const there = await readIfThere(join(this.options.articlesDir, candidate));
      if (there === null || (bytes !== null && there.equals(bytes))) return candidate;
    }
  }
}

async function received(name: string, bytes: Uint8Array): Promise<Unpacked> {
  if (/\.zip$/i.test(name)) {
    const folder = safeName(basename(name).slice(0, -'.zip'.length), 'archive');
    const { files, refused } = await unpack(bytes);
    const below = files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
    return { files: below, refused };
  }
  const path = safeName(name);
  if (isArticleFile(path)) return { files: [{ path, bytes }], refused: [] };
  return { files: [], refused: [{ file: name, reason: 'it is neither .txt nor .md nor .zip' }] };
}

async function move(from: string, to: string, file: string): Promise<void> {
  if ((await stat(from).catch(() => null)) === null) {
    throw new YuanwenError('article-file-missing', `${file} is not there any more.`);
  }
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A path that stays below its folder. */
function inside(path: string): string {
  const normal = posix.normalize(path.replaceAll(sep, '/'));
  if (posix.isAbsolute(normal) || normal.split('/').includes('..')) {
    throw new YuanwenError('path-outside', `${path} is not below the articles folder.`);
  }
  return normal;
}
