import type { Reranker } from '../ports.ts';
import type { StoredPassage } from '../types.ts';
import { logOdds } from './log-odds.ts';

export interface SecondLook {
  readonly reranker: Reranker;
  /** The reranker could not help with a question, and its ranking stands as it was. */
  readonly onFailure?: (error: unknown) => void;
}

/** So many of the best are looked at again. */
export const LOOKED_AT = 20;

interface Scored {
  readonly passage: StoredPassage;
  /** 0…1 */
  readonly score: number;
}

/**
 * Puts the first `LOOKED_AT` in a new order: by the sum of the ranking's and the reranker's log-odds,
 * as two witnesses that know nothing of one another are believed together. The scores stay where they
 * were: the new first gets the score of the old first, and so on. So a score keeps its meaning, and a
 * question is refused or not by the same measure, whatever scale a reranker has.
 * Never fails: without the reranker's scores everything stays as it is.
 */
export async function lookAgain<T extends Scored>(
  question: string,
  ranked: readonly T[],
  { reranker, onFailure }: SecondLook,
): Promise<T[]> {
  const best = ranked.slice(0, LOOKED_AT);
  try {
    const second = await reranker.scores(
      question,
      best.map(({ passage }) => textOf(passage)),
    );
    const sums = new Map(best.map((one, i) => [one, logOdds(one.score) + (second[i] ?? 0)]));
    const reordered = best.toSorted((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0));
    const dealt = reordered.map((one, i) => ({ ...one, score: best[i]?.score ?? one.score }));
    return [...dealt, ...ranked.slice(LOOKED_AT)];
  } catch (error) {
    onFailure?.(error);
    return [...ranked];
  }
}

/** The passage under its title and subhead. */
function textOf({ start, end, paragraph }: StoredPassage): string {
  const { article, subhead, text } = paragraph;
  return [article.title, subhead, text.slice(start, end)].filter(Boolean).join('\n');
}
