import type { Language, StoredPassage } from '../types.ts';
import type { DateWish } from './dates.ts';
import type { Features } from './feature-names.ts';

/** Something a question is about. */
export interface QuestionTerm {
  /** As it stands in folded text. */
  readonly text: string;
  /** As it stands in the full-text index; null for what the index does not hold by itself. */
  readonly token: string | null;
  readonly kind: 'character' | 'pair' | 'word';
  /** In how many passages of the library it occurs; an upper bound where `token` is null. */
  readonly passages: number;
  /** How rare it is: natural logarithm, BM25's form, always above 0. */
  readonly idf: number;
}

/** What a search understood of a question, before anything was ranked. */
export interface UnderstoodQuestion {
  /** As it was asked. */
  readonly text: string;
  /** Folded, without question words and words that only bind others. */
  readonly content: string;
  /** The whole question, folded, without blanks and punctuation. */
  readonly asked: string;
  /** Matches texts that may be the answer, where the question shows of which kind it is (多少, 哪年, who). */
  readonly answerKind: RegExp | null;
  /** `content` without blanks and punctuation. */
  readonly plain: string;
  readonly terms: readonly QuestionTerm[];
  /** Those terms that are numbers, with their unit where one follows: `2019年`. */
  readonly numbers: readonly string[];
  /** Words in Latin letters, and names of letters and digits. */
  readonly names: readonly string[];
  readonly language: Language;
  readonly dates: DateWish | null;
}

/** One paragraph of the result, by its best passage. */
export interface RankedPassage {
  readonly passage: StoredPassage;
  /** 0…1, comparable across questions. */
  readonly score: number;
  /** 1 for the best of the lexical side; null when it shares no term with the question. */
  readonly lexicalRank: number | null;
  /** 1 for the nearest by embedding; null when it is not among the nearest. */
  readonly denseRank: number | null;
  readonly features: Features;
  /** Other paragraphs that say the same in almost the same words. */
  readonly duplicates: readonly StoredPassage[];
}

export interface Ranking {
  readonly question: UnderstoodQuestion;
  /** Best first; no paragraph twice. */
  readonly passages: readonly RankedPassage[];
  readonly embedMs: number;
  readonly searchMs: number;
}
