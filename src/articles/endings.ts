/** How pieces of text begin and end: what tells a whole paragraph from a broken one. */

/** How much of an end is looked at, in UTF-16 units. */
const TAIL = 16;

const CLOSERS = String.raw`["”’」』》〉)）\]】]*`;
const SENTENCE_END = new RegExp(String.raw`[。．！？!?…⋯｡]${CLOSERS}$|[.]${CLOSERS}$`, 'u');
const CLAUSE_END = new RegExp(String.raw`[；;：:—～~]${CLOSERS}$`, 'u');

/** Ends as a sentence does. */
export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text.slice(-TAIL));
}

/** Ends as a sentence, an item of a list or an announcement does: nothing has to follow. */
export function endsWhole(text: string): boolean {
  return endsSentence(text) || CLAUSE_END.test(text.slice(-TAIL));
}

/** Ends after a comma: something must follow. */
export function endsWithComma(text: string): boolean {
  return /[,，、﹐､]$/u.test(text);
}

/** Has the comma or full stop of running text. */
export function hasClauses(text: string): boolean {
  return /[,，、。；;：:！？]|[a-z)”"][.,] /u.test(text);
}

/** Opens with a mark that can only stand inside or at the end of a sentence. */
export function startsWithClosingMark(text: string): boolean {
  return /^[，。、；：！？”’」』》）】,;!?%％]/u.test(text);
}

/** The first sentence is so short that it can only be the end of one that began elsewhere: "开放。今年是……". */
export function startsWithTail(text: string): boolean {
  return (
    /^[\p{Script=Han}\p{Script=Latin}\d]{1,3}[。；]/u.test(text) &&
    !/^[好是不对對嗯唉啊][。]/u.test(text)
  );
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** True where a dictionary word stands across the break: 汽 | 车, 模 | 式. */
export function breaksWord(before: string, after: string): boolean {
  const left = /[\p{Script=Han}]{1,6}$/u.exec(before.slice(-6))?.[0];
  const right = /^[\p{Script=Han}]{1,6}/u.exec(after)?.[0];
  if (left === undefined || right === undefined) return false;
  for (const { segment, index, isWordLike } of words.segment(left + right)) {
    if (isWordLike === true && index < left.length && index + segment.length > left.length)
      return true;
  }
  return false;
}

const PAIRS: Readonly<Record<string, string>> = {
  '”': '“',
  '」': '「',
  '』': '『',
  '》': '《',
  '）': '（',
};

/** Opening quotation marks and brackets that are not closed. */
export function openQuotes(text: string): number {
  return balance(text).open.length;
}

/** True where a quotation or a bracket closes that was opened elsewhere. */
export function closesUnopened(text: string): boolean {
  return balance(text).unopened;
}

function balance(text: string): { open: string[]; unopened: boolean } {
  const open: string[] = [];
  let unopened = false;
  for (const mark of text.match(/[“”「」『』《》（）]/gu) ?? []) {
    const opener = PAIRS[mark];
    if (opener === undefined) open.push(mark);
    else if (open.at(-1) === opener) open.pop();
    else unopened = true;
  }
  return { open, unopened };
}
