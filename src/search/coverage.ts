/** How much of a question, weighted by rarity, stands within a sentence or a stretch of text. */
import type { Match } from './matches.ts';
import type { QuestionTerm } from './types.ts';

const sentenceEnd = /[。!?;\n]/;

/** The largest sum of idf of different terms within one sentence. */
export function bestSentence(matches: readonly Match[], text: string): number {
  const seen = new Set<QuestionTerm>();
  let best = 0;
  let sum = 0;
  let from = 0;
  for (const { at, term } of matches) {
    if (sentenceEnd.test(text.slice(from, at))) {
      seen.clear();
      sum = 0;
    }
    from = at;
    if (seen.has(term)) continue;
    seen.add(term);
    sum += term.idf;
    best = Math.max(best, sum);
  }
  return best;
}

/** The largest sum of idf of different terms that begin within `width` characters of each other. */
export function bestWindow(matches: readonly Match[], width: number): number {
  const inside = new Map<QuestionTerm, number>();
  let best = 0;
  let sum = 0;
  let start = 0;
  for (const { at, term } of matches) {
    const times = inside.get(term) ?? 0;
    if (times === 0) sum += term.idf;
    inside.set(term, times + 1);
    for (let first = matches[start]; first && at - first.at > width; first = matches[start]) {
      const left = (inside.get(first.term) ?? 0) - 1;
      inside.set(first.term, left);
      if (left === 0) sum -= first.term.idf;
      start++;
    }
    best = Math.max(best, sum);
  }
  return best;
}

/**
 * Share of Chinese pairs whose two characters stand in order with at most three others between them:
 * 北京大学 is found in 北大's text and the other way round.
 */
export function loosePairs(terms: readonly QuestionTerm[], text: string): number {
  let all = 0;
  let found = 0;
  for (const { text: pair, kind, idf } of terms) {
    if (kind === 'character' || pair.length !== 2 || pair.charCodeAt(0) < 0x2e80) continue;
    all += idf;
    if (standsLoosely(pair.charAt(0), pair.charAt(1), text)) found += idf;
  }
  return all > 0 ? found / all : 0;
}

function standsLoosely(first: string, second: string, text: string): boolean {
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const after = text.indexOf(second, at + 1);
    if (after < 0) return false;
    if (after - at <= 4) return true;
  }
  return false;
}
