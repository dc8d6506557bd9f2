import type { Postings } from './blocks.ts';

/**
 * Where a term occurs, as bytes: for each passage the distance from the one before, times four, plus a
 * code, in groups of seven bits. Most terms occur once in a passage and most of their passages are
 * near each other, so that most entries take one byte.
 */

/** Once in the body, not in the head; twice; only in the head, once; two bytes follow that say how often in each. */
const ONCE = 0;
const TWICE = 1;
export const HEAD_ONLY = 2;
export const COUNTED = 3;
/** Counts above this weigh no more than this. */
const MOST = 255;

/** Bytes of a posting, at most: a number of 55 bits, and two counts. */
export const LONGEST_POSTING = 10;

/**
 * Writes where a term occurs next.
 * @param distance - from the passage before, or from 0
 * @param body, head - how often the term occurs in each; not both 0
 * @returns where what was written ends
 */
export function putPosting(
  target: Uint8Array,
  start: number,
  distance: number,
  body: number,
  head: number,
): number {
  let at = start;
  const code = codeOf(body, head);
  // Multiplied, not shifted: a shift ends at 32 bits.
  let rest = distance * 4 + code;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) target[at++] = (rest & 0x7f) | 0x80;
  target[at++] = rest;
  if (code === COUNTED) {
    target[at++] = Math.min(body, MOST);
    target[at++] = Math.min(head, MOST);
  }
  return at;
}

/** Takes the passages of one term after another, each in ascending order. */
export class PostingWriter {
  #bytes = Buffer.alloc(1024);
  #length = 0;
  #count = 0;
  #last = 0;

  /** @param body, head - how often the term occurs in each; not both 0 */
  add(passage: number, body: number, head: number): void {
    if (this.#length + LONGEST_POSTING > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, this.#bytes]);
    }
    this.#length = putPosting(this.#bytes, this.#length, passage - this.#last, body, head);
    this.#count++;
    this.#last = passage;
  }

  /** What was added since the last time. */
  finish(): Postings {
    const postings = {
      count: this.#count,
      bytes: Buffer.from(this.#bytes.subarray(0, this.#length)),
    };
    this.#length = this.#count = this.#last = 0;
    return postings;
  }
}

function codeOf(body: number, head: number): number {
  if (head === 0 && body === 1) return ONCE;
  if (head === 0 && body === 2) return TWICE;
  return body === 0 && head === 1 ? HEAD_ONLY : COUNTED;
}

/** Calls `visit` for each passage, ascending. */
export function readPostings(
  bytes: Uint8Array,
  visit: (passage: number, body: number, head: number) => void,
): void {
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
    if (code === COUNTED) visit(passage, bytes[at++] ?? 0, bytes[at++] ?? 0);
    else if (code === HEAD_ONLY) visit(passage, 0, 1);
    else visit(passage, code + 1, 0);
  }
}
