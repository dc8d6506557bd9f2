import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { YuanwenError } from '../errors.ts';
import { explained } from './faults.ts';

/** Who holds the lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  readonly purpose: string;
}

export interface Lock {
  /** The last holder did not release it: it was killed, or the power went. */
  readonly wasAbandoned: boolean;
  release(): void;
}

/**
 * Takes the right to change the library of a data folder; `release` gives it back. The lock is a write
 * transaction on a small database of its own, so the operating system releases it when its holder
 * dies, however it dies, and no leftover file or reused process id can keep anyone out.
 * @param purpose - told to the next one who comes: "indexing"
 * @throws YuanwenError `library-locked`, naming the holder
 */
export function holdLock(dataDir: string, purpose: string): Lock {
  const file = join(dataDir, 'index.lock');
  return explained(file, () => {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(file, { timeout: 0 });
    try {
      db.exec(
        'CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT, purpose TEXT)',
      );
      const wasAbandoned = db
        .transaction(() => {
          const { changes } = db.prepare('DELETE FROM holder').run();
          db.prepare('INSERT INTO holder VALUES (:pid, :host, :since, :purpose)').run({
            pid: process.pid,
            host: hostname(),
            since: new Date().toISOString(),
            purpose,
          } satisfies Holder);
          return changes > 0;
        })
        .immediate();
      db.exec('BEGIN IMMEDIATE');
      return { wasAbandoned, release: () => release(db) };
    } catch (error) {
      const isHeld = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      const holder = isHeld ? holderOf(db) : null;
      db.close();
      if (!isHeld) throw error;
      throw new YuanwenError('library-locked', `${sentenceAbout(holder)} Wait until it is done.`);
    }
  });
}

function release(db: Database.Database): void {
  try {
    db.exec('DELETE FROM holder; COMMIT');
  } catch {
    // On a full disk the name stays; the next holder then takes a look at the library, that is all.
  } finally {
    db.close();
  }
}

function holderOf(db: Database.Database): Holder | null {
  try {
    return db.prepare<[], Holder>('SELECT * FROM holder').get() ?? null;
  } catch {
    // It is being written this very moment.
    return null;
  }
}

function sentenceAbout(holder: Holder | null): string {
  if (holder === null) return 'Another process is changing the library.';
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  const time = holder.since.slice(11, 16);
  return `Process ${holder.pid}${where} is ${holder.purpose} since ${time} UTC.`;
}
