import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomFrom } from '../../scripts/random.ts';
import { libraryFile, openForWriting } from '../../src/library/database.ts';
import type { Db } from '../../src/library/database.ts';
import { readGraph } from '../../src/library/graph-file.ts';
import { GraphKeeper } from '../../src/library/graph-keeper.ts';
import { Graph } from '../../src/library/graph.ts';
import { pack } from '../../src/library/vector-codec.ts';

const DIMENSIONS = 16;
/** More than are added without a thread. */
const MANY = 2_500;
const random = randomFrom(11);
const origin = { identity: 'x', model: 1, fingerprint: 'a', dimensions: DIMENSIONS, generation: 1 };

let root: string;
let db: Db;
let keeper: GraphKeeper;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  db = openForWriting(libraryFile(root));
  db.exec(`INSERT INTO model (id, fingerprint, dimensions) VALUES (1, 'a', ${DIMENSIONS})`);
  keeper = new GraphKeeper(db, root, true);
});
afterEach(async () => {
  await keeper.close();
  db.close();
  rmSync(root, { recursive: true });
});

function vector(): Float32Array {
  const values = new Float32Array(DIMENSIONS).map(() => random.below(1000) / 500 - 1);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function addVectors(from: number, to: number, packed: () => Buffer = () => pack(vector())): void {
  const input = db.prepare('INSERT INTO input (id, hash) VALUES (?, ?)');
  const insert = db.prepare('INSERT INTO vector (input, model, value) VALUES (?, 1, ?)');
  db.transaction(() => {
    for (let id = from; id <= to; id++) {
      input.run(id, `${id}`);
      insert.run(id, packed());
    }
  })();
}

test.each([
  ['a thread', true],
  ['no thread', false],
])(
  'many vectors, added while they come, make the graph that they would make at once, with %s',
  async (_, hasThread) => {
    keeper = new GraphKeeper(db, root, hasThread);
    for (let id = 1; id < MANY; id += 500) {
      addVectors(id, id + 499);
      await keeper.catchUp({ ...origin, lastVector: id + 499 });
    }
    await keeper.write({ ...origin, lastVector: MANY });
    const stored = await readGraph(root, db, { ...origin, lastVector: MANY });
    const atOnce = new Graph(DIMENSIONS);
    await atOnce.catchUp(db, 1);
    expect(stored?.count).toBe(MANY);
    for (let i = 0; i < 20; i++) {
      const question = vector();
      const [found, expected] = [stored?.search(question, 10), atOnce.search(question, 10)];
      expect(found?.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  },
);

test('few vectors are left to readers, until they are many', async () => {
  addVectors(1, 1000);
  await keeper.write({ ...origin, lastVector: 1000 });
  addVectors(1001, 1010);
  await keeper.write({ ...origin, lastVector: 1010 });
  expect((await readGraph(root, db, { ...origin, lastVector: 1010 }))?.count).toBe(1000);
  expect((await keeper.open({ ...origin, lastVector: 1010 })).count).toBe(1010);
  addVectors(1011, 1100);
  await keeper.write({ ...origin, lastVector: 1100 });
  expect((await readGraph(root, db, { ...origin, lastVector: 1100 }))?.count).toBe(1100);
});

test('what fails in the thread is told to who waits for the graph, and no file is left', async () => {
  addVectors(1, MANY, () => Buffer.alloc(3));
  await expect(keeper.write({ ...origin, lastVector: MANY })).rejects.toThrow(
    'Invalid typed array length',
  );
  expect(existsSync(join(root, 'index', 'vectors.json'))).toBe(false);
});
