/** What a language model replied, read line by line while it still writes. */

/** The number of a passage and of a sentence in it, both from 1, as the prompt numbers them. */
export interface Support {
  readonly passage: number;
  readonly sentence: number;
}

export interface ReplySentence {
  readonly text: string;
  /** Empty where the model named none, or none that could be read. */
  readonly supports: readonly Support[];
}

/** `[P1.S2]`, `[P1.S2, P3.S1]`, `[P1.S2-S4]`, `(P1 S2)`, `【P1.S2】`; full width too. */
const marker = /[[［【(（]\s*([PＰ]\s*[\d０-９][^\]］】)）[［【(（\n]{0,80})[\]］】)）]/giu;
const bullet = /^\s*(?:[-*•·]|\d{1,2}[.)、．](?!\d))\s*/;
/** Small models think aloud first. */
const thoughts = /<think>[^]*?(?:<\/think>|$)/g;

/**
 * The sentences of a reply. Each ends where the numbers of its passages stand; a line without any is a
 * sentence without support.
 * @param reply - all that has come so far
 * @param isWhole - whether more may come; if so, the last, unfinished line is left out
 */
export function sentencesOfReply(reply: string, isWhole: boolean): ReplySentence[] {
  const lines = reply.replaceAll(thoughts, '').split(/\r?\n/);
  if (!isWhole) lines.pop();
  return lines
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:```|NONE\b)/.test(line))
    .flatMap(sentencesOfLine);
}

function sentencesOfLine(line: string): ReplySentence[] {
  const sentences: ReplySentence[] = [];
  let start = 0;
  const text = line.replace(bullet, '');
  for (const match of text.matchAll(marker)) {
    const before = text.slice(start, match.index).trim();
    start = match.index + match[0].length;
    const supports = supportsOf(match[1] ?? '');
    const last = sentences.at(-1);
    if (last !== undefined && !hasWords(before)) {
      sentences.splice(-1, 1, {
        text: last.text + before,
        supports: [...last.supports, ...supports],
      });
    } else if (hasWords(before)) {
      sentences.push({ text: before, supports });
    }
  }
  return withRest(sentences, text.slice(start).trim());
}

/** What stands behind the last numbers: its full stop, or a sentence without support. */
function withRest(sentences: readonly ReplySentence[], rest: string): ReplySentence[] {
  if (rest === '') return [...sentences];
  if (hasWords(rest)) return [...sentences, { text: rest, supports: [] }];
  return sentences.map((sentence, index) =>
    index === sentences.length - 1 ? { ...sentence, text: sentence.text + rest } : sentence,
  );
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** `P1.S2, S3; P4.S1-S3`; what names no sentence is left out. */
function supportsOf(list: string): Support[] {
  let passage = 0;
  return list
    .normalize('NFKC')
    .split(/[,;、，；&]|\band\b/i)
    .flatMap((item) => {
      const [, named, first, last = first] =
        /^\s*(?:P\s*(\d{1,3})\W*)?S\s*(\d{1,3})(?:\s*[-–—~]\s*S?(\d{1,3}))?\s*$/i.exec(item) ?? [];
      if (named !== undefined) passage = Number(named);
      if (first === undefined || passage === 0) return [];
      const count = Math.min(Number(last) - Number(first) + 1, LONGEST_RANGE);
      return Array.from({ length: Math.max(count, 1) }, (_, index) => ({
        passage,
        sentence: Number(first) + index,
      }));
    });
}

const LONGEST_RANGE = 5;
