/** A sum of features → a probability, and how well it tells true from false. */

export interface Labelled {
  readonly value: number;
  readonly isTrue: boolean;
  /** How much the example counts. */
  readonly weight: number;
}

const STEPS = 3000;
const RATE = 1;

/** Scale and bias with which the logistic function of a value is the likeliest probability (gradient descent). */
export function fitScale(examples: readonly Labelled[]): {
  readonly scale: number;
  readonly bias: number;
} {
  const values = examples.map(({ value }) => value);
  const middle = mean(values);
  const spread = deviation(values);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let slope = 1;
  let height = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let [bySlope, byHeight] = [0, 0];
    for (const { value, isTrue, weight } of examples) {
      const centred = (value - middle) / spread;
      const probability = 1 / (1 + Math.exp(-slope * centred - height));
      const error = weight * (probability - (isTrue ? 1 : 0));
      bySlope += error * centred;
      byHeight += error;
    }
    slope -= (RATE * bySlope) / total;
    height -= (RATE * byHeight) / total;
  }
  return { scale: slope / spread, bias: height - (slope * middle) / spread };
}

export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length;
  return Math.sqrt(variance) || 1;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
}

/** Area under the ROC curve: how often a true example scores above a false one. */
export function areaUnderCurve(
  scores: ReadonlyArray<readonly [score: number, isTrue: boolean]>,
): number {
  const ascending = [...scores].sort((a, b) => a[0] - b[0]);
  let falseBelow = 0;
  let wins = 0;
  let trueCount = 0;
  for (const [, isTrue] of ascending) {
    if (isTrue) {
      trueCount += 1;
      wins += falseBelow;
    } else {
      falseBelow += 1;
    }
  }
  return wins / Math.max(1, trueCount * falseBelow);
}
