import { shownWithOffsets } from '../../answers/shown.ts';
import type { Styled } from './styled.ts';

/** An exact quote as a reader sees it, white space folded; marks stay on their words. */
export function readable(exact: Styled): Styled {
  const { text, offsets } = shownWithOffsets(exact.text);
  const moved = (offset: number): number => firstAtOrBehind(offsets, offset);
  const marks = exact.marks
    .map((mark) => ({ ...mark, start: moved(mark.start), end: moved(mark.end) }))
    .filter((mark) => mark.end > mark.start);
  return { text, marks };
}

/** Index of the first of the ascending offsets that is not below this one. */
function firstAtOrBehind(offsets: readonly number[], offset: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
