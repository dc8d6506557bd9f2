import type { Postings } from './blocks.ts';
import { LONGEST_POSTING, putPosting } from './postings.ts';

/** Bytes of a term's first piece; each further one is twice as long, up to so many. */
const FIRST_PIECE = 8;
const LONGEST_PIECE = 4096;
/** Behind each piece stands where the next one begins. */
const LINK_BYTES = 4;

/**
 * The postings of many terms while they are collected, in pieces of one array: half a million arrays
 * would take several times the memory and the time.
 */
export class PostingLists {
  #bytes = Buffer.alloc(1 << 16);
  #used = 0;
  /** By term: where its first piece begins, its last piece ends, how long that is, and where to write next. */
  #starts = new Uint32Array(0);
  #ends = new Uint32Array(0);
  #lengths = new Uint16Array(0);
  #next = new Uint32Array(0);
  /** By term: how many passages, and the last of them. */
  #counts = new Uint32Array(0);
  #passages = new Float64Array(0);
  readonly #posting = new Uint8Array(LONGEST_POSTING);

  /** @param term - its number; its passages come in ascending order */
  add(term: number, passage: number, body: number, head: number): void {
    if (term >= this.#counts.length) this.#makeRoomFor(term);
    if (this.#counts[term] === 0) this.#starts[term] = this.#addPiece(term, FIRST_PIECE);
    const distance = passage - (this.#passages[term] ?? 0);
    const length = putPosting(this.#posting, 0, distance, body, head);
    for (let i = 0; i < length; i++) this.#push(term, this.#posting[i] ?? 0);
    this.#passages[term] = passage;
    this.#counts[term] = (this.#counts[term] ?? 0) + 1;
  }

  postingsOf(term: number): Postings {
    const pieces: Buffer[] = [];
    let start = this.#starts[term] ?? 0;
    for (let length = FIRST_PIECE; start + length !== this.#ends[term]; length = longer(length)) {
      pieces.push(this.#bytes.subarray(start, start + length));
      start = this.#bytes.readUInt32LE(start + length);
    }
    pieces.push(this.#bytes.subarray(start, this.#next[term]));
    return { count: this.#counts[term] ?? 0, bytes: Buffer.concat(pieces) };
  }

  #push(term: number, byte: number): void {
    const end = this.#ends[term] ?? 0;
    if (this.#next[term] === end) {
      const start = this.#addPiece(term, longer(this.#lengths[term] ?? 0));
      this.#bytes.writeUInt32LE(start, end);
    }
    const at = this.#next[term] ?? 0;
    this.#bytes[at] = byte;
    this.#next[term] = at + 1;
  }

  /** Gives a term a piece to write to. @returns where it begins */
  #addPiece(term: number, length: number): number {
    const start = this.#used;
    this.#used += length + LINK_BYTES;
    if (this.#used > this.#bytes.length) {
      const grown = Buffer.alloc(2 * this.#bytes.length);
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    this.#lengths[term] = length;
    this.#next[term] = start;
    this.#ends[term] = start + length;
    return start;
  }

  #makeRoomFor(term: number): void {
    const room = 2 * term + 256;
    this.#starts = grown(this.#starts, new Uint32Array(room));
    this.#ends = grown(this.#ends, new Uint32Array(room));
    this.#lengths = grown(this.#lengths, new Uint16Array(room));
    this.#next = grown(this.#next, new Uint32Array(room));
    this.#counts = grown(this.#counts, new Uint32Array(room));
    this.#passages = grown(this.#passages, new Float64Array(room));
  }
}

function longer(piece: number): number {
  return Math.min(2 * piece, LONGEST_PIECE);
}

/** The longer array, with what is in the shorter. */
export function grown<A extends Uint16Array | Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
