import { indexedTerm } from './blocks.ts';
import type { Entry } from './blocks.ts';
import { grown, PostingLists } from './posting-lists.ts';
import { Terms } from './terms.ts';

/** A passage's terms, one an occurrence. */
export interface PassageWords {
  readonly id: number;
  readonly body: readonly string[];
  readonly head: readonly string[];
}

/** A segment while it is collected in memory. */
export class Draft {
  /** The id that its stretch begins with. */
  readonly first: number;
  size = 0;
  last: number;
  readonly #terms = new Terms();
  readonly #lists = new PostingLists();
  readonly #lengths: number[] = [];
  /** By term: how often it occurs in the passage at hand. */
  #inBody = new Uint32Array(1024);
  #inHead = new Uint32Array(1024);

  constructor(first: number) {
    this.first = first;
    this.last = first - 1;
  }

  add({ id, body, head }: PassageWords): void {
    const occurring: number[] = [];
    for (const term of body) {
      const number = this.#numberOf(term, occurring);
      this.#inBody[number] = (this.#inBody[number] ?? 0) + 1;
    }
    for (const term of head) {
      const number = this.#numberOf(term, occurring);
      this.#inHead[number] = (this.#inHead[number] ?? 0) + 1;
    }
    for (const number of occurring) {
      this.#lists.add(number, id, this.#inBody[number] ?? 0, this.#inHead[number] ?? 0);
      this.#inBody[number] = 0;
      this.#inHead[number] = 0;
    }
    this.#lengths[id - this.first] = body.length + head.length;
    this.last = id;
    this.size++;
  }

  get stretch(): { first: number; last: number; passages: number } {
    return { first: this.first, last: this.last, passages: this.size };
  }

  /** How many terms each passage of the stretch has; 0 for ids that are not there. */
  lengths(): Uint16Array {
    return Uint16Array.from({ length: this.last - this.first + 1 }, (_, i) =>
      Math.min(this.#lengths[i] ?? 0, 0xffff),
    );
  }

  /** Sorted. */
  *entries(): Generator<Entry> {
    for (const [term, number] of this.#terms.sorted()) yield [term, this.#lists.postingsOf(number)];
  }

  /** @param occurring - gets the number if the passage did not have the term before */
  #numberOf(term: string, occurring: number[]): number {
    const number = this.#terms.numberOf(indexedTerm(term));
    if (number >= this.#inBody.length) {
      this.#inBody = grown(this.#inBody, new Uint32Array(2 * number));
      this.#inHead = grown(this.#inHead, new Uint32Array(2 * number));
    }
    if (this.#inBody[number] === 0 && this.#inHead[number] === 0) occurring.push(number);
    return number;
  }
}
