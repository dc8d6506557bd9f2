/**
 * Text → sentences, Chinese and Western. Works on text as it stands in the file (nothing folded), so
 * that a sentence can be quoted by its offsets.
 */
import type { Span } from '../types.ts';
import { protectedRegions } from './brackets.ts';

/** Marks that can end a sentence; a run of them ends it once. */
const TERMINATOR = /[。！？!?｡．.…⋯]/;
/** Most characters are none of these, and need no closer look. */
const MAY_END = new Set(Array.from('。！？!?｡．.…⋯\n\r', (mark) => mark.charCodeAt(0)));
const CLOSER = /["”’」』）)】〕》〉\]]/;
const HAN = /\p{Script=Han}/u;

/** `“……。”他说`: the words after the closing quote name the speaker, so the sentence goes on. */
const SPEECH =
  /^[^，。！？：；,!?:;\n“「『]{0,40}(?:说|說|道|表示|指出|称|稱|强调|強調|认为|認為|介绍|介紹|告诉|告訴|透露|坦言|解释|解釋|问|問|回答|感叹|感歎|呼吁|呼籲)/u;

const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof sr jr st mt gen col capt lt sgt rev hon gov sen rep pres ' +
    'inc ltd co corp vs etc al cf eg ie no nos vol pp ed eds fig approx est dept univ ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun'
  ).split(' '),
);

/**
 * Splits a text into its sentences. The pieces touch each other and cover the text: closing quotes and
 * brackets, and the white space after them, belong to the sentence that they follow. `；` does not end
 * a sentence; a line end does in poems and lists, but not in hard-wrapped prose.
 * @returns `[start, end)` in UTF-16 code units, ascending; empty for an empty text.
 */
export function sentencesOf(text: string): Span[] {
  const sentences: Span[] = [];
  const isProtected = protectedRegions(text);
  const linesEndSentences = !isHardWrapped(text);
  let start = 0;
  let position = 0;
  while (position < text.length) {
    const end = MAY_END.has(text.charCodeAt(position))
      ? sentenceEndAt(text, start, position, isProtected, linesEndSentences)
      : null;
    if (end === null) {
      position += 1;
      continue;
    }
    sentences.push([start, end]);
    start = end;
    position = end;
  }
  if (start < text.length) sentences.push([start, text.length]);
  return sentences;
}

/** Where the sentence ends whose last mark stands at `position`, white space included; null if it goes on. */
function sentenceEndAt(
  text: string,
  start: number,
  position: number,
  isProtected: Uint8Array,
  linesEndSentences: boolean,
): number | null {
  const mark = text.charAt(position);
  if (isProtected[position] === 1) return null;
  if (mark === '\n' || mark === '\r') {
    const after = skipSpace(text, position);
    const blankLine = /\n[^\S\n]*\r?\n/.test(text.slice(position, after));
    const goesOn = /[，、：；,:;(（“「『]\s*$/.test(text.slice(start, position));
    return hasWords(text, start, position) && (blankLine || (linesEndSentences && !goesOn))
      ? after
      : null;
  }
  const isJudged = position > start && TERMINATOR.test(text.charAt(position - 1));
  if (!TERMINATOR.test(mark) || isJudged || !hasWords(text, start, position)) return null;

  let marksEnd = position + 1;
  while (TERMINATOR.test(text.charAt(marksEnd))) marksEnd += 1;
  let end = marksEnd;
  while (CLOSER.test(text.charAt(end))) end += 1;
  const marks = text.slice(position, marksEnd);
  return sentenceGoesOn(text, start, position, marks, end) ? null : skipSpace(text, end);
}

/** The marks and the closing quotes after them have been read up to `end`: does the sentence go on behind them? */
function sentenceGoesOn(
  text: string,
  start: number,
  position: number,
  marks: string,
  end: number,
): boolean {
  const rest = text.slice(end, end + 80);
  if (/^\s*[，、；：,;:)）]/.test(rest)) return true;
  if (/^[.．]$/.test(marks) && fullStopGoesOn(text, start, position, end)) return true;
  if (/^(?:[…⋯]+|\.{2,})$/.test(marks) && ellipsisGoesOn(start, position, rest)) return true;
  const closesQuote = /["”’」』]/.test(text.slice(position + marks.length, end));
  return closesQuote && (SPEECH.test(rest) || /^ \p{Ll}/u.test(rest));
}

/** Decimals, abbreviations, initials, `1.` before a list item, addresses: full stops that end nothing. */
function fullStopGoesOn(text: string, start: number, position: number, end: number): boolean {
  const before = text.slice(start, position);
  const next = text.charAt(end);
  if (/(?:^|\s)(?:\d{1,3}|[A-Za-z])$/.test(before) && before.trim().length <= 3) return true;
  const endsChinese = HAN.test(before.slice(-1)) || CLOSER.test(before.slice(-1));
  if (next !== '' && !/\s/.test(next) && !(endsChinese && !/[\w.]/.test(next))) return true;
  if (/^\s+\p{Ll}/u.test(text.slice(end, end + 8))) return true;
  const word = /[\p{L}.]+$/u.exec(before)?.[0] ?? '';
  if (/^\p{Lu}$/u.test(word)) return true;
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return /^\s+\p{Lu}/u.test(text.slice(end, end + 8));
  return ABBREVIATIONS.has(word.toLowerCase()) && /\S/.test(text.slice(end));
}

/** An ellipsis in halting speech, or before 等 or a small letter, goes on; one that trails off ends the sentence. */
function ellipsisGoesOn(start: number, position: number, rest: string): boolean {
  const trailsOff = /^\s*$|^\s*\n/.test(rest);
  return !trailsOff && (position - start < 6 || /^\s*(?:等|\p{Ll})/u.test(rest));
}

function hasWords(text: string, start: number, end: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.slice(start, end));
}

function skipSpace(text: string, from: number): number {
  let end = from;
  while (end < text.length && /\s/.test(text.charAt(end))) end += 1;
  return end;
}

/** Lines of nearly the same, considerable width that break within sentences: prose wrapped by a program. */
function isHardWrapped(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const broken = lines.slice(0, -1);
  if (broken.length === 0) return false;
  const widths = broken.map(widthOf);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const full = widths.filter((width) => width >= 0.75 * widest).length;
  return widest >= 36 && full >= 0.8 * broken.length;
}

/** Columns a line takes in print: a Chinese character takes two. */
function widthOf(line: string): number {
  let width = 0;
  for (const character of line) width += HAN.test(character) ? 2 : 1;
  return width;
}
