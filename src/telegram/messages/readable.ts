import { isIdeographic } from '../../text/scripts.ts';
import type { Styled } from './styled.ts';

/** A word broken at a line end, or any white space. */
const FOLDED = /(?<=\p{Ll})-[ \t]*\r?\n\s*(?=\p{Ll})|\s+/gu;
/** Chinese punctuation and full-width forms, which bring their own space. */
const WIDE = /[\u3000-\u303f\uff00-\uffef“”‘’…—]/;

/**
 * What a reader sees of an exact quote: white space folded to one space, none between Chinese
 * characters, and words put together again that were broken at a line end. Marks stay on their words.
 */
export function readable(exact: Styled): Styled {
  let text = '';
  let at = 0;
  const folds: { readonly start: number; readonly end: number; readonly kept: number }[] = [];
  for (const match of exact.text.matchAll(FOLDED)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const inside = start > 0 && end < exact.text.length;
    const space = inside && needsSpace(exact.text, start, end) ? ' ' : '';
    text += exact.text.slice(at, start) + space;
    folds.push({ start, end, kept: space.length });
    at = end;
  }
  text += exact.text.slice(at);
  const moved = (offset: number): number => {
    let lost = 0;
    for (const { start, end, kept } of folds) {
      if (start >= offset) break;
      lost += Math.max(0, Math.min(offset, end) - start - kept);
    }
    return offset - lost;
  };
  const marks = exact.marks
    .map((mark) => ({ ...mark, start: moved(mark.start), end: moved(mark.end) }))
    .filter((mark) => mark.end > mark.start);
  return { text, marks };
}

function needsSpace(text: string, start: number, end: number): boolean {
  if (text.charAt(start) === '-') return false;
  return !(isWide(text, start - 1) && isWide(text, end));
}

function isWide(text: string, index: number): boolean {
  return isIdeographic(text.charCodeAt(index)) || WIDE.test(text.charAt(index));
}
