import type { LibraryView } from '../ports.ts';
import { giveBackSpace, libraryFile, openForWriting } from './database.ts';
import type { Db } from './database.ts';
import { explain } from './faults.ts';
import { collectGarbage, goBack, serveGeneration, stageGeneration } from './generations.ts';
import type { GraphOrigin } from './graph-file.ts';
import { GraphKeeper } from './graph-keeper.ts';
import { Places } from './places.ts';
import type { ListedPlace } from './places.ts';
import {
  generationById,
  identityOf,
  lastVector,
  newestGeneration,
  servingGeneration,
} from './state.ts';
import { VectorWriter } from './vector-writer.ts';
import { Vectors } from './vectors.ts';
import { GenerationView } from './view.ts';
import { wordsAfter } from './words/gather-words.ts';
import { SegmentWriter } from './words/segment-writer.ts';

export interface WriterOptions {
  readonly dataDir: string;
  /** Of the model that passages are embedded with. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Whether the graph grows in a thread of its own, when there is much to add. */
  readonly hasGraphThread?: boolean;
}

/** A generation in a few words. */
export interface GenerationSummary {
  readonly generation: number;
  readonly articles: number;
  readonly passages: number;
  readonly fingerprint: string;
}

/**
 * The one who changes the library; whoever opens it holds the lock (`lock.ts`). The next generation is
 * made in steps that are each committed: places, vectors, `stage`, `serve`, `collectGarbage`. Killed
 * between any two, the next run finds what was done and goes on from there.
 */
