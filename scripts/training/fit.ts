/** Small linear models, trained in memory with Adam; the order of the examples is shuffled with a fixed seed. */

/** One question with its choices, of which one is right. */
export interface Group {
  readonly rows: ReadonlyArray<readonly number[]>;
  readonly right: number;
}

export interface FitOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
}

/** Weights with which a softmax over each group's choices gives the right ones the greatest likelihood. */
export function fitChoice(groups: readonly Group[], size: number, options: FitOptions): number[] {
  return adam(groups, size, options, (weights, { rows, right }, gradient) => {
    const scores = rows.map((row) => dot(row, weights));
    const highest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - highest));
    const sum = powers.reduce((a, b) => a + b, 0);
    rows.forEach((row, i) => {
      const error = (powers[i] ?? 0) / sum - (i === right ? 1 : 0);
      row.forEach((value, k) => {
        gradient[k] = (gradient[k] ?? 0) + error * value;
      });
    });
  });
}

export function dot(row: readonly number[], weights: ArrayLike<number>): number {
  return row.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0);
}

type AddGradient<T> = (weights: Float64Array, example: T, gradient: Float64Array) => void;

function adam<T>(
  examples: readonly T[],
  size: number,
  options: FitOptions,
  addGradient: AddGradient<T>,
): number[] {
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const random = seeded(1);
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    const order = shuffled(examples, random);
    for (let from = 0; from < order.length; from += 256) {
      const batch = order.slice(from, from + 256);
      const gradient = new Float64Array(size);
      for (const example of batch) addGradient(weights, example, gradient);
      step += 1;
      for (let k = 0; k < size; k += 1) {
        const slope = (gradient[k] ?? 0) / batch.length + options.decay * (weights[k] ?? 0);
        mean[k] = 0.9 * (mean[k] ?? 0) + 0.1 * slope;
        square[k] = 0.999 * (square[k] ?? 0) + 0.001 * slope * slope;
        const direction = (mean[k] ?? 0) / (1 - 0.9 ** step);
        const scale = Math.sqrt((square[k] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
        weights[k] = (weights[k] ?? 0) - (options.rate * direction) / scale;
      }
    }
  }
  return Array.from(weights);
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
