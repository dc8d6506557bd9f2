import type { Hit } from '../types.ts';
import type { Db } from './database.ts';

/** Up to this many occurrences are looked at one by one; see `frequencies`. */
const COUNTED = 2_000;

export interface TermQuery {
  readonly terms: readonly string[];
  readonly bodyWeight: number;
  readonly headWeight: number;
  readonly limit: number;
}

/**
 * The full-text index as one generation sees it. The index also holds the passages of the other
 * kept generations; `isAlive` tells which count.
 */
export class FullText {
  readonly #isAlive: (passage: number) => boolean;
  /** Passages of this generation and of all that are kept. */
  readonly #alive: number;
  readonly #all: number;
  readonly #match;
  readonly #frequency;
  readonly #occurrences;

  constructor(db: Db, passages: { isAlive: (id: number) => boolean; alive: number; all: number }) {
    this.#isAlive = passages.isAlive;
    this.#alive = passages.alive;
    this.#all = passages.all;
    this.#match = db.prepare<[string, string, number], Hit>(
      'SELECT rowid AS id, -rank AS score FROM words WHERE words MATCH ? AND rank MATCH ? ORDER BY rank LIMIT ?',
    );
    this.#frequency = db
      .prepare<[string], number>('SELECT doc FROM vocabulary WHERE term = ?')
      .pluck();
    this.#occurrences = db
      .prepare<[string], number>('SELECT rowid FROM words WHERE words MATCH ?')
      .pluck();
  }

  /** BM25, best first; a passage matches when it has any of the terms. */
  match({ terms, bodyWeight, headWeight, limit }: TermQuery): Hit[] {
    const query = [...new Set(terms)]
      .filter((term) => term !== '')
      .map(quoted)
      .join(' OR ');
    if (query === '' || limit <= 0) return [];
    const rank = `bm25(${bodyWeight.toFixed(4)}, ${headWeight.toFixed(4)})`;
    for (let fetched = limit; ; fetched *= 2) {
      const found = this.#match.all(query, rank, fetched);
      const hits = found.filter(({ id }) => this.#isAlive(id));
      if (hits.length >= limit || found.length < fetched) return hits.slice(0, limit);
    }
  }

  /**
   * In how many passages each term occurs. While other generations hold passages of their own, a
   * common term's count is scaled by the share of this one; a rare term's is exact.
   */
  frequencies(terms: readonly string[]): Map<string, number> {
    return new Map(terms.map((term) => [term, this.#frequencyOf(term)]));
  }

  #frequencyOf(term: string): number {
    const all = this.#frequency.get(term) ?? 0;
    if (all === 0 || this.#all === this.#alive) return all;
    if (all > COUNTED) return Math.round((all * this.#alive) / this.#all);
    return this.#occurrences.all(quoted(term)).filter((id) => this.#isAlive(id)).length;
  }
}

/** A term as an FTS5 string: nothing in it is read as syntax. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
