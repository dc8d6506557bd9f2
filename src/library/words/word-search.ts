import type { Hit } from '../../types.ts';
import type { Db } from '../database.ts';
import { findInBlock, indexedTerm, keyOf } from './blocks.ts';
import type { Postings } from './blocks.ts';
import { lengthsOf } from './lengths.ts';
import { livingOccurrences } from './occurrences.ts';
import type { Occurrences } from './occurrences.ts';
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

interface Segment {
  readonly id: number;
  readonly first: number;
  readonly last: number;
  readonly passages: number;
}

/** Where a term occurs within a segment. */
interface Found {
  readonly segment: Segment;
  readonly postings: Postings;
}

/**
 * Occurrences remembered, of the terms asked for last: characters that stand in every question need not
 * be unpacked for each. At 6 bytes each, 24 MB.
 */
const REMEMBERED = 4_000_000;

/**
 * BM25 over the word index, as one generation sees it. Every occurrence of every term is looked at, so
 * the scores are exact; some nanoseconds an occurrence is what that costs.
 */
export class WordSearch {
  readonly #alive: LivePassages;
  readonly #segments;
  readonly #block;
  readonly #snapshot: <T>(read: (segments: readonly Segment[]) => T) => T;
  /** Of each passage, by id; used again for every question. */
  readonly #scores: Float64Array;
  /** What BM25 adds to an occurrence count because of a passage's length, by id. */
  readonly #lengthNorms: Float32Array;
  readonly #remembered = new Map<string, Occurrences>();
  #size = 0;
  /** Of the terms whose frequencies were asked for last: they are mostly those that are searched next. */
  #counted = new Map<string, readonly Found[]>();
  /** By segment id, as far as it was asked. */
  readonly #wholeSegments = new Map<number, boolean>();

  constructor(db: Db, alive: LivePassages) {
    this.#alive = alive;
    this.#segments = db.prepare<[], Segment>(
      'SELECT id, first, last, passages FROM segment ORDER BY first',
    );
    this.#block = db
      .prepare<[number, Buffer], Buffer>(
        'SELECT bytes FROM term_block WHERE segment = ? AND first <= ? ORDER BY first DESC LIMIT 1',
      )
      .pluck();
    // Between two statements a merge may replace the segments; within a transaction that is not seen.
    this.#snapshot = <T>(read: (segments: readonly Segment[]) => T): T =>
      db.transaction(() => read(this.#segments.all())).deferred();
    this.#lengthNorms = lengthNorms(db, alive);
    this.#scores = new Float64Array(alive.isAlive.length);
  }

  /** Best first; a passage matches when it has any of the terms. */
  match({ terms, bodyWeight, headWeight, limit }: TermQuery): Hit[] {
    const scores = this.#scores.fill(0);
    for (const { passages, body, head } of this.#occurrencesOf(terms)) {
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
    this.#counted = new Map();
    return this.#snapshot(
      (segments) =>
        new Map(terms.map((term) => [term, this.#frequency(indexedTerm(term), segments)])),
    );
  }

  #frequency(term: string, segments: readonly Segment[]): number {
    const known = this.#remembered.get(term);
    if (known !== undefined) return known.passages.length;
    const found = this.#find(term, segments);
    this.#counted.set(term, found);
    return this.#count(found);
  }

  #occurrencesOf(terms: readonly string[]): Occurrences[] {
    return this.#snapshot((segments) =>
      [...new Set(terms.map(indexedTerm))].map((term) => {
        const found = this.#remembered.get(term) ?? this.#read(term, segments);
        this.#remember(term, found);
        return found;
      }),
    );
  }

  #read(term: string, segments: readonly Segment[]): Occurrences {
    const found = this.#counted.get(term) ?? this.#find(term, segments);
    const parts = found.map(({ postings }) => postings.bytes);
    return livingOccurrences(parts, this.#alive.isAlive);
  }

  #remember(term: string, occurrences: Occurrences): void {
    // A map keeps the order of insertion: the first is the one not asked for longest.
    if (!this.#remembered.delete(term)) this.#size += occurrences.passages.length;
    this.#remembered.set(term, occurrences);
    for (const [oldest, { passages }] of this.#remembered) {
      if (this.#size <= REMEMBERED || oldest === term) break;
      this.#remembered.delete(oldest);
      this.#size -= passages.length;
    }
  }

  /** Counted only in segments that also hold passages of other generations; the others say it. */
  #count(found: readonly Found[]): number {
    let count = 0;
    const mixed: Uint8Array[] = [];
    for (const { segment, postings } of found) {
      if (this.#isWhole(segment)) count += postings.count;
      else mixed.push(postings.bytes);
    }
    return count + livingOccurrences(mixed, this.#alive.isAlive).passages.length;
  }

  #find(term: string, segments: readonly Segment[]): Found[] {
    const key = keyOf(term);
    return segments.flatMap((segment) => {
      const postings = findInBlock(this.#block.get(segment.id, key), term);
      return postings === null ? [] : [{ segment, postings }];
    });
  }

  /** Whether all passages that a segment has words of belong to the generation. */
  #isWhole({ id, first, last, passages }: Segment): boolean {
    let isWhole = this.#wholeSegments.get(id);
    if (isWhole === undefined) {
      let alive = 0;
      for (let passage = first; passage <= last; passage++)
        alive += this.#alive.isAlive[passage] ?? 0;
      isWhole = alive === passages;
      this.#wholeSegments.set(id, isWhole);
    }
    return isWhole;
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
