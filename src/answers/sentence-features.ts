/** What speaks for and against a sentence as the answer, as numbers. */
import { commonSubstring } from '../search/sequences.ts';
import { foldedTokens } from '../text/tokens.ts';
import { align } from './alignment.ts';
import type { Alignment } from './alignment.ts';
import { isTelling } from './evidence.ts';
import type { Question } from './question.ts';
import type { Analysed } from './words.ts';

/** The names of the features, in the order of the trained weights. */
export const SENTENCE_FEATURES = [
  'wordCoverage',
  'tokenCoverage',
  'tellingCoverage',
  'neighbourCoverage',
  'followsQuestion',
  'precedesQuestion',
  'chain',
  'proximity',
  'bestFit',
  'lacksEvidence',
  'focusNearby',
  'longestRun',
  'isFirst',
  'logLength',
  'isQuestion',
] as const;
export type SentenceFeature = (typeof SENTENCE_FEATURES)[number];
export type SentenceFeatures = Readonly<Record<SentenceFeature | 'similarity', number>>;

export interface Judged {
  readonly sentence: Analysed;
  readonly alignment: Alignment;
  readonly features: SentenceFeatures;
}

/**
 * Judges each sentence of a paragraph among the others.
 * @param similarities - cosine similarity of each sentence to the question; zeros where not asked for
 */
export function judgeSentences(
  question: Question,
  sentences: readonly Analysed[],
  similarities: readonly number[],
): Judged[] {
  const alignments = sentences.map((sentence) => align(question, sentence));
  const telling = tellingWeights(alignments, question);
  const coverages = alignments.map(({ found }) =>
    share(
      question.content.map((w) => w.weight),
      found,
    ),
  );
  const fits = alignments.map(({ candidates }) => Math.max(0, ...candidates.map(({ fit }) => fit)));
  const wantsEvidence = isTelling(question.asksFor);
  const tokens = weightedTokens(question);

  return sentences.map((sentence, i) => {
    const alignment = alignments[i] ?? align(question, sentence);
    const around = `${sentences[i - 1]?.folded ?? ''} ${sentences[i + 1]?.folded ?? ''}`;
    const withNeighbours = question.content.map((word, k) =>
      Math.max(alignment.found[k] ?? 0, around.includes(word.text) ? 1 : 0),
    );
    const coverage = coverages[i] ?? 0;
    const fit = fits[i] ?? 0;
    /** The neighbour says what the question says but holds no answer; this one may. */
    const handsOver = (neighbour: number): number =>
      Math.max(0, (coverages[neighbour] ?? 0) - coverage) *
      (wantsEvidence ? fit - (fits[neighbour] ?? 0) : 0.3);
    const features = {
      wordCoverage: coverage,
      tokenCoverage: tokenCoverage(tokens, sentence),
      tellingCoverage: share(telling, alignment.found),
      neighbourCoverage:
        share(
          question.content.map((w) => w.weight),
          withNeighbours,
        ) - coverage,
      followsQuestion: handsOver(i - 1),
      precedesQuestion: handsOver(i + 1),
      chain: alignment.chain,
      proximity: alignment.proximity,
      bestFit: fit,
      lacksEvidence: wantsEvidence && fit < 0.3 ? 1 : 0,
      focusNearby: focusNearby(question, sentence, alignment),
      longestRun:
        commonSubstring(question.folded, sentence.folded) / Math.max(4, question.folded.length),
      isFirst: i === 0 ? 1 : 0,
      logLength: Math.log(1 + sentence.folded.length) - 4,
      isQuestion: /[?？]\s*["”」]?\s*$/.test(sentence.folded) ? 1 : 0,
      similarity: similarities[i] ?? 0,
    };
    return { sentence, alignment, features };
  });
}

/** Words that stand in many sentences of the paragraph say what it is about, not where in it to look. */
function tellingWeights(alignments: readonly Alignment[], { content }: Question): number[] {
  return content.map(({ weight }, i) => {
    const having = alignments.reduce((sum, { found }) => sum + (found[i] ?? 0), 0);
    return weight * Math.log((alignments.length + 1) / (having + 0.5));
  });
}

function share(weights: readonly number[], found: readonly number[]): number {
  let all = 0;
  let there = 0;
  weights.forEach((weight, i) => {
    all += weight;
    there += weight * (found[i] ?? 0);
  });
  return all <= 0 ? 0 : there / all;
}

interface WeightedToken {
  readonly token: string;
  readonly weight: number;
}

/** The tokens of the question's words, each counting what its word does and pairs of characters double. */
function weightedTokens({ content }: Question): WeightedToken[] {
  return content.flatMap(({ text, weight }) =>
    foldedTokens(text).map((token) => ({
      token,
      weight: token.length > 1 ? 2 * weight : weight,
    })),
  );
}

/** The share of the question's tokens that the sentence has. */
function tokenCoverage(tokens: readonly WeightedToken[], sentence: Analysed): number {
  const there = new Set(foldedTokens(sentence.folded));
  let all = 0;
  let found = 0;
  for (const { token, weight } of tokens) {
    all += weight;
    if (there.has(token)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** 制度 of 什么制度 stands within or beside the best candidate. */
function focusNearby({ focus }: Question, { folded }: Analysed, { best }: Alignment): number {
  if (focus === null || best === null) return 0;
  return folded.slice(Math.max(0, best.start - 10), best.end + 10).includes(focus.text) ? 1 : 0;
}
