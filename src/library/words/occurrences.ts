import { COUNTED, HEAD_ONLY } from './postings.ts';

/** Where a term occurs; the three arrays go together. */
export interface Occurrences {
  /** Passage ids, ascending. */
  readonly passages: Uint32Array;
  /** How often in each. */
  readonly body: Uint8Array;
  readonly head: Uint8Array;
}

/**
 * Unpacks the postings of a term as far as its passages are alive. The loop of `readPostings` written
 * out: a call for each of a common word's 100,000 occurrences would take longer than all the rest.
 * @param isAlive - one byte a passage id
 */
export function livingOccurrences(parts: readonly Uint8Array[], isAlive: Uint8Array): Occurrences {
  const most = parts.reduce((sum, { length }) => sum + length, 0);
  const passages = new Uint32Array(most);
  const bodies = new Uint8Array(most);
  const heads = new Uint8Array(most);
  let size = 0;
  for (const bytes of parts) {
    let passage = 0;
    for (let at = 0; at < bytes.length;) {
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      for (let factor = 0x80; byte > 0x7f; factor *= 0x80) {
        byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * factor;
      }
      const code = value & 3;
      passage += (value - code) / 4;
      let body = code + 1;
      let head = 0;
      if (code === COUNTED) {
        body = bytes[at++] ?? 0;
        head = bytes[at++] ?? 0;
      } else if (code === HEAD_ONLY) {
        body = 0;
        head = 1;
      }
      if (isAlive[passage] !== 1) continue;
      passages[size] = passage;
      bodies[size] = body;
      heads[size] = head;
      size++;
    }
  }
  return {
    passages: passages.slice(0, size),
    body: bodies.slice(0, size),
    head: heads.slice(0, size),
  };
}
