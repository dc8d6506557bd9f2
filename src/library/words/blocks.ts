/**
 * Terms with their postings, sorted and packed: of each term, how many UTF-16 units it shares with the
 * one before, how many follow and those, then the number of its passages, the length of its postings and
 * those. A block is found by its first term.
 */

/** Bytes after which a block is closed: it, and what SQLite keeps about its row, fill a page of 8 KiB. */
const BLOCK_BYTES = 8_000;
/** Longer terms are cut, when written and when asked for; counts of units must fit a byte. */
const LONGEST_TERM = 64;
/** Bytes before an entry's postings, at most: two counts of units, the units, two numbers. */
const LONGEST_HEAD = 2 + 2 * LONGEST_TERM + 2 * 5;

/** Where a term occurs, as `postings.ts` writes it, and in how many passages that is. */
export interface Postings {
  readonly count: number;
  readonly bytes: Uint8Array;
}

export type Entry = readonly [term: string, postings: Postings];

/** A term as the index knows it. */
export function indexedTerm(term: string): string {
  return term.slice(0, LONGEST_TERM);
}

/** Bytes that sort as JavaScript sorts the terms. */
export function keyOf(term: string): Buffer {
  return Buffer.from(term, 'utf16le').swap16();
}

/** Terms that lie together in the database. */
export interface Block {
  readonly first: string;
  readonly bytes: Buffer;
}

/** Packs entries, which come sorted, into blocks. */
export function* packBlocks(entries: Iterable<Entry>): Generator<Block> {
  let bytes = Buffer.alloc(2 * BLOCK_BYTES);
  let size = 0;
  let first = '';
  let previous = '';
  for (const entry of entries) {
    const most = size + entry[1].bytes.length + LONGEST_HEAD;
    if (most > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(most)]);
    let end = putEntry(bytes, size, previous, entry);
    if (size > 0 && end > BLOCK_BYTES) {
      yield { first, bytes: Buffer.from(bytes.subarray(0, size)) };
      size = 0;
      end = putEntry(bytes, 0, '', entry);
    }
    if (size === 0) [first] = entry;
    [previous] = entry;
    size = end;
  }
  if (size > 0) yield { first, bytes: Buffer.from(bytes.subarray(0, size)) };
}

/** Writes an entry. @returns where it ends */
function putEntry(
  target: Buffer,
  start: number,
  previous: string,
  [term, { count, bytes }]: Entry,
): number {
  let shared = 0;
  while (shared < term.length && term.charCodeAt(shared) === previous.charCodeAt(shared)) shared++;
  target[start] = shared;
  target[start + 1] = term.length - shared;
  let at = start + 2;
  for (let i = shared; i < term.length; i++) at = target.writeUInt16LE(term.charCodeAt(i), at);
  at = putNumber(target, at, count);
  at = putNumber(target, at, bytes.length);
  target.set(bytes, at);
  return at + bytes.length;
}

/** Writes a number in groups of seven bits, the lowest first. @returns where it ends */
function putNumber(target: Buffer, at: number, value: number): number {
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) target[at++] = (rest & 0x7f) | 0x80;
  target[at++] = rest;
  return at;
}

/** All entries of a block. */
export function* unpackBlock(bytes: Buffer): Generator<Entry> {
  let term = '';
  for (let at = 0; at < bytes.length;) {
    const units = at + 2;
    const end = units + 2 * (bytes[at + 1] ?? 0);
    term = term.slice(0, bytes[at]) + bytes.toString('utf16le', units, end);
    const [postings, next] = postingsAt(bytes, end);
    yield [term, postings];
    at = next;
  }
}

/** The postings of one term; null when the block does not have it. */
export function findInBlock(bytes: Buffer | undefined, term: string): Postings | null {
  if (bytes === undefined) return null;
  // Units that the entry before, which sorts below the term, shares with it.
  let matched = 0;
  for (let at = 0; at < bytes.length;) {
    const shared = bytes[at] ?? 0;
    const units = bytes[at + 1] ?? 0;
    const end = at + 2 + 2 * units;
    // It parts from the entry before where that one still agreed with the term: it sorts above both.
    if (shared < matched) return null;
    if (shared === matched) {
      let unit = 0;
      while (unit < units && bytes.readUInt16LE(at + 2 + 2 * unit) === term.charCodeAt(matched)) {
        unit++;
        matched++;
      }
      const isAtEnd = matched === term.length;
      if (isAtEnd && unit === units) return postingsAt(bytes, end)[0];
      if (
        unit < units &&
        (isAtEnd || bytes.readUInt16LE(at + 2 + 2 * unit) > term.charCodeAt(matched))
      ) {
        return null;
      }
    }
    const [length, start] = numberAt(bytes, numberAt(bytes, end)[1]);
    at = start + length;
  }
  return null;
}

/** The postings that follow a term, and where they end. */
function postingsAt(bytes: Buffer, at: number): [postings: Postings, end: number] {
  const [count, next] = numberAt(bytes, at);
  const [length, start] = numberAt(bytes, next);
  return [{ count, bytes: bytes.subarray(start, start + length) }, start + length];
}

/** What `putNumber` has written, and where it ends. */
function numberAt(bytes: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte <= 0x7f) return [value, at];
  }
}
