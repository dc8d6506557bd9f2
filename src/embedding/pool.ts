import type { Embedding } from './protocol.ts';
import type { ModelThread } from './thread.ts';

type EmbeddingThread = ModelThread<Embedding>;

/** Hands batches to whichever thread is free, first come first served. Threads start as they are needed. */
export class ThreadPool {
  readonly #threads: readonly EmbeddingThread[];
  readonly #idle: EmbeddingThread[];
  readonly #queue: Array<(thread: EmbeddingThread) => void> = [];

  constructor(threads: readonly EmbeddingThread[]) {
    this.#threads = threads;
    this.#idle = [...threads].reverse();
  }

  /** Vectors of the texts, one after the other. */
  async embed(texts: readonly string[]): Promise<Float32Array> {
    const thread = await this.#take();
    try {
      return await thread.do({ role: 'passage', texts });
    } finally {
      this.#give(thread);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(async (thread) => thread.close()));
  }

  async #take(): Promise<EmbeddingThread> {
    return this.#idle.pop() ?? new Promise((resolve) => this.#queue.push(resolve));
  }

  #give(thread: EmbeddingThread): void {
    const next = this.#queue.shift();
    if (next) next(thread);
    else this.#idle.push(thread);
  }
}
