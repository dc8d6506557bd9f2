/** What a question asks for. Pure; the tables are in `answer-types.ts`. */
import type { Language } from '../types.ts';
import { DIMENSION_WORDS, QUESTION_PATTERNS } from './answer-types.ts';
import type { AnswerType, Dimension } from './answer-types.ts';
import { languageOf } from '../text/language.ts';
import { analyse } from './words.ts';
import type { Analysed, Word } from './words.ts';

export interface Question extends Analysed {
  readonly language: Language;
  /** What kind of answer is asked for; null for mere search words (黄金矩形). */
  readonly asksFor: AnswerType | null;
  /** Where the question word stands in the folded text (什么时候, 多少项); empty at the end when there is none. */
  readonly slot: readonly [start: number, end: number];
  /** What an amount should be counted or measured in, as the question says it: 公斤, 项; null when it does not. */
  readonly unit: string | null;
  readonly dimension: Dimension | null;
  /** The noun that the answer is an instance of or a value of: 制度 in 什么制度, 重量 in 重量是多少. */
  readonly focus: Word | null;
  /** The words that say what the question is about, without question words and stop words. */
  readonly content: readonly Word[];
}

/** Reads what kind of answer a question asks for, and about what. */
export function understandQuestion(text: string): Question {
  const analysed = analyse(text);
  const language = languageOf(text);
  const match = firstPattern(analysed.folded);
  const end = analysed.folded.length;
  const slot: readonly [number, number] = match ? [match.start, match.end] : [end, end];
  const unit = match?.unit ?? null;
  const questionWordEnd = slot[1] - (match?.head?.length ?? 0);
  const content = heaviest(
    analysed.words.filter(
      (word) => word.weight > 0 && (word.end <= slot[0] || word.start >= questionWordEnd),
    ),
  );
  return {
    ...analysed,
    language,
    asksFor: match?.type ?? null,
    slot,
    unit,
    dimension: match?.type === 'amount' ? dimensionOf(analysed.folded) : null,
    focus: focusOf(analysed, slot, questionWordEnd),
    content,
  };
}

/** A question with more words than this is a story; its heaviest words, in their order, say what it is about. */
const MOST_WORDS = 24;

function heaviest(words: readonly Word[]): readonly Word[] {
  if (words.length <= MOST_WORDS) return words;
  const kept = new Set([...words].sort((a, b) => b.weight - a.weight).slice(0, MOST_WORDS));
  return words.filter((word) => kept.has(word));
}

interface Match {
  readonly type: AnswerType;
  readonly start: number;
  readonly end: number;
  readonly unit: string | undefined;
  readonly head: string | undefined;
}

function firstPattern(folded: string): Match | null {
  for (const [type, pattern] of QUESTION_PATTERNS) {
    const found = pattern.exec(folded);
    if (found === null) continue;
    const { unit, head } = found.groups ?? {};
    return { type, start: found.index, end: found.index + found[0].length, unit, head };
  }
  return null;
}

function dimensionOf(folded: string): Dimension | null {
  return DIMENSION_WORDS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** The noun right after the question word, or the one before 是/为 + question word. */
function focusOf(
  { words, folded }: Analysed,
  [start]: readonly [number, number],
  questionWordEnd: number,
): Word | null {
  const isNoun = (word: Word): boolean => /^(?:n|vn|l|eng|q)/.test(word.tag) && word.weight > 0;
  const after = words.filter((word) => word.start >= questionWordEnd);
  const nounsAfter = after.slice(0, after.findIndex((word) => !isNoun(word)) >>> 0);
  const lastAfter = nounsAfter.at(-1);
  if (lastAfter !== undefined) return lastAfter;
  const before = words.filter((word) => word.end <= start);
  const copula = /(?:是|为|有|在|叫|于|达到?|约)\s*$/.test(folded.slice(0, start));
  const noun = before.findLast(isNoun);
  return copula && noun !== undefined ? noun : null;
}
