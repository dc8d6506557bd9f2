import hnswlib from 'hnswlib-node';
import type { Db } from './database.ts';
import { unpack } from './vector-codec.ts';

/**
 * Shape of the graph, chosen by recall@10 against exact search on real vectors
 * (`npm run bench`): links a node, breadth of the search while building.
 */
export const GRAPH = { m: 16, efConstruction: 100 } as const;

/**
 * Breadth of the search while asking. 400 finds 0.995 of the ten nearest among 50,000 vectors, but only
 * 0.95 to 0.97 among 200,000, where 1,100 finds 0.98 to 0.99 and 1,350 finds 0.996, at a third of a
 * millisecond for each hundred: so it grows with them.
 */
export function breadthFor(count: number): number {
  return Math.max(400, Math.round(3 * Math.sqrt(count)));
}

const FIRST_CAPACITY = 1024;
/** Vectors added at a time: some 15 ms, so that questions between them hardly wait. */
const BATCH = 100;

export interface Neighbour {
  /** Id of the vector. */
  readonly id: number;
  /** Cosine. */
  readonly score: number;
}

/**
 * The HNSW graph over one model's vectors, in memory. Holds the vectors with ids up to `through`;
 * vectors that were removed since may still be in it, later ones are not in it yet.
 */
export class Graph {
  readonly dimensions: number;
  readonly index: hnswlib.HierarchicalNSW;
  through: number;
  /** The vector that is added, as hnswlib takes it. */
  readonly #point: number[];

  /** @param loaded - an index read from a file, with the highest id in it; empty when left out */
  constructor(dimensions: number, loaded?: { index: hnswlib.HierarchicalNSW; through: number }) {
    this.dimensions = dimensions;
    this.index = loaded?.index ?? emptyIndex(dimensions);
    this.through = loaded?.through ?? 0;
    this.#point = Array.from({ length: dimensions }, () => 0);
  }

  /** How many vectors are in it. */
  get count(): number {
    return this.index.getCurrentCount();
  }

  /** Closest first; fewer than `limit` only when there are no more. */
  search(vector: Float32Array, limit: number, breadth = breadthFor(this.count)): Neighbour[] {
    const k = Math.min(limit, this.count);
    if (k === 0) return [];
    this.index.setEf(breadth);
    const { neighbors, distances } = this.index.searchKnn(Array.from(vector), k);
    return neighbors.map((id, i) => ({ id, score: 1 - (distances[i] ?? 1) }));
  }

  /** Adds what the model has that is not in it yet, pausing between batches for whoever else needs the thread. */
  async catchUp(db: Db, model: number): Promise<void> {
    while (this.addBatch(db, model, BATCH) === BATCH) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  /** Adds up to `limit` vectors after `through`; returns how many there were. */
  addBatch(db: Db, model: number, limit: number): number {
    const rows = db
      .prepare<[number, number, number], { id: number; value: Buffer }>(
        'SELECT id, value FROM vector WHERE id > ? AND model = ? ORDER BY id LIMIT ?',
      )
      .all(this.through, model, limit);
    const needed = this.count + rows.length;
    if (needed > this.index.getMaxElements()) this.index.resizeIndex(Math.ceil(needed * 1.5));
    for (const { id, value } of rows) {
      const vector = unpack(value);
      // A loop: `Array.from` takes ten times as long.
      for (let i = 0; i < vector.length; i++) this.#point[i] = vector[i] ?? 0;
      this.index.addPoint(this.#point, id);
      this.through = id;
    }
    return rows.length;
  }
}

function emptyIndex(dimensions: number): hnswlib.HierarchicalNSW {
  const index = new hnswlib.HierarchicalNSW('cosine', dimensions);
  index.initIndex({
    maxElements: FIRST_CAPACITY,
    m: GRAPH.m,
    efConstruction: GRAPH.efConstruction,
  });
  return index;
}
