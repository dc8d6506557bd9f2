/** What travels between an embedding thread and its owner. */
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

export interface Work {
  readonly id: number;
  readonly role: Role;
  readonly texts: readonly string[];
}

export type Reply =
  | { readonly kind: 'ready'; readonly dimensions: number }
  /** The model could not be loaded; the thread ends. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** One vector a text, one after the other. */
  | { readonly kind: 'vectors'; readonly id: number; readonly vectors: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
