import type { Features } from './feature-names.ts';

/** 0…1: how likely a passage with these features is the one that the question is about. */
export function scoreOf(features: Features): number {
  const sum =
    1.5 * features.coverageWindow +
    1 * features.coverageSentence +
    1.5 * features.bm25Pairs +
    1.5 * features.bm25Words +
    0.5 * features.bm25Characters +
    1 * features.coverageBoth +
    0.5 * features.commonSubsequence +
    4 * features.dense +
    0.5 * features.agreement +
    0.5 * features.numbersFound;
  return 1 / (1 + Math.exp(-2 * (sum - 3.6)));
}
