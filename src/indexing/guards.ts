import { statfsSync } from 'node:fs';
import { YuanwenError } from '../errors.ts';
import type { Difference } from './difference.ts';

/** A folder that lost a larger share of its articles is held for an unmounted disk, not for a decision. */
const LARGEST_LOSS = 1 / 3;

/** @param articles - how many are served */
export function losesTooMuch({ removed }: Difference, articles: number): boolean {
  return removed.length > articles * LARGEST_LOSS;
}

/** @throws YuanwenError `removals-guard` */
export function checkRemovals(difference: Difference, articles: number, folder: string): void {
  if (!losesTooMuch(difference, articles)) return;
  throw new YuanwenError(
    'removals-guard',
    `${difference.removed.length} of ${articles} articles are no longer in ${folder}. ` +
      'If its disk is not mounted, mount it; if they are meant to go, confirm with --allow-removals.',
  );
}

/** Room the library takes for a byte of text, with its log while it is written (measured: `npm run bench`). */
const LIBRARY_BYTES_PER_BYTE = 5;
/** For the rest: the lock, SQLite's log of a small change. */
const LEAST_FREE = 4 << 20;

/**
 * @param bytes - of text to be added
 * @throws YuanwenError `disk-nearly-full`, before anything is written
 */
export function checkSpace(dataDir: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dataDir);
  const needed = bytes * LIBRARY_BYTES_PER_BYTE + LEAST_FREE;
  if (bavail * bsize >= needed) return;
  throw new YuanwenError(
    'disk-nearly-full',
    `Indexing needs about ${megabytes(needed)} MB in ${dataDir}, and ${megabytes(bavail * bsize)} MB are free. Free some space and try again.`,
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
