import type { Shaped } from './shapes.ts';
import {
  breaksWord,
  endsSentence,
  endsWhole,
  endsWithComma,
  hasClauses,
  openQuotes,
  startsWithClosingMark,
  startsWithTail,
} from './endings.ts';

/** Pieces shorter than this, both of them, are verse or a list, however they end. */
const LEAST_PROSE = 22;

/** How many blocks ahead the end of a sentence is looked for. */
const LOOK_AHEAD = 12;

/**
 * Groups the blocks of an article's body: each group is one paragraph, of several pieces where a
 * column or page break had cut it. Captions and page furniture may stand between two pieces, and
 * subheads and tables where the pieces certainly belong together.
 * @param blocks - in order; blocks that are not `body` are paragraphs by themselves or no paragraphs at all
 */
export function joinPieces(blocks: readonly Shaped[]): Shaped[][] {
  const groups: Shaped[][] = [];
  let open: { group: Shaped[]; distance: number } | null = null;
  for (const [index, block] of blocks.entries()) {
    if (block.shape !== 'body') {
      groups.push([block]);
      if (open !== null && (block.shape === 'heading' || block.shape === 'rows'))
        open.distance += 1;
      continue;
    }
    const last: Shaped | undefined = open?.group.at(-1);
    if (
      open !== null &&
      last !== undefined &&
      belongsTogether(last, block, open.distance, blocks.slice(index + 1, index + 1 + LOOK_AHEAD))
    ) {
      open.group.push(block);
      open.distance = 0;
      continue;
    }
    const group = [block];
    groups.push(group);
    open = { group, distance: 0 };
  }
  return groups;
}

/** Whether `next` goes on where `last` stops. `distance` counts subheads and tables between them. */
function belongsTogether(
  last: Shaped,
  next: Shaped,
  distance: number,
  after: readonly Shaped[],
): boolean {
  if (last.text.length < LEAST_PROSE && next.text.length < LEAST_PROSE) return false;
  if (next.indented && last.indented) return false;
  if (startsAnew(next.text)) return false;
  if (startsWithClosingMark(next.text)) return closes(last.text, next.text);
  if (endsWhole(last.text)) return false;
  if (startsLowerCase(last.text, next.text)) return true;
  const certain =
    endsWithComma(last.text) ||
    startsWithTail(next.text) ||
    breaksWord(last.text, next.text) ||
    openQuotes(last.text) > 0;
  if (distance > 0) return certain && last.text.length >= LEAST_PROSE && endsInTime(next, after);
  return certain || (hasClauses(last.text) && endsInTime(next, after));
}

/** A closing mark goes on with anything that is unfinished, and a closing quotation mark with an open quotation. */
function closes(last: string, next: string): boolean {
  if (/^[”’」』》）]/u.test(next)) return openQuotes(last) > 0 || !endsWhole(last);
  return !endsSentence(last);
}

/** A paragraph that opens like this is never the rest of another. */
function startsAnew(text: string): boolean {
  return /^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[,，、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[问答問][：:]|[QA][:：]|据介绍|据悉|记者了解到|此外[,，]|另外[,，]|同时[,，]|【|[●■◆▲])/u.test(
    text,
  );
}

function startsLowerCase(last: string, next: string): boolean {
  return /^[a-z]/.test(next) && /[\p{Script=Latin}\d,-]$/u.test(last) && last.length >= LEAST_PROSE;
}

/**
 * Text without full stops (classified advertisements, verse) is not broken, it is like that:
 * the pieces must come to the end of a sentence before something else begins.
 */
function endsInTime(next: Shaped, after: readonly Shaped[]): boolean {
  let piece: Shaped | undefined = next;
  for (const following of [...after, undefined]) {
    if (piece.shape === 'body' && endsWhole(piece.text)) return true;
    if (following === undefined) return /[。！？]/u.test(piece.text);
    if (following.shape === 'rows' || following.shape === 'heading')
      return /[。！？]/u.test(piece.text);
    piece = following;
  }
  return false;
}
