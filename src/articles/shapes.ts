import type { Block } from './blocks.ts';
import { columns, isListItem } from './blocks.ts';
import { isByline, isSignOff } from './bylines.ts';
import {
  breaksWord,
  closesUnopened,
  endsSentence,
  hasClauses,
  openQuotes,
  startsWithClosingMark,
  startsWithTail,
} from './endings.ts';
import {
  NOTICE_INSIDE,
  isCaption,
  isDateline,
  isFurniture,
  isNotice,
  isRunningHead,
} from './furniture.ts';
import { leadOf } from './leads.ts';
import { isName } from './names.ts';

/** What a block looks like, before anything is known of its place. */
export type Shape =
  /** A paragraph, or a piece of one. */
  | 'body'
  /** Short and unpunctuated: a headline, kicker, deck or subhead. */
  | 'heading'
  /** A table, a stanza, an item of a list: never joined to anything. */
  | 'rows'
  | 'caption'
  | 'byline'
  /** Authors in brackets after an article's last paragraph. */
  | 'sign-off'
  /** A date, with or without the source, on a line of its own. */
  | 'dateline'
  /** (上接A1版), Continued on page 4. */
  | 'notice'
  /** Page numbers, section names, editors of the page, rules. */
  | 'furniture';

export interface Shaped extends Block {
  readonly shape: Shape;
}

/** Nothing longer than this, in UTF-16 units, is anything but a paragraph. */
const LONGEST_LINE = 400;

/** Longest headline line, in columns. */
const HEADING_COLUMNS = 92;

/** Gives each block its shape. What stands around a short block can show that it is no heading. */
export function shapesOf(blocks: readonly Block[]): Shaped[] {
  const pieces = blocks.flatMap(cutNotices);
  const shapes = pieces.map(shapeOf);
  return pieces.map((block, index) => {
    const shape = shapes[index] ?? 'body';
    if (shape !== 'heading') return { ...block, shape };
    const next = pieces[index + 1];
    const nextShape = shapes[index + 1];
    if (index === 0 && next !== undefined && isRunningHead(next.text))
      return { ...block, shape: 'furniture' };
    const underHeading = index > 0 && shapes[index - 1] === 'heading';
    if (underHeading && isName(block.text) && (nextShape === 'body' || nextShape === 'rows'))
      return { ...block, shape: 'byline' };
    const cut = index > 0 && next !== undefined && goesOn(block, next, nextShape);
    return { ...block, shape: cut ? 'body' : 'heading' };
  });
}

/** "第五,推动浦东高水平改革" before "开放。今年……": the next block shows that this is no heading. */
function goesOn(block: Block, next: Block, nextShape: Shape | undefined): boolean {
  if (next.indented && block.indented) return false;
  if (startsWithClosingMark(next.text)) return hasClauses(block.text) || block.text.length > 12;
  if (nextShape !== 'body') return false;
  if (isUnfinished(block.text) || breaksWord(block.text, next.text)) return true;
  return hasClauses(block.text) && startsWithTail(next.text);
}

function shapeOf({ text, form }: Block): Shape {
  if (text.length > LONGEST_LINE) return form === 'rows' ? 'rows' : 'body';
  if (isNotice(text)) return 'notice';
  if (isFurniture(text)) return 'furniture';
  if (isDateline(text)) return 'dateline';
  if (form === 'rows') return 'rows';
  if (isCaption(text)) return 'caption';
  if (isSignOff(text)) return 'sign-off';
  if (isByline(text)) return 'byline';
  if (isListItem(text) && !NUMBERED_SUBHEAD.test(text)) return 'rows';
  return isHeading(text) ? 'heading' : 'body';
}

/** 一、要把基础打牢: short and without a full stop, so that it heads a section. */
const NUMBERED_SUBHEAD = /^[一二三四五六七八九十\d]{1,3}[、.．]\S{2,24}$/u;

function isHeading(text: string): boolean {
  if (columns(text) > HEADING_COLUMNS || /\n.*\n/.test(text)) return false;
  if (isBracketed(text) || isSpoken(text) || isSalutation(text) || hasPhoneNumber(text))
    return false;
  if (leadOf(text) !== null && text.length > 20) return false;
  if (/[。；]|[，,、]$/u.test(text) || (text.includes(';') && /\p{Script=Han}/u.test(text)))
    return false;
  if (endsSentence(text) && !/[！？!?…⋯][”’」』"]?$/u.test(text)) return false;
  const clauseMarks = text.match(/[，,:：]/gu)?.length ?? 0;
  return clauseMarks <= (columns(text) > 48 ? 1 : 2);
}

/** A word at the end that needs another after it. */
const NEEDS_MORE =
  /\p{Script=Han}(?:的|将|把|被|和|与|及|或|且|并|从|向|对|在|以|于|而|但|由|因|即|则|將|與|對|從)$/u;
/** An adverb and a comma, as only a sentence opens. */
const OPENS_CLAUSE =
  /^(?:然而|目前|如今|同日|当日|此外|另外|同时|同時|其中|不过|但是|因此|近年来|随后|接着|而且|据|據|截至|根据|随着|隨著|为此|对此)[^，,]{0,12}[，,]/u;

/** Cannot be all of a line: it breaks off in a quotation, in brackets or in a clause. */
function isUnfinished(text: string): boolean {
  if (openQuotes(text) > 0 || closesUnopened(text)) return true;
  return NEEDS_MORE.test(text) || OPENS_CLAUSE.test(text);
}

/** A turn of an interview. */
function isSpoken(text: string): boolean {
  if (/^(?:问|答|問|记者|記者|主持人|Q|A)\s*[：:]/u.test(text)) return true;
  return /^[\p{Script=Han}·]{1,6}[：:].*[？！。?!]$/u.test(text);
}

/** A remark in brackets; numbers of sections in brackets are headings. */
function isBracketed(text: string): boolean {
  return /^[（(][^（()）]{4,}[）)]$/u.test(text);
}

function isSalutation(text: string): boolean {
  return /^(?:尊敬的|亲爱的|親愛的|各位|编辑|編輯|Dear ).{0,20}[：:,，]$/u.test(text);
}

function hasPhoneNumber(text: string): boolean {
  return /\d{7,}|\d{3,4}-\d{6,8}/.test(text);
}

/** A notice at the start or end of a paragraph stands as a block of its own. */
function cutNotices(block: Block): Block[] {
  const match = NOTICE_INSIDE.exec(block.text);
  if (match === null || block.form === 'rows' || match[0].length === block.text.length)
    return [block];
  const notice = slice(block, match.index, match.index + match[0].length);
  if (match.index === 0) return [notice, slice(block, notice.text.length, block.text.length)];
  if (match.index + match[0].length === block.text.length)
    return [slice(block, 0, match.index), notice];
  return [block];
}

function slice(block: Block, from: number, to: number): Block {
  const raw = block.text.slice(from, to);
  const text = raw.trim();
  const start = block.start + from + raw.indexOf(text);
  return { ...block, start, end: start + text.length, text, gap: from === 0 ? block.gap : 0 };
}
