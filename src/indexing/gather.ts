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
  /** Hears which texts came with the passages that were stored, after each commit. */
  readonly onStored?: (inputs: readonly string[]) => Promise<void>;
  /** Throws when the run is to stop. */
  readonly checkCancelled: () => void;
}

/**
 * Bytes read between two commits: large enough for speed, small enough that who embeds meanwhile is
 * not kept waiting for the thread.
 */
const BATCH_BYTES = 256 << 10;

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
  const storeSome = (): string[] => {
    const inputs: string[] = [];
    for (let read = 0; read < BATCH_BYTES && done < scan.files.length; done++) {
      const file = scan.files[done];
      if (file === undefined) break;
      try {
        const stored = storeFile(writer, file, options);
        places.set(file.path, stored.place);
        if (stored.wasRead) read += file.bytes;
        inputs.push(...stored.inputs);
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        unreadable.push({ file: error.file, reason: error.reason });
      }
    }
    return inputs;
  };
  while (done < scan.files.length) {
    options.checkCancelled();
    const inputs = writer.transaction(storeSome);
    options.onFile(done, scan.files.length);
    await options.onStored?.(inputs);
    await writer.indexWords(options.checkCancelled);
    await new Promise(setImmediate);
  }
  await writer.finishWords(options.checkCancelled);
  for (const { file } of unreadable) keepLastGood(places, options.known, file);
  return { places, unreadable };
}

interface Stored {
  readonly place: Place;
  readonly wasRead: boolean;
  /** What is embedded of a content that was not stored before. */
  readonly inputs: readonly string[];
}

function storeFile(
  writer: LibraryWriter,
  file: ScannedFile,
  { reading, known, full }: GatherOptions,
): Stored {
  const before = known.get(file.path);
  const stamp = stampOf(file, reading);
  if (!full && before !== undefined && stamp !== null && before.stamp === stamp) {
    return { place: before, wasRead: false, inputs: [] };
  }
  const raw = readBytes(file, reading);
  const found = writer.places.find(file.path, raw.source);
  if (found !== null) {
    writer.places.setStamp(found.place, stamp);
    return { place: found, wasRead: true, inputs: [] };
  }
  const content = readContent(file, raw, reading);
  const place = writer.places.add({ ...content, stamp });
  const passages = content.content.articles.flatMap((article) => article.passages);
  return { place, wasRead: true, inputs: passages.map(({ input }) => input) };
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
