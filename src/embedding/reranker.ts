import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { YuanwenError } from '../errors.ts';
import type { Reranker } from '../ports.ts';
import { startThread } from '../threads.ts';
import { within } from '../within.ts';
import { findModel } from './find-model.ts';
import type { FindModelOptions } from './find-model.ts';
import { networks, requiredFiles } from './model-folder.ts';
import type { ModelFolder, WantedModel } from './model-folder.ts';
import type { Reranking, RerankingSettings } from './protocol.ts';
import { tokenLimit } from './recipe.ts';
import { ModelThread } from './thread.ts';
import type { ThreadErrors } from './thread.ts';

export interface RerankerOptions extends Omit<FindModelOptions, 'wanted'> {
  /** A folder's name below `modelsDir`, a path, or a hub id (`owner/name`). */
  readonly model: string;
  /** For one question, waiting for its turn included, in milliseconds. */
  readonly patience: number;
}

const wanted: WantedModel = {
  kind: 'reranking model',
  setting: 'RERANKER_MODEL',
  instead: 'leave RERANKER_MODEL empty to do without',
  requiredFiles,
  optionalFiles: [],
  networks: networks.map(({ file }) => file),
};

/** What cross-encoders are trained on; longer passages are windows already. */
const LONGEST_PAIR = 512;

/** Questions whose scores are remembered: a language model's work begins with the search that the quotes came from. */
const REMEMBERED = 16;

/**
 * Loads a cross-encoder in a thread of its own, downloading it first where it is a hub's.
 * @throws {YuanwenError} naming the model, RERANKER_MODEL and what to do, when it is missing, damaged,
 *   not supported or cannot be downloaded
 */
export async function openReranker(options: RerankerOptions): Promise<Reranker> {
  const model = await findModel(options.model, { ...options, wanted });
  refuseOthers(model);
  const settings: RerankingSettings = {
    model: model.path,
    dtype: model.network.dtype,
    externalData: model.externalData,
    maxTokens: tokenLimit(model.json, LONGEST_PAIR),
    networkThreads: availableParallelism(),
  };
  const thread = new ModelThread<Reranking>(
    () => startThread(new URL('./reranker-worker.ts', import.meta.url), { workerData: settings }),
    rerankingErrors(model.name),
  );
  try {
    await thread.ready();
    return new CrossEncoder(model.name, thread, options.patience);
  } catch (error) {
    await thread.close();
    throw error;
  }
}

/** An embedding model loads too, and would fail in words that nobody understands. */
function refuseOthers({ name, json }: ModelFolder): void {
  const { architectures } = json.config;
  if (!Array.isArray(architectures) || architectures.length === 0) return;
  if (architectures.some((one) => String(one).endsWith('ForSequenceClassification'))) return;
  throw unusable(name, `it is no cross-encoder but a ${architectures.join(', ')}`);
}

function unusable(name: string, reason: string): YuanwenError {
  return new YuanwenError(
    'reranker-unusable',
    `The reranking model ${name} can't be used: ${reason}. Restore its files, or choose a cross-encoder such as Xenova/bge-reranker-base and correct RERANKER_MODEL, or leave it empty to do without.`,
  );
}

/** What a reranker says when it fails; readers never see it. */
export function rerankingErrors(name: string): ThreadErrors {
  return {
    unusable: (reason) => unusable(name, reason),
    failed: (reason) =>
      new YuanwenError('reranker-failed', `The reranking model ${name} failed: ${reason}.`),
    closed: () =>
      new YuanwenError(
        'reranker-closed',
        `The reranking model ${name} is closed: Yuanwen is stopping.`,
      ),
  };
}

/** Scores pair by pair: nothing is spent on padding, a score never depends on its neighbours, and what is late stops soon. */
export class CrossEncoder implements Reranker {
  readonly name: string;
  readonly #thread: ModelThread<Reranking>;
  readonly #patience: number;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #recent = new Map<string, Promise<number[]>>();

  constructor(name: string, thread: ModelThread<Reranking>, patience: number) {
    this.name = name;
    this.#thread = thread;
    this.#patience = patience;
  }

  async scores(question: string, passages: readonly string[]): Promise<number[]> {
    const key = JSON.stringify([question, passages]);
    const known = this.#recent.get(key);
    if (known !== undefined) return known;
    const scores = this.#inTime(question, passages);
    this.#recent.set(key, scores);
    scores.catch(() => this.#recent.delete(key));
    for (const oldest of [...this.#recent.keys()].slice(0, -REMEMBERED)) {
      this.#recent.delete(oldest);
    }
    return scores;
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  async #inTime(question: string, passages: readonly string[]): Promise<number[]> {
    return within(this.#patience, undefined, async (signal) => {
      const late = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(this.#slow()));
      });
      // What is late makes room for the next question, and has lost also while it waits for its turn.
      const scores = this.#queue.add(async () =>
        Promise.race([this.#oneByOne(question, passages, signal), late]),
      );
      return Promise.race([scores, late]);
    });
  }

  async #oneByOne(
    question: string,
    passages: readonly string[],
    signal: AbortSignal,
  ): Promise<number[]> {
    const scores: number[] = [];
    for (const passage of passages) {
      signal.throwIfAborted();
      scores.push(...(await this.#thread.do({ question, passage })));
    }
    return scores;
  }

  #slow(): YuanwenError {
    const seconds = this.#patience / 1000;
    return new YuanwenError(
      'reranker-slow',
      `The reranking model ${this.name} took longer than ${seconds} s for a question. Choose a smaller one in RERANKER_MODEL, or leave it empty to do without.`,
    );
  }
}
