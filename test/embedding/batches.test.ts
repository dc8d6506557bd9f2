import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../src/embedding/batches.ts';

describe('batches', () => {
  it('hold every text once, within the bounds of memory', () => {
    const lengths = array(integer({ min: 0, max: 3000 }), { maxLength: 300 });
    assert(
      property(lengths, (lengths) => {
        const texts = lengths.map((length) => 'x'.repeat(length));
        const batches = batchesOf(texts, 1024);
        expect(batches.flat().sort((a, b) => a - b)).toEqual(texts.map((_, i) => i));
        for (const batch of batches) {
          const longest = Math.max(...batch.map((i) => Math.min(texts[i]!.length, 1024)));
          expect(batch.length).toBeLessThanOrEqual(64);
          expect(longest * batch.length).toBeLessThanOrEqual(8192);
        }
      }),
      { seed: 1 },
    );
  });
});
