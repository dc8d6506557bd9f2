import type { Hit } from '../types.ts';
import type { Db } from './database.ts';
import type { Graph, Neighbour } from './graph.ts';
import { cosine } from './vector-codec.ts';

/**
 * One model's vectors: those in the graph through the graph, those that came later (or all, while
 * there is no graph yet) one by one. So what is committed is found, whatever state the graph is in.
 */
export class Vectors {
  readonly model: number;
  graph: Graph | null = null;
  readonly #later;
  readonly #waiting;
  readonly #passagesOf;
  readonly #ofPassage;

  constructor(db: Db, model: number) {
    this.model = model;
    this.#later = db.prepare<[number, number], { id: number; value: Buffer }>(
      'SELECT id, value FROM vector WHERE id > ? AND model = ?',
    );
    this.#waiting = db
      .prepare<[number, number, number], number>(
        'SELECT count(*) FROM (SELECT 1 FROM vector WHERE id > ? AND model = ? LIMIT ?)',
      )
      .pluck();
    this.#passagesOf = db
      .prepare<[number], number>(
        `SELECT passage.id FROM vector JOIN passage ON passage.input = vector.input
        WHERE vector.id = ? ORDER BY passage.id`,
      )
      .pluck();
    this.#ofPassage = db
      .prepare<[number, number], Buffer>(
        `SELECT value FROM passage JOIN vector ON vector.input = passage.input AND vector.model = ?
        WHERE passage.id = ?`,
      )
      .pluck();
  }

  /** How many vectors the graph still lacks; counts no further than `limit`. */
  waiting(limit: number): number {
    return this.#waiting.get(this.graph?.through ?? 0, this.model, limit) ?? 0;
  }

  /**
   * Nearest passages that are alive, best first. The graph also knows passages of other generations:
   * when those crowd out too many, it is asked again for more.
   */
  nearest(vector: Float32Array, limit: number, isAlive: (passage: number) => boolean): Hit[] {
    if (limit <= 0) return [];
    const later = this.#laterThanGraph(vector);
    for (let fetched = limit + (limit >> 2); ; fetched *= 2) {
      const inGraph = this.graph?.search(vector, fetched) ?? [];
      const hits = this.#alivePassages([...inGraph, ...later], limit, isAlive);
      if (hits.length >= limit || inGraph.length < fetched) return hits;
    }
  }

  /** Exact cosine of each passage that has a vector. */
  similarities(vector: Float32Array, passages: readonly number[]): Map<number, number> {
    const found = new Map<number, number>();
    for (const passage of passages) {
      const value = this.#ofPassage.get(this.model, passage);
      if (value !== undefined) found.set(passage, cosine(vector, value));
    }
    return found;
  }

  #laterThanGraph(vector: Float32Array): Neighbour[] {
    const found: Neighbour[] = [];
    for (const { id, value } of this.#later.iterate(this.graph?.through ?? 0, this.model)) {
      found.push({ id, score: cosine(vector, value) });
    }
    return found;
  }

  #alivePassages(
    neighbours: readonly Neighbour[],
    limit: number,
    isAlive: (passage: number) => boolean,
  ): Hit[] {
    const hits: Hit[] = [];
    for (const { id, score } of neighbours.toSorted((a, b) => b.score - a.score)) {
      if (hits.length >= limit) break;
      for (const passage of this.#passagesOf.all(id)) {
        if (isAlive(passage)) hits.push({ id: passage, score });
      }
    }
    return hits.slice(0, limit);
  }
}
