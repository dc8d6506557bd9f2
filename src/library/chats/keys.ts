import { createHash } from 'node:crypto';

/** Characters of a key: 72 bits, so that content never collides and a button's 64 bytes hold several. */
const KEY_LENGTH = 12;

/** A short address of a content: the same content always has the same key. Letters, digits, `-` and `_`. */
export function keyOf(...content: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(content));
  return hash.digest('base64url').slice(0, KEY_LENGTH);
}
