import type { Span } from '../types.ts';

/**
 * A piece of a text that layout sets apart: a line, a hard-wrapped paragraph, or rows that belong
 * together and must keep their line breaks (a table, a stanza).
 */
export interface Block {
  /** Without surrounding white space. */
  readonly start: number;
  readonly end: number;
  /** The exact slice. */
  readonly text: string;
  readonly form: 'text' | 'rows';
  /** Its first line is indented. */
  readonly indented: boolean;
  /** Blank lines before it. */
  readonly gap: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly indented: boolean;
  readonly gap: number;
}

/** Lines of hard-wrapped text are at least this wide, in columns; narrower ones are verse or headlines. */
const LEAST_WRAP_WIDTH = 24;

/** Wrapped lines fall short of the margin by less than a long word, or by a character or two of Chinese. */
const RAGGED_COLUMNS = { words: 18, ideographs: 5 };

/** A longer table is several paragraphs: nobody reads a quote of a hundred rows. */
const MOST_ROWS = 40;

/** Splits a text into its blocks, in order. Every character that is not white space is in exactly one. */
export function blocksOf(text: string, [from, to]: Span = [0, text.length]): Block[] {
  const runs = runsOf(linesOf(text, from, to));
  const alone = runs.length < 2;
  return runs.flatMap((run, index) => blocksOfRun(text, run, alone || index === 0));
}

function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let gap = 0;
  for (const match of text
    .slice(from, to)
    .matchAll(/[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\f\v\u2028\u2029]|$)/g)) {
    const content = match[0].trim();
    if (content === '') {
      gap += match[0].includes('\f') ? 3 : match[0] === '' ? 0 : 1;
      continue;
    }
    const start = from + match.index + match[0].indexOf(content);
    const end = start + content.length;
    lines.push({ start, end, text: content, indented: /^(?:\t| {2,}|\u3000)/.test(match[0]), gap });
    gap = 0;
  }
  return lines;
}

/** Lines that no blank line separates. */
function runsOf(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run === undefined || line.gap > 0) runs.push([line]);
    else run.push(line);
  }
  return runs;
}

function blocksOfRun(text: string, run: readonly Line[], firstOrAlone: boolean): Block[] {
  if (!firstOrAlone && isStanza(run) && !isHardWrapped(run)) return [joinLines(text, run, 'rows')];
  return splitAtIndents(run).flatMap((part) => {
    if (isHardWrapped(part)) return [joinLines(text, part, 'text')];
    return groupRows(part).map((group) =>
      joinLines(text, group, group.some(({ text: row }) => isTableRow(row)) ? 'rows' : 'text'),
    );
  });
}

function joinLines(text: string, lines: readonly Line[], form: Block['form']): Block {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a block needs a line');
  const { start, indented, gap } = first;
  return { start, end: last.end, text: text.slice(start, last.end), form, indented, gap };
}

/** An indented line opens a paragraph where other lines of the run are not indented. */
function splitAtIndents(run: readonly Line[]): Line[][] {
  const parts: Line[][] = [];
  for (const line of run) {
    const part = parts.at(-1);
    if (part === undefined || line.indented) parts.push([line]);
    else part.push(line);
  }
  return parts;
}

/** Neighbouring table rows together, every other line for itself. */
function groupRows(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  let lastWasRow = false;
  for (const line of lines) {
    const row = isTableRow(line.text);
    const group = groups.at(-1);
    if (row && lastWasRow && group !== undefined && group.length < MOST_ROWS) group.push(line);
    else groups.push([line]);
    lastWasRow = row;
  }
  return groups;
}

/** A line of cells: set apart by tabs, bars or wide gaps, or at least three of which most are figures. */
function isTableRow(line: string): boolean {
  if (/[。！？；]/.test(line)) return false;
  if (/\S\t+\S/.test(line) || /^\|.*\|$/.test(line) || /\S\s*[|｜│]\s*\S.*[|｜│]/.test(line))
    return true;
  if (/^[|+\-=─┌┬┐├┼┤└┴┘│\s]{5,}$/.test(line) && /[|+┼┬┴]/.test(line)) return true;
  if ((line.match(/\S(?: {2,}|\u3000{2,})(?=\S)/g)?.length ?? 0) >= 2) return true;
  const cells = line.split(/[ \u3000]+/);
  const figures = cells.filter((cell) =>
    /^[-+±]?[.,:：/-]*\d[\d.,:：%％/-]*\p{L}{0,3}$/u.test(cell),
  ).length;
  return cells.length >= 3 && figures * 2 >= cells.length && line.length <= 100;
}

/** Four or more short lines together, set apart by blank lines: a stanza, an address, a programme. */
function isStanza(run: readonly Line[]): boolean {
  return (
    run.length >= 4 &&
    run.every(({ text, indented }) => columns(text) <= 40 && (!indented || run[0]?.indented))
  );
}

/** True where every line but the last reaches the margin and most of them break inside a sentence. */
function isHardWrapped(lines: readonly Line[]): boolean {
  if (lines.length < 2 || lines.some(({ text }) => isTableRow(text) || isListItem(text)))
    return false;
  const widths = lines.map(({ text }) => columns(text));
  const margin = widths.reduce((widest, width) => Math.max(widest, width), 0);
  const full = widths.slice(0, -1);
  const inner = lines.slice(0, -1);
  const wide = /\p{Script=Han}|[ぁ-んァ-ヶ]/u.test(inner[0]?.text ?? '');
  const slack = wide ? RAGGED_COLUMNS.ideographs : RAGGED_COLUMNS.words;
  if (margin < LEAST_WRAP_WIDTH || margin > 160) return false;
  if (full.some((width, index) => width + (index === 0 ? 4 : 0) < margin - slack)) return false;
  const ended = inner.filter(({ text }) => /[.。!！?？;；:：]["”’」』)）]*$/u.test(text)).length;
  if (ended * 2 > inner.length) return false;
  return lines.length > 2 || breaksInsideSentence(lines[0]?.text ?? '', lines[1]?.text ?? '', wide);
}

/** Two lines are little to judge by: they are one paragraph only where the second plainly goes on. */
function breaksInsideSentence(first: string, second: string, wide: boolean): boolean {
  if (!/[.。!！?？…]["”’」』)）]*$/u.test(second)) return false;
  if (wide) return !/[。！？：；]["”’」』)）]*$/u.test(first) && columns(first) >= 40;
  return /[^.!?:]$/.test(first) && (/^[a-z"'(\d]/.test(second) || /[,a-z-]$/.test(first));
}

/** A line that opens with a bullet or a number of a list. */
export function isListItem(line: string): boolean {
  return /^(?:[-*+•·●○■□◆◇▪►▶]\s*\S|\d{1,2}[.)、．]\s*\D|[（(]\d{1,2}[)）]|[①-⑳]|[a-z][.)]\s)/u.test(
    line,
  );
}

/** Stretches of UTF-16 units that are two columns wide. */
const WIDE: ReadonlyArray<readonly [first: number, last: number]> = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
];
const widths = new Uint8Array(0x10000).fill(1);
for (const [first, last] of WIDE) widths.fill(2, first, last + 1);

/** Width on a terminal: two columns for each wide character. */
export function columns(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) width += widths[text.charCodeAt(i)] ?? 1;
  return width;
}
