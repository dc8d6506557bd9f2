import type { Worker } from 'node:worker_threads';
import { YuanwenError } from '../errors.ts';
import type { LanguageModel, WritingRequest, WrittenText } from '../ports.ts';
import { startThread } from '../threads.ts';
import { failure } from './failure.ts';
import type { LocalModelSettings, Order, Report } from './local-protocol.ts';
import { Patience } from './patience.ts';
import type { TimeLimits } from './patience.ts';

export interface LocalModelOptions extends LocalModelSettings {
  /** As the operator named it. */
  readonly name: string;
  readonly limits: TimeLimits;
}

interface Waiting {
  readonly onText: ((soFar: string) => void) | undefined;
  readonly resolve: (written: WrittenText) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Loads a language model in a thread of its own.
 * @throws YuanwenError `language-model-unusable`
 */
export async function openLocalModel(options: LocalModelOptions): Promise<LanguageModel> {
  const model = new LocalModel(options);
  await model.load();
  return model;
}

/**
 * A language model inside the process. Requests are written one after the other; waiting for one's turn
 * counts against the time limits. A thread that died is started anew for the next request.
 */
class LocalModel implements LanguageModel {
  readonly name: string;
  readonly #options: LocalModelOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(options: LocalModelOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async load(): Promise<void> {
    const worker = this.#start();
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (report: Report) => {
        if (report.kind === 'ready') resolve();
        if (report.kind === 'unusable') reject(this.#unusable(report.reason));
      });
      worker.on('error', (error) => reject(this.#unusable(error.message)));
    }).catch(async (error: unknown) => {
      await this.close();
      throw error;
    });
  }

  async write(request: WritingRequest): Promise<WrittenText> {
    const { instructions, message, maxTokens, signal } = request;
    const patience = new Patience(this.name, this.#options.limits, signal);
    const id = (this.#lastId += 1);
    try {
      return await new Promise<WrittenText>((resolve, reject) => {
        patience.signal.throwIfAborted();
        patience.signal.addEventListener('abort', () => {
          this.#post({ kind: 'stop', id });
          reject(patience.signal.reason);
        });
        const onText = (soFar: string): void => {
          patience.heard();
          request.onText?.(soFar);
        };
        this.#waiting.set(id, { onText, resolve, reject });
        patience.begin();
        this.#post({ kind: 'write', id, instructions, message, maxTokens });
      });
    } finally {
      this.#waiting.delete(id);
      patience.end();
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #post(order: Order): void {
    (this.#worker ?? this.#start()).postMessage(order, []);
  }

  #start(): Worker {
    const { folder, dtype, externalData } = this.#options;
    const workerData: LocalModelSettings = { folder, dtype, externalData };
    const worker = startThread(new URL('./local-model-worker.ts', import.meta.url), { workerData });
    this.#worker = worker;
    let reason = 'its thread ended';
    worker.on('error', (error) => (reason = error.message));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      this.#failAll(reason);
    });
    worker.on('message', (report: Report) => this.#hear(report));
    return worker;
  }

  #hear(report: Report): void {
    if (report.kind === 'ready') return;
    if (report.kind === 'unusable') {
      this.#failAll(report.reason);
      return;
    }
    const waiting = this.#waiting.get(report.id);
    if (report.kind === 'text') waiting?.onText?.(report.soFar);
    else if (report.kind === 'failed') waiting?.reject(this.#broken(report.reason));
    else {
      const { text, promptTokens, replyTokens } = report;
      waiting?.resolve({ text, promptTokens, replyTokens });
    }
  }

  #failAll(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(this.#broken(reason));
  }

  #broken(reason: string) {
    return failure('language-model-broken', `The language model ${this.name} failed: ${reason}`);
  }

  #unusable(reason: string): YuanwenError {
    return new YuanwenError(
      'language-model-unusable',
      `The language model ${this.name} can't be loaded: ${reason}. Correct LLM_MODEL, or leave it empty to answer in quotes alone.`,
    );
  }
}
