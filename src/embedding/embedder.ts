import { availableParallelism } from 'node:os';
import { YuanwenError } from '../errors.ts';
import type { Embedder } from '../ports.ts';
import { startThread } from '../threads.ts';
import { batchesOf } from './batches.ts';
import { findModel } from './find-model.ts';
import type { FindModelOptions } from './find-model.ts';
import { fingerprintOf } from './fingerprint.ts';
import { damaged } from './model-folder.ts';
import type { ModelFolder } from './model-folder.ts';
import { ThreadPool } from './pool.ts';
import type { Embedding, ThreadSettings } from './protocol.ts';
import { knowsWords, recipeOf } from './recipe.ts';
import type { Recipe } from './recipe.ts';
import { ModelThread } from './thread.ts';
import type { ThreadErrors } from './thread.ts';
import { remembering } from './word-vectors.ts';

type EmbeddingThread = ModelThread<Embedding>;

export interface EmbedderOptions extends FindModelOptions {
  /** A folder's name below `modelsDir`, a path, or a hub id (`owner/name`). */
  readonly model: string;
  /** Threads for passages, started as they are needed; questions have one of their own. */
  readonly workers: number;
}

/** A model that is still being loaded. */
export interface LoadingEmbedder {
  /** Of the embedder that it will be. */
  readonly fingerprint: string;
  /** Rejects as `openEmbedder` does. */
  readonly loaded: Promise<Embedder>;
}

/**
 * Loads a sentence-embedding model, downloading it first where it is a hub's.
 * @throws {YuanwenError} naming the model and what to do, when it is missing, damaged, not supported
 *   or cannot be downloaded
 */
export async function openEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { loaded } = await loadEmbedder(options);
  return loaded;
}

/** The same for who can do something else while the model is loaded, and needs its fingerprint for that. */
export async function loadEmbedder(options: EmbedderOptions): Promise<LoadingEmbedder> {
  const model = await findModel(options.model, options);
  const recipe = recipeOf(model.name, model.json);
  const words = knowsWords(model.json);
  const thread = threadsOf(model, recipe);
  const cores = availableParallelism();
  const questions = thread(cores);
  const passages = new ThreadPool(
    Array.from({ length: options.workers }, () => thread(Math.ceil(cores / options.workers))),
  );
  const closing = async (error: unknown): Promise<never> => {
    await questions.close();
    throw error;
  };
  const ready = questions.ready().catch(closing);
  // Until somebody waits for it.
  ready.catch(() => undefined);
  const fingerprint = await fingerprintOf(model, recipe, options.cacheDir).catch(closing);
  const loaded = ready.then((dimensions) =>
    embedderOf({ dimensions, fingerprint, recipe, words, questions, passages }),
  );
  loaded.catch(() => undefined);
  return { fingerprint, loaded };
}

function threadsOf(model: ModelFolder, recipe: Recipe): (cores: number) => EmbeddingThread {
  return (networkThreads) => {
    const settings: ThreadSettings = {
      model: model.path,
      dtype: model.network.dtype,
      externalData: model.externalData,
      recipe,
      networkThreads,
    };
    return new ModelThread<Embedding>(
      () =>
        startThread(new URL('./embedding-worker.ts', import.meta.url), { workerData: settings }),
      embeddingErrors((reason) =>
        damaged(model.name, `it does not load from ${model.path} (${reason})`),
      ),
    );
  };
}

/** @param unusable - the error for a model that can't be loaded */
export function embeddingErrors(unusable: ThreadErrors['unusable']): ThreadErrors {
  return {
    unusable,
    failed: (reason) =>
      new YuanwenError(
        'embedding-failed',
        `Computing embeddings failed: ${reason}. Try again; if it happens again, run \`npm run doctor\`.`,
      ),
    closed: () =>
      new YuanwenError('embedder-closed', 'The embedding model is closed: Yuanwen is stopping.'),
  };
}

interface Parts {
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly recipe: Recipe;
  /** Whether the model has vectors of words that stand alone. */
  readonly words: boolean;
  readonly questions: EmbeddingThread;
  readonly passages: ThreadPool;
}

function embedderOf(parts: Parts): Embedder {
  const { dimensions, fingerprint, recipe, questions, passages } = parts;
  const prefix = Math.max(recipe.queryPrefix.length, recipe.passagePrefix.length);
  // A token is a character at least in every script; two go to the marks at the ends.
  const maxInputLength = recipe.maxTokens - prefix - 2;
  return {
    dimensions,
    fingerprint,
    maxInputLength,
    embedQuestion: async (text) => questions.do({ role: 'question', texts: [text] }),
    embedPassages: (texts) => inBatches(texts, parts, (batch) => passages.embed(batch)),
    embedWords: parts.words
      ? remembering((words) =>
          inBatches(words, parts, (texts) => questions.do({ role: 'passage', texts })),
        )
      : null,
    close: async () => {
      await Promise.all([questions.close(), passages.close()]);
    },
  };
}

/** Embeds texts batch by batch, side by side. @returns their vectors, in order */
async function inBatches(
  texts: readonly string[],
  { recipe, dimensions }: Parts,
  embed: (batch: string[]) => Promise<Float32Array>,
): Promise<Float32Array[]> {
  const vectors = texts.map(() => new Float32Array(0));
  await Promise.all(
    batchesFor(recipe, texts).map(async (batch) => {
      const together = await embed(batch.map((index) => texts[index] ?? ''));
      for (const [i, index] of batch.entries()) {
        vectors[index] = together.slice(i * dimensions, (i + 1) * dimensions);
      }
    }),
  );
  return vectors;
}

/** The last token of a padded text is padding: such models take texts one by one. */
function batchesFor(recipe: Recipe, texts: readonly string[]): number[][] {
  if (recipe.pooling === 'last_token') return texts.map((_, index) => [index]);
  return batchesOf(texts, recipe.maxTokens);
}
