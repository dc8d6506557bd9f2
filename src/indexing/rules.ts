import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Whose code decides what is read out of a file's bytes and how it is found again. */
const ROOMS = ['../articles/', '../text/'].map((room) => new URL(room, import.meta.url));

/**
 * Names the way files are read: what was read in another way is read again. Taken from the code
 * itself, so that no one has to remember to raise a version.
 * @param maxInputLength - longest passage the model can take, in UTF-16 units
 */
export function readingRules(maxInputLength: number): string {
  const hash = createHash('sha256').update(String(maxInputLength));
  for (const room of ROOMS) {
    const names = readdirSync(room).filter((name) => name.endsWith('.ts'));
    for (const name of names.sort()) hash.update(name).update(readFileSync(new URL(name, room)));
  }
  return hash.digest('hex').slice(0, 12);
}
