import { passagesOf } from '../articles/passages.ts';
import type { LibraryWriter } from '../library/writer.ts';
import type { Embedder } from '../ports.ts';

/**
 * Texts embedded between two commits: all that a power cut can cost. About a quarter of a second of
 * the shipped model.
 */
export const BATCH = 512;

export interface EmbedOptions {
  readonly embedder: Embedder;
  readonly onBatch: (done: number) => void;
  /** Throws when the run is to stop. */
  readonly checkCancelled: () => void;
}

/**
 * Embeds what the upcoming places lack. A batch is committed before the next one is sent, and put in
 * the graph while that one is embedded.
 * @returns how many texts were embedded
 */
export async function embedMissing(
  writer: LibraryWriter,
  { embedder, onBatch, checkCancelled }: EmbedOptions,
): Promise<number> {
  const batches = batchesOf(missingInputs(writer, embedder.maxInputLength), BATCH);
  let done = 0;
  let batch = batches.next();
  while (batch.done !== true) {
    checkCancelled();
    const inputs = batch.value;
    const embedding = embedder.embedPassages(inputs);
    await writer.catchUpGraph();
    batch = batches.next();
    const vectors = await embedding;
    writer.vectors.add(vectors.map((vector, i) => ({ input: inputs[i] ?? '', vector })));
    done += inputs.length;
    onBatch(done);
  }
  return done;
}

/** Each text once, derived from the stored articles: so it does not matter when those were stored. */
function* missingInputs(writer: LibraryWriter, maxLength: number): Generator<string> {
  const given = new Set<string>();
  for (const place of writer.placesToEmbed()) {
    for (const article of writer.places.articles(place)) {
      for (const { input } of passagesOf(article, { maxLength })) {
        if (given.has(input) || writer.vectors.has(input)) continue;
        given.add(input);
        yield input;
      }
    }
  }
}

function* batchesOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
