import Database from 'better-sqlite3';
import { YuanwenError } from '../errors.ts';

/** True for errors that say the file itself is broken, not the circumstances. */
export function isDamage(error: unknown): boolean {
  if (error instanceof YuanwenError) return error.code === 'library-damaged';
  return /^(?:SQLITE_CORRUPT|SQLITE_NOTADB|Z_DATA_ERROR|Z_BUF_ERROR)/.test(codeOf(error));
}

/** Runs `action`; what SQLite or the disk throws comes out as a sentence about `file`. */
export function explained<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explain(error, file);
  }
}

/** The error as a person should hear of it; unknown ones come back as they are. */
export function explain(error: unknown, file: string): unknown {
  if (error instanceof YuanwenError) return error;
  const [code, sentence] = sentenceFor(error, file);
  return code === null ? error : new YuanwenError(code, sentence, { cause: error });
}

function sentenceFor(error: unknown, file: string): [code: string | null, sentence: string] {
  const code = codeOf(error);
  if (isDamage(error)) {
    return [
      'library-damaged',
      `The library ${file} is damaged. Run "npm run index": it is set aside and rebuilt from the articles.`,
    ];
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return [
      'disk-full',
      `The disk is full: ${file} can't be written. Free some space and try again.`,
    ];
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code === 'EROFS' ||
    code === 'EACCES' ||
    code === 'EPERM'
  ) {
    return [
      'data-read-only',
      `${file} can't be written: the file or its folder is read-only. Make it writable or choose another with --data.`,
    ];
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return [
      'library-unopenable',
      `The library ${file} can't be opened. Check that its folder exists and may be read and written.`,
    ];
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return ['library-busy', `Another process is writing to ${file}. Try again when it is done.`];
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return ['disk-failed', `Reading or writing ${file} failed. Check the disk and its free space.`];
  }
  return [null, ''];
}

/** What tells a fault of SQLite, of the disk or of deflated bytes; empty for other errors. */
export function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return '';
}
