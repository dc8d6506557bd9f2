/** How much of a question, weighted by rarity, stands within a sentence or a stretch of text. */
import type { Matches } from './matches.ts';
import type { QuestionTerm } from './types.ts';

const SENTENCE_ENDS = new Set(['。', '!', '?', ';', '\n'].map((mark) => mark.charCodeAt(0)));

/** The largest sum of idf of different terms within one sentence. */
export function bestSentence(
  terms: readonly QuestionTerm[],
  matches: Matches,
  text: string,
): number {
  const seen = new Uint8Array(terms.length);
  let best = 0;
  let sum = 0;
  let from = 0;
  matches.at.forEach((at, index) => {
    if (endsBetween(text, from, at)) {
      seen.fill(0);
      sum = 0;
    }
    from = at;
    const number = matches.term[index] ?? 0;
    if (seen[number] === 1) return;
    seen[number] = 1;
    sum += terms[number]?.idf ?? 0;
    if (sum > best) best = sum;
  });
  return best;
}

function endsBetween(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (SENTENCE_ENDS.has(text.charCodeAt(at))) return true;
  return false;
}

/**
 * The largest sum of weights of different terms that begin within `width` characters of each other.
 * @param weights - of each term, by its number
 */
export function bestWindow(weights: Float64Array, matches: Matches, width: number): number {
  const inside = new Uint16Array(weights.length);
  let best = 0;
  let sum = 0;
  let first = 0;
  matches.at.forEach((at, index) => {
    const number = matches.term[index] ?? 0;
    const times = inside[number] ?? 0;
    if (times === 0) sum += weights[number] ?? 0;
    inside[number] = times + 1;
    while (at - (matches.at[first] ?? at) > width) {
      const leaving = matches.term[first] ?? 0;
      const left = (inside[leaving] ?? 0) - 1;
      inside[leaving] = left;
      if (left === 0) sum -= weights[leaving] ?? 0;
      first++;
    }
    if (sum > best) best = sum;
  });
  return best;
}

/**
 * Share of Chinese pairs whose two characters stand in order with at most three others between them:
 * a question about 北大 finds 北京大学.
 */
export function loosePairs(
  terms: readonly QuestionTerm[],
  { counts }: Matches,
  text: string,
): number {
  let all = 0;
  let found = 0;
  terms.forEach(({ text: pair, kind, idf }, number) => {
    if (kind === 'character' || pair.length !== 2 || pair.charCodeAt(0) < 0x2e80) return;
    all += idf;
    if ((counts[number] ?? 0) > 0 || standsLoosely(pair, text)) found += idf;
  });
  return all > 0 ? found / all : 0;
}

function standsLoosely(pair: string, text: string): boolean {
  const first = pair.charAt(0);
  const second = pair.charAt(1);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const after = text.indexOf(second, at + 1);
    if (after < 0) return false;
    if (after - at <= 4) return true;
  }
  return false;
}
