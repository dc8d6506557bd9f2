import type { FeatureName, Features } from './feature-names.ts';
import type { Described } from './features.ts';
import { areInOtherScripts } from '../text/language.ts';
import type { UnderstoodQuestion } from './types.ts';
import weights from './ranking-weights.json' with { type: 'json' };

/** What is learned from questions and paragraphs in one language. */
export const LEXICAL_FEATURES = [
  'bm25',
  'bm25Characters',
  'bm25Pairs',
  'bm25Words',
  'coverageCharacters',
  'coveragePairs',
  'coverageWords',
  'coverageRare',
  'coverageSentence',
  'coverageWindow',
  'coverageWindowRare',
  'coverageWideRare',
  'coverageLoose',
  'commonSubsequence',
  'commonSubstring',
  'askedSubsequence',
  'coverageBoth',
  'numbersFound',
  'namesFound',
  'answerKind',
  'lexicalShare',
  'length',
] as const satisfies readonly FeatureName[];

/** Slope of the score's logit; with it the score of a best passage is about how often it is right. */
const SLOPE = 0.2;
/** For questions that share no words with the library the embedding speaks, of texts and where it can of words. */
const OTHER_LANGUAGE = {
  bySimilarity: { slope: 12, half: 0.375 },
  byMeaning: { slope: 6.6, half: 0.79 },
};
/** Below this share of its terms, weighted by rarity, a question is in a language that the library does not have. */
const FEW_KNOWN = 0.34;
/** So many passages tell by their script whether the library answers in the question's language. */
const MOST_SIMILAR = 10;

/** Judges passages of one question: 0…1, how likely each is the one that answers. */
export type Scorer = (features: Features) => number;

/**
 * @param fingerprint - of the embedding model. Similarities of another model than the weights were
 *   made for are first brought to that model's mean and spread.
 * @param candidates - all candidates of the question
 */
export function scorerFor(
  question: UnderstoodQuestion,
  fingerprint: string,
  candidates: readonly Described[],
): Scorer {
  const known =
    fingerprint === weights.model.fingerprint ? asItIs : toKnownScale(candidates, weights.model);
  if (isForeign(question, candidates)) {
    const { bySimilarity, byMeaning } = OTHER_LANGUAGE;
    if (candidates.every(({ features }) => features.meaning === 0)) {
      return ({ dense }) => squash(bySimilarity.slope * (known(dense) - bySimilarity.half));
    }
    return ({ dense, meaning }) => squash(byMeaning.slope * (dense + meaning - byMeaning.half));
  }
  return (features) => {
    const lexical = LEXICAL_FEATURES.reduce(
      (sum, name) => sum + weights.lexical[name] * features[name],
      0,
    );
    const logOdds = lexical + weights.dense * known(features.dense);
    return squash(SLOPE * (logOdds - weights.half));
  };
}

/** Its words can't be looked for: hardly any is in the library, or what is most similar is in another script. */
export function isForeign(question: UnderstoodQuestion, candidates: readonly Described[]): boolean {
  const { terms } = question;
  const all = terms.reduce((sum, { idf }) => sum + idf, 0);
  const known = terms.reduce((sum, { idf, passages }) => sum + (passages > 0 ? idf : 0), 0);
  if (known < FEW_KNOWN * all || all === 0) return true;
  const similar = candidates
    .toSorted((a, b) => b.features.dense - a.features.dense)
    .slice(0, MOST_SIMILAR);
  const others = similar.filter(({ passage }) =>
    areInOtherScripts(question.text, passage.paragraph.text),
  );
  return others.length > similar.length / 2;
}

function asItIs(dense: number): number {
  return dense;
}

interface DenseScale {
  /** Of the similarities of a question's candidates. */
  readonly mean: number;
  readonly spread: number;
}

function toKnownScale(candidates: readonly Described[], to: DenseScale): (dense: number) => number {
  const count = Math.max(1, candidates.length);
  const mean = candidates.reduce((sum, { features }) => sum + features.dense, 0) / count;
  const variance =
    candidates.reduce((sum, { features }) => sum + (features.dense - mean) ** 2, 0) / count;
  const spread = Math.sqrt(variance) || 1;
  return (dense) => to.mean + (to.spread * (dense - mean)) / spread;
}

function squash(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
