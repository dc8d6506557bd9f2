import { columns } from './blocks.ts';
import { leadOf } from './leads.ts';
import { endsWhole } from './endings.ts';
import type { Shaped } from './shapes.ts';
import { isContinuation, isRunningHead } from './furniture.ts';

/** How many articles back a continuation is looked for: a newspaper's page has fewer. */
const REMEMBERED = 40;

/** One article's blocks. */
export interface Section {
  /** Headlines, bylines and whatever stands among them, before the first paragraph. */
  readonly head: Shaped[];
  /** Paragraphs, with the subheads, captions and sign-offs among them. */
  readonly body: Shaped[];
  /** The running head of the page it begins on. */
  readonly runningHead: string | null;
}

/** What stands between two paragraphs, and what comes after it. */
interface Break {
  readonly blocks: readonly Shaped[];
  readonly content: readonly Shaped[];
}

/** Evidence that makes a new article of a break: a byline, an agency lead or a sign-off alone are enough. */
const STRONG = 3;
/** Enough on a page that is known to hold several articles. */
const WEAK = 2;
/** Names of standing columns, which belong to no article before them. */
const COLUMN_NAME =
  /^(?:.{0,4}(?:简讯|快讯|短讯|启事|公告|更正|天气预报|简訊)|Corrections?|Weather|(?:News )?Briefs|Obituaries|Classifieds)$/iu;

/** More headline-like lines than any headline has: verse, a list of names. */
const MOST_HEADLINES = 6;

/**
 * Splits a file's blocks into articles. Where one starts is decided by what the lines around it look
 * like, each kind of evidence with its points; a lone short line between paragraphs is a subhead.
 * @param single - the file is known to be one article unless a later start is beyond doubt
 */
export function sectionsOf(blocks: readonly Shaped[], single: boolean): Section[] {
  const [first, ...breaks] = breaksOf(blocks);
  if (first === undefined) return [];
  const scores = breaks.map((each, index) =>
    startScore(each, (breaks[index - 1] ?? first).content),
  );
  const isPage = scores.some((score) => score >= STRONG);
  const threshold = isPage && !single ? WEAK : STRONG;
  const headsOpenWithCredit = opensWithCredit(first.blocks);

  const sections = [sectionFrom(first.blocks, first.content, null)];
  let current = sections[0];
  for (const [index, each] of breaks.entries()) {
    if (current === undefined) break;
    const continued = continuedSection(each, sections.slice(-REMEMBERED));
    if (continued !== null) {
      current = continued;
      append(current, each.blocks.map(asNotice), each.content);
    } else if ((scores[index] ?? 0) >= threshold) {
      const at = headStart(each.blocks, headsOpenWithCredit);
      append(current, each.blocks.slice(0, at).map(asRow));
      current = sectionFrom(
        each.blocks.slice(at),
        each.content,
        current.runningHead,
        each.blocks.slice(0, at),
      );
      sections.push(current);
    } else {
      const verse = count(each.blocks, 'heading') > MOST_HEADLINES / 2 || each.content.length === 0;
      append(current, verse ? each.blocks.map(asRow) : each.blocks, each.content);
    }
  }
  return sections;
}

/** One by one: a file may have more lines than a call takes arguments. */
function append({ body }: Section, ...lists: (readonly Shaped[])[]): void {
  for (const list of lists) for (const block of list) body.push(block);
}

function isContent({ shape }: Shaped): boolean {
  return shape === 'body' || shape === 'caption' || shape === 'rows';
}

function breaksOf(blocks: readonly Shaped[]): Break[] {
  const breaks: { blocks: Shaped[]; content: Shaped[] }[] = [];
  for (const block of blocks) {
    const last = breaks.at(-1);
    if (isContent(block)) {
      if (last === undefined) breaks.push({ blocks: [], content: [block] });
      else last.content.push(block);
    } else if (last === undefined || last.content.length > 0)
      breaks.push({ blocks: [block], content: [] });
    else last.blocks.push(block);
  }
  return breaks;
}

function sectionFrom(
  head: readonly Shaped[],
  content: readonly Shaped[],
  runningHead: string | null,
  before: readonly Shaped[] = [],
): Section {
  return {
    head: [...head],
    body: [...content],
    runningHead: runningHeadOf([...before, ...head]) ?? runningHead,
  };
}

/** The last running head among these blocks, with the newspaper's name where that stands above it. */
function runningHeadOf(blocks: readonly Shaped[]): string | null {
  const at = blocks.findLastIndex(
    ({ text, shape }) => shape === 'furniture' && isRunningHead(text),
  );
  if (at === -1) return null;
  const above = blocks[at - 1];
  const name = above?.shape === 'furniture' ? `${above.text}  ` : '';
  return name + (blocks[at]?.text ?? '');
}

