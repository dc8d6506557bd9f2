/** What a stretch of a message looks like; `url` belongs to `link`. */
interface Mark {
  readonly style: 'bold' | 'italic' | 'underline' | 'strike' | 'code' | 'link' | 'quote';
  readonly start: number;
  readonly end: number;
  readonly url?: string;
}

/**
 * Text with marks, the form in which messages are put together. Text is only ever text here: it
 * becomes HTML in one place, `toHtml`, where all of it is escaped. Offsets are UTF-16 code units.
 * Marks are properly nested.
 */
export interface Styled {
  readonly text: string;
  readonly marks: readonly Mark[];
}

type Part = string | Styled;

function styled(part: Part): Styled {
  return typeof part === 'string' ? { text: part, marks: [] } : part;
}

function shifted(mark: Mark, by: number): Mark {
  return { ...mark, start: mark.start + by, end: mark.end + by };
}

/** One after the other, with `separator` between. */
export function join(parts: readonly Part[], separator = ''): Styled {
  let text = '';
  const marks: Mark[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += separator;
    const { text: added, marks: addedMarks } = styled(part);
    marks.push(...addedMarks.map((mark) => shifted(mark, text.length)));
    text += added;
  }
  return { text, marks };
}

function marked(style: Mark['style'], part: Part, url?: string): Styled {
  const { text, marks } = styled(part);
  if (text === '') return { text, marks };
  const mark: Mark = { style, start: 0, end: text.length, ...(url === undefined ? {} : { url }) };
  return { text, marks: [mark, ...marks] };
}

export const bold = (part: Part): Styled => marked('bold', part);
export const italic = (part: Part): Styled => marked('italic', part);
export const underline = (part: Part): Styled => marked('underline', part);
export const strike = (part: Part): Styled => marked('strike', part);
/** An expandable block quotation. Quotations do not nest. */
export const quote = (part: Part): Styled => marked('quote', part);
export const link = (part: Part, url: string): Styled => marked('link', part, url);

/** The part from `start` to `end`, its marks clipped. */
export function slice({ text, marks }: Styled, start: number, end: number): Styled {
  return {
    text: text.slice(start, end),
    marks: marks
      .filter((mark) => mark.start < end && mark.end > start)
      .map((mark) =>
        shifted(
          { ...mark, start: Math.max(mark.start, start), end: Math.min(mark.end, end) },
          -start,
        ),
      ),
  };
}

/** Telegram's limit for one message, counted after the marks are taken out. */
const MAX_LENGTH = 4096;
/** Telegram's limit is 100; some room is left for what is put around a piece. */
const MAX_MARKS = 90;

/**
 * Cuts a long text into pieces that each fit into a message: at the end of a paragraph where it can,
 * else of a sentence or a line, else anywhere but inside a character. Nothing but white space at a
 * cut is lost.
 */
export function split(long: Styled, maxLength = MAX_LENGTH): Styled[] {
  const pieces: Styled[] = [];
  let rest = long;
  for (;;) {
    const end = endOfPiece(rest, maxLength);
    if (end === rest.text.length) return [...pieces, rest];
    const piece = slice(rest, 0, end);
    pieces.push(slice(piece, 0, piece.text.trimEnd().length));
    const tail = rest.text.slice(end);
    rest = slice(rest, end + tail.length - tail.trimStart().length, rest.text.length);
  }
}

/** Where a text is cut, best first; the cut comes behind the match. */
const CUTS = [/\n\n+/g, /\n/g, /[。！？!?；;]["”’」』）)]*|\.\s/g, /[\s，,、]/g];

function endOfPiece({ text, marks }: Styled, maxLength: number): number {
  const limit = Math.min(maxLength, marks[MAX_MARKS]?.start ?? Infinity);
  if (text.length <= limit) return text.length;
  const head = text.slice(0, limit);
  for (const cut of CUTS) {
    const ends = [...head.matchAll(cut)].map((match) => match.index + match[0].length);
    const last = ends.findLast((end) => end > limit / 3);
    if (last !== undefined) return last;
  }
  return isHighSurrogate(head.charCodeAt(limit - 1)) ? Math.max(1, limit - 1) : limit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

const TAGS: Record<Mark['style'], { open: string; close: string }> = {
  bold: { open: '<b>', close: '</b>' },
  italic: { open: '<i>', close: '</i>' },
  underline: { open: '<u>', close: '</u>' },
  strike: { open: '<s>', close: '</s>' },
  code: { open: '<code>', close: '</code>' },
  quote: { open: '<blockquote expandable>', close: '</blockquote>' },
  link: { open: '', close: '</a>' },
};

function opening(mark: Mark): string {
  return mark.style === 'link' ? `<a href="${escape(mark.url ?? '')}">` : TAGS[mark.style].open;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The text as Telegram's HTML, everything in it escaped. */
export function toHtml({ text, marks }: Styled): string {
  const opens = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const open: Mark[] = [];
  let html = '';
  let at = 0;
  const advance = (to: number): void => {
    for (let top = open.at(-1); top !== undefined && top.end <= to; top = open.at(-1)) {
      html += escape(text.slice(at, top.end)) + TAGS[top.style].close;
      at = top.end;
      open.pop();
    }
    html += escape(text.slice(at, to));
    at = to;
  };
  for (const mark of opens) {
    advance(mark.start);
    html += opening(mark);
    open.push(mark);
  }
  advance(text.length);
  return html;
}
