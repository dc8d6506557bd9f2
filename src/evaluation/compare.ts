/** Whether one run is better than another beyond chance. Pure. */

export interface Comparison {
  /** Questions that both runs have. */
  readonly pairs: number;
  readonly meanA: number;
  readonly meanB: number;
  /** `meanB - meanA`. */
  readonly difference: number;
  /** Questions on which B is better, and worse. */
  readonly better: number;
  readonly worse: number;
  /** Chance of a difference at least this large if the runs were equal; two-sided. */
  readonly p: number;
}

const ROUNDS = 10_000;

/**
 * Paired randomisation test (Fisher): signs of the differences are flipped at random, and it is
 * counted how often the mean difference gets as large as the one observed.
 * @param a - value of each question by its id; higher is better
 */
export function compareRuns(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): Comparison {
  const ids = [...a.keys()].filter((id) => b.has(id));
  const differences = ids.map((id) => (b.get(id) ?? 0) - (a.get(id) ?? 0));
  const moved = differences.filter((difference) => difference !== 0);
  const total = sum(differences);
  const random = generator(20_200_823);
  let asLarge = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let flipped = 0;
    for (const difference of moved) flipped += random() < 0.5 ? difference : -difference;
    if (Math.abs(flipped) >= Math.abs(total) - 1e-9) asLarge++;
  }
  const count = Math.max(1, ids.length);
  return {
    pairs: ids.length,
    meanA: sum(ids.map((id) => a.get(id) ?? 0)) / count,
    meanB: sum(ids.map((id) => b.get(id) ?? 0)) / count,
    difference: total / count,
    better: moved.filter((difference) => difference > 0).length,
    worse: moved.filter((difference) => difference < 0).length,
    p: (asLarge + 1) / (ROUNDS + 1),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
