import type { StoredPassage } from '../types.ts';
import { fold } from '../text/fold.ts';

/** Share of common character triples from which two paragraphs count as the same. */
const SAME = 0.85;

/** Puts paragraphs that say the same in almost the same words under the first of them. */
export function mergeDuplicates<T extends { readonly passage: StoredPassage }>(
  ranked: readonly T[],
): Array<T & { readonly duplicates: readonly StoredPassage[] }> {
  const kept: Array<T & { readonly triples: ReadonlySet<string>; duplicates: StoredPassage[] }> =
    [];
  for (const item of ranked) {
    const triples = triplesOf(item.passage.paragraph.text);
    const first = kept.find((other) => areSame(other.triples, triples));
    if (first === undefined) kept.push({ ...item, triples, duplicates: [] });
    else first.duplicates.push(item.passage);
  }
  return kept;
}

function triplesOf(text: string): Set<string> {
  const plain = fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const triples = new Set<string>([plain.slice(0, 3)]);
  for (let at = 1; at + 3 <= plain.length; at++) triples.add(plain.slice(at, at + 3));
  return triples;
}

function areSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SAME * large.size) return false;
  let common = 0;
  for (const triple of small) if (large.has(triple)) common++;
  return common >= SAME * (a.size + b.size - common);
}
