import { fold } from '../text/fold.ts';
import type { StoredPassage } from '../types.ts';

/** Share of common character triples from which two paragraphs count as the same. */
const SAME = 0.85;

interface Scored {
  readonly passage: StoredPassage;
  readonly score: number;
}

/** Puts paragraphs that say the same in almost the same words under the first of them. */
export function mergeDuplicates<T extends Scored>(
  ranked: readonly T[],
): Array<T & { readonly duplicates: readonly StoredPassage[] }> {
  const kept: Array<T & { readonly text: LazyTriples; readonly duplicates: StoredPassage[] }> = [];
  for (const item of ranked) {
    const text = new LazyTriples(item.passage.paragraph.text);
    const first = kept.find((other) => mayBeSame(other, item) && other.text.areSame(text));
    if (first === undefined) kept.push({ ...item, text, duplicates: [] });
    else first.duplicates.push(item.passage);
  }
  return kept;
}

/** The same text gets the same score for the same question, or nearly: most pairs need no second look. */
function mayBeSame(a: Scored, b: Scored): boolean {
  const [shorter = 0, longer = 0] = [a, b]
    .map(({ passage }) => passage.paragraph.text.length)
    .sort((x, y) => x - y);
  return shorter >= SAME * longer - 8 && Math.abs(a.score - b.score) < 0.2;
}

/** A text as the set of its runs of three letters or digits. */
class LazyTriples {
  readonly #text: string;
  #triples: ReadonlySet<string> | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  areSame(other: LazyTriples): boolean {
    const mine = this.triples();
    const theirs = other.triples();
    // Of `mine` so many may be missing; texts that have little in common are told apart soon.
    let spare = mine.size - (SAME * (mine.size + theirs.size)) / (1 + SAME);
    for (const triple of mine) if (!theirs.has(triple) && --spare < 0) return false;
    return spare >= 0;
  }

  triples(): ReadonlySet<string> {
    this.#triples ??= triplesOf(this.#text);
    return this.#triples;
  }
}

function triplesOf(text: string): Set<string> {
  const plain = fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const triples = new Set<string>([plain.slice(0, 3)]);
  for (let at = 1; at + 3 <= plain.length; at++) triples.add(plain.slice(at, at + 3));
  return triples;
}
