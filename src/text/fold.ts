import { foldTable, foldedString, JOINS, SEVERAL, SPACE } from './fold-table.ts';
import { isIdeographic } from './scripts.ts';

export interface FoldedText {
  readonly text: string;
  /**
   * `offsets[i]` is where in the source the folded code unit `i` comes from; one entry more than
   * `text` has units, the last being the source's length. Ascending.
   */
  readonly offsets: number[];
}

const LINE_FEED = 10;
const HYPHEN = 45;
const BLANK = 32;

/**
 * The form in which questions and articles are compared: width, case, diacritics, Traditional and
 * Simplified characters and variants of punctuation no longer differ; white space is one blank, and
 * none where a line was broken beside a Chinese character or inside a hyphenated word. Idempotent.
 */
export function fold(text: string): string {
  return folded(text, null).text();
}

/** `fold`, with the way back into the source. */
export function foldWithOffsets(text: string): FoldedText {
  const offsets: number[] = [];
  const units = folded(text, offsets);
  offsets.push(text.length);
  return { text: units.text(), offsets };
}

/** @param offsets - gets the offset of each folded unit; null when nobody wants to know */
function folded(text: string, offsets: number[] | null): Folded {
  const units = new Folded(text.length, offsets);
  for (let at = 0; at < text.length;) at = foldOne(text, at, units);
  return units;
}

/** Folds what stands at `at` and returns where the rest begins. */
function foldOne(text: string, at: number, out: Folded): number {
  const unit = text.charCodeAt(at);
  const folded = foldTable[unit] ?? unit;
  if (folded === SPACE) return foldSpace(text, at, out);
  if (folded === JOINS) return joinToLast(text, at, out);
  const isPair = unit >= 0xd800 && unit <= 0xdbff;
  if (folded !== SEVERAL && !isPair) {
    out.push(folded, at);
    return at + 1;
  }
  const codePoint = text.codePointAt(at) ?? unit;
  for (const part of unitsOf(foldedString(codePoint))) out.push(part, at);
  return at + (codePoint > 0xffff ? 2 : 1);
}

function* unitsOf(text: string): Generator<number> {
  for (let i = 0; i < text.length; i++) yield text.charCodeAt(i);
}

function foldSpace(text: string, at: number, out: Folded): number {
  let end = at;
  let lineBreaks = 0;
  while (end < text.length && foldTable[text.charCodeAt(end)] === SPACE) {
    if (text.charCodeAt(end) === LINE_FEED) lineBreaks++;
    end++;
  }
  const before = out.last();
  const after = foldTable[text.charCodeAt(end)] ?? BLANK;
  if (lineBreaks === 1 && end < text.length) {
    if (isIdeographic(before) || isIdeographic(after)) return end;
    if (before === HYPHEN && isSmallLetter(out.last(2)) && isSmallLetter(after)) {
      out.pop();
      return end;
    }
  }
  if (before !== BLANK) out.push(BLANK, at);
  return end;
}

function isSmallLetter(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

function joinToLast(text: string, at: number, out: Folded): number {
  const mark = text.charAt(at).normalize('NFKC');
  const joined = (String.fromCharCode(out.last()) + mark).normalize('NFC');
  const isDiacritic = mark >= '\u0300' && mark <= '\u036f';
  if (joined.length === 1 && !isDiacritic) out.replaceLast(joined.charCodeAt(0));
  else if (!isDiacritic) out.push(mark.charCodeAt(0), at);
  return at + 1;
}

/** A growing row of code units, with their offsets where those are wanted. */
class Folded {
  readonly #offsets: number[] | null;
  #units: Uint16Array;
  #length = 0;

  constructor(expected: number, offsets: number[] | null) {
    this.#offsets = offsets;
    this.#units = new Uint16Array(expected + 16);
  }

  push(unit: number, offset: number): void {
    if (this.#length === this.#units.length) {
      const grown = new Uint16Array(this.#length * 2);
      grown.set(this.#units);
      this.#units = grown;
    }
    this.#units[this.#length++] = unit;
    this.#offsets?.push(offset);
  }

  pop(): void {
    this.#length--;
    this.#offsets?.pop();
  }

  /** The last code unit, or the `back`th from the end; a blank before the beginning. */
  last(back = 1): number {
    return this.#units[this.#length - back] ?? BLANK;
  }

  replaceLast(unit: number): void {
    this.#units[this.#length - 1] = unit;
  }

  text(): string {
    const { buffer } = this.#units;
    return Buffer.from(buffer, 0, 2 * this.#length).toString('utf16le');
  }
}
