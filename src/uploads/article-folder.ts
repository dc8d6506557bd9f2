import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix, sep } from 'node:path';
import { readArticles } from '../articles/read.ts';
import { UnreadableFile } from '../articles/unreadable.ts';
import { YuanwenError } from '../errors.ts';
import { cutArticle } from './cut-article.ts';
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

/** Marks what is in the trash as a file that is still in its place, less an article. */
const PART = '.part';

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
    const trashed = posix.join(stamp(), inside(file));
    await move(join(this.options.articlesDir, file), join(this.options.trashDir, trashed), file);
    return trashed;
  }

  /**
   * Takes one article out of its file; the file as it was goes to the trash.
   * @param id - as the library has it
   * @returns the name of the whole file in the trash
   * @throws YuanwenError `article-not-separable`
   */
  async removeArticle(file: string, id: string): Promise<string> {
    const path = join(this.options.articlesDir, inside(file));
    const bytes = await readIfThere(path);
    if (bytes === null) throw missing(file);
    const rest = cutArticle(bytes, file, id);
    if (rest === null) {
      throw new YuanwenError(
        'article-not-separable',
        `The article can't be taken out of ${file} without touching its neighbours. Remove the whole file, or edit it by hand.`,
      );
    }
    const trashed = posix.join(`${stamp()}${PART}`, file);
    await write(join(this.options.trashDir, trashed), bytes);
    await write(path, Buffer.from(rest));
    return trashed;
  }

  /**
   * Moves a file back from the trash. One that had lost an article takes its place again; what was
   * there meanwhile goes to the trash.
   * @returns its path below the articles folder
   */
  async restore(trashed: string): Promise<string> {
    const [folder = '', ...rest] = inside(trashed).split('/');
    const file = rest.join('/');
    const isWhole = folder.endsWith(PART);
    const source = join(this.options.trashDir, trashed);
    if ((await readIfThere(source)) === null) throw missing(file);
    const there = await readIfThere(join(this.options.articlesDir, file));
    if (isWhole && there !== null) await this.remove(file);
    const path = await this.freePath(file, null);
    await move(source, join(this.options.articlesDir, path), file);
    return path;
  }

  private async store({ path, bytes }: ReceivedFile): Promise<string> {
    const free = await this.freePath(path, bytes);
    await write(join(this.options.articlesDir, free), bytes);
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

/** Writes a whole file or nothing: it is hidden until it is complete, so half a file is never read. */
async function write(target: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const partial = join(dirname(target), `.${randomUUID()}.partial`);
  try {
    await writeFile(partial, bytes, { flag: 'wx' });
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

/** A folder of the trash that nothing else has. */
function stamp(): string {
  return new Date().toISOString().replaceAll(':', '-');
}

function missing(file: string): YuanwenError {
  return new YuanwenError('article-file-missing', `${file} is not there any more.`);
}

async function move(from: string, to: string, file: string): Promise<void> {
  if ((await stat(from).catch(() => null)) === null) throw missing(file);
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
