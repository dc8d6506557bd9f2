import type { Worker } from 'node:worker_threads';
import { startThread } from '../threads.ts';
import type { GraphOrigin, Stamp } from './graph-file.ts';

/** What is asked of the thread. */
export interface GraphOrder {
  readonly kind: 'catch up' | 'write';
  readonly origin: GraphOrigin;
}

export type GraphReply =
  | { readonly kind: 'written'; readonly stamp: Stamp | null }
  /** `code`: what `isDamage` and `explain` know the error by. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: string };

/** A `GraphBuilder` in a thread of its own, so that the graph grows while texts are read and embedded. */
export class GraphThread {
  readonly #worker: Worker;
  #failure: Error | null = null;
  #onWritten: { resolve(stamp: Stamp | null): void; reject(error: Error): void } | null = null;

  constructor(dataDir: string) {
    this.#worker = startThread(new URL('./graph-worker.ts', import.meta.url), {
      workerData: dataDir,
    });
    this.#worker.on('message', (reply: GraphReply) => {
      if (reply.kind === 'written') this.#onWritten?.resolve(reply.stamp);
      else this.#fail(Object.assign(new Error(reply.message), { code: reply.code }));
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread that builds the graph ended')));
  }

  /**
   * Lets it add what is committed by now; returns at once.
   * @throws what failed in the thread before
   */
  catchUp(origin: GraphOrigin): void {
    this.#order({ kind: 'catch up', origin });
  }

  /** Resolves when the graph's file has every vector; with null when there are none. */
  async write(origin: GraphOrigin): Promise<Stamp | null> {
    return new Promise((resolve, reject) => {
      this.#onWritten = { resolve, reject };
      this.#order({ kind: 'write', origin });
    });
  }

  /** Ends the thread, and with it the memory that the graph takes. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #order(order: GraphOrder): void {
    if (this.#failure !== null) throw this.#failure;
    this.#worker.postMessage(order, []);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#onWritten?.reject(this.#failure);
  }
}
