/** What travels between the thread of a local language model and its owner. */

/** How the thread loads its model. */
export interface LocalModelSettings {
  /** A folder on disk. */
  readonly folder: string;
  readonly dtype: 'q4' | 'q8' | 'int8' | 'uint8' | 'q4f16' | 'fp16' | 'fp32';
  /** Whether the weights lie beside the network in `<file>_data`. */
  readonly externalData: boolean;
}

export type Order =
  | {
      readonly kind: 'write';
      readonly id: number;
      readonly instructions: string;
      readonly message: string;
      readonly maxTokens: number;
    }
  | { readonly kind: 'stop'; readonly id: number };

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'text'; readonly id: number; readonly soFar: string }
  | {
      readonly kind: 'written';
      readonly id: number;
      readonly text: string;
      readonly promptTokens: number;
      readonly replyTokens: number;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };
