import { UnreadableFile } from '../articles/unreadable.ts';
import type { ListedPlace, Place } from '../library/places.ts';
import type { LibraryWriter } from '../library/writer.ts';
import { readBytes, readContent, stampOf } from './read-file.ts';
import type { Reading } from './read-file.ts';
import type { Scan, ScannedFile, Unreadable } from './scan.ts';

/** What the folder holds, stored. */
export interface Gathered {
  /** By path. */
  readonly places: ReadonlyMap<string, Place>;
  readonly unreadable: readonly Unreadable[];
}

export interface GatherOptions {
  readonly reading: Reading;
  /** What is known of the folder, by path: places of these paths whose stamps still fit are not read again. */
  readonly known: ReadonlyMap<string, ListedPlace>;
  /** Reads every file, whatever its stamp says. */
  readonly full: boolean;
  readonly onFile: (done: number, total: number) => void;
  /** Throws when the run is to stop. */
  readonly checkCancelled: () => void;
}

/** Bytes read between two commits: large enough for speed, small enough to lose little. */
const BATCH_BYTES = 4 << 20;

/** Passages whose words are indexed together while reading goes on: fewer would be merged again and again. */
const MANY_PASSAGES = 16_384;

/**
 * Stores what is new in the folder and finds what is known. Commits as it goes. A file that can't be
 * read any more keeps the place it had: half a file must not cost its articles.
 */
export async function gather(
  writer: LibraryWriter,
  scan: Scan,
  options: GatherOptions,
): Promise<Gathered> {
  const places = new Map<string, Place>();
  const unreadable = [...scan.unreadable];
  let done = 0;
  const storeSome = (): void => {
    for (let read = 0; read < BATCH_BYTES && done < scan.files.length; done++) {
      const file = scan.files[done];
      if (file === undefined) break;
      try {
        const { place, wasRead } = storeFile(writer, file, options);
        places.set(file.path, place);
        if (wasRead) read += file.bytes;
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        unreadable.push({ file: error.file, reason: error.reason });
      }
    }
  };
  while (done < scan.files.length) {
    options.checkCancelled();
    writer.transaction(storeSome);
    options.onFile(done, scan.files.length);
    await writer.indexWords(options.checkCancelled, MANY_PASSAGES);
    await new Promise(setImmediate);
  }
  await writer.indexWords(options.checkCancelled);
  for (const { file } of unreadable) keepLastGood(places, options.known, file);
  return { places, unreadable };
}

function storeFile(
  writer: LibraryWriter,
  file: ScannedFile,
  { reading, known, full }: GatherOptions,
): { place: Place; wasRead: boolean } {
  const before = known.get(file.path);
  const stamp = stampOf(file, reading);
  if (!full && before !== undefined && stamp !== null && before.stamp === stamp) {
    return { place: before, wasRead: false };
  }
  const raw = readBytes(file, reading);
  const found = writer.places.find(file.path, raw.source);
  if (found !== null) writer.places.setStamp(found.place, stamp);
  const place = found ?? writer.places.add({ ...readContent(file, raw, reading), stamp });
  return { place, wasRead: true };
}

/** @param path - a file, or a folder with all that is known below it */
function keepLastGood(
  places: Map<string, Place>,
  known: ReadonlyMap<string, ListedPlace>,
  path: string,
): void {
  for (const [knownPath, place] of known) {
    if (knownPath === path || knownPath.startsWith(`${path}/`)) places.set(knownPath, place);
  }
}
