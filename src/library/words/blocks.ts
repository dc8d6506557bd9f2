/**
 * Terms with their postings, sorted and packed: of each term, how many UTF-16 units it shares with the
 * one before, how many follow and those, then the length of its postings and those. A block is found by
 * its first term.
 */

/** Bytes after which a block is closed: it, and what SQLite keeps about its row, fill a page of 8 KiB. */
const BLOCK_BYTES = 8_000;
/** Longer terms are cut, when written and when asked for; counts of units must fit a byte. */
const LONGEST_TERM = 64;

export type Entry = readonly [term: string, postings: Uint8Array];

/** A term as the index knows it. */
export function indexedTerm(term: string): string {
  return term.slice(0, LONGEST_TERM);
}

/** Bytes that sort as JavaScript sorts the terms. */
export function keyOf(term: string): Buffer {
  return Buffer.from(term, 'utf16le').swap16();
}

/** Packs entries, which come sorted, into blocks. */
export function* packBlocks(entries: Iterable<Entry>): Generator<{ first: string; bytes: Buffer }> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let first = '';
  let previous = '';
  for (const [term, postings] of entries) {
    const isFirst = parts.length === 0;
    if (isFirst) first = term;
    const head = headOf(isFirst ? '' : previous, term, postings.length);
    if (!isFirst && size + head.length + postings.length > BLOCK_BYTES) {
      yield { first, bytes: Buffer.concat(parts) };
      first = term;
      const whole = headOf('', term, postings.length);
      parts = [whole, postings];
      size = whole.length + postings.length;
    } else {
      parts.push(head, postings);
      size += head.length + postings.length;
    }
    previous = term;
  }
  if (parts.length > 0) yield { first, bytes: Buffer.concat(parts) };
}

function headOf(previous: string, term: string, length: number): Buffer {
  let shared = 0;
  while (shared < term.length && term[shared] === previous[shared]) shared++;
  const rest = Buffer.from(term.slice(shared), 'utf16le');
  const bytes = [shared, term.length - shared, ...rest];
  for (; length > 0x7f; length >>>= 7) bytes.push((length & 0x7f) | 0x80);
  return Buffer.from([...bytes, length]);
}

/** All entries of a block. */
export function* unpackBlock(bytes: Buffer): Generator<Entry> {
  let term = '';
  for (let at = 0; at < bytes.length;) {
    const units = at + 2;
    const end = units + 2 * (bytes[at + 1] ?? 0);
    term = term.slice(0, bytes[at]) + bytes.toString('utf16le', units, end);
    const [start, length] = lengthAt(bytes, end);
    yield [term, bytes.subarray(start, start + length)];
    at = start + length;
  }
}

/** The postings of one term; null when the block does not have it. */
export function findInBlock(bytes: Buffer | undefined, term: string): Uint8Array | null {
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
      if (isAtEnd && unit === units) {
        const [start, length] = lengthAt(bytes, end);
        return bytes.subarray(start, start + length);
      }
      if (
        unit < units &&
        (isAtEnd || bytes.readUInt16LE(at + 2 + 2 * unit) > term.charCodeAt(matched))
      ) {
        return null;
      }
    }
    const [start, length] = lengthAt(bytes, end);
    at = start + length;
  }
  return null;
}

/** A number in groups of seven bits; returns where it ends and its value. */
function lengthAt(bytes: Buffer, at: number): [end: number, length: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte <= 0x7f) return [at, value];
  }
}
