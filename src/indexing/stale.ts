import { UnreadableFile } from '../articles/unreadable.ts';
import { libraryFile } from '../library/database.ts';
import type { ListedPlace } from '../library/places.ts';
import { newestListing } from '../library/newest-listing.ts';
import { isSuspect } from '../library/suspicion.ts';
import type { Embedder } from '../ports.ts';
import { readBytes, readContent, readingOf, stampOf } from './read-file.ts';
import type { Reading } from './read-file.ts';
import { scanFolder } from './scan.ts';
import type { ScannedFile } from './scan.ts';

/** What to look at. */
export interface StaleOptions {
  readonly folder: string;
  readonly dataDir: string;
  readonly embedder: Pick<Embedder, 'fingerprint' | 'maxInputLength'>;
  readonly maxFileBytes?: number;
}

/**
 * Whether the articles folder, the model or the way of reading differ from what was indexed last, or the
 * library may be damaged. That
 * is the newest generation, also when somebody went back from it: what they turned down must not
 * come again by itself.
 */
export function isStale(options: StaleOptions): boolean {
  if (isSuspect(libraryFile(options.dataDir))) return true;
  const newest = newestListing(options.dataDir);
  if (newest?.fingerprint !== options.embedder.fingerprint) return true;
  const reading = readingOf(options);
  const known = new Map(newest.places.map((place) => [place.path, place]));
  const { files, unreadable } = scanFolder(options.folder);
  if (files.some((file) => isNew(file, known.get(file.path), reading))) return true;
  const present = new Set(files.map(({ path }) => path));
  const isHidden = (path: string): boolean =>
    unreadable.some(({ file }) => path === file || path.startsWith(`${file}/`));
  return newest.places.some(({ path }) => !present.has(path) && !isHidden(path));
}

/** A file that gives no articles is no news, known or not: indexing would leave things as they are. */
function isNew(file: ScannedFile, known: ListedPlace | undefined, reading: Reading): boolean {
  if (known !== undefined && file.stamp !== null && known.stamp === stampOf(file, reading))
    return false;
  try {
    const raw = readBytes(file, reading);
    if (known !== undefined && raw.source.equals(known.source)) return false;
    readContent(file, raw, reading);
    return true;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}
