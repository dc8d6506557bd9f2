import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { YuanwenError } from '../errors.ts';
import { explained } from './faults.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

export type Db = Database.Database;

/** How long a statement waits for another process's commit, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * Articles are short, and a row that does not fit the rest of a page leaves it empty: with SQLite's
 * usual 4 KiB a third of the file would be air.
 */
const PAGE_SIZE = 8192;

/** Where the library of a data folder lies. */
export function libraryFile(dataDir: string): string {
  return join(dataDir, 'library.db');
}

/** Opens the library for writing; makes it, or brings its schema up to date, where needed. */
export function openForWriting(file: string): Db {
  return explained(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { timeout: BUSY_TIMEOUT });
    return settled(db, () => {
      db.pragma(`page_size = ${PAGE_SIZE}`);
      db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma('journal_mode = WAL');
      // What was derived from a commit (the HNSW file) must not outlive it: a commit survives a power cut.
      db.pragma('synchronous = FULL');
      db.pragma('foreign_keys = ON');
      db.pragma('cache_size = -65536');
      migrate(db, file);
    });
  });
}

/**
 * Opens the library for reading; null when there is none yet. Where SQLite can't make its files beside
 * it, on a read-only or a full disk, a copy of it is opened: see `isSnapshot`.
 */
export function openForReading(file: string): Db | null {
  if (!existsSync(file)) return null;
  return explained(file, () => {
    try {
      return openReader(file);
    } catch (error) {
      if (!isForWantOfFiles(error)) throw error;
      return openSnapshot(file);
    }
  });
}

/** The same for who reads texts and words, which takes the newest schema: an older library gets it first. */
export function openUpToDate(file: string): Db | null {
  const db = openForReading(file);
  if (db === null || pragma(db, 'user_version') === MIGRATIONS.length) return db;
  db.close();
  openForWriting(file).close();
  return openForReading(file);
}

/** Whether a connection for reading does not notice when the library changes, and must be opened again. */
export function isSnapshot(db: Db, file: string): boolean {
  return db.name !== file;
}

function isForWantOfFiles(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return /^SQLITE_(?:CANTOPEN|READONLY|IOERR_SHM)/.test(error.code);
}

/** A copy in a temporary folder, with the commits that are only in the log yet. */
function openSnapshot(file: string): Db | null {
  const folder = mkdtempSync(join(tmpdir(), 'yuanwen-snapshot-'));
  try {
    const copy = join(folder, 'library.db');
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    return openReader(copy);
  } finally {
    // What is open stays readable.
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null for a file in which nothing was written yet: whoever made it was stopped before the first commit. */
function openReader(name: string): Db | null {
  const db = new Database(name, { readonly: true, timeout: BUSY_TIMEOUT });
  const opened = settled(db, () => {
    db.pragma('cache_size = -65536');
    if (!isEmpty(db)) checkIdentity(db, name);
  });
  if (!isEmpty(opened)) return opened;
  opened.close();
  return null;
}

function isEmpty(db: Db): boolean {
  return pragma(db, 'user_version') === 0 && pragma(db, 'schema_version') === 0;
}

/** Hands out the connection if `prepare` succeeds, else closes it. */
function settled(db: Db, prepare: () => void): Db {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Throws unless the file is a library of ours in a version that this code knows. */
function checkIdentity(db: Db, file: string): void {
  const version = pragma(db, 'user_version');
  if (pragma(db, 'application_id') !== APPLICATION_ID || version === 0) {
    throw new YuanwenError(
      'not-a-library',
      `${file} is not a Yuanwen library. Choose another file or folder.`,
    );
  }
  if (version > MIGRATIONS.length) {
    throw new YuanwenError(
      'library-too-new',
      `${file} was written by a newer Yuanwen (schema ${version}, this one knows ${MIGRATIONS.length}). Update Yuanwen.`,
    );
  }
}

function migrate(db: Db, file: string): void {
  if (!isEmpty(db)) checkIdentity(db, file);
  if (pragma(db, 'user_version') === MIGRATIONS.length) return;
  db.function('deflated', (bytes) => (bytes instanceof Uint8Array ? deflateSync(bytes) : null));
  db.transaction(() => {
    // Another process may have been first.
    for (let version = pragma(db, 'user_version'); version < MIGRATIONS.length; version++) {
      db.exec(MIGRATIONS[version] ?? '');
      if (version === 0) {
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.prepare('INSERT INTO state (one, identity) VALUES (1, ?)').run(randomUUID());
      }
      db.pragma(`user_version = ${version + 1}`);
    }
  }).exclusive();
}

/** A larger share of empty pages is given back to the disk; the others wait for what is written next. */
const MOST_EMPTY = 0.01;

/** Shortens the file by what was removed from it. */
export function giveBackSpace(db: Db): void {
  const empty = pragma(db, 'freelist_count');
  if (empty > pragma(db, 'page_count') * MOST_EMPTY) db.pragma('incremental_vacuum');
}

/** A pragma that is one number. */
export function pragma(db: Db, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}
