import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonSubsequence, commonSubstring } from '../../src/search/sequences.ts';

const word = fc.string({ unit: fc.constantFrom('长', '三', '角', '一', '体'), maxLength: 9 });
const run = { seed: 5, numRuns: 300 };

/** The definition, by trying everything. */
function longestSubsequence(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a[0] === b[0]) return 1 + longestSubsequence(a.slice(1), b.slice(1));
  return Math.max(longestSubsequence(a.slice(1), b), longestSubsequence(a, b.slice(1)));
}

function longestSubstring(a: string, b: string): number {
  const parts = Array.from(a, (_, start) =>
    Array.from(a, (_, end) => a.slice(start, end + 1)).filter((part) => b.includes(part)),
  );
  return Math.max(0, ...parts.flat().map(({ length }) => length));
}

describe('common sequences', () => {
  it('have the length of the longest subsequence', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(commonSubsequence(a, b)).toBe(longestSubsequence(a, b));
      }),
      run,
    );
  });

  it('have the length of the longest substring', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(commonSubstring(a, b)).toBe(longestSubstring(a, b));
      }),
      run,
    );
  });
});
