import type { Db } from './database.ts';
import { GraphBuilder, LEAST_KEPT } from './graph-builder.ts';
import { readGraph, readStamp } from './graph-file.ts';
import type { GraphOrigin, Stamp } from './graph-file.ts';
import { GraphThread } from './graph-thread.ts';
import { Graph } from './graph.ts';

/**
 * The graph file is written again when it lacks more than this share of the vectors, or more than so
 * many. Up to that readers add the rest themselves, and a small change does not load the graph at all.
 */
const SHARE_WORTH_WRITING = 0.02;
const MANY_VECTORS = 2_000;

/** Keeps the graph file in step with the vectors, for the one who writes the library. */
export class GraphKeeper {
  readonly #db: Db;
  readonly #dataDir: string;
  readonly #kept;
  readonly #lacking;
  readonly #hasThread: boolean;
  /** While there are many vectors to add. */
  #builder: GraphBuilder | GraphThread | null = null;
  /** Of the file, once one was found. */
  #stamp: Stamp | null = null;

  /** @param hasThread - whether the graph grows in a thread of its own, when there is much to add */
  constructor(db: Db, dataDir: string, hasThread: boolean) {
    this.#db = db;
    this.#dataDir = dataDir;
    this.#hasThread = hasThread;
    this.#kept = db
      .prepare<[number], number>('SELECT count(*) FROM vector WHERE model = ?')
      .pluck();
    this.#lacking = db
      .prepare<[number, number], number>('SELECT count(*) FROM vector WHERE id > ? AND model = ?')
      .pluck();
  }

  /** The graph with every vector. */
  async open(origin: GraphOrigin): Promise<Graph> {
    await this.write(origin);
    const graph =
      (await readGraph(this.#dataDir, this.#db, origin)) ?? new Graph(origin.dimensions);
    await graph.catchUp(this.#db, origin.model);
    return graph;
  }

  /** Brings the graph up to date, if that is much work. Where a thread does it, it is not waited for. */
  async catchUp(origin: GraphOrigin): Promise<void> {
    if (this.#builder === null && (await this.#toAdd(origin)) > MANY_VECTORS) {
      this.#builder = this.#hasThread ? new GraphThread(this.#dataDir) : this.#ownBuilder();
    }
    await this.#builder?.catchUp(origin);
  }

  /** Writes the graph, if that is worth it. */
  async write(origin: GraphOrigin): Promise<void> {
    const few = Math.min(this.#count(origin) * SHARE_WORTH_WRITING, MANY_VECTORS);
    if ((await this.#toAdd(origin)) <= few) return;
    await this.catchUp(origin);
    this.#stamp = await (this.#builder ?? this.#ownBuilder()).write(origin);
  }

  async close(): Promise<void> {
    if (this.#builder instanceof GraphThread) await this.#builder.close();
  }

  #ownBuilder(): GraphBuilder {
    return new GraphBuilder(this.#db, this.#dataDir);
  }

  /** How many vectors the file lacks, or is to be built from when it holds too much of what is gone. */
  async #toAdd(origin: GraphOrigin): Promise<number> {
    this.#stamp ??= await readStamp(this.#dataDir, origin);
    const { count = 0, through = 0 } = this.#stamp ?? {};
    const kept = this.#count(origin);
    if (count * LEAST_KEPT > kept) return kept;
    return this.#lacking.get(through, origin.model) ?? 0;
  }

  #count({ model }: GraphOrigin): number {
    return this.#kept.get(model) ?? 0;
  }
}
