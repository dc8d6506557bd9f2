import { expect, test } from 'vitest';
import { killAtRandom } from '../../scripts/kill-harness.ts';

test('killed at random moments, the library serves a whole generation and goes on (npm run kill is the long version)', async () => {
  const report = await killAtRandom({ kills: 6, seed: 5, articles: 40 });
  expect(report.faults).toEqual([]);
});
