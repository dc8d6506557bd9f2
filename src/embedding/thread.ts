import type { Worker } from 'node:worker_threads';
import { YuanwenError } from '../errors.ts';
import type { Reply, Role, Work } from './protocol.ts';

interface Waiting {
  readonly work: Work;
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: Error) => void;
  /** How many threads have died over this work. */
  deaths: number;
}

interface Running {
  readonly worker: Worker;
  /** The model's dimensions, once it is loaded. */
  readonly ready: Promise<number>;
}

/** Work over which this many threads have died is given up. */
const mostDeaths = 2;

/**
 * A worker thread with a model. It starts when first needed. When it dies, what it was asked is
 * asked once more of a new one; what kills that one too fails with an error that says so.
 */
export class EmbeddingThread {
  readonly #start: () => Worker;
  readonly #unusable: (reason: string) => YuanwenError;
  readonly #waiting = new Map<number, Waiting>();
  #running: Running | null = null;
  #lastId = 0;
  #closed = false;

  /**
   * @param start - starts a worker that speaks `protocol.ts`
   * @param unusable - the error for a model that cannot be loaded
   */
  constructor(start: () => Worker, unusable: (reason: string) => YuanwenError) {
    this.#start = start;
    this.#unusable = unusable;
  }

  /** Resolves to the model's dimensions when it is loaded. */
  async ready(): Promise<number> {
    return (this.#running ??= this.#launch()).ready;
  }

  /** Vectors of the texts, one after the other. */
  async embed(role: Role, texts: readonly string[]): Promise<Float32Array> {
    if (this.#closed) throw closedError();
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      const waiting = { work: { id, role, texts }, resolve, reject, deaths: 0 };
      this.#waiting.set(id, waiting);
      this.#post(waiting);
    });
  }

  /** Ends the thread at once; what it had still to do fails. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#failAll(closedError());
    await this.#running?.worker.terminate();
  }

  #post({ work }: Waiting): void {
    this.#running ??= this.#launch();
    this.#running.worker.postMessage(work, []);
  }

  #launch(): Running {
    const worker = this.#start();
    let reason = 'it ended by itself';
    worker.on('error', (error) => (reason = error.message));
    const ready = new Promise<number>((resolve, reject) => {
      worker.on('message', (reply: Reply) => {
        if (reply.kind === 'ready') resolve(reply.dimensions);
        else if (reply.kind === 'unusable')
          this.#fail(worker, this.#unusable(reply.reason), reject);
        else this.#settle(reply);
      });
      worker.on('exit', () => {
        reject(this.#closed ? closedError() : crashed(reason));
        this.#died(worker, reason);
      });
    });
    // Who only embeds learns of a failure through the work that was waiting.
    ready.catch(() => undefined);
    return { worker, ready };
  }

  #settle(reply: Extract<Reply, { id: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    if (reply.kind === 'vectors') waiting.resolve(reply.vectors);
    else waiting.reject(crashed(reply.reason));
  }

  #fail(worker: Worker, error: Error, reject: (error: Error) => void): void {
    reject(error);
    if (this.#running?.worker === worker) this.#running = null;
    this.#failAll(error);
  }

  #died(worker: Worker, reason: string): void {
    if (this.#running?.worker === worker) this.#running = null;
    for (const waiting of this.#waiting.values()) {
      waiting.deaths += 1;
      if (waiting.deaths < mostDeaths) {
        this.#post(waiting);
      } else {
        this.#waiting.delete(waiting.work.id);
        waiting.reject(crashed(reason));
      }
    }
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function crashed(reason: string): YuanwenError {
  return new YuanwenError(
    'embedding-failed',
    `Computing embeddings failed: ${reason}. Try again; if it happens again, run \`npm run doctor\`.`,
  );
}

function closedError(): YuanwenError {
  return new YuanwenError('embedder-closed', 'The embedding model is closed: Yuanwen is stopping.');
}
