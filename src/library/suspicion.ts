import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { explain, isDamage } from './faults.ts';

/**
 * Reads from a library. Damage that shows is told as a sentence, and noted beside the file: a page that
 * only readers come to is then looked at by the next writer too, which else would never see it.
 */
export function reading<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isDamage(error)) note(file);
    throw explain(error, file);
  }
}

/** Whether a reader came upon damage since the library was last looked through. */
export function isSuspect(file: string): boolean {
  return existsSync(noteOf(file));
}

/** The library was looked through, or replaced. */
export function clearSuspicion(file: string): void {
  rmSync(noteOf(file), { force: true });
}

function note(file: string): void {
  try {
    writeFileSync(noteOf(file), '');
  } catch {
    // Where nothing can be written nothing can be repaired either.
  }
}

function noteOf(file: string): string {
  return `${file}.suspect`;
}
