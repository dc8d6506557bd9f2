import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForWriting } from '../../../src/library/database.ts';
import type { Db } from '../../../src/library/database.ts';
import { best } from '../../../src/library/words/best.ts';
import type { PassageWords } from '../../../src/library/words/draft.ts';
import { SegmentWriter } from '../../../src/library/words/segment-writer.ts';
import { WordSearch } from '../../../src/library/words/word-search.ts';

let root: string;
let db: Db;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  db = openForWriting(join(root, 'library.db'));
  db.pragma('synchronous = OFF');
});
afterEach(() => {
  db.close();
  rmSync(root, { recursive: true });
});

const words = fc.array(fc.constantFrom('茶', '茶馆', '桥', 'tea', '2020'), { maxLength: 6 });
const passages = fc.array(fc.record({ body: words, head: words }), { maxLength: 12 });
const batches = fc.array(passages, { minLength: 1, maxLength: 5 });

/** BM25 as the books have it, over the passages that are alive. */
function bm25(
  alive: readonly PassageWords[],
  terms: readonly string[],
  weights: [number, number],
): Map<number, number> {
  const average =
    alive.reduce((sum, { body, head }) => sum + body.length + head.length, 0) / alive.length;
  const scores = new Map<number, number>();
  for (const term of new Set(terms)) {
    const count = (list: readonly string[]): number => list.filter((each) => each === term).length;
    const matching = alive.filter(({ body, head }) => count(body) + count(head) > 0);
    const idf = Math.log(1 + (alive.length - matching.length + 0.5) / (matching.length + 0.5));
    for (const { id, body, head } of matching) {
      const frequency = weights[0] * count(body) + weights[1] * count(head);
      const length = (body.length + head.length) / average;
      const score = (idf * frequency * 2.2) / (frequency + 1.2 * (0.25 + 0.75 * length));
      scores.set(id, (scores.get(id) ?? 0) + score);
    }
  }
  return scores;
}

test('ranks as BM25 over the living passages does, however often segments were written, merged and thinned', async () => {
  const property = fc.asyncProperty(
    batches,
    words,
    fc.infiniteStream(fc.boolean()),
    async (batches, terms, coin) => {
      db.exec(
        'DELETE FROM segment; DELETE FROM passage; DELETE FROM input; INSERT INTO input (id, hash) VALUES (1, 1)',
      );
      const writer = new SegmentWriter(db);
      const insert = db.prepare(
        'INSERT INTO passage (paragraph, start, end, input) VALUES (1, 0, 0, 1)',
      );
      let present: PassageWords[] = [];
      for (const batch of batches) {
        const added = batch.map((passage) => ({
          ...passage,
          id: Number(insert.run().lastInsertRowid),
        }));
        await writer.add(added, () => {});
        await writer.finish();
        // Some passages are removed from the library, as when a file goes.
        present = [...present, ...added].filter(
          ({ id }) =>
            coin.next().value || !db.prepare('DELETE FROM passage WHERE id = ?').run(id).changes,
        );
        writer.removeGone();
      }
      // Of those in the library, some belong to another generation.
      const alive = present.filter(() => coin.next().value);
      const isAlive = new Uint8Array(1 + Math.max(0, ...present.map(({ id }) => id)));
      for (const { id } of alive) isAlive[id] = 1;
      const search = new WordSearch(db, { isAlive, count: alive.length });

      const expected = bm25(alive, terms, [1, 0.5]);
      const hits = search.match({ terms, bodyWeight: 1, headWeight: 0.5, limit: 100 });
      expect(hits.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
        [...expected.keys()].sort((a, b) => a - b),
      );
      for (const { id, score } of hits) expect(score).toBeCloseTo(expected.get(id) ?? 0, 4);
      const frequencies = search.frequencies(['茶', '桥']);
      for (const [term, frequency] of frequencies) {
        expect(frequency).toBe(
          alive.filter(({ body, head }) => [...body, ...head].includes(term)).length,
        );
      }
    },
  );
  await fc.assert(property, { seed: 3, numRuns: 60 });
});

test('segments stay few while passages come in small numbers', async () => {
  const writer = new SegmentWriter(db);
  db.exec('INSERT INTO input (id, hash) VALUES (1, 1)');
  for (let i = 0; i < 100; i++) {
    const { lastInsertRowid } = db
      .prepare('INSERT INTO passage (paragraph, start, end, input) VALUES (1, 0, 0, 1)')
      .run();
    await writer.add([{ id: Number(lastInsertRowid), body: ['茶'], head: [] }], () => {});
    await writer.finish();
  }
  expect(db.prepare('SELECT count(*) FROM segment').pluck().get()).toBeLessThan(10);
});

test('the best scores are those that sorting finds', () => {
  const scores = fc.array(fc.integer({ min: -2, max: 5 }));
  fc.assert(
    fc.property(scores, fc.nat(8), (list, limit) => {
      const sorted = list
        .map((score, id) => ({ id, score }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .slice(0, limit);
      expect(best(Float64Array.from(list), limit)).toEqual(sorted);
    }),
    { seed: 4 },
  );
});
