import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of something that lies beside the repository (`../shared/…`): data to measure with, never shipped. */
export function sharedPath(name: string): string {
  return fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));
}

/**
 * For `describe.skipIf(missing('seeds'))('…', …)`: true, with a line that names what is missing, when
 * the data is not there, so that a skipped test is never mistaken for a passed one.
 */
export function missing(...names: string[]): boolean {
  const absent = names.filter((name) => !existsSync(sharedPath(name)));
  for (const name of absent) console.warn(`skipped: ../shared/${name} is not there`);
  return absent.length > 0;
}
