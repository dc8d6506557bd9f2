/** What travels between a thread with a model and its owner. */
import type { Dtype } from './model-folder.ts';
import type { Recipe } from './recipe.ts';

export type Role = 'question' | 'passage';

/** `workerData` of an embedding thread. */
export interface ThreadSettings {
  /** Folder of the model. */
  readonly model: string;
  readonly dtype: Dtype;
  readonly externalData: boolean;
  readonly recipe: Recipe;
  /** Threads that the network may use for one batch. */
  readonly networkThreads: number;
}

export interface Embedding {
  readonly role: Role;
  readonly texts: readonly string[];
}

/** `workerData` of a reranking thread. */
export type RerankingSettings = Pick<ThreadSettings, 'model' | 'dtype' | 'externalData'> & {
  /** What is longer is cut, special tokens included. */
  readonly maxTokens: number;
  readonly networkThreads: number;
};

/** A pair to score. */
export interface Reranking {
  readonly question: string;
  readonly passage: string;
}

/** Work as it is sent: replies name its number. */
export type Numbered<Work> = Work & { readonly id: number };

export type Reply =
  /** `dimensions`: how many numbers a text gets. */
  | { readonly kind: 'ready'; readonly dimensions: number }
  /** The model could not be loaded; the thread ends. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** The numbers of all texts, one text after the other. */
  | { readonly kind: 'numbers'; readonly id: number; readonly numbers: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
