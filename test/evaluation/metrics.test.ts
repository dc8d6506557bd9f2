import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../src/evaluation/beir.ts';
import { compareRuns } from '../../src/evaluation/compare.ts';
import {
  auc,
  ndcg,
  quantile,
  recall,
  reciprocalRank,
  riskCoverage,
} from '../../src/evaluation/metrics.ts';

const SEED = 3;

describe('a part of the queries', () => {
  it('is of the size asked for, in order, and evenly spread', () => {
    const sizes = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 80 }));
    fc.assert(
      fc.property(sizes, ([size, count]) => {
        const taken = spread(
          Array.from({ length: size }, (_, index) => index),
          count,
        );
        expect(taken).toHaveLength(Math.min(size, count));
        const gaps = taken.slice(1).map((index, at) => index - taken[at]!);
        const even = size / Math.min(size, count);
        for (const gap of gaps) expect(Math.abs(gap - even)).toBeLessThan(1);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('nDCG', () => {
  const grades = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });

  it('is what its definition says', () => {
    const dcg = (of: readonly number[]): number =>
      of.reduce(
        (sum, grade, at) => (at < 10 ? sum + (2 ** grade - 1) / Math.log2(at + 2) : sum),
        0,
      );
    fc.assert(
      fc.property(grades, (found) => {
        const best = dcg(found.toSorted((a, b) => b - a));
        expect(ndcg(found, found, 10)).toBeCloseTo(best === 0 ? 0 : dcg(found) / best, 12);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('is best in falling order, and never falls when a better document moves up', () => {
    fc.assert(
      fc.property(grades, fc.nat(10), (found, place) => {
        const before = ndcg(found, found, 10);
        expect(before).toBeLessThanOrEqual(1 + 1e-12);
        const [first, second] = found.slice(place, place + 2);
        fc.pre(first !== undefined && second !== undefined && first < second);
        const swapped = found.with(place, second ?? 0).with(place + 1, first ?? 0);
        expect(ndcg(swapped, found, 10)).toBeGreaterThanOrEqual(before - 1e-12);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('figures of a ranking', () => {
  it('discount by place', () => {
    expect(ndcg([1, 0, 0], [1], 10)).toBe(1);
    expect(ndcg([0, 1, 0], [1], 10)).toBeCloseTo(1 / Math.log2(3), 12);
    expect(ndcg([0, 0, 1], [1], 2)).toBe(0);
  });

  it('compare with the best order of all that is relevant', () => {
    expect(ndcg([1, 2], [2, 1], 10)).toBeCloseTo(
      (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)),
      12,
    );
    expect(ndcg([1], [1, 1], 10)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  });

  it('count what is found and where it is first', () => {
    expect(recall([0, 1, 1], 4, 2)).toBe(0.25);
    expect(reciprocalRank([0, 0, 1], 10)).toBeCloseTo(1 / 3, 12);
    expect(reciprocalRank([0, 0, 1], 2)).toBe(0);
  });

  it('take quantiles by nearest rank', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
    expect(quantile([], 0.5)).toBe(0);
  });
});

describe('the area under the ROC curve', () => {
  it('is the share of pairs in the right order', () => {
    const one = fc.record({ score: fc.integer({ min: 0, max: 5 }), right: fc.boolean() });
    const judged = fc
      .array(one)
      .map((all) => [...all, { score: 2, right: true }, { score: 3, right: false }]);
    fc.assert(
      fc.property(judged, (all) => {
        const right = all.filter((one) => one.right);
        const wrong = all.filter((one) => !one.right);
        const order = right.flatMap((r) =>
          wrong.map((w) => (r.score > w.score ? 1 : r.score === w.score ? 0.5 : 0)),
        );
        const area = order.reduce<number>((sum, value) => sum + value, 0) / order.length;
        expect(auc(all) ?? Number.NaN).toBeCloseTo(area, 10);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

it('has no area under a curve of one side only', () => {
  expect(auc([{ score: 1, right: true }])).toBeNull();
});

describe('the risk-coverage curve', () => {
  it('falls back on less sure answers as coverage grows', () => {
    const judged = [
      { score: 0.9, right: true },
      { score: 0.8, right: false },
      { score: 0.7, right: true },
      { score: 0.1, right: false },
    ];
    expect(riskCoverage(judged)).toEqual([
      { coverage: 0.25, risk: 0 },
      { coverage: 0.5, risk: 0.5 },
      { coverage: 0.75, risk: 1 / 3 },
      { coverage: 1, risk: 0.5 },
    ]);
  });
});

describe('comparing runs', () => {
  const values = (of: (index: number) => number): Map<string, number> =>
    new Map(Array.from({ length: 200 }, (_, index) => [`q${index}`, of(index)]));

  it('finds a steady gain beyond chance', () => {
    const comparison = compareRuns(
      values(() => 0.5),
      values((index) => (index % 5 === 0 ? 0.9 : 0.5)),
    );
    expect(comparison).toMatchObject({ pairs: 200, better: 40, worse: 0 });
    expect(comparison.difference).toBeCloseTo(0.08, 10);
    expect(comparison.p).toBeLessThan(0.001);
  });

  it('finds nothing where gains and losses balance', () => {
    const comparison = compareRuns(
      values(() => 0.5),
      values((index) => (index % 2 === 0 ? 0.6 : 0.4)),
    );
    expect(comparison.p).toBeGreaterThan(0.9);
  });

  it('finds the same whichever run is named first', () => {
    const some = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(some, some, (left, right) => {
        const [a, b] = [left, right].map((all) => new Map(all.map((one, id) => [String(id), one])));
        const [there, back] = [compareRuns(a!, b!), compareRuns(b!, a!)];
        expect(back.difference).toBeCloseTo(-there.difference, 12);
        expect(back.p).toBe(there.p);
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('comes near the share counted over all flips of signs', () => {
    const values = fc.array(fc.integer({ min: -4, max: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, (differences) => {
        const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);
        const flips = Array.from({ length: 2 ** differences.length }, (_, bits) =>
          Math.abs(
            sum(differences.map((one, at) => (Math.floor(bits / 2 ** at) % 2 === 0 ? one : -one))),
          ),
        );
        const asLarge = flips.filter((flip) => flip >= Math.abs(sum(differences)));
        const runs = [differences.map(() => 0), differences].map(
          (all) => new Map(all.map((one, id) => [String(id), one])),
        );
        const { p } = compareRuns(runs[0]!, runs[1]!);
        expect(Math.abs(p - asLarge.length / flips.length)).toBeLessThan(0.025);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('looks only at questions of both', () => {
    expect(compareRuns(new Map([['a', 1]]), new Map([['b', 1]])).pairs).toBe(0);
  });
});
