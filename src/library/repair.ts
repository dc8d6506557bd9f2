import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { libraryFile, openForReading, openForWriting } from './database.ts';
import type { Db } from './database.ts';
import { explained, isDamage } from './faults.ts';
import { forgetGraph } from './graph-file.ts';
import { clearSuspicion, isSuspect } from './suspicion.ts';
import { isWhole } from './vector-codec.ts';

/**
 * True when the library can't be opened or read in order. Every page is looked at only on suspicion: when
 * its last writer was killed, or a reader came upon damage.
 */
export function isDamaged(dataDir: string, { wasAbandoned }: { wasAbandoned: boolean }): boolean {
  const file = libraryFile(dataDir);
  try {
    const db = openForReading(file);
    if (db === null) return false;
    try {
      if (!wasAbandoned && !isSuspect(file)) return false;
      const isBroken = db.pragma('quick_check(1)', { simple: true }) !== 'ok';
      if (!isBroken) clearSuspicion(file);
      return isBroken;
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

/**
 * Moves a damaged library out of the way; the next indexing makes a new one from the articles.
 * @returns where it lies now
 */
export function setAside(dataDir: string): string {
  const file = libraryFile(dataDir);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  const aside = join(dataDir, `library.damaged-${time}.db`);
  return explained(file, () => {
    forgetGraph(dataDir);
    // The log first: a crash in between leaves the library without it, never a new one with an old log.
    for (const suffix of ['-shm', '-wal', '']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
    clearSuspicion(file);
    return aside;
  });
}

/**
 * Takes over what is dear and can be checked: the vectors, so that an unchanged text is not embedded
 * again. Reads around pages that are broken.
 * @returns how many were saved
 */
export function salvageVectors(dataDir: string, aside: string): number {
  let damaged: Db;
  try {
    damaged = new Database(aside, { readonly: true });
  } catch {
    return 0;
  }
  const db = openForWriting(libraryFile(dataDir));
  try {
    return db.transaction(() => copyVectors(damaged, db)).immediate();
  } finally {
    db.close();
    damaged.close();
  }
}

interface SavedVector {
  readonly hash: Buffer;
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly value: Buffer;
}

/** Ids read at a time; where a page among them is broken, they are read one by one. */
const STRETCH = 256;

function copyVectors(from: Db, to: Db): number {
  const insert = {
    input: to.prepare('INSERT OR IGNORE INTO input (hash) VALUES (?)'),
    model: to.prepare('INSERT OR IGNORE INTO model (fingerprint, dimensions) VALUES (?, ?)'),
    vector: to.prepare(
      `INSERT OR IGNORE INTO vector (input, model, value)
      SELECT input.id, model.id, ? FROM input, model WHERE hash = ? AND fingerprint = ?`,
    ),
  };
  let saved = 0;
  for (const { hash, fingerprint, dimensions, value } of readableVectors(from)) {
    if (hash.length !== 16 || !isWhole(value, dimensions)) continue;
    insert.input.run(hash);
    insert.model.run(fingerprint, dimensions);
    saved += insert.vector.run(value, hash, fingerprint).changes;
  }
  return saved;
}

function* readableVectors(db: Db): Generator<SavedVector> {
  const last =
    attempt(() => db.prepare<[], number>('SELECT max(id) FROM vector').pluck().get()) ?? 0;
  const between = (from: number, to: number): SavedVector[] | null =>
    attempt(() => db.prepare<[number, number], SavedVector>(SELECT_VECTORS).all(from, to));
  for (let id = 1; id <= last; id += STRETCH) {
    const stretch = between(id, id + STRETCH);
    if (stretch !== null) yield* stretch;
    else for (let one = id; one < id + STRETCH; one++) yield* between(one, one + 1) ?? [];
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

const SELECT_VECTORS = `SELECT hash, fingerprint, dimensions, value FROM vector
  CROSS JOIN input ON input.id = vector.input CROSS JOIN model ON model.id = vector.model
  WHERE vector.id >= ? AND vector.id < ?`;
