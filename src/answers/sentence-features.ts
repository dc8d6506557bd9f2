/** What speaks for and against a sentence as the answer, as numbers. */
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
      tokenCoverage: tokenCoverage(question, sentence),
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
        longestRun(question.folded, sentence.folded) / Math.max(4, question.folded.length),
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

/**
 * The share of the tokens of the question's words that the sentence has, each counting what its word
 * does and pairs of characters double.
 */
function tokenCoverage({ content }: Question, sentence: Analysed): number {
  const there = new Set(foldedTokens(sentence.folded));
  let all = 0;
  let found = 0;
  for (const { text, weight } of content) {
    for (const token of foldedTokens(text)) {
      const worth = token.length > 1 ? 2 * weight : weight;
      all += worth;
      if (there.has(token)) found += worth;
    }
  }
  return all === 0 ? 0 : found / all;
}

/** 制度 of 什么制度 stands within or beside the best candidate. */
function focusNearby({ focus }: Question, { folded }: Analysed, { best }: Alignment): number {
  if (focus === null || best === null) return 0;
  return folded.slice(Math.max(0, best.start - 10), best.end + 10).includes(focus.text) ? 1 : 0;
}

/** Length of the longest stretch that two texts share. */
function longestRun(a: string, b: string): number {
  let longest = 0;
  let previous = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    const current = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j += 1) {
      if (a.charCodeAt(i - 1) !== b.charCodeAt(j - 1)) continue;
      const run = (previous[j - 1] ?? 0) + 1;
      current[j] = run;
      if (run > longest) longest = run;
    }
    previous = current;
  }
  return longest;
}
