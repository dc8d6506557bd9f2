/** What travels between an indexing thread and its owner. */
import type { Refusal } from '../answers/answerability.ts';
import type { EmbedderOptions } from '../embedding/embedder.ts';
import type { IndexOptions, IndexPhase, IndexPreview, IndexResult } from './options.ts';

/** `IndexOptions` as far as they can be sent to a thread; it opens an embedder of its own. */
export interface ThreadedIndexOptions extends Omit<
  IndexOptions,
  'embedder' | 'examine' | 'besideAnswers' | 'signal'
> {
  readonly embedder: Omit<EmbedderOptions, 'onProgress'>;
  /** How sure an answer to a golden question must be. */
  readonly refusal: Refusal;
  readonly signal?: AbortSignal;
}

/** `workerData` of an indexing thread. */
export interface Task {
  readonly kind: 'index' | 'preview';
  readonly options: Omit<ThreadedIndexOptions, 'signal'>;
}

/** The only thing the owner ever says. */
export const CANCEL = 'cancel';

export type Report =
  | {
      readonly kind: 'progress';
      readonly phase: IndexPhase;
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'indexed'; readonly result: IndexResult }
  | { readonly kind: 'previewed'; readonly preview: IndexPreview }
  /** `code` of a YuanwenError; null for any other error. */
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };
