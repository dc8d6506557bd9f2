import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/evaluation/compare.ts';
import {
  auc,
  ndcg,
  quantile,
  recall,
  reciprocalRank,
  riskCoverage,
} from '../../src/evaluation/metrics.ts';

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
      { seed: 3, numRuns: 200 },
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

  it('looks only at questions of both', () => {
    expect(compareRuns(new Map([['a', 1]]), new Map([['b', 1]])).pairs).toBe(0);
  });
});
