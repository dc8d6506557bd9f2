/**
 * A dictionary of lines, each a word, a blank and what is said of the word; looked up where it lies, in
 * UTF-8. As a `Map` 300,000 words would take a quarter of a second to read, and 40 MB.
 */
export class WordList {
  readonly #bytes: Uint8Array;
  /** Open addressing by the words' hashes: 1 + where a line begins; 0 where there is none. */
  readonly #lines: Uint32Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#lines = new Uint32Array(2 ** Math.ceil(Math.log2(bytes.length / SHORTEST_LINE + 2)));
    for (let at = 0; at < bytes.length;) {
      const end = this.#endOf(BLANK, at);
      this.#lines[this.#slotOf(bytes, at, end)] = at + 1;
      at = this.#endOf(LINE_FEED, end) + 1;
    }
  }

  /** What the list says of a word. */
  get(word: string): string | undefined {
    const wanted = encoder.encode(word);
    const line = this.#lines[this.#slotOf(wanted, 0, wanted.length)] ?? 0;
    if (line === 0) return undefined;
    const start = line + wanted.length;
    return decoder.decode(this.#bytes.subarray(start, this.#endOf(LINE_FEED, start)));
  }

  /** Where the mark next stands; the end of the list when it does not. */
  #endOf(mark: number, from: number): number {
    let at = from;
    while (at < this.#bytes.length && this.#bytes[at] !== mark) at++;
    return at;
  }

  /** Where the word `[start, end)` of `text` has its line, or would have it. */
  #slotOf(text: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    // Fowler, Noll and Vo's hash, 1a.
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (text[at] ?? 0), 0x01000193);
    const last = this.#lines.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & last; ; slot = (slot + 1) & last) {
      const line = this.#lines[slot] ?? 0;
      if (line === 0 || this.#hasAt(line - 1, text, start, end)) return slot;
    }
  }

  #hasAt(line: number, text: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      if (this.#bytes[line + at - start] !== text[at]) return false;
    }
    return this.#bytes[line + end - start] === BLANK;
  }
}

const LINE_FEED = 10;
const BLANK = 32;
/** In bytes, on the average: with it at least a third of the slots stay free. */
const SHORTEST_LINE = 6;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
