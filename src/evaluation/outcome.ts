import { sentencesOf } from '../text/sentences.ts';
import { fold } from '../text/fold.ts';
import type { Answer, Citation } from '../types.ts';

/** What is known to be right about a question. */
export interface Expectation {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  /** Null when the data does not say. */
  readonly answerable: boolean | null;
  /** What the paragraph that answers holds, word for word; null when unknown or unanswerable. */
  readonly quote: string | null;
  /** Texts of which one must stand in the quoted sentence; empty when unknown or unanswerable. */
  readonly answers: readonly string[];
}

/** How one question was answered. */
export interface Outcome extends Expectation {
  readonly answered: boolean;
  /** Quote and score of the first citation; of the nearest passage when the question was refused. */
  readonly got: string;
  readonly gotTitle: string;
  readonly score: number;
  /** Place of the first right citation, among the nearest passages when refused; null when there is none. */
  readonly rank: number | null;
  /** One of `answers` stands in `got`; null without answers. */
  readonly answerInQuote: boolean | null;
  readonly sentences: number;
  readonly ms: number;
}

/** Holds an answer against what was expected. */
export function judge(
  expected: Expectation,
  answer: Answer,
  isRight: (citation: Citation) => boolean,
): Outcome {
  const shown = answer.answered ? answer.citations : answer.nearest;
  const [first] = shown;
  const place = shown.findIndex(isRight);
  const got = first?.quote ?? '';
  return {
    ...expected,
    answered: answer.answered,
    got,
    gotTitle: first?.article.title ?? '',
    score: first?.score ?? 0,
    rank: place < 0 ? null : place + 1,
    answerInQuote: expected.answers.length === 0 ? null : holdsAny(got, expected.answers),
    sentences: sentencesOf(got).length,
    ms: answer.timings.totalMs,
  };
}

/** Whether `text` holds `part`, whatever the width, script, punctuation and white space. */
export function holds(text: string, part: string): boolean {
  return bare(text).includes(bare(part));
}

function holdsAny(text: string, parts: readonly string[]): boolean {
  return parts.some((part) => part.trim() !== '' && holds(text, part));
}

function bare(text: string): string {
  return fold(text).replaceAll(/[\s\p{P}]/gu, '');
}
