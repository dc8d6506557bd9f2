import { performance } from 'node:perf_hooks';
import { holdLock } from '../library/lock.ts';
import type { ListedPlace } from '../library/places.ts';
import { LibraryWriter } from '../library/writer.ts';
import type { Embedder } from '../ports.ts';
import { differenceOf } from './difference.ts';
import type { Difference } from './difference.ts';
import { embedMissing } from './embed.ts';
import { gather } from './gather.ts';
import type { Gathered } from './gather.ts';
import { checkRemovals } from './guards.ts';
import { readingRules } from './rules.ts';
import { scanFolder } from './scan.ts';
import type { Unreadable } from './scan.ts';

export interface IndexOptions {
  readonly folder: string;
  readonly dataDir: string;
  readonly embedder: Embedder;
  /** Reads every file, whatever its size and times say. */
  readonly full?: boolean;
  /** Goes on though more than a third of the articles went. */
  readonly allowRemovals?: boolean;
  /** Generations kept, the serving one among them; at least 2. */
  readonly keepGenerations?: number;
  readonly maxFileBytes?: number;
  readonly signal?: AbortSignal;
}

export type IndexPhase = 'read' | 'embed';

export interface IndexEvents {
  /** `total` files to look at, or texts to embed. */
  readonly onProgress?: (phase: IndexPhase, done: number, total: number) => void;
}

/** What came of it. The first eight are the JSON contract of `npm run index -- --json`. */
export interface IndexResult {
  readonly generation: number;
  readonly articles: number;
  readonly passages: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unreadable: readonly Unreadable[];
  readonly embedded: number;
  readonly seconds: number;
  readonly difference: Difference;
}

const DEFAULT_KEPT = 3;
const DEFAULT_MAX_BYTES = 20 * 1024 * 1024;

/**
 * Brings the library up to date with the articles folder. Readers keep the serving generation until
 * the next one is complete; what was stored and embedded before an interruption is not done again.
 */
export async function indexLibrary(
  options: IndexOptions,
  events: IndexEvents = {},
): Promise<IndexResult> {
  const started = performance.now();
  const lock = holdLock(options.dataDir, 'indexing');
  try {
    const { fingerprint, dimensions } = options.embedder;
    const writer = new LibraryWriter({ dataDir: options.dataDir, fingerprint, dimensions });
    try {
      const outcome = await bringUpToDate(writer, options, events);
      return { ...outcome, seconds: Math.round(performance.now() - started) / 1000 };
    } finally {
      writer.close();
    }
  } finally {
    lock.release();
  }
}

async function bringUpToDate(
  writer: LibraryWriter,
  options: IndexOptions,
  events: IndexEvents,
): Promise<Omit<IndexResult, 'seconds'>> {
  const { embedder, folder, keepGenerations = DEFAULT_KEPT } = options;
  const signal = options.signal ?? new AbortController().signal;
  const serving = writer.serving();
  const before = serving === null ? [] : writer.listing(serving.generation);

  const { places, unreadable } = await gather(writer, scanFolder(folder), {
    reading: {
      folder,
      rules: readingRules(embedder.maxInputLength),
      maxInputLength: embedder.maxInputLength,
      maxFileBytes: options.maxFileBytes ?? DEFAULT_MAX_BYTES,
    },
    known: new Map(before.map((place) => [place.path, place])),
    full: options.full ?? false,
    onFile: (done, total) => events.onProgress?.('read', done, total),
    signal,
  });
  const difference = differenceOf(writer, before, places);
  if (options.allowRemovals !== true) checkRemovals(serving, difference, folder);

  writer.setUpcoming([...places.values()].map(({ place }) => place));
  const missing = writer.countMissing();
  const embedded = await embedMissing(writer, {
    embedder,
    onBatch: (done) => events.onProgress?.('embed', done, missing),
    signal,
  });
  if (serving === null || isNews(writer, before, places)) {
    const generation = writer.stage();
    signal.throwIfAborted();
    await writer.serve(generation);
  }
  writer.collectGarbage(keepGenerations);
  const now = writer.serving();
  return {
    generation: now?.generation ?? 0,
    articles: now?.articles ?? 0,
    passages: now?.passages ?? 0,
    added: difference.added.length,
    changed: difference.changed.length,
    removed: difference.removed.length,
    unreadable,
    embedded,
    difference,
  };
}

/** Whether a generation of these places would differ from the serving one. */
function isNews(
  writer: LibraryWriter,
  before: readonly ListedPlace[],
  places: Gathered['places'],
): boolean {
  return (
    !writer.servesOwnModel() ||
    before.length !== places.size ||
    before.some(({ path, place }) => places.get(path)?.place !== place)
  );
}
