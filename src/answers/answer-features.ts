/** What speaks for and against a chosen sentence answering the question at all, as numbers. Pure. */
import type { RankedPassage } from '../search/types.ts';
import { fold } from '../text/fold.ts';
import type { Choice } from './choose.ts';
import { conflictsOf } from './conflicts.ts';
import { isTelling } from './evidence.ts';
import { logOdds } from '../search/log-odds.ts';
import type { Question } from './question.ts';
import type { Judged } from './sentence-features.ts';
import type { Word } from './words.ts';

/** A ranked paragraph with its answering part. */
export interface Candidacy {
  readonly ranked: RankedPassage;
  readonly choice: Choice;
}

/** The names of the features. Each lies in about 0…1 or ±1 and knows no word, so weights hold for any library. */
export const ANSWER_FEATURES = [
  // The sentence: its score among its paragraph's, the question's words in the question's order, and
  // around what could be the answer.
  'sentenceScore',
  'chain',
  'proximity',
  // An amount or a time is asked for, and there is none, or one in another unit.
  'lacksAmount',
  'lacksTime',
  // The heaviest word that neither paragraph nor head has; the same for numbers near the sentence.
  'missingWord',
  'missingNumber',
  // The sentence says something else; or the question is of the kind that is hard to be sure of.
  'opposite',
  'negated',
  'asksNegatively',
  // The paragraph, as the search sees it.
  'coverageWindow',
  'ranking',
  'dense',
] as const;
export type AnswerFeature = (typeof ANSWER_FEATURES)[number];
export type AnswerFeatures = Readonly<Record<AnswerFeature, number>>;

/** Sentence scores beyond this say no more. */
const HIGHEST_SCORE = 14;

export function answerFeatures(question: Question, candidacy: Candidacy): AnswerFeatures {
  const { choice, ranked } = candidacy;
  const { features, alignment, sentence } = choice.sentence;
  const { asksFor } = question;
  const lacking = 1 - features.bestFit;
  return {
    sentenceScore: Math.min(choice.score, HIGHEST_SCORE) / HIGHEST_SCORE,
    chain: features.chain,
    proximity: isTelling(asksFor) ? features.proximity : 0,
    lacksAmount: asksFor === 'amount' ? lacking : 0,
    lacksTime: asksFor === 'date' || asksFor === 'duration' ? lacking : 0,
    ...missingWords(question, candidacy),
    ...conflictsOf(question, sentence, alignment),
    asksNegatively: /[不没未无非]|除了|\b(?:not|never|no)\b/.test(question.folded) ? 1 : 0,
    coverageWindow: ranked.features.coverageWindow,
    ranking: clamp(logOdds(ranked.score) / 4),
    dense: ranked.features.dense,
  };
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

/** Title, kicker, deck and subhead, folded. */
export function foldedHead({ passage }: RankedPassage): string {
  const { article, subhead } = passage.paragraph;
  return fold([article.title, article.kicker, article.deck, subhead].join(' '));
}

/** The weight of the heaviest word that the paragraph lacks, and of the heaviest number that its neighbourhood lacks. */
function missingWords(
  { content }: Question,
  { choice, ranked }: Candidacy,
): Pick<AnswerFeatures, 'missingWord' | 'missingNumber'> {
  const { sentence, sentences } = choice;
  const at = sentences.indexOf(sentence);
  const textOf = (some: readonly Judged[]): string =>
    some.map((one) => one.sentence.folded).join(' ');
  const nearby = textOf(sentences.slice(Math.max(0, at - 1), at + 2));
  const head = foldedHead(ranked);
  const everything = `${textOf(sentences)} ${head}`;
  const isNumber = ({ text, tag }: Word): boolean => tag === 'm' || /\d/.test(text);
  const heaviest = (isMissing: (word: Word) => boolean): number =>
    Math.max(
      0,
      ...content.map((word, index) =>
        isMissing(word) ? word.weight * (1 - (sentence.alignment.found[index] ?? 0)) : 0,
      ),
    );
  return {
    missingWord: heaviest(({ text }) => !everything.includes(text)),
    missingNumber: heaviest(
      (word) => isNumber(word) && !nearby.includes(word.text) && !head.includes(word.text),
    ),
  };
}
