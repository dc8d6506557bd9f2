import { performance } from 'node:perf_hooks';
import { YuanwenError } from '../errors.ts';
import type { ListedPlace } from '../library/places.ts';
import type { LibraryWriter, WriterOptions } from '../library/writer.ts';
import { differenceOf } from './difference.ts';
import type { Difference } from './difference.ts';
import { Embedding } from './embed.ts';
import { gather } from './gather.ts';
import type { Gathered } from './gather.ts';
import { compareExaminations } from './golden.ts';
import { checkRemovals, checkSpace, losesTooMuch } from './guards.ts';
import type { IndexEvents, IndexOptions, IndexPreview, IndexResult } from './options.ts';
import { readingOf } from './read-file.ts';
import { scanFolder } from './scan.ts';
import { withWriter } from './with-writer.ts';

const DEFAULT_KEPT = 3;
/** One golden question in ten may change sides before the swap is stopped. */
const DEFAULT_MARGIN = 0.1;
/** Fewer texts say little about the speed of embedding. */
const ENOUGH_TO_MEASURE = 100;

/**
 * Brings the library up to date with the articles folder. Readers keep the serving generation until
 * the next one is complete; what was stored and embedded before an interruption is not done again.
 */
export async function indexLibrary(
  options: IndexOptions,
  events: IndexEvents = {},
): Promise<IndexResult> {
  const started = performance.now();
  return withWriter(writerOptions(options), 'indexing', async (writer, setAside) => {
    const embedding = new Embedding(writer, options.embedder, () => checkCancelled(options));
    const { gathered, before, difference } = await lookAndEmbed(writer, embedding, options, events);
    if (isNews(writer, before, gathered.places)) await swap(writer, options, events);
    writer.collectGarbage(options.keepGenerations ?? DEFAULT_KEPT);
    const { generation, articles, passages } = writer.serving() ?? NOTHING;
    return {
      generation,
      articles,
      passages,
      added: difference.added.length,
      changed: difference.changed.length,
      removed: difference.removed.length,
      unreadable: gathered.unreadable,
      embedded: embedding.done,
      seconds: Math.round(performance.now() - started) / 1000,
      difference,
      setAside,
    };
  });
}

const NOTHING = { generation: 0, articles: 0, passages: 0 };

/**
 * Says what `indexLibrary` would do. What it reads on the way is stored, so that the indexing after it
 * has that behind it; nothing of it is served.
 */
export async function previewIndex(
  options: IndexOptions,
  events: IndexEvents = {},
): Promise<IndexPreview> {
  return withWriter(writerOptions(options), 'looking at the changes', async (writer) => {
    const { gathered, difference } = await look(writer, options, events);
    const toEmbed = writer.countMissing();
    const speed = writer.embeddingSpeed();
    return {
      difference,
      unreadable: gathered.unreadable,
      toEmbed,
      seconds: speed === null ? null : Math.ceil(toEmbed / speed),
      losesTooMuch: losesTooMuch(difference, writer.serving()?.articles ?? 0),
    };
  });
}

function writerOptions({ dataDir, embedder, besideAnswers = false }: IndexOptions): WriterOptions {
  const { fingerprint, dimensions } = embedder;
  return { dataDir, fingerprint, dimensions, hasGraphThread: !besideAnswers };
}

interface Look {
  readonly gathered: Gathered;
  readonly before: readonly ListedPlace[];
  readonly difference: Difference;
}

/**
 * Stores what the folder holds and compares it with what is served.
 * @param onStored - hears of what could be embedded while the rest is read
 */
async function look(
  writer: LibraryWriter,
  options: IndexOptions,
  events: IndexEvents,
  onStored: (inputs: readonly string[]) => Promise<void> = () => Promise.resolve(),
): Promise<Look> {
  const serving = writer.serving();
  const before = serving === null ? [] : writer.listing(serving.generation);
  const known = new Map(before.map((place) => [place.path, place]));
  const scan = scanFolder(options.folder);
  const newBytes = scan.files.reduce(
    (sum, { path, bytes }) => sum + (known.has(path) ? 0 : bytes),
    0,
  );
  checkSpace(options.dataDir, newBytes);
  const gathered = await gather(writer, scan, {
    reading: readingOf(options),
    known,
    full: options.full ?? false,
    onFile: (done, total) => events.onProgress?.('read', done, total),
    onStored,
    checkCancelled: () => checkCancelled(options),
  });
  writer.setUpcoming([...gathered.places.values()].map(({ place }) => place));
  return { gathered, before, difference: differenceOf(writer, before, gathered.places) };
}

/** Embeds while it reads, then what is left. What has begun when something fails is kept. */
async function lookAndEmbed(
  writer: LibraryWriter,
  embedding: Embedding,
  options: IndexOptions,
  events: IndexEvents,
): Promise<Look> {
  const started = performance.now();
  try {
    const seen = await look(writer, options, events, (inputs) => embedding.add(inputs));
    if (options.allowRemovals !== true) {
      checkRemovals(seen.difference, writer.serving()?.articles ?? 0, options.folder);
    }
    const total = embedding.done + writer.countMissing();
    await embedding.finish((done) => events.onProgress?.('embed', done, total));
    if (embedding.done >= ENOUGH_TO_MEASURE) {
      writer.noteEmbeddingSpeed(embedding.done / ((performance.now() - started) / 1000));
    }
    return seen;
  } finally {
    await embedding.settle();
  }
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

/** From the last commit in here on, the upcoming places are what readers see. */
async function swap(
  writer: LibraryWriter,
  options: IndexOptions,
  events: IndexEvents,
): Promise<void> {
  const staged = writer.stage();
  await examine(writer, staged, options, events);
  checkCancelled(options);
  events.onProgress?.('finish', 0, 1);
  await writer.serve(staged);
  events.onProgress?.('finish', 1, 1);
}

async function examine(
  writer: LibraryWriter,
  staged: number,
  { examine, goldenMargin = DEFAULT_MARGIN }: IndexOptions,
  events: IndexEvents,
): Promise<void> {
  const serving = writer.serving();
  if (examine === undefined || serving === null) return;
  const [old, next] = [await writer.view(serving.generation), await writer.view(staged)];
  if (old === null || next === null) return;
  events.onProgress?.('examine', 0, 2);
  const before = await examine(old);
  events.onProgress?.('examine', 1, 2);
  const after = await examine(next);
  events.onProgress?.('examine', 2, 2);
  compareExaminations(before, after, goldenMargin);
}

function checkCancelled({ signal }: IndexOptions): void {
  if (signal?.aborted !== true) return;
  throw new YuanwenError(
    'indexing-cancelled',
    'Indexing was stopped. What was done so far is kept; the next run goes on from there.',
  );
}