/** How much speaks for an article that starts in this break. */
function startScore({ blocks, content }: Break, before: readonly Shaped[]): number {
  const headings = blocks.filter(({ shape }) => shape === 'heading');
  const [firstHeading] = headings;
  const opening = content.find(({ shape }) => shape === 'body');
  if (firstHeading === undefined || content.length === 0) return 0;
  const at = blocks.indexOf(firstHeading);
  const later = blocks.slice(at + 1);
  const earlier = blocks.slice(0, at);

  let score = 0;
  if (opening !== undefined && leadOf(opening.text) !== null) score += STRONG;
  if (later.some(({ shape }) => shape === 'byline' || shape === 'dateline')) score += STRONG;
  if (
    earlier.some(({ shape }) => shape === 'sign-off' || shape === 'byline' || shape === 'dateline')
  )
    score += STRONG;
  if (blocks.some(isPageBreak)) score += WEAK;
  if (headings.every(({ text }) => COLUMN_NAME.test(text))) score += WEAK;
  if (headings.length >= 2 && headings.length <= MOST_HEADLINES) score += headings.length - 1;
  if (blocks.some(({ gap }) => gap >= 3)) score += 1;
  if (headings.some(({ text }) => isHeadlineLike(text))) score += 1;
  if (headings.some(({ text }) => columns(text) >= 40)) score += 1;
  if (
    headings.every(({ text }) =>
      /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、．])/u.test(
        text,
      ),
    )
  )
    score -= 3;
  const last = before.findLast(({ shape }) => shape === 'body');
  if (last !== undefined && !endsWhole(last.text) && score < STRONG) score -= 2;
  return score;
}

/** Two clauses side by side, set apart by a space, each long enough to say something. */
function isHeadlineLike(text: string): boolean {
  const clauses = text.split(/[ \u3000]+/u).filter((clause) => /\p{Script=Han}{5}/u.test(clause));
  return clauses.length >= 2;
}

function isPageBreak({ shape, text }: Shaped): boolean {
  return (
    shape === 'furniture' && (isRunningHead(text) || /^[-–—·•*=_~#\s.…★☆■□◆◇●○]{3,}$/u.test(text))
  );
}

/** True where the file's first article has its byline or date over its headline: so have the others. */
function opensWithCredit(blocks: readonly Shaped[]): boolean {
  const first = blocks.find(
    ({ shape }) => shape === 'heading' || shape === 'byline' || shape === 'dateline',
  );
  return first !== undefined && first.shape !== 'heading';
}

/** Where in a break the new article's head begins; what stands before belongs to the article that ends. */
function headStart(blocks: readonly Shaped[], headsOpenWithCredit: boolean): number {
  const pageBreak = blocks.findLastIndex(isPageBreak);
  const rest = blocks.slice(pageBreak + 1);
  const from = rest.some(({ shape }) => shape === 'heading') ? pageBreak + 1 : 0;
  const first = blocks.findIndex(
    ({ shape }, index) =>
      index >= from &&
      (shape === 'heading' ||
        (headsOpenWithCredit && (shape === 'dateline' || shape === 'byline'))),
  );
  const credit = blocks.findIndex(
    ({ shape }, index) => index > first && (shape === 'byline' || shape === 'dateline'),
  );
  const end = credit === -1 || headsOpenWithCredit ? blocks.length : credit;
  const tooMany = count(blocks.slice(first, end), 'heading') - MOST_HEADLINES;
  return tooMany > 0 ? end - 2 : first;
}

/** The article that this break takes up again on a later page; null where that is not certain. */
function continuedSection(
  { blocks, content }: Break,
  sections: readonly Section[],
): Section | null {
  if (!blocks.some(({ shape, text }) => shape === 'notice' && isContinuation(text))) return null;
  const headings = blocks
    .filter(({ shape }) => shape === 'heading')
    .map(({ text }) => squeeze(text));
  const named = sections.filter(({ head }) =>
    head.some(({ text }) => headings.some((heading) => overlaps(heading, squeeze(text)))),
  );
  if (named.length === 1) return named[0] ?? null;
  const opening = content.find(({ shape }) => shape === 'body');
  const hasLead = opening !== undefined && leadOf(opening.text) !== null;
  const waiting = sections.filter(({ body }) => {
    const turned = body.findLastIndex(
      ({ shape, text }) => shape === 'notice' && !isContinuation(text),
    );
    const resumed = body.findLastIndex(
      ({ shape, text }) => shape === 'notice' && isContinuation(text),
    );
    return turned > resumed;
  });
  return waiting.length === 1 && !hasLead ? (waiting[0] ?? null) : null;
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s\p{P}]+/gu, '');
}

function overlaps(a: string, b: string): boolean {
  return a.length >= 4 && b.length >= 4 && (a.includes(b) || b.includes(a));
}

function count(blocks: readonly Shaped[], shape: Shaped['shape']): number {
  return blocks.filter((block) => block.shape === shape).length;
}

/** A headline repeated on the page where the article goes on. */
function asNotice(block: Shaped): Shaped {
  return block.shape === 'heading' ? { ...block, shape: 'notice' } : block;
}

/** A short line that turned out to be no headline: kept as a paragraph. */
function asRow(block: Shaped): Shaped {
  return block.shape === 'heading' ? { ...block, shape: 'rows' } : block;
}
