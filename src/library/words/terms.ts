const FIRST_CAPACITY = 1024;
/** No term is the empty string. */
const FREE = 0;

/**
 * Numbers for terms, in the order in which they come. Nearly all terms of Chinese text are one or two
 * code units long: those are kept as numbers in a hash table, which is several times faster than a
 * `Map` of strings with half a million of them.
 */
export class Terms {
  size = 0;
  /** The code units of short terms, by place in the table; in `#numbers` their numbers. */
  #keys = new Uint32Array(2 * FIRST_CAPACITY);
  #numbers = new Uint32Array(2 * FIRST_CAPACITY);
  #shortTerms = 0;
  readonly #long = new Map<string, number>();

  /** The term's number; a new one if it was not seen before. */
  numberOf(term: string): number {
    if (term.length <= 2) return this.#numberOfShort(keyOf(term));
    let number = this.#long.get(term);
    if (number === undefined) this.#long.set(term, (number = this.size++));
    return number;
  }

  /** Terms with their numbers, sorted. */
  *sorted(): Generator<readonly [term: string, number: number]> {
    const long = [...this.#long].sort(([a], [b]) => (a < b ? -1 : 1));
    let next = 0;
    for (const key of this.#keys.filter((key) => key !== FREE).sort()) {
      const term = termOf(key);
      for (let entry = long[next]; entry !== undefined && entry[0] < term; entry = long[++next]) {
        yield entry;
      }
      yield [term, this.#numbers[this.#placeOf(key)] ?? 0];
    }
    yield* long.slice(next);
  }

  #numberOfShort(key: number): number {
    const place = this.#placeOf(key);
    if (this.#keys[place] !== FREE) return this.#numbers[place] ?? 0;
    this.#keys[place] = key;
    this.#numbers[place] = this.size;
    this.#shortTerms++;
    if (this.#shortTerms * 2 > this.#keys.length) this.#grow();
    return this.size++;
  }

  /** Where a key is in the table, or would be put. */
  #placeOf(key: number): number {
    const mask = this.#keys.length - 1;
    let place = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
    while (this.#keys[place] !== FREE && this.#keys[place] !== key) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers];
    this.#keys = new Uint32Array(2 * keys.length);
    this.#numbers = new Uint32Array(2 * keys.length);
    keys.forEach((key, i) => {
      if (key === FREE) return;
      const place = this.#placeOf(key);
      this.#keys[place] = key;
      this.#numbers[place] = numbers[i] ?? 0;
    });
  }
}

/** Numbers that sort as the terms do: no term has a code unit 0. */
function keyOf(term: string): number {
  return term.charCodeAt(0) * 0x10000 + (term.length === 2 ? term.charCodeAt(1) : 0);
}

function termOf(key: number): string {
  const second = key & 0xffff;
  const first = String.fromCharCode(key >>> 16);
  return second === 0 ? first : first + String.fromCharCode(second);
}
