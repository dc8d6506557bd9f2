/** A list or a reason that spans sentences is quoted whole; anything else is one sentence, or two where it is hard to say. */
import type { Question } from './question.ts';
import type { Judged } from './sentence-features.ts';

/** First items of an enumeration, and later ones. */
const OPENS_LIST =
  /(?:^|[,。:;])\s*(?:一是|一要|其一|首先|第一[,、是章]?|\(?[1一]\)?[、.)])|(?:如下|以下|包括|分为|方面|任务|措施|条件|原因)[^。]{0,12}:\s*$/u;
const CONTINUES_LIST =
  /^\s*(?:[二三四五六七八九十]是|[二三四五六七八九]要|其[二三四]|其次|再次|然后|接着|最后|第[二三四五六七八九十][,、是章]?|\(?[2-9二三四五六七八九]\)?[、.)]|此外|另外|同时|还要|也要)/u;
const CONTINUES_REASON =
  /^\s*(?:因此|所以|因而|于是|从而|这(?:是因为|使得?|导致|意味着)|由于|因为|原因)/u;
const MOST_ITEMS = 6;
/** Scores this close to the best leave it open which of two neighbours answers. */
const CLOSE = 1.3;

/** Indexes of the first and the last sentence to quote, given the score of each and the best one. */
export function quoteExtent(
  { asksFor }: Question,
  sentences: readonly Judged[],
  scores: readonly number[],
  best: number,
): readonly [first: number, last: number] {
  const textOf = (index: number): string => sentences[index]?.sentence.folded ?? '';
  const wantsList = asksFor === 'list' || asksFor === 'manner' || asksFor === 'reason';
  if (wantsList) {
    const last = endOfList(textOf, best, sentences.length);
    if (last > best) return [best, last];
  }
  if (asksFor === 'reason') {
    if (CONTINUES_REASON.test(textOf(best)) && best > 0) return [best - 1, best];
    if (CONTINUES_REASON.test(textOf(best + 1))) return [best, best + 1];
  }
  return withCloseNeighbour(scores, best);
}

function endOfList(textOf: (index: number) => string, best: number, count: number): number {
  const opens = OPENS_LIST.test(textOf(best)) || CONTINUES_LIST.test(textOf(best));
  if (!opens) return best;
  let last = best;
  while (last + 1 < count && last - best + 1 < MOST_ITEMS && CONTINUES_LIST.test(textOf(last + 1)))
    last += 1;
  return last;
}

function withCloseNeighbour(scores: readonly number[], best: number): readonly [number, number] {
  const before = scores[best - 1] ?? -Infinity;
  const after = scores[best + 1] ?? -Infinity;
  const closest = Math.max(before, after);
  if ((scores[best] ?? 0) - closest > CLOSE) return [best, best];
  return after >= before ? [best, best + 1] : [best - 1, best];
}
