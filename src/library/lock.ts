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

/**
 * Takes the right to change the library of a data folder; `release` gives it back. The lock is a write
 * transaction on a small database of its own, so the operating system releases it when its holder
 * dies, however it dies, and no leftover file or reused process id can keep anyone out.
 * @param purpose - told to the next one who comes: "indexing"
 * @throws YuanwenError `library-locked`, naming the holder
 */
export function holdLock(dataDir: string, purpose: string): { release: () => void } {
  const file = join(dataDir, 'index.lock');
  return explained(file, () => {
    mkdirSync(dataDir, { recursive: true });
    const db = new Database(file, { timeout: 0 });
    try {
      db.exec(
        'CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT, purpose TEXT)',
      );
      db.transaction(() => {
        db.exec('DELETE FROM holder');
        db.prepare('INSERT INTO holder VALUES (:pid, :host, :since, :purpose)').run({
          pid: process.pid,
          host: hostname(),
          since: new Date().toISOString(),
          purpose,
        } satisfies Holder);
      }).immediate();
      db.exec('BEGIN IMMEDIATE');
      return { release: () => db.close() };
    } catch (error) {
      const isHeld = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      const holder = isHeld ? holderOf(db) : null;
      db.close();
      if (!isHeld) throw error;
      throw new YuanwenError('library-locked', `${sentenceAbout(holder)} Wait until it is done.`);
    }
  });
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
