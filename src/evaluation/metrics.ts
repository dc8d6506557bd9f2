/** Figures of retrieval and of refusal. Pure. */

/**
 * Normalised discounted cumulative gain of the first `depth` results.
 * @param grades - grade of each result in order, 0 for one that is not relevant
 * @param relevant - grades of all relevant documents
 */
export function ndcg(grades: readonly number[], relevant: Iterable<number>, depth: number): number {
  const ideal = [...relevant].sort((a, b) => b - a);
  const best = gain(ideal.slice(0, depth));
  return best === 0 ? 0 : gain(grades.slice(0, depth)) / best;
}

function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
}

/** Share of the relevant documents among the first `depth` results. */
export function recall(grades: readonly number[], relevant: number, depth: number): number {
  if (relevant === 0) return 0;
  return grades.slice(0, depth).filter((grade) => grade > 0).length / relevant;
}

/** 1 over the place of the first relevant result; 0 when it is not among the first `depth`. */
export function reciprocalRank(grades: readonly number[], depth: number): number {
  const place = grades.slice(0, depth).findIndex((grade) => grade > 0);
  return place < 0 ? 0 : 1 / (place + 1);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which `share` of the values lie (nearest rank); 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** How sure an answer was, and whether that was right. */
export interface Judged {
  readonly score: number;
  readonly right: boolean;
}

/**
 * Area under the ROC curve: the chance that a right one has a higher score than a wrong one, ties
 * counting half. Null when there are none of either.
 */
export function auc(judged: readonly Judged[]): number | null {
  const sorted = judged.toSorted((a, b) => a.score - b.score);
  let rankSum = 0;
  let rightCount = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++;
    const rank = (start + 1 + end) / 2;
    const right = sorted.slice(start, end).filter((one) => one.right).length;
    rankSum += rank * right;
    rightCount += right;
    start = end;
  }
  const wrongCount = sorted.length - rightCount;
  if (rightCount === 0 || wrongCount === 0) return null;
  return (rankSum - (rightCount * (rightCount + 1)) / 2) / (rightCount * wrongCount);
}

/** Share of wrong answers among those given, when only the surest `coverage` of questions are answered. */
export interface RiskPoint {
  readonly coverage: number;
  readonly risk: number;
}

/** The risk-coverage curve at up to `points` evenly spaced coverages. */
export function riskCoverage(judged: readonly Judged[], points = 50): RiskPoint[] {
  const sorted = judged.toSorted((a, b) => b.score - a.score);
  const wrong: number[] = [];
  let sum = 0;
  for (const { right } of sorted) {
    sum += right ? 0 : 1;
    wrong.push(sum);
  }
  const steps = Math.min(points, sorted.length);
  return Array.from({ length: steps }, (_, step) => {
    const answered = Math.round(((step + 1) / steps) * sorted.length);
    return { coverage: answered / sorted.length, risk: (wrong[answered - 1] ?? 0) / answered };
  });
}
