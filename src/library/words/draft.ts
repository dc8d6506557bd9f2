import { indexedTerm } from './blocks.ts';
import type { Entry } from './blocks.ts';
import { PostingWriter } from './postings.ts';

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
  readonly #postings = new Map<string, PostingWriter>();
  readonly #lengths: number[] = [];

  constructor(first: number) {
    this.first = first;
    this.last = first - 1;
  }

  add({ id, body, head }: PassageWords): void {
    const inBody = countsOf(body);
    const inHead = countsOf(head);
    for (const [term, count] of inBody)
      this.#postingsOf(term).add(id, count, inHead.get(term) ?? 0);
    for (const [term, count] of inHead) {
      if (!inBody.has(term)) this.#postingsOf(term).add(id, 0, count);
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
    for (const term of [...this.#postings.keys()].sort())
      yield [term, this.#postingsOf(term).finish()];
  }

  #postingsOf(term: string): PostingWriter {
    let postings = this.#postings.get(term);
    if (postings === undefined) this.#postings.set(term, (postings = new PostingWriter()));
    return postings;
  }
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms.map(indexedTerm)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
