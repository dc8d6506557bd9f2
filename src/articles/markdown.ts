import type { Block } from './blocks.ts';
import { isByline, isSignOff } from './bylines.ts';
import { dateIn } from './dates.ts';
import type { Shape, Shaped } from './shapes.ts';
import type { Section } from './starts.ts';

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Marked extends Shaped {
  /** 1 for `#`; 0 for what is no heading. */
  readonly level: number;
}

/**
 * Splits Markdown into articles: one for each heading of the first level, where there are several,
 * and one in all where there are not. Lists, tables, quotations and code keep their lines.
 */
export function markdownSections(text: string, from: number): Section[] {
  const blocks = markdownBlocks(text, from);
  const tops = blocks.filter(({ level }) => level === 1).length;
  const sections: Section[] = [];
  let current: Section | null = null;
  for (const block of blocks) {
    if (current === null || (tops > 1 && block.level === 1 && hasText(current))) {
      current = { head: [], body: [], runningHead: null };
      sections.push(current);
    }
    const inHead =
      current.body.length === 0 &&
      (block.shape === 'byline' || block.shape === 'dateline' || isTitle(block, current));
    (inHead ? current.head : current.body).push(block);
  }
  return sections;
}

/** The first heading before any text is the title, whatever its level. */
function isTitle({ level }: Marked, { head }: Section): boolean {
  return level > 0 && head.every(({ shape }) => shape !== 'heading');
}

function hasText({ head, body }: Section): boolean {
  return body.length > 0 || head.some(({ shape }) => shape === 'heading');
}

function markdownBlocks(text: string, from: number): Marked[] {
  const blocks: Marked[] = [];
  for (const chunk of chunksOf(text, from)) {
    const last = chunk.at(-1);
    const first = chunk[0];
    if (first === undefined || last === undefined) continue;
    blocks.push(...markedOf(text, first, last, chunk.length));
  }
  return blocks;
}

/** Lines that belong together: separated by blank lines and by headings, but not inside a code fence. */
function chunksOf(text: string, from: number): Line[][] {
  const chunks: Line[][] = [];
  let open: Line[] = [];
  let fence: string | null = null;
  const close = (): void => {
    while (open.at(-1)?.text === '') open.pop();
    if (open.length > 0) chunks.push(open);
    open = [];
  };
  for (const line of linesOf(text, from)) {
    const mark = /^(?:`{3,}|~{3,})/.exec(line.text)?.[0];
    if (fence !== null) {
      open.push(line);
      if (mark !== undefined && mark.startsWith(fence)) {
        fence = null;
        close();
      }
    } else if (mark !== undefined) {
      close();
      fence = mark;
      open.push(line);
    } else if (line.text === '') close();
    else if (/^#{1,6}(?:\s|$)/.test(line.text)) {
      close();
      chunks.push([line]);
    } else if (/^(?:=+|-+)$/.test(line.text) && open.length === 1 && isPlain(open[0]?.text ?? '')) {
      open.push(line);
      close();
    } else if (changesKind(open, line)) {
      close();
      open.push(line);
    } else open.push(line);
  }
  close();
  return chunks;
}

function linesOf(text: string, from: number): Line[] {
  return [...text.slice(from).matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)].map((match) => {
    const content = match[0].trim();
    const start = from + match.index + match[0].indexOf(content);
    return { start, end: start + content.length, text: content };
  });
}

function isPlain(line: string): boolean {
  return !isListLine(line) && !/^[>|]/.test(line);
}

function isListLine(line: string): boolean {
  return /^(?:[-*+]\s|\d{1,3}[.)]\s)/.test(line);
}

/** A list or a table that follows a paragraph without a blank line. */
function changesKind(open: readonly Line[], line: Line): boolean {
  const last = open.at(-1)?.text;
  if (last === undefined) return false;
  const table = (row: string): boolean => row.startsWith('|');
  return (
    table(last) !== table(line.text) ||
    (isListLine(line.text) && !open.some((each) => isListLine(each.text)))
  );
}

function markedOf(text: string, first: Line, last: Line, lines: number): Marked[] {
  const block = blockOf(text, first.start, last.end);
  const level = /^#{1,6}(?=\s|$)/.exec(first.text)?.[0].length ?? 0;
  if (level > 0) {
    const title = first.text.slice(level).replace(/#+$/, '').trim();
    const start = first.start + first.text.indexOf(title, level);
    return title === ''
      ? [marked(block, 'furniture')]
      : [heading(text, start, start + title.length, level)];
  }
  if (lines === 2 && /^(?:=+|-+)$/.test(last.text)) {
    const under = marked(blockOf(text, last.start, last.end), 'furniture');
    return [heading(text, first.start, first.end, last.text.startsWith('=') ? 1 : 2), under];
  }
  const bold = /^(?:\*\*|__)(?<title>[^*_]{2,40})(?:\*\*|__)$/.exec(block.text)?.groups?.['title'];
  if (bold !== undefined && !/[。.]$/.test(bold))
    return [heading(text, block.start + 2, block.end - 2, 3)];
  return [marked(block, shapeOf(block.text))];
}

/** Longest line that can be a byline or a date, in UTF-16 units. */
const LONGEST_CREDIT = 100;

function shapeOf(text: string): Shape {
  if (/^<!--[\s\S]*-->$/.test(text)) return 'furniture';
  if (/^(?:`{3}|~{3}|[>|]|[-*+]\s(?![-*+\s]*$)|\d{1,3}[.)]\s|!\[)/.test(text)) return 'rows';
  if (text.length > LONGEST_CREDIT) return 'body';
  if (/^(?:[-*_]\s*){3,}$/.test(text)) return 'furniture';
  const bare = text.replaceAll(/^[*_>\s]+|[*_\s]+$/g, '');
  if (isSignOff(bare)) return 'sign-off';
  if (isByline(bare)) return 'byline';
  return dateIn(bare) !== null &&
    !/[。，,] ?\p{L}/u.test(bare) &&
    /^[\d年月日\s:：./-]+/u.test(bare)
    ? 'dateline'
    : 'body';
}

function blockOf(text: string, start: number, end: number): Block {
  return { start, end, text: text.slice(start, end), form: 'text', indented: false, gap: 1 };
}

function marked(block: Block, shape: Shape, level = 0): Marked {
  return { ...block, shape, level };
}

function heading(text: string, start: number, end: number, level: number): Marked {
  return marked(blockOf(text, start, end), 'heading', level);
}
