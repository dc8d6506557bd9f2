import type { Db } from './database.ts';
import { readGraph, readStamp, writeGraph } from './graph-file.ts';
import type { GraphOrigin, Stamp } from './graph-file.ts';
import { Graph } from './graph.ts';

/**
 * The graph file is written again when it lacks more than this share of the vectors, or more than so
 * many. Up to that readers add the rest themselves, and a small change does not load the graph at all.
 */
const SHARE_WORTH_WRITING = 0.02;
const MANY_VECTORS = 2_000;
/** A graph with a smaller share of vectors that still exist is built anew: the others lead nowhere. */
const LEAST_KEPT = 0.8;

/** Keeps the graph file in step with the vectors, for the one who writes the library. */
export class GraphKeeper {
  readonly #db: Db;
  readonly #dataDir: string;
  readonly #kept;
  readonly #lacking;
  #graph: Graph | null = null;
  /** Of the file, once one was found. */
  #stamp: Stamp | null = null;

  constructor(db: Db, dataDir: string) {
    this.#db = db;
    this.#dataDir = dataDir;
    this.#kept = db
      .prepare<[number], number>('SELECT count(*) FROM vector WHERE model = ?')
      .pluck();
    this.#lacking = db
      .prepare<[number, number], number>('SELECT count(*) FROM vector WHERE id > ? AND model = ?')
      .pluck();
  }

  /** The graph with every vector. */
  async open(origin: GraphOrigin): Promise<Graph> {
    this.#graph ??=
      (await readGraph(this.#dataDir, this.#db, origin)) ?? new Graph(origin.dimensions);
    await this.#graph.catchUp(this.#db, origin.model);
    return this.#graph;
  }

  /** Brings the graph up to date, if it will have to be written. */
  async catchUp(origin: GraphOrigin): Promise<void> {
    if (this.#graph !== null || (await this.#isBehind(origin))) await this.open(origin);
  }

  /** Writes the graph, if that is worth it. */
  async write(origin: GraphOrigin): Promise<void> {
    if (!(await this.#isBehind(origin))) return;
    let graph = await this.open(origin);
    if (graph.count * LEAST_KEPT > (this.#kept.get(origin.model) ?? 0)) {
      graph = this.#graph = new Graph(origin.dimensions);
      await graph.catchUp(this.#db, origin.model);
    }
    if (graph.count > 0) this.#stamp = await writeGraph(this.#dataDir, graph, origin);
  }

  /** Whether the file lacks much of what there is, or holds much of what is gone. */
  async #isBehind(origin: GraphOrigin): Promise<boolean> {
    this.#stamp ??= await readStamp(this.#dataDir, origin);
    const stamp = this.#stamp;
    const kept = this.#kept.get(origin.model) ?? 0;
    const lacking = this.#lacking.get(stamp?.through ?? 0, origin.model) ?? 0;
    const isMissingMuch = lacking > Math.min(kept * SHARE_WORTH_WRITING, MANY_VECTORS);
    return isMissingMuch || (stamp?.count ?? 0) * LEAST_KEPT > kept;
  }
}
