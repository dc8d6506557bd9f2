/** Where the terms of a question stand in a text. */
import type { QuestionTerm } from './types.ts';

/** Terms by number, and where they stand: for loops that run over every candidate. */
export interface Matches {
  /** Occurrences of each term, by its number. */
  readonly counts: Uint16Array;
  /** Places in the order of the text: UTF-16 offsets, and the term's number at each. */
  readonly at: readonly number[];
  readonly term: readonly number[];
}

/** Enough for every judgement that looks at places; keeps long texts cheap. */
const MOST_PLACES_PER_TERM = 16;
const TERMS = 1024;

/** All places of all terms in a folded text. */
export function matchesOf(terms: readonly QuestionTerm[], text: string): Matches {
  const counts = new Uint16Array(terms.length);
  const places: number[] = [];
  terms.slice(0, TERMS).forEach(({ text: needle }, number) => {
    let count = 0;
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      if (!isWhole(text, at, needle)) continue;
      if (count < MOST_PLACES_PER_TERM) places.push(at * TERMS + number);
      count++;
    }
    counts[number] = count;
  });
  places.sort((a, b) => a - b);
  return {
    counts,
    at: places.map((place) => Math.floor(place / TERMS)),
    term: places.map((place) => place % TERMS),
  };
}

/** Numbers and Latin words must not be cut out of longer ones; a plural ending may follow. */
function isWhole(text: string, at: number, needle: string): boolean {
  const after = at + needle.length;
  if (isDigit(text, at)) {
    return !isDigit(text, at - 1) && !(isDigit(text, after - 1) && isDigit(text, after));
  }
  if (!isLetter(text, at)) return true;
  if (isLetter(text, at - 1)) return false;
  const rest = text.startsWith('es', after) ? 2 : text.startsWith('s', after) ? 1 : 0;
  return !isLetter(text, after + rest);
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}

function isLetter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 97 && unit <= 122;
}
