import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { articleId } from '../articles/article-id.ts';
import { passagesOf } from '../articles/passages.ts';
import { readArticles } from '../articles/read.ts';
import { UnreadableFile } from '../articles/unreadable.ts';
import type { ReadFile } from '../library/places.ts';
import type { Article } from '../types.ts';
import { readingRules } from './rules.ts';
import { reasonOf } from './scan.ts';
import type { ScannedFile } from './scan.ts';

/** How files are read. */
export interface Reading {
  readonly folder: string;
  /** From `readingRules`. */
  readonly rules: string;
  /** Longest passage, in UTF-16 units. */
  readonly maxInputLength: number;
  /** Larger files are left out. */
  readonly maxFileBytes: number;
}

const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/** @param options.embedder - its longest input bounds the passages */
export function readingOf(options: {
  readonly folder: string;
  readonly embedder: { readonly maxInputLength: number };
  readonly maxFileBytes?: number;
}): Reading {
  const { folder, maxFileBytes = DEFAULT_MAX_BYTES } = options;
  const { maxInputLength } = options.embedder;
  return { folder, maxFileBytes, maxInputLength, rules: readingRules(maxInputLength) };
}

/** A file's bytes with the key under which the library knows what was read from them. */
export interface RawFile {
  readonly bytes: Uint8Array;
  readonly source: Buffer;
}

/** What tells that a file is as it was read, without reading it; null when nothing can. */
export function stampOf({ stamp }: ScannedFile, { rules }: Reading): string | null {
  return stamp === null ? null : `${rules} ${stamp}`;
}

/** @throws UnreadableFile */
export function readBytes({ path, bytes: size }: ScannedFile, reading: Reading): RawFile {
  if (size > reading.maxFileBytes) {
    throw new UnreadableFile(
      path,
      `it is too large (${megabytes(size)} MB; MAX_FILE_MB allows ${megabytes(reading.maxFileBytes)} MB)`,
    );
  }
  const bytes = readFile(join(reading.folder, path), path);
  const hash = createHash('sha256').update(reading.rules).update(bytes);
  return { bytes, source: hash.digest().subarray(0, 16) };
}

function readFile(location: string, path: string): Uint8Array {
  try {
    return readFileSync(location);
  } catch (error) {
    throw new UnreadableFile(path, reasonOf(error));
  }
}

/**
 * Bytes → articles and passages, as the library takes them.
 * @throws UnreadableFile
 */
export function readContent(
  { path }: ScannedFile,
  raw: RawFile,
  reading: Reading,
): Omit<ReadFile, 'stamp'> {
  const { text, articles } = readArticles(raw.bytes, path, { maxBytes: reading.maxFileBytes });
  const { rules, maxInputLength } = reading;
  return {
    path,
    rules,
    source: raw.source,
    content: {
      text,
      articles: articles.map((article) => ({
        article,
        passages: passagesOf(article, { maxLength: maxInputLength }),
      })),
    },
    articleIds: idsOf(path, articles),
  };
}

/** Articles of the same title in one file are told apart by their order. */
function idsOf(path: string, articles: readonly Article[]): string[] {
  const seen = new Map<string, number>();
  return articles.map(({ title }) => {
    const ordinal = seen.get(title) ?? 0;
    seen.set(title, ordinal + 1);
    return articleId(path, title, ordinal);
  });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10;
}
