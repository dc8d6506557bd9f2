import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonSubsequence, commonSubstring } from '../../src/search/sequences.ts';

const word = fc.string({ unit: fc.constantFrom('长', '三', '角', '一', '体'), maxLength: 9 });
const longer = fc.string({ unit: fc.constantFrom('长', '三', '角', '一', '体'), maxLength: 120 });
const run = { seed: 5, numRuns: 300 };

/** The usual table: of each beginning of `a`, row by row for each beginning of `b`. */
function longestSubsequence(a: string, b: string): number {
  let row = Array.from({ length: a.length + 1 }, () => 0);
  for (const unit of b) {
    const next = [0];
    Array.from(a, (other, i) => {
      const grown = (row[i] ?? 0) + 1;
      next.push(unit === other ? grown : Math.max(next[i] ?? 0, row[i + 1] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
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
      fc.property(longer, longer, (a, b) => {
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
