/** What speaks for and against a chosen sentence answering the question at all, as numbers. Pure. */
import type { RankedPassage } from '../search/types.ts';
import { fold } from '../text/fold.ts';
import type { Choice } from './choose.ts';
import { conflictsOf } from './conflicts.ts';
import { isTelling } from './evidence.ts';
import type { Question } from './question.ts';
import type { Word } from './words.ts';

/** A ranked paragraph with its answering part. */
export interface Candidacy {
  readonly ranked: RankedPassage;
  readonly choice: Choice;
}

/** The names of the features, in the order of the trained weights. */
export const ANSWER_FEATURES = [
  // The sentence itself.
  'sentenceScore',
  'wordCoverage',
  'tellingCoverage',
  'tokenCoverage',
  'chain',
  'proximity',
  'clauseCoverage',
  'lead',
  // The kind of answer that is asked for.
  'lacksAmount',
  'lacksTime',
  'lacksName',
  'focusNearby',
  // Words of the question that are missing in the sentence, its neighbours, the paragraph, its head.
  'missingInSentence',
  'missingNearby',
  'missingInParagraph',
  'missingEverywhere',
  'missingName',
  'missingNumber',
  // The sentence says something else.
  'substituted',
  'opposite',
  'negated',
  'asksNegatively',
  // The paragraph among the others.
  'bm25Pairs',
  'coverageWindow',
  'paragraphLead',
  'dense',
  'denseLead',
  'foreign',
] as const;
export type AnswerFeature = (typeof ANSWER_FEATURES)[number];
export type AnswerFeatures = Readonly<Record<AnswerFeature, number>>;

/** Sentence scores beyond these say no more. */
const HIGHEST_SCORE = 14;
const LONGEST_LEAD = 3;

export function answerFeatures(
  question: Question,
  candidacy: Candidacy,
  others: readonly Candidacy[],
): AnswerFeatures {
  const { choice, ranked } = candidacy;
  const { features } = choice.sentence;
  const { asksFor } = question;
  const lacks = (...types: ReadonlyArray<Question['asksFor']>): number =>
    types.includes(asksFor) ? 1 - features.bestFit : 0;
  const rivals = others.filter((other) => other !== candidacy);
  const leadOver = (value: (one: Candidacy) => number): number =>
    value(candidacy) - Math.max(...rivals.map(value), 0);
  return {
    sentenceScore: Math.min(choice.score, HIGHEST_SCORE) / HIGHEST_SCORE,
    wordCoverage: features.wordCoverage,
    tellingCoverage: features.tellingCoverage,
    tokenCoverage: features.tokenCoverage,
    chain: features.chain,
    proximity: isTelling(asksFor) ? features.proximity : 0,
    clauseCoverage: clauseCoverage(question, choice),
    lead: Math.min(choice.lead, LONGEST_LEAD) / LONGEST_LEAD,
    lacksAmount: lacks('amount'),
    lacksTime: lacks('date', 'duration'),
    lacksName: lacks('person', 'place', 'organisation', 'title'),
    focusNearby: features.focusNearby,
    ...missingWords(question, candidacy),
    ...conflictsOf(question, choice.sentence.sentence, choice.sentence.alignment),
    asksNegatively: /[不没未无非]|除了|\b(?:not|never|no)\b/.test(question.folded) ? 1 : 0,
    bm25Pairs: ranked.features.bm25Pairs,
    coverageWindow: ranked.features.coverageWindow,
    paragraphLead: leadOver((one) => one.ranked.features.bm25Pairs + one.ranked.features.bm25Words),
    dense: ranked.features.dense,
    denseLead: leadOver((one) => one.ranked.features.dense),
    foreign: isForeign(question, choice) ? 1 : 0,
  };
}

type Missing = Pick<
  AnswerFeatures,
  | 'missingInSentence'
  | 'missingNearby'
  | 'missingInParagraph'
  | 'missingEverywhere'
  | 'missingName'
  | 'missingNumber'
>;

/** For each place to look, the weight of the heaviest word that is not there. */
function missingWords({ content }: Question, { choice, ranked }: Candidacy): Missing {
  const { sentence, sentences } = choice;
  const { article, subhead } = ranked.passage.paragraph;
  const at = sentences.indexOf(sentence);
  const folded = (from: number, to: number): string =>
    sentences
      .slice(Math.max(0, from), to)
      .map((one) => one.sentence.folded)
      .join(' ');
  const nearby = folded(at - 1, at + 2);
  const paragraph = folded(0, sentences.length);
  const head = fold([article.title, article.kicker, article.deck, subhead].join(' '));
  const missing = (word: Word, index: number): number =>
    word.weight * (1 - (sentence.alignment.found[index] ?? 0));
  const heaviest = (isMissing: (word: Word) => boolean): number =>
    Math.max(0, ...content.map((word, index) => (isMissing(word) ? missing(word, index) : 0)));
  return {
    missingInSentence: heaviest(() => true),
    missingNearby: heaviest(({ text }) => !nearby.includes(text)),
    missingInParagraph: heaviest(({ text }) => !paragraph.includes(text)),
    missingEverywhere: heaviest(({ text }) => !paragraph.includes(text) && !head.includes(text)),
    missingName: heaviest(
      ({ text, tag }) =>
        /^(?:n[rstz]|eng|x)/.test(tag) && !paragraph.includes(text) && !head.includes(text),
    ),
    missingNumber: heaviest(
      ({ text, tag }) => (tag === 'm' || /\d/.test(text)) && !nearby.includes(text),
    ),
  };
}

/** The greatest share of the question's words that stand in one clause. */
function clauseCoverage({ content }: Question, { sentence }: Choice): number {
  const total = content.reduce((sum, { weight }) => sum + weight, 0);
  const shares = sentence.sentence.folded
    .split(/[,;:]/)
    .map((clause) =>
      content.reduce((sum, { text, weight }) => sum + (clause.includes(text) ? weight : 0), 0),
    );
  return total === 0 ? 0 : Math.max(...shares) / total;
}

/** Question and sentence are in different scripts: words can't be compared, only embeddings. */
function isForeign(question: Question, { sentence }: Choice): boolean {
  const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
  return isHan(question.folded) !== isHan(sentence.sentence.folded);
}
