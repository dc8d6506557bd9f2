import { statSync } from 'node:fs';
import type { Library, LibraryView } from '../ports.ts';
import { isSnapshot, libraryFile, openUpToDate, pragma } from './database.ts';
import type { Db } from './database.ts';
import { reading } from './suspicion.ts';
import { readGraph } from './graph-file.ts';
import type { GraphOrigin } from './graph-file.ts';
import { Graph } from './graph.ts';
import { identityOf, lastVector, servingGeneration } from './state.ts';
import { Vectors } from './vectors.ts';
import { GenerationView } from './view.ts';
import type { GenerationRow } from './view.ts';

export interface LibraryOptions {
  /** Folder of `library.db` and `index/`. */
  readonly dataDir: string;
  /** Of the model that questions are embedded with. A generation made with another is searched by words alone. */
  readonly fingerprint: string;
}

/** The library as readers hold it. Never writes; works in a read-only folder. */
export interface OpenLibrary extends Library {
  /** Resolves when the serving generation, also one made a moment ago, is the one `view` hands out. */
  refresh(): Promise<void>;
  close(): void;
}

/** Opens the library of a data folder, which may not have one yet: `view` then gives null until it has. */
export async function openLibrary(options: LibraryOptions): Promise<OpenLibrary> {
  const library = new ServingLibrary(options);
  await library.refresh();
  return library;
}

/**
 * With more vectors than this to add to the graph, a new generation waits until they are in it: up to
 * here, looking through them one by one costs a question less than a millisecond.
 */
const FEW_VECTORS = 2_000;

/** A connection, and what it takes to notice that the library has changed. */
interface Connection {
  readonly db: Db;
  /** Of the file that was opened: a rebuilt library is another file of the same name. */
  readonly inode: number;
  /** When the file had changed last, if that is the only way to notice the next change; else null. */
  readonly changed: number | null;
  /** SQLite's `data_version` when the library was last looked at. */
  version: number | null;
}

/** What is handed out. */
interface Serving {
  readonly db: Db;
  readonly identity: string;
  readonly vectors: Vectors | null;
  readonly view: GenerationView;
}

class ServingLibrary implements OpenLibrary {
  readonly #options: LibraryOptions;
  readonly #file: string;
  #connection: Connection | null = null;
  #serving: Serving | null = null;
  /** Runs while the graph is loaded or brought up to date. */
  #preparing: Promise<void> | null = null;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#file = libraryFile(options.dataDir);
  }

  view(): LibraryView | null {
    return reading(this.#file, () => {
      const connection = this.#connect();
      if (connection !== null) this.#notice(connection);
      return this.#serving?.view ?? null;
    });
  }

  async refresh(): Promise<void> {
    this.view();
    while (this.#preparing !== null) {
      await this.#preparing;
      this.view();
    }
  }

  close(): void {
    this.#connection?.db.close();
    this.#connection = null;
    this.#serving = null;
  }

  /** The connection to the file that has the library's name now. */
  #connect(): Connection | null {
    const present = statSync(this.#file, { throwIfNoEntry: false });
    const opened = this.#connection;
    if (present === undefined) return opened;
    const isSame =
      opened?.inode === present.ino && (opened.changed ?? present.mtimeMs) === present.mtimeMs;
    if (isSame) return opened;
    const db = openUpToDate(this.#file);
    if (db !== null) {
      const changed = isSnapshot(db, this.#file) ? present.mtimeMs : null;
      this.#connection = { db, inode: present.ino, changed, version: null };
    }
    return this.#connection;
  }

  /** Puts the serving generation in place, if it is another than before. */
  #notice(connection: Connection): void {
    const { db } = connection;
    const version = pragma(db, 'data_version');
    if (version === connection.version) return;
    connection.version = version;
    const row = servingGeneration(db);
    if (row === null) return;
    const identity = identityOf(db);
    const isSameLibrary = this.#serving?.db === db && this.#serving.identity === identity;
    if (isSameLibrary && this.#serving?.view.generation === row.id) return;

    const vectors = this.#vectorsFor(row, db, isSameLibrary);
    const waiting = vectors?.waiting(FEW_VECTORS + 1) ?? 0;
    if (vectors !== null && waiting > 0) this.#prepare(vectors, db, identity, row);
    if (isSameLibrary && waiting > FEW_VECTORS) connection.version = null;
    else this.#serving = { db, identity, vectors, view: new GenerationView(db, row, vectors) };
  }

  #vectorsFor(row: GenerationRow, db: Db, isSameLibrary: boolean): Vectors | null {
    if (row.fingerprint !== this.#options.fingerprint) return null;
    const known = this.#serving?.vectors;
    return isSameLibrary && known?.model === row.model ? known : new Vectors(db, row.model);
  }

  /** Loads the graph or brings it up to date; searching goes on meanwhile. */
  #prepare(vectors: Vectors, db: Db, identity: string, row: GenerationRow): void {
    const { id: generation, model, fingerprint, dimensions } = row;
    const origin = {
      identity,
      model,
      fingerprint,
      dimensions,
      generation,
      lastVector: lastVector(db),
    };
    this.#preparing ??= prepareGraph(vectors, db, this.#options.dataDir, origin)
      // The graph is only the faster way: without it the vectors are looked through one by one.
      .catch(() => undefined)
      .finally(() => {
        this.#preparing = null;
      });
  }
}

async function prepareGraph(
  vectors: Vectors,
  db: Db,
  dataDir: string,
  origin: GraphOrigin,
): Promise<void> {
  if (vectors.waiting(FEW_VECTORS + 1) > FEW_VECTORS || vectors.graph === null) {
    const stored = await readGraph(dataDir, db, origin);
    if (stored !== null && stored.through > (vectors.graph?.through ?? 0)) vectors.graph = stored;
    vectors.graph ??= new Graph(origin.dimensions);
  }
  await vectors.graph.catchUp(db, vectors.model);
}
