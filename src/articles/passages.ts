import type { Article, Paragraph, Passage, Span } from '../types.ts';
import { sentencesOf } from '../text/sentences.ts';
import { columns } from './blocks.ts';

export interface PassageRules {
  /** Longest `input`, in UTF-16 code units: what the model can take in. */
  readonly maxLength: number;
}

/**
 * Aim for a window's own text, in columns (a Chinese character takes two, a Latin letter one): about
 * 300 characters of Chinese or 100 words of English. Longer ones say several things at once and are
 * near to no question.
 */
const WINDOW_COLUMNS = 600;

/** Below this many columns a paragraph says too little by itself, and borrows its neighbours. */
const SHORT_COLUMNS = 60;

/** No window is made smaller than this many UTF-16 units, however small the model's input is. */
const LEAST_WINDOW = 40;

/** Paragraphs → passages, in order. Every character of every paragraph is in at least one. */
export function passagesOf(article: Article, rules: PassageRules): Passage[] {
  return article.paragraphs.flatMap((paragraph, index) => {
    const context = contextOf(article, paragraph, rules);
    const room = Math.max(LEAST_WINDOW, rules.maxLength - context.length);
    return windowsOf(paragraph.text, room).map(([start, end]): Passage => {
      const body = flat(paragraph.text.slice(start, end));
      const whole = start === 0 && end === paragraph.text.length;
      const input = whole ? withNeighbours(article.paragraphs, index, body, room) : body;
      return { paragraphNumber: paragraph.number, start, end, input: context + input };
    });
  });
}

/** Title and subhead, at most a third of the input. */
function contextOf(article: Article, { subhead }: Paragraph, { maxLength }: PassageRules): string {
  const heads = subhead === null ? [article.title] : [article.title, subhead];
  return cut(heads.join('\n'), Math.floor(maxLength / 3)) + '\n';
}

/** A short paragraph with what stands around it, as far as there is room. The one before explains most. */
function withNeighbours(
  paragraphs: readonly Paragraph[],
  index: number,
  body: string,
  room: number,
): string {
  if (columns(body) >= SHORT_COLUMNS) return body;
  const half = Math.floor(Math.min(room, WINDOW_COLUMNS / 2) - body.length - 2) / 2;
  if (half < 10) return body;
  const before = flat(paragraphs[index - 1]?.text ?? '');
  const after = flat(paragraphs[index + 1]?.text ?? '');
  return [cutStart(before, half), body, cut(after, half)].filter((part) => part !== '').join('\n');
}

/** Windows of whole sentences, each beginning with the last sentence of the one before. */
function windowsOf(text: string, room: number): Span[] {
  if (text.length <= room && columns(text) <= WINDOW_COLUMNS * 1.3) return [[0, text.length]];
  const sentences = piecesOf(text, room);
  const windows: Span[] = [];
  let first = 0;
  while (first < sentences.length) {
    const start = sentences[first]?.[0] ?? 0;
    let last = first;
    while (last + 1 < sentences.length && fits(text.slice(start, sentences[last + 1]?.[1]), room))
      last += 1;
    windows.push([start, sentences[last]?.[1] ?? text.length]);
    if (last + 1 >= sentences.length) break;
    const [overlapStart, overlapEnd] = sentences[last] ?? [0, 0];
    // The overlap must leave room for something new, or the windows would stand still.
    const overlaps =
      last > first &&
      fits(text.slice(overlapStart, sentences[last + 1]?.[1]), room) &&
      overlapEnd > overlapStart;
    first = overlaps ? last : last + 1;
  }
  return windows;
}

function fits(text: string, room: number): boolean {
  return text.length <= room && columns(text) <= WINDOW_COLUMNS;
}

/** Sentences; one that is too long for itself is cut after commas, and in need anywhere. */
function piecesOf(text: string, room: number): Span[] {
  const most = Math.min(room, WINDOW_COLUMNS / 2);
  return sentencesOf(text).flatMap((sentence) => {
    if (sentence[1] - sentence[0] <= most) return [sentence];
    const clauses = clausesOf(text, sentence).reduce<Span[]>(
      (parts, clause) => grow(parts, clause, most),
      [],
    );
    return clauses.flatMap((clause) => chop(text, clause, most));
  });
}

/** Commas, semicolons, spaces: where a sentence may be cut if it must. */
function clausesOf(text: string, [from, to]: Span): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (const match of text.slice(from, to).matchAll(/[，,、：:；;]\s*|\s+/gu)) {
    const end = from + match.index + match[0].length;
    spans.push([start, end]);
    start = end;
  }
  if (start < to) spans.push([start, to]);
  return spans;
}

function grow(parts: Span[], clause: Span, most: number): Span[] {
  const last = parts.at(-1);
  if (last === undefined || clause[1] - last[0] > most) return [...parts, clause];
  return [...parts.slice(0, -1), [last[0], clause[1]]];
}

/** Cuts by length, never between the halves of a surrogate pair. */
function chop(text: string, [from, to]: Span, most: number): Span[] {
  const spans: Span[] = [];
  let start = from;
  while (to - start > most) {
    const middle = /[\uD800-\uDBFF]/.test(text.charAt(start + most - 1))
      ? start + most - 1
      : start + most;
    spans.push([start, middle]);
    start = middle;
  }
  return [...spans, [start, to]];
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '');
}

function cutStart(text: string, length: number): string {
  return text.length <= length
    ? text
    : text.slice(-Math.floor(length)).replace(/^[\uDC00-\uDFFF]/u, '');
}

/** White space of the layout means nothing to a model: none between Chinese characters, else one space. */
function flat(text: string): string {
  return text
    .replaceAll(/(?<=[\p{Script=Han}\p{P}])[ \t]*[\r\n]+[ \t\u3000]*(?=\p{Script=Han})/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
