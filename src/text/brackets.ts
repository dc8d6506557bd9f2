/** Opening mark → closing mark. The straight quote opens and closes. */
const PAIRS = new Map([
  ['《', '》'],
  ['〈', '〉'],
  ['（', '）'],
  ['(', ')'],
  ['【', '】'],
  ['〔', '〕'],
  ['[', ']'],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
  ['『', '』'],
  ['"', '"'],
]);
const MARKS = new Set([...PAIRS].flat().map((mark) => mark.charCodeAt(0)));
const QUOTES = '“‘「『"';
/** Longest title, remark in brackets or quoted word within which a full stop ends nothing. */
const LONGEST_REMARK = 200;
const LONGEST_QUOTED_WORD = 30;
/** Brackets that stay open in text without closing ones; older ones are forgotten. */
const DEEPEST = 16;

/**
 * Marks the positions where no sentence can end: within titles (《你好！李焕英》), remarks in brackets,
 * and words in quotes that stand in the middle of a sentence (在“加油！”声中), unlike quoted speech,
 * which follows a colon or comma or opens the sentence.
 * @returns one byte a UTF-16 unit; 1 where protected. Unmatched brackets protect nothing.
 */
export function protectedRegions(text: string): Uint8Array {
  const marked = new Uint8Array(text.length);
  const open: Array<{ readonly mark: string; readonly at: number }> = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!MARKS.has(text.charCodeAt(at))) continue;
    const mark = text.charAt(at);
    const index = open.findLastIndex(({ mark: opener }) => PAIRS.get(opener) === mark);
    const opener = index < 0 ? undefined : open[index];
    if (opener !== undefined) {
      open.length = index;
      if (protects(text, opener.at, at)) marked.fill(1, opener.at, at);
    } else if (PAIRS.has(mark)) {
      open.push({ mark, at });
      if (open.length > DEEPEST) open.shift();
    }
  }
  return marked;
}

function protects(text: string, start: number, end: number): boolean {
  if (text.slice(start, end).includes('\n\n')) return false;
  if (!QUOTES.includes(text.charAt(start))) {
    const isRemark = /[\p{L}\p{N}，、：,:]\s*$/u.test(text.slice(Math.max(0, start - 3), start));
    const isTitle = '《〈'.includes(text.charAt(start));
    return end - start <= LONGEST_REMARK && (isRemark || isTitle);
  }
  const isSpeech = /(?:^|[。！？!?.…：，:,\n>”」』"])\s*$/.test(
    text.slice(Math.max(0, start - 3), start),
  );
  return !isSpeech && end - start <= LONGEST_QUOTED_WORD;
}
