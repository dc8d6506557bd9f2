import type { Embedder } from '../ports.ts';
import type { Difference } from './difference.ts';
import type { Examine } from './golden.ts';
import type { Unreadable } from './scan.ts';

export interface IndexOptions {
  readonly folder: string;
  readonly dataDir: string;
  readonly embedder: Embedder;
  /** Reads every file, whatever its size and times say. */
  readonly full?: boolean;
  /** Goes on though more than a third of the articles went. */
  readonly allowRemovals?: boolean;
  /** Generations kept, the serving one among them; at least 2. */
  readonly keepGenerations?: number;
  /** Larger files are left out. */
  readonly maxFileBytes?: number;
  /** Asks both generations the golden questions before the swap. */
  readonly examine?: Examine;
  /** How far the share of golden questions answered may fall, 0…1. */
  readonly goldenMargin?: number;
  /** Somebody asks meanwhile: a core is left to them, and so the graph has no thread of its own. */
  readonly besideAnswers?: boolean;
  readonly signal?: AbortSignal;
}

export type IndexPhase = 'read' | 'embed' | 'examine' | 'finish';

export interface IndexEvents {
  /** `total`: files to look at, texts to embed, 2 generations to examine, 1. */
  readonly onProgress?: (phase: IndexPhase, done: number, total: number) => void;
}

/** What came of it. The first nine are the JSON contract of `npm run index -- --json`. */
export interface IndexResult {
  readonly generation: number;
  readonly articles: number;
  readonly passages: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unreadable: readonly Unreadable[];
  readonly embedded: number;
  readonly seconds: number;
  readonly difference: Difference;
  /** Where the damaged library lies that this one replaces. */
  readonly setAside: string | null;
}

/** What indexing would do. */
export interface IndexPreview {
  readonly difference: Difference;
  readonly unreadable: readonly Unreadable[];
  /** Texts that would be embedded. */
  readonly toEmbed: number;
  /** How long that takes; null before anything was embedded on this machine. */
  readonly seconds: number | null;
  /** So much would go that indexing will ask for `allowRemovals`. */
  readonly losesTooMuch: boolean;
}
