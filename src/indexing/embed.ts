import { passagesOf } from '../articles/passages.ts';
import type { LibraryWriter } from '../library/writer.ts';
import type { Embedder } from '../ports.ts';

/**
 * Texts on their way: all that a power cut can cost. About a quarter of a second of the shipped model, so that
 * there are some to embed while this thread is busy with others.
 */
export const BATCH = 1024;
/** They go, and are committed, in so many parts. */
const PARTS = 4;
const PART = BATCH / PARTS;
/** Texts that may wait for their turn: some seconds of work, a few megabytes. */
const MOST_WAITING = 4096;

/** Embeds texts beside whatever else the thread does, each once; commits them as they come. */
export class Embedding {
  readonly #writer: LibraryWriter;
  readonly #embedder: Embedder;
  readonly #checkCancelled: () => void;
  readonly #waiting: string[] = [];
  /** Given and not committed yet: what is committed the library knows. */
  readonly #pending = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;
  /** Texts committed. */
  done = 0;

  /** @param checkCancelled - throws when the run is to stop */
  constructor(writer: LibraryWriter, embedder: Embedder, checkCancelled: () => void) {
    this.#writer = writer;
    this.#embedder = embedder;
    this.#checkCancelled = checkCancelled;
  }

  /**
   * Takes texts of stored passages. Resolves when there is room for more.
   */
  async add(inputs: Iterable<string>): Promise<void> {
    for (const input of inputs) {
      if (this.#pending.has(input) || this.#writer.vectors.has(input)) continue;
      this.#pending.add(input);
      this.#waiting.push(input);
    }
    if (this.#pending.size === 0) return;
    this.#send(PART);
    await this.#writer.catchUpGraph();
    await this.#until(() => this.#waiting.length <= MOST_WAITING, PART);
  }

  /** Embeds what is left, also of places that were stored by an earlier run. */
  async finish(onBatch: (done: number) => void): Promise<void> {
    for (const inputs of batchesOf(missing(this.#writer, this.#embedder.maxInputLength), PART)) {
      await this.add(inputs);
      onBatch(this.done);
    }
    await this.#until(() => {
      onBatch(this.done);
      return this.#pending.size === 0;
    }, 1);
  }

  /** Waits for what is on its way, and keeps it; the rest is given up. To be called before the writer closes. */
  async settle(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.all(this.#running);
  }

  async #until(isEnough: () => boolean, least: number): Promise<void> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      this.#checkCancelled();
      if (isEnough()) return;
      this.#send(least);
      await this.#writer.catchUpGraph();
      // What was on its way may have come, or failed, meanwhile.
      if (this.#running.size > 0) await Promise.race(this.#running);
    }
  }

  /** Keeps the parts under way, as long as at least so many texts wait. */
  #send(least: number): void {
    while (this.#running.size < PARTS && this.#waiting.length >= least) {
      const part = this.#embed(this.#waiting.splice(0, PART))
        .catch((error: unknown) => {
          this.#failure ??= { error };
          this.#waiting.length = 0;
        })
        .finally(() => {
          this.#running.delete(part);
          this.#send(PART);
        });
      this.#running.add(part);
    }
  }

  async #embed(inputs: readonly string[]): Promise<void> {
    const vectors = await this.#embedder.embedPassages(inputs);
    this.#writer.vectors.add(vectors.map((vector, i) => ({ input: inputs[i] ?? '', vector })));
    for (const input of inputs) this.#pending.delete(input);
    this.done += inputs.length;
  }
}

/** Texts of places that lack a vector, from the stored articles: so it does not matter when those were stored. */
function* missing(writer: LibraryWriter, maxLength: number): Generator<string> {
  for (const place of writer.placesToEmbed()) {
    for (const article of writer.places.articles(place)) {
      for (const { input } of passagesOf(article, { maxLength })) yield input;
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
