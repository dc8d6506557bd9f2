import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordList } from '../../src/text/word-list.ts';

const run = { seed: 20200823, numRuns: 300 };
const word = fc
  .string({ unit: fc.constantFrom('没', '有', 'a', 'b', '1', '😀'), maxLength: 4 })
  .filter((each) => each !== '');
const lists = fc.dictionary(word, fc.constantFrom('1', '13.9', '12 ns', ''), { maxKeys: 40 });

describe('a word list', () => {
  it('says of each word what its line says, and nothing of others', () => {
    fc.assert(
      fc.property(lists, word, fc.boolean(), (list, other, endsWithLine) => {
        const entries = Object.entries(list);
        const lines = entries.map(([each, said]) => `${each} ${said}`).join('\n');
        const found = new WordList(Buffer.from(endsWithLine ? `${lines}\n` : lines));
        for (const [each, said] of entries) expect(found.get(each)).toBe(said);
        expect(found.get(other)).toBe(Object.hasOwn(list, other) ? list[other] : undefined);
        expect(found.get(`${other} `)).toBe(undefined);
      }),
      run,
    );
  });
});
