import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForWriting } from '../../src/library/database.ts';
import type { Db } from '../../src/library/database.ts';
import { readGraph, writeGraph } from '../../src/library/graph-file.ts';
import type { GraphOrigin } from '../../src/library/graph-file.ts';
import { Graph } from '../../src/library/graph.ts';
import { cosine, pack } from '../../src/library/vector-codec.ts';
import { Vectors } from '../../src/library/vectors.ts';
import { randomFrom } from '../../scripts/random.ts';

const DIMENSIONS = 32;
const COUNT = 1500;
const random = randomFrom(7);

/** Directions around a few themes, as articles have them. */
const themes = Array.from({ length: 20 }, () => direction());
function direction(theme?: Float32Array): Float32Array {
  const vector = new Float32Array(DIMENSIONS).map(
    (_, i) => random.below(1000) / 500 - 1 + 2 * (theme?.[i] ?? 0),
  );
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

let root: string;
let db: Db;
let origin: GraphOrigin;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  db = openForWriting(join(root, 'library.db'));
  db.pragma('synchronous = OFF');
  db.prepare('INSERT INTO model (id, fingerprint, dimensions) VALUES (1, ?, ?)').run(
    'a',
    DIMENSIONS,
  );
  const input = db.prepare('INSERT INTO input (id, hash) VALUES (?, ?)');
  const vector = db.prepare('INSERT INTO vector (input, model, value) VALUES (?, 1, ?)');
  const passage = db.prepare(
    'INSERT INTO passage (paragraph, start, end, input) VALUES (1, 0, 0, ?)',
  );
  db.transaction(() => {
    for (let id = 1; id <= COUNT; id++) {
      input.run(id, `${id}`);
      vector.run(id, pack(direction(themes[id % themes.length])));
      passage.run(id);
    }
  })();
  origin = {
    identity: 'x',
    model: 1,
    fingerprint: 'a',
    dimensions: DIMENSIONS,
    lastVector: COUNT,
    generation: 1,
  };
});
afterEach(() => {
  db.close();
  rmSync(root, { recursive: true });
});

async function builtGraph(): Promise<Graph> {
  const graph = new Graph(DIMENSIONS);
  await graph.catchUp(db, 1);
  return graph;
}

function graphFile(): string {
  const file = readdirSync(join(root, 'index')).find((name) => name.endsWith('.links'));
  return join(root, 'index', file ?? '');
}

function exact(vector: Float32Array, isAlive: (id: number) => boolean, limit: number): number[] {
  return db
    .prepare<[], { id: number; value: Buffer }>('SELECT id, value FROM vector')
    .all()
    .filter(({ id }) => isAlive(id))
    .map(({ id, value }) => ({ id, score: cosine(vector, value) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ id }) => id);
}

test('a stored graph answers as the one in memory did, though its file holds no vectors', async () => {
  const graph = await builtGraph();
  await writeGraph(root, graph, origin);
  const stored = await readGraph(root, db, origin);
  for (let i = 0; i < 20; i++) {
    const question = direction(themes[i]);
    const [before, after] = [graph.search(question, 10), stored?.search(question, 10) ?? []];
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after[9]?.score).toBeCloseTo(before[9]?.score ?? 0, 5);
  }
  expect(readFileSync(graphFile()).length).toBeLessThan(COUNT * 120);
});

test('what a killed process left beside the library is removed, what a running one uses is not', async () => {
  const ended = spawnSync(process.execPath, ['--eval', '']).pid;
  const left = mkdtempSync(join(tmpdir(), `yuanwen-graph-${ended}-`));
  const used = mkdtempSync(join(tmpdir(), `yuanwen-graph-${process.pid}-`));
  await writeGraph(root, await builtGraph(), origin);
  expect([existsSync(left), existsSync(used)]).toEqual([false, true]);
  rmSync(used, { recursive: true });
});

describe('a graph file that is not to be trusted is not used:', () => {
  async function stored(spoil: (path: string) => void): Promise<Graph | null> {
    await writeGraph(root, await builtGraph(), origin);
    spoil(graphFile());
    return readGraph(root, db, origin);
  }

  test('one byte is another', async () => {
    const graph = await stored((path) => {
      const bytes = readFileSync(path);
      bytes[5000] = (bytes[5000] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    });
    expect(graph).toBeNull();
  });

  test('the end is missing', async () => {
    expect(await stored((path) => truncateSync(path, 10_000))).toBeNull();
  });

  test('it is gone', async () => {
    expect(await stored((path) => rmSync(path))).toBeNull();
  });

  test('the stamp is half written', async () => {
    expect(await stored(() => truncateSync(join(root, 'index', 'vectors.json'), 40))).toBeNull();
  });

  test.each([
    ['another library', { identity: 'y' }],
    ['another model', { fingerprint: 'b' }],
    ['vectors that were never committed', { lastVector: COUNT - 1 }],
  ])('it is of %s', async (_, difference) => {
    await writeGraph(root, await builtGraph(), origin);
    expect(await readGraph(root, db, { ...origin, ...difference })).toBeNull();
  });
});

describe('nearest passages', () => {
  test('are nearly always those of exact search, also when most belong to other generations', async () => {
    const vectors = new Vectors(db, 1);
    vectors.graph = await builtGraph();
    const isAlive = (id: number): boolean => id % 7 === 0;
    let found = 0;
    for (let i = 0; i < 50; i++) {
      const question = direction(themes[i % themes.length]);
      const hits = vectors.nearest(question, 10, isAlive).map(({ id }) => id);
      expect(hits).toHaveLength(10);
      found += exact(question, isAlive, 10).filter((id) => hits.includes(id)).length;
    }
    expect(found / 500).toBeGreaterThan(0.97);
  });

  test('include what the graph does not have yet, or has no graph for', async () => {
    const vectors = new Vectors(db, 1);
    const question = direction(themes[3]);
    const all = (): boolean => true;
    expect(vectors.nearest(question, 10, all).map(({ id }) => id)).toEqual(
      exact(question, all, 10),
    );

    const graph = new Graph(DIMENSIONS);
    graph.addBatch(db, 1, 700);
    vectors.graph = graph;
    const late = (id: number): boolean => id > 700;
    expect(vectors.nearest(question, 5, late).map(({ id }) => id)).toEqual(
      exact(question, late, 5),
    );
  });

  test('are found in a graph of which a fifth is gone', async () => {
    await writeGraph(root, await builtGraph(), origin);
    db.exec('DELETE FROM passage WHERE id % 5 = 0; DELETE FROM vector WHERE id % 5 = 0');
    const vectors = new Vectors(db, 1);
    vectors.graph = await readGraph(root, db, origin);
    let found = 0;
    for (let i = 0; i < 50; i++) {
      const question = direction(themes[i % themes.length]);
      const hits = new Set(vectors.nearest(question, 10, () => true).map(({ id }) => id));
      found += exact(question, () => true, 10).filter((id) => hits.has(id)).length;
    }
    expect(vectors.graph).not.toBeNull();
    expect(found / 500).toBeGreaterThan(0.95);
  });
});

test('a packed vector keeps its direction', () => {
  for (let i = 0; i < 100; i++) {
    const [a, b] = [direction(), direction()];
    const between = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
    expect(Math.abs(cosine(a, pack(b)) - between)).toBeLessThan(0.005);
  }
});
