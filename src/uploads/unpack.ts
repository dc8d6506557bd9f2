import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { YuanwenError } from '../errors.ts';
import { isArticleFile, safePath } from './safe-path.ts';

/** A file that came out of an archive, or stood by itself. */
export interface ReceivedFile {
  /** Safe, below the articles folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Unpacked {
  readonly files: readonly ReceivedFile[];
  /** What was left out and why: completes "FILE was left out: …". */
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

export interface UnpackLimits {
  readonly maxFiles: number;
  /** Of one file, unpacked. */
  readonly maxFileBytes: number;
  /** Of all files together, unpacked. */
  readonly maxBytes: number;
}

export const DEFAULT_LIMITS: UnpackLimits = {
  maxFiles: 2_000,
  maxFileBytes: 20 * 1024 * 1024,
  maxBytes: 100 * 1024 * 1024,
};

/** What Windows and macOS put into archives by themselves. */
const JUNK = /(?:^|[/\\])(?:__MACOSX[/\\]|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;
const ARCHIVE = /\.(?:zip|rar|7z|tar|t?gz|bz2|xz)$/i;

/**
 * Takes the article files out of a zip archive in memory. Nothing in it is trusted: names are made
 * safe, links, nested archives and paths that lead outside are left out, and what is larger than it
 * says ends the reading.
 * @throws YuanwenError `archive-unreadable`, `archive-too-large`
 */
export async function unpack(
  bytes: Uint8Array,
  limits: UnpackLimits = DEFAULT_LIMITS,
): Promise<Unpacked> {
  const zip = await open(bytes);
  const files: ReceivedFile[] = [];
  const refused: { file: string; reason: string }[] = [];
  let entries = 0;
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > limits.maxFiles) throw tooLarge(`it holds more than ${limits.maxFiles} files`);
      const name = nameOf(entry);
      if (name.endsWith('/') || JUNK.test(name)) continue;
      const reason = reasonAgainst(entry, name, limits);
      const path = safePath(name);
      if (reason !== null || path === null) {
        refused.push({
          file: name,
          reason: reason ?? 'its path leads out of the folder',
        });
        continue;
      }
      total += entry.uncompressedSize;
      if (total > limits.maxBytes) {
        throw tooLarge(`it unpacks to more than ${megabytes(limits.maxBytes)} MB`);
      }
      const content = await contentOf(zip, entry);
      if (content === null) refused.push({ file: name, reason: 'it is damaged' });
      else files.push({ path, bytes: content });
    }
  } catch (error) {
    throw error instanceof YuanwenError ? error : unreadable(error);
  } finally {
    zip.close();
  }
  return { files, refused };
}

async function open(bytes: Uint8Array): Promise<ZipFile> {
  try {
    // Names are decoded below; sizes are checked against what is really unpacked.
    return await fromBufferPromise(Buffer.from(bytes), {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw unreadable(error);
  }
}

/** Why an entry is not taken; null when it is. */
function reasonAgainst(entry: Entry, name: string, limits: UnpackLimits): string | null {
  if (ARCHIVE.test(name)) return 'archives inside an archive are not unpacked';
  if (!isArticleFile(name)) return 'it is neither .txt nor .md';
  if (isLink(entry)) return 'it is a link';
  if (entry.isEncrypted()) return 'it is protected by a password';
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return 'it is packed in a way that few programs can read';
  }
  if (entry.uncompressedSize > limits.maxFileBytes) {
    return `it is larger than ${megabytes(limits.maxFileBytes)} MB`;
  }
  return null;
}

/** Unix keeps the kind of a file in the upper half of the attributes; 0o120000 is a symbolic link. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** Archives made by Chinese Windows have GBK names and do not say so; UTF-8 is not mistaken for them. */
function nameOf({ fileNameRaw }: Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fileNameRaw);
  } catch {
    return new TextDecoder('gb18030').decode(fileNameRaw);
  }
}

/** Null when what is unpacked is not what the entry says, in size or checksum. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array | null> {
  try {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    return crc32(content) === entry.crc32 ? content : null;
  } catch {
    return null;
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

function unreadable(cause: unknown): YuanwenError {
  return new YuanwenError(
    'archive-unreadable',
    'The archive can’t be read. Pack the files again as an ordinary .zip and send it once more.',
    { cause },
  );
}

function tooLarge(why: string): YuanwenError {
  return new YuanwenError(
    'archive-too-large',
    `The archive was not unpacked: ${why}. Send it in several smaller ones.`,
  );
}
