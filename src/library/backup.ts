import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { YuanwenError } from '../errors.ts';
import { libraryFile, openForReading, openForWriting } from './database.ts';
import type { Db } from './database.ts';
import { explain, isDamage } from './faults.ts';
import { holdLock } from './lock.ts';
import { isDamaged, setAside } from './repair.ts';
import { servingGeneration } from './state.ts';

/** What a backup holds. */
export interface BackupSummary {
  readonly generation: number;
  readonly articles: number;
  readonly bytes: number;
}

/**
 * Copies the library into one file, as it is at this moment, while others read and write it. The file
 * appears when it is complete.
 */
export async function backUp(dataDir: string, file: string): Promise<BackupSummary> {
  const source = libraryFile(dataDir);
  if (resolve(file) === resolve(source)) {
    throw new YuanwenError(
      'backup-onto-library',
      `${file} is the library itself. Name another file.`,
    );
  }
  if ((await stat(file).catch(() => null))?.isDirectory() === true) {
    throw new YuanwenError('backup-onto-folder', `${file} is a folder. Name a file to be written.`);
  }
  const db = openForReading(source);
  if (db === null) {
    throw new YuanwenError(
      'no-library',
      `There is no library in ${dataDir} yet. Run "npm run index" first.`,
    );
  }
  const partial = `${file}.partial`;
  try {
    await removeDatabase(partial);
    // One snapshot from the first page to the last; else every commit of an indexer would start it anew.
    db.exec('BEGIN');
    const serving = servingGeneration(db);
    await db.backup(partial);
    makeSelfContained(partial);
    await rename(partial, file);
    return {
      generation: serving?.id ?? 0,
      articles: serving?.articles ?? 0,
      bytes: (await stat(file)).size,
    };
  } catch (error) {
    throw explainBackup(error, file);
  } finally {
    db.close();
    await removeDatabase(partial);
  }
}

/**
 * Puts a backup in the library's place, in one step that readers see as a new generation. It is
 * checked first; a file that is damaged or not a library changes nothing.
 */
export async function restore(dataDir: string, file: string): Promise<BackupSummary> {
  const lock = holdLock(dataDir, 'restoring a backup');
  const staged = join(dataDir, 'restoring.db');
  try {
    await removeDatabase(staged);
    await stage(file, staged);
    const source = openForWriting(staged);
    try {
      // What was derived from the replaced library (the HNSW file) must not be taken for this one's.
      source.prepare('UPDATE state SET identity = ?').run(randomUUID());
      await replace(dataDir, source);
      const serving = servingGeneration(source);
      return {
        generation: serving?.id ?? 0,
        articles: serving?.articles ?? 0,
        bytes: (await stat(staged)).size,
      };
    } finally {
      source.close();
    }
  } finally {
    await removeDatabase(staged);
    lock.release();
  }
}

/** Copies the backup beside the library if it is whole. */
async function stage(file: string, staged: string): Promise<void> {
  const info = await stat(file).catch(() => null);
  if (info?.isFile() !== true) {
    throw new YuanwenError('backup-missing', `The backup ${file} is not there. Check its name.`);
  }
  try {
    const db = openForReading(file);
    try {
      if (db?.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw damagedBackup(file);
      await db.backup(staged);
    } finally {
      db?.close();
    }
  } catch (error) {
    throw explainBackup(error, file);
  }
}

/** Also what a run that was killed has left of it. */
async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(file + suffix, { force: true });
}

/** Takes the copy out of WAL mode, so that it is one file that can be read from a read-only medium. */
function makeSelfContained(file: string): void {
  const db = new Database(file);
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** Overwrites the live library in one transaction; one that can't be opened any more is set aside. */
async function replace(dataDir: string, source: Db): Promise<void> {
  const target = libraryFile(dataDir);
  if (isDamaged(dataDir, { wasAbandoned: false })) setAside(dataDir);
  try {
    await source.backup(target);
  } catch (error) {
    throw explain(error, target);
  }
}

function explainBackup(error: unknown, file: string): unknown {
  if (isDamage(error)) return damagedBackup(file, error);
  if (error instanceof TypeError && error.message.includes('directory does not exist')) {
    const sentence = `The folder of ${file} is not there. Create it or name another file.`;
    return new YuanwenError('backup-folder-missing', sentence, { cause: error });
  }
  const told = explain(error, file);
  if (!(told instanceof YuanwenError) || told.code !== 'library-unopenable') return told;
  const sentence = `${file} can't be opened. Check that it and its folder may be read and written.`;
  return new YuanwenError('backup-unopenable', sentence, { cause: error });
}

function damagedBackup(file: string, cause?: unknown): YuanwenError {
  return new YuanwenError(
    'backup-damaged',
    `The backup ${file} is damaged and was not restored. The library is as it was; try another backup.`,
    { cause },
  );
}
