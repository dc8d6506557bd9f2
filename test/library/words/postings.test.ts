import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInBlock, keyOf, packBlocks, unpackBlock } from '../../../src/library/words/blocks.ts';
import type { Postings } from '../../../src/library/words/blocks.ts';
import { mergeEntries } from '../../../src/library/words/merge.ts';
import { PostingLists } from '../../../src/library/words/posting-lists.ts';
import { PostingWriter, readPostings } from '../../../src/library/words/postings.ts';
import { Terms } from '../../../src/library/words/terms.ts';

const occurrence = fc.tuple(
  fc.integer({ min: 1, max: 2 ** 40 }),
  fc.integer({ min: 0, max: 255 }),
  fc.integer({ min: 1, max: 255 }),
);
const occurrences = fc
  .uniqueArray(occurrence, { selector: ([passage]) => passage, maxLength: 50 })
  .map((list) => list.sort(([a], [b]) => a - b));

function written(list: ReadonlyArray<[number, number, number]>): Postings {
  const writer = new PostingWriter();
  for (const each of list) writer.add(...each);
  return writer.finish();
}

function read({ bytes }: Postings): Array<[number, number, number]> {
  const list: Array<[number, number, number]> = [];
  readPostings(bytes, (...each) => list.push(each));
  return list;
}

test('postings come back as they were written', () => {
  fc.assert(
    fc.property(occurrences, (list) => {
      expect(read(written(list))).toEqual(list);
    }),
    { seed: 1 },
  );
  const frequent = [
    [7, 1, 0],
    [8, 2, 0],
    [9, 0, 1],
    [10, 3, 0],
  ] as Array<[number, number, number]>;
  expect(read(written(frequent))).toEqual(frequent);
});

test('postings collected for many terms at once are those written term by term', () => {
  const posting = fc.tuple(
    fc.nat(20),
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 1, max: 2 }),
  );
  fc.assert(
    fc.property(fc.array(posting, { maxLength: 3000, size: 'max' }), (list) => {
      const lists = new PostingLists();
      const writers = Array.from({ length: 21 }, () => new PostingWriter());
      list.forEach(([term, body, head], passage) => {
        lists.add(term, passage, body, head);
        writers[term]?.add(passage, body, head);
      });
      for (const term of new Set(list.map(([each]) => each))) {
        expect(lists.postingsOf(term)).toEqual(writers[term]?.finish());
      }
    }),
    { seed: 3, numRuns: 30 },
  );
});

/** Terms that share beginnings, from the alphabets that articles are written in. */
const term = fc
  .array(fc.constantFrom('茶', '叶', '老', 'a', 'b', '𠮷', 'ˑ', '7'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((units) => units.join(''));
const dictionary = fc
  .uniqueArray(term, { maxLength: 200 })
  .map((terms) => new Map(terms.sort().map((each, i) => [each, written([[i + 1, 1, 0]])])));

test('terms have one number each and come back sorted', () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 3000, size: 'max' }), (list) => {
      const terms = new Terms();
      const numbers = new Map(list.map((each) => [each, terms.numberOf(each)]));
      expect(new Set(numbers.values()).size).toBe(terms.size);
      const sorted = [...numbers].sort(([a], [b]) => (a < b ? -1 : 1));
      expect([...terms.sorted()]).toEqual(sorted);
    }),
    { seed: 4, numRuns: 30 },
  );
});

test('every term is found in the block that its key leads to, and no other term is', () => {
  fc.assert(
    fc.property(dictionary, term, (entries, other) => {
      const blocks = [...packBlocks(entries)];
      const find = (wanted: string): Postings | null => {
        const block = blocks.findLast(
          ({ first }) => Buffer.compare(keyOf(first), keyOf(wanted)) <= 0,
        );
        return findInBlock(block?.bytes, wanted);
      };
      for (const [each, postings] of entries) expect(find(each)).toEqual(postings);
      expect(find(other) === null).toBe(!entries.has(other));
      expect(blocks.flatMap(({ bytes }) => [...unpackBlock(bytes)])).toHaveLength(entries.size);
    }),
    { seed: 2 },
  );
});

test('a long dictionary is cut into blocks of about a page, each starting afresh', () => {
  const entries = new Map<string, Postings>();
  for (let i = 0x4e00; i < 0x9fa5; i++) entries.set(String.fromCharCode(i), written([[i, 1, 0]]));
  const blocks = [...packBlocks(entries)];
  expect(blocks.length).toBeGreaterThan(5);
  for (const { first, bytes } of blocks) {
    expect(bytes.length).toBeLessThanOrEqual(8000);
    expect([...unpackBlock(bytes)][0]?.[0]).toBe(first);
  }
});

test('merging keeps what exists, in order', () => {
  const merged = mergeEntries(
    [
      [
        [
          'a',
          written([
            [1, 1, 0],
            [2, 1, 0],
          ]),
        ],
        ['b', written([[1, 1, 0]])],
      ] as const,
      [
        ['a', written([[9, 4, 1]])],
        ['c', written([[9, 1, 0]])],
      ] as const,
    ].map((entries) => entries.values()),
    (passage) => passage !== 1,
  );
  expect([...merged].map(([name, postings]) => [name, read(postings)])).toEqual([
    [
      'a',
      [
        [2, 1, 0],
        [9, 4, 1],
      ],
    ],
    ['c', [[9, 1, 0]]],
  ]);
});
