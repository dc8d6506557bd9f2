/** Where the terms of a question stand in a text. */
import type { QuestionTerm } from './types.ts';

export interface Match {
  /** UTF-16 offset into the folded text. */
  readonly at: number;
  readonly term: QuestionTerm;
}

/** All places of all terms in a folded text, in the order of the text. */
export function matchesOf(terms: readonly QuestionTerm[], text: string): Match[] {
  const matches: Match[] = [];
  for (const term of terms) {
    const needle = term.text;
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      if (isWhole(text, at, needle)) matches.push({ at, term });
    }
  }
  return matches.sort((a, b) => a.at - b.at);
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
