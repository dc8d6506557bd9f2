import type { Hit } from '../../types.ts';
import type { Db } from '../database.ts';
import { findInBlock, indexedTerm, keyOf } from './blocks.ts';
import { lengthsOf } from './lengths.ts';
import { readPostings } from './postings.ts';
import { best } from './best.ts';

/** BM25's usual constants: how soon more of the same word stops to count, and how much long passages pay. */
const K1 = 1.2;
const B = 0.75;

export interface TermQuery {
  readonly terms: readonly string[];
  /** How much an occurrence counts in the passage's own words, and in its title, subhead, kicker and deck. */
  readonly bodyWeight: number;
  readonly headWeight: number;
  readonly limit: number;
}

/** The passages of a generation. */
export interface LivePassages {
  /** One byte a passage id: 1 for those of the generation. */
  readonly isAlive: Uint8Array;
  readonly count: number;
}

/** Where a term occurs in a generation; the three arrays go together. */
interface Occurrences {
  /** Passage ids, ascending. */
  readonly passages: Uint32Array;
  readonly body: Uint8Array;
  readonly head: Uint8Array;
}

/** Terms remembered: those of one question, which are asked for several times. */
const REMEMBERED = 64;

/**
 * BM25 over the word index, as one generation sees it. Every occurrence of every term is looked at, so
 * the scores are exact; some nanoseconds an occurrence is what that costs.
 */
export class WordSearch {
  readonly #alive: LivePassages;
  readonly #segments;
  readonly #block;
  readonly #snapshot;
  /** What BM25 adds to an occurrence count because of a passage's length, by id. */
  readonly #lengthNorms: Float32Array;
  readonly #remembered = new Map<string, Occurrences>();

  constructor(db: Db, alive: LivePassages) {
    this.#alive = alive;
    this.#segments = db.prepare<[], number>('SELECT id FROM segment ORDER BY first').pluck();
    this.#block = db
      .prepare<[number, Buffer], Buffer>(
        'SELECT bytes FROM term_block WHERE segment = ? AND first <= ? ORDER BY first DESC LIMIT 1',
      )
      .pluck();
    // Between two statements a merge may replace the segments; within a transaction that is not seen.
    this.#snapshot = db.transaction((term: string) => this.#read(term));
    this.#lengthNorms = lengthNorms(db, alive);
  }

  /** Best first; a passage matches when it has any of the terms. */
  match({ terms, bodyWeight, headWeight, limit }: TermQuery): Hit[] {
    const scores = new Float64Array(this.#alive.isAlive.length);
    for (const term of new Set(terms.map(indexedTerm))) {
      const { passages, body, head } = this.#occurrences(term);
      const weight = inverseFrequency(passages.length, this.#alive.count) * (K1 + 1);
      for (let i = 0; i < passages.length; i++) {
        const passage = passages[i] ?? 0;
        const count = (body[i] ?? 0) * bodyWeight + (head[i] ?? 0) * headWeight;
        const norm = this.#lengthNorms[passage] ?? 0;
        scores[passage] = (scores[passage] ?? 0) + (weight * count) / (count + norm);
      }
    }
    return best(scores, limit);
  }

  /** In how many passages of the generation each term occurs. */
  frequencies(terms: readonly string[]): Map<string, number> {
    return new Map(
      terms.map((term) => [term, this.#occurrences(indexedTerm(term)).passages.length]),
    );
  }

  #occurrences(term: string): Occurrences {
    const known = this.#remembered.get(term);
    if (known !== undefined) return known;
    const found = this.#snapshot(term);
    this.#remembered.set(term, found);
    if (this.#remembered.size > REMEMBERED) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
    return found;
  }

  #read(term: string): Occurrences {
    const key = keyOf(term);
    const parts = this.#segments
      .all()
      .map((segment) => findInBlock(this.#block.get(segment, key), term))
      .filter((postings) => postings !== null);
    const most = parts.reduce((sum, { length }) => sum + length, 0);
    const passages = new Uint32Array(most);
    const bodies = new Uint8Array(most);
    const heads = new Uint8Array(most);
    const { isAlive } = this.#alive;
    let size = 0;
    for (const part of parts) {
      readPostings(part, (passage, body, head) => {
        if (isAlive[passage] !== 1) return;
        passages[size] = passage;
        bodies[size] = body;
        heads[size] = head;
        size++;
      });
    }
    return {
      passages: passages.subarray(0, size),
      body: bodies.subarray(0, size),
      head: heads.subarray(0, size),
    };
  }
}

/** How telling a term is: 0 for one that is everywhere. */
function inverseFrequency(frequency: number, count: number): number {
  return Math.log(1 + (count - frequency + 0.5) / (frequency + 0.5));
}

function lengthNorms(db: Db, { isAlive, count }: LivePassages): Float32Array {
  const lengths = new Uint16Array(isAlive.length);
  const segments = db.prepare<[], { first: number; lengths: Buffer }>(
    'SELECT first, lengths FROM segment',
  );
  for (const segment of segments.iterate()) {
    // A later commit may have added passages that this generation does not know.
    lengths.set(
      lengthsOf(segment.lengths).subarray(0, Math.max(0, lengths.length - segment.first)),
      Math.min(segment.first, lengths.length),
    );
  }
  let total = 0;
  for (let id = 0; id < lengths.length; id++) total += isAlive[id] === 1 ? (lengths[id] ?? 0) : 0;
  const average = total / Math.max(1, count);
  return Float32Array.from(lengths, (length) => K1 * (1 - B + (B * length) / (average || 1)));
}
