/** Verbatim text as it is shown: white space folded, the answering sentence marked. Shared by terminal and Telegram. */
import type { Citation } from '../types.ts';

/** A stretch of a shown paragraph. */
export interface Segment {
  readonly text: string;
  /** Part of the quote. */
  readonly isQuoted: boolean;
}

const HAN_OR_MARK = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef，。；：？！、“”‘’「」『』《》（）]/u;

/** A row of a table, an entry of a list, a quoted line: they stay lines of their own. */
const BEGINS_A_LINE = /^(?:[|>]|[-*+•·]\s|\d{1,2}[.)]\s|[一二三四五六七八九十]、)/;

export interface Shown {
  readonly text: string;
  /** `offsets[i]` is where shown unit `i` stands in the source; one entry more than `text` has units. */
  readonly offsets: readonly number[];
}

/** Text with its white space folded: one blank between words, none between Chinese characters; `bro-\nken` becomes `broken`; tables and lists keep their lines. */
export function shownText(text: string): string {
  return shownWithOffsets(text).text;
}

/** The citation's paragraph as it is shown, cut where the quote begins and ends. Never empty segments. */
export function markedParagraph(citation: Citation): Segment[] {
  const [from, to] = quotedRange(citation);
  const { text, offsets } = shownWithOffsets(citation.paragraph);
  const start = shownIndex(offsets, from);
  const end = shownIndex(offsets, to);
  return [
    { text: text.slice(0, start), isQuoted: false },
    { text: text.slice(start, end), isQuoted: true },
    { text: text.slice(end), isQuoted: false },
  ].filter((segment) => segment.text !== '');
}

/** Where the quote stands in the paragraph's text, worked out from the spans: the same words may stand there twice. */
function quotedRange({ spans, quote, paragraphSpans }: Citation): readonly [number, number] {
  const first = spans[0]?.[0] ?? 0;
  let before = 0;
  for (const [start, end] of paragraphSpans) {
    if (first >= start && first < end) {
      const from = before + first - start;
      return [from, from + quote.length];
    }
    before += end - start;
  }
  return [0, 0];
}

function shownIndex(offsets: readonly number[], source: number): number {
  const index = offsets.findIndex((offset) => offset >= source);
  return index < 0 ? offsets.length - 1 : index;
}

/** As `shownText`, with the way back, so that marks stay on their words. */
export function shownWithOffsets(source: string): Shown {
  const offsets: number[] = [];
  let text = '';
  let at = 0;
  for (const space of source.matchAll(/\s+/g)) {
    append(at, space.index);
    at = space.index + space[0].length;
    const next = source.charAt(at);
    if (text === '' || next === '') continue;
    const isLineEnd = space[0].includes('\n');
    if (isLineEnd && BEGINS_A_LINE.test(source.slice(at, at + 4))) {
      text += '\n';
      offsets.push(space.index);
    } else if (isLineEnd && /\p{L}-$/u.test(text)) {
      // The hyphen of a word that was broken goes; that of a name (Sino-German) stays.
      if (!/\p{Ll}/u.test(next)) continue;
      text = text.slice(0, -1);
      offsets.pop();
    } else if (!(HAN_OR_MARK.test(text.slice(-1)) && HAN_OR_MARK.test(next))) {
      text += ' ';
      offsets.push(space.index);
    }
  }
  append(at, source.length);
  offsets.push(source.length);
  return { text, offsets };

  function append(start: number, end: number): void {
    text += source.slice(start, end);
    for (let i = start; i < end; i += 1) offsets.push(i);
  }
}
