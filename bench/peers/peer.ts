import type { Document } from '../../src/evaluation/corpus-library.ts';
import type { Embedder } from '../../src/ports.ts';

/** Finds documents: the ids of at most `DEPTH`, best first. */
export type Find = (question: string) => Promise<string[]>;

/** A search library, set up as its documentation advises for Chinese. */
export interface Peer {
  readonly name: string;
  readonly how: string;
  build(documents: readonly Document[], embedder: Embedder): Promise<Find>;
}

export const DEPTH = 100;

/** What a peer without fields is given of a document. */
export function wholeText({ title, text }: Document): string {
  return title === '' ? text : `${title}\n${text}`;
}
