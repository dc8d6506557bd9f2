import type { Db } from './database.ts';
import { readGraph, writeGraph } from './graph-file.ts';
import type { GraphOrigin, Stamp } from './graph-file.ts';
import { Graph } from './graph.ts';

/** A graph with a smaller share of vectors that still exist is built anew: the others lead nowhere. */
export const LEAST_KEPT = 0.8;

/** Brings the graph of a data folder up to date with the committed vectors, in memory and on disk. */
export class GraphBuilder {
  readonly #db: Db;
  readonly #dataDir: string;
  #graph: Graph | null = null;

  constructor(db: Db, dataDir: string) {
    this.#db = db;
    this.#dataDir = dataDir;
  }

  /** Adds every vector there is to the graph in memory. */
  async catchUp(origin: GraphOrigin): Promise<Graph> {
    this.#graph ??=
      (await readGraph(this.#dataDir, this.#db, origin)) ?? new Graph(origin.dimensions);
    await this.#graph.catchUp(this.#db, origin.model);
    return this.#graph;
  }

  /** Writes the graph's file with every vector; null, and no file, when there are none. */
  async write(origin: GraphOrigin): Promise<Stamp | null> {
    let graph = await this.catchUp(origin);
    const kept = this.#db
      .prepare<[number], number>('SELECT count(*) FROM vector WHERE model = ?')
      .pluck()
      .get(origin.model);
    if (graph.count * LEAST_KEPT > (kept ?? 0)) {
      graph = this.#graph = new Graph(origin.dimensions);
      await graph.catchUp(this.#db, origin.model);
    }
    return graph.count > 0 ? writeGraph(this.#dataDir, graph, origin) : null;
  }
}