export class LibraryWriter {
  readonly places: Places;
  readonly vectors: VectorWriter;
  readonly #db: Db;
  readonly #options: WriterOptions;
  readonly #model: number;
  readonly #words: SegmentWriter;
  readonly #graph: GraphKeeper;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#db = openForWriting(libraryFile(options.dataDir));
    this.#db.exec('CREATE TEMP TABLE upcoming (place INTEGER PRIMARY KEY)');
    this.#model = modelId(this.#db, options);
    this.places = new Places(this.#db);
    this.#graph = new GraphKeeper(this.#db, options.dataDir, options.hasGraphThread ?? true);
    this.#words = new SegmentWriter(this.#db);
    this.vectors = new VectorWriter(this.#db, this.#model);
  }

  /** Runs `action` in one transaction; what fails comes out as a sentence about the library. */
  transaction<T>(action: () => T): T {
    try {
      return this.#db.transaction(action).immediate();
    } catch (error) {
      throw explain(error, libraryFile(this.#options.dataDir));
    }
  }

  serving(): GenerationSummary | null {
    return summaryOf(servingGeneration(this.#db));
  }

  /** The one that served last: a later one than `serving` when somebody went back from it. */
  newest(): GenerationSummary | null {
    return summaryOf(newestGeneration(this.#db));
  }

  /** What a generation lists, by path. */
  listing(generation: number): ListedPlace[] {
    return this.places.listed(generation);
  }

  /** Says which places the next generation is to list. */
  setUpcoming(places: Iterable<number>): void {
    const insert = this.#db.prepare('INSERT OR IGNORE INTO temp.upcoming VALUES (?)');
    this.transaction(() => {
      this.#db.exec('DELETE FROM temp.upcoming');
      for (const place of places) insert.run(place);
    });
  }

  /**
   * Collects the words of new passages; they are in the index when `finishWords` has run.
   * @param onBreath - called now and then; what it throws ends the run
   */
  async indexWords(onBreath: () => void): Promise<void> {
    await this.#words.add(wordsAfter(this.#db, this.#words.through), onBreath);
  }

  /** Puts all words in the index. */
  async finishWords(onBreath: () => void): Promise<void> {
    await this.indexWords(onBreath);
    await this.#words.finish();
  }

  /** Upcoming places with a passage that this model has no vector for. */
  placesToEmbed(): number[] {
    return this.#db
      .prepare<[number], number>(
        `SELECT min(upcoming.place) FROM temp.upcoming JOIN place ON place.id = upcoming.place
        JOIN file ON file.id = place.file
        WHERE EXISTS (SELECT 1 FROM passage WHERE passage.id >= first_passage
          AND passage.id < first_passage + passage_count
          AND NOT EXISTS (SELECT 1 FROM vector WHERE vector.input = passage.input AND vector.model = ?))
        GROUP BY file.id`,
      )
      .pluck()
      .all(this.#model);
  }

  /** How many texts of the upcoming places this model has no vector for. */
  countMissing(): number {
    return count(
      this.#db,
      `SELECT count(DISTINCT passage.input) FROM temp.upcoming JOIN place ON place.id = upcoming.place
      JOIN file ON file.id = place.file JOIN passage ON passage.id >= first_passage
        AND passage.id < first_passage + passage_count
      WHERE NOT EXISTS (SELECT 1 FROM vector WHERE vector.input = passage.input AND vector.model = ?)`,
      this.#model,
    );
  }

  /** Whether the serving generation was made with this model. */
  servesOwnModel(): boolean {
    return servingGeneration(this.#db)?.model === this.#model;
  }

  /** Puts committed vectors in the graph, or lets its thread do so, unless they are so few that the end is early enough. */
  async catchUpGraph(): Promise<void> {
    await this.#graph.catchUp(this.#origin());
  }

  /** Texts embedded in a second, as measured last; null before that. */
  embeddingSpeed(): number | null {
    const select = this.#db.prepare<[], number | null>('SELECT passages_per_second FROM state');
    return select.pluck().get() ?? null;
  }

  noteEmbeddingSpeed(textsPerSecond: number): void {
    this.#db.prepare('UPDATE state SET passages_per_second = ?').run(textsPerSecond);
  }

  /** Makes a generation of the upcoming places, not serving yet. */
  stage(): number {
    return stageGeneration(this.#db, this.#model);
  }

  /** A generation, served or staged, as a reader would see it. Null when it does not exist. */
  async view(generation: number): Promise<LibraryView | null> {
    const row = generationById(this.#db, generation);
    if (row === null) return null;
    const vectors = row.model === this.#model ? new Vectors(this.#db, this.#model) : null;
    if (vectors !== null) vectors.graph = await this.#graph.open(this.#origin());
    return new GenerationView(this.#db, row, vectors);
  }

  /** The swap. The graph file is brought up to date before, so that readers find it ready. */
  async serve(generation: number): Promise<void> {
    await this.#graph.write({ ...this.#origin(), generation });
    serveGeneration(this.#db, generation);
  }

  /** Lets the generation serve that served before; returns it. */
  goBack(): number {
    return goBack(this.#db);
  }

  /** Removes what the last `keep` generations don't need. */
  collectGarbage(keep: number): void {
    collectGarbage(this.#db, keep);
    this.#words.removeGone();
    giveBackSpace(this.#db);
  }

  async close(): Promise<void> {
    await this.#graph.close();
    this.#db.close();
  }

  #origin(): GraphOrigin {
    const { fingerprint, dimensions } = this.#options;
    return {
      identity: identityOf(this.#db),
      model: this.#model,
      fingerprint,
      dimensions,
      lastVector: lastVector(this.#db),
      generation: servingGeneration(this.#db)?.id ?? 0,
    };
  }
}

function modelId(db: Db, { fingerprint, dimensions }: WriterOptions): number {
  db.prepare('INSERT OR IGNORE INTO model (fingerprint, dimensions) VALUES (?, ?)').run(
    fingerprint,
    dimensions,
  );
  return count(db, 'SELECT id FROM model WHERE fingerprint = ?', fingerprint);
}

function count(db: Db, sql: string, ...parameters: Array<string | number>): number {
  return (
    db
      .prepare<Array<string | number>, number>(sql)
      .pluck()
      .get(...parameters) ?? 0
  );
}

function summaryOf(row: ReturnType<typeof servingGeneration>): GenerationSummary | null {
  if (row === null) return null;
  const { id, articles, passages, fingerprint } = row;
  return { generation: id, articles, passages, fingerprint };
}
