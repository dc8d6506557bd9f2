import { readdirSync, statSync } from 'node:fs';
import type { BigIntStats, Dirent } from 'node:fs';
import { join } from 'node:path';
import { YuanwenError } from '../errors.ts';

/** A file of the articles folder, not read yet. */
export interface ScannedFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Size and times; null when the file changed so recently that another change might leave the same ones. */
  readonly stamp: string | null;
}

/** What gives no articles, and why: completes the sentence "FILE was left out: …". */
export interface Unreadable {
  readonly file: string;
  readonly reason: string;
}

export interface Scan {
  /** By path. */
  readonly files: readonly ScannedFile[];
  readonly unreadable: readonly Unreadable[];
}

const ARTICLE_FILE = /\.(?:txt|md|markdown)$/i;

/** File systems count time in steps of up to two seconds; a change within the same step is not seen in the times. */
const COARSEST_CLOCK_MS = 2_000;

/**
 * Finds the article files of a folder and its subfolders. Hidden files are left alone; links are
 * followed, each folder once.
 */
export function scanFolder(folder: string): Scan {
  const found = { files: new Array<ScannedFile>(), unreadable: new Array<Unreadable>() };
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new YuanwenError(
      'articles-folder-missing',
      `The articles folder ${folder} is not there. Create it, or name another with --articles or ARTICLES_DIR.`,
    );
  }
  scanInto(found, folder, '', new Set());
  found.files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}

interface Found {
  files: ScannedFile[];
  unreadable: Unreadable[];
}

function scanInto(found: Found, folder: string, below: string, visited: Set<string>): void {
  const path = join(folder, below);
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    const identity = `${dev}:${ino}`;
    if (visited.has(identity)) return;
    visited.add(identity);
    const entries = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
    // Links last: what is reachable both ways gets the path without a link, whatever the order on disk.
    entries.sort(
      (a, b) =>
        Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || Buffer.compare(a.name, b.name),
    );
    for (const entry of entries) scanEntry(found, folder, below, entry, visited);
  } catch (error) {
    found.unreadable.push({ file: below === '' ? folder : below, reason: reasonOf(error) });
  }
}

function scanEntry(
  found: Found,
  folder: string,
  below: string,
  entry: Dirent<Buffer>,
  visited: Set<string>,
): void {
  const name = entry.name.toString();
  if (name.startsWith('.')) return;
  const file = below === '' ? name : `${below}/${name}`;
  const isRenderedWrong = !Buffer.from(name).equals(entry.name);
  if (isRenderedWrong) {
    if (entry.isDirectory() || ARTICLE_FILE.test(name)) {
      found.unreadable.push({ file, reason: 'its name is not valid UTF-8; rename it' });
    }
    return;
  }
  try {
    const stats = statSync(join(folder, file), { bigint: true });
    if (stats.isDirectory()) scanInto(found, folder, file, visited);
    else if (stats.isFile() && ARTICLE_FILE.test(name)) {
      found.files.push({ path: file, bytes: Number(stats.size), stamp: stampOf(stats) });
    }
  } catch (error) {
    if (entry.isDirectory() || ARTICLE_FILE.test(name)) {
      found.unreadable.push({ file, reason: reasonOf(error) });
    }
  }
}

function stampOf({ size, mtimeNs, ctimeNs, mtimeMs, ctimeMs }: BigIntStats): string | null {
  const latest = Math.max(Number(mtimeMs), Number(ctimeMs));
  return latest > Date.now() - COARSEST_CLOCK_MS ? null : `${size} ${mtimeNs} ${ctimeNs}`;
}

/** What a file system error means to the one who looks after the folder. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return 'it is no longer there';
  if (code === 'ELOOP') return 'its link leads in a circle';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read; check its permissions';
  return `it can't be read (${error instanceof Error ? error.message : String(error)})`;
}
