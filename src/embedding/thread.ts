import type { Worker } from 'node:worker_threads';
import type { YuanwenError } from '../errors.ts';
import type { Numbered, Reply } from './protocol.ts';

interface Waiting<Work> {
  readonly order: Numbered<Work>;
  readonly resolve: (numbers: Float32Array) => void;
  readonly reject: (error: Error) => void;
  /** How many threads have died over this work. */
  deaths: number;
}

interface Running {
  readonly worker: Worker;
  /** How many numbers a text gets, once the model is loaded. */
  readonly ready: Promise<number>;
}

/** What a kind of thread says when it fails. */
export interface ThreadErrors {
  /** The model can't be loaded. */
  unusable(reason: string): YuanwenError;
  /** Work could not be done. */
  failed(reason: string): YuanwenError;
  /** The thread is closed. */
  closed(): YuanwenError;
}

/** Work over which this many threads have died is given up. */
const mostDeaths = 2;

/**
 * A worker thread with a model: texts in, numbers out. It starts when first needed. When it dies, what
 * it was asked is asked once more of a new one; what kills that one too fails with an error that says so.
 */
export class ModelThread<Work extends object> {
  readonly #start: () => Worker;
  readonly #errors: ThreadErrors;
  readonly #waiting = new Map<number, Waiting<Work>>();
  #running: Running | null = null;
  #lastId = 0;
  #closed = false;

  /** @param start - starts a worker that speaks `protocol.ts` */
  constructor(start: () => Worker, errors: ThreadErrors) {
    this.#start = start;
    this.#errors = errors;
  }

  /** Resolves to how many numbers a text gets, when the model is loaded. */
  async ready(): Promise<number> {
    return (this.#running ??= this.#launch()).ready;
  }

  /** The numbers of the texts, one text after the other. */
  async do(work: Work): Promise<Float32Array> {
    if (this.#closed) throw this.#errors.closed();
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      const waiting = { order: { ...work, id }, resolve, reject, deaths: 0 };
      this.#waiting.set(id, waiting);
      this.#post(waiting);
    });
  }

  /** Ends the thread at once; what it had still to do fails. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#failAll(this.#errors.closed());
    await this.#running?.worker.terminate();
  }

  #post({ order }: Waiting<Work>): void {
    this.#running ??= this.#launch();
    this.#running.worker.postMessage(order, []);
  }

  #launch(): Running {
    const worker = this.#start();
    let reason = 'it ended by itself';
    worker.on('error', (error) => (reason = error.message));
    const ready = new Promise<number>((resolve, reject) => {
      worker.on('message', (reply: Reply) => {
        if (reply.kind === 'ready') resolve(reply.dimensions);
        else if (reply.kind === 'unusable')
          this.#fail(worker, this.#errors.unusable(reply.reason), reject);
        else this.#settle(reply);
      });
      worker.on('exit', () => {
        reject(this.#closed ? this.#errors.closed() : this.#errors.failed(reason));
        this.#died(worker, reason);
      });
    });
    // Who only gives work learns of a failure through the work that was waiting.
    ready.catch(() => undefined);
    return { worker, ready };
  }

  #settle(reply: Extract<Reply, { id: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    if (reply.kind === 'numbers') waiting.resolve(reply.numbers);
    else waiting.reject(this.#errors.failed(reply.reason));
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
        this.#waiting.delete(waiting.order.id);
        waiting.reject(this.#errors.failed(reason));
      }
    }
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
