/** What a text has of a question: the lexical features, worked out on the text itself. */
import { bestSentence, bestWindow, loosePairs } from './coverage.ts';
import { matchesOf } from './matches.ts';
import { commonSubsequence, commonSubstring } from './sequences.ts';
import type { QuestionTerm, UnderstoodQuestion } from './types.ts';

/** The usual constants of BM25. */
const K1 = 1.2;
const B = 0.75;
/** Length in characters that BM25 takes for usual; fixed, so that scores compare across libraries. */
const USUAL_LENGTH = 250;
const WINDOW = 40;

export interface Evidence {
  readonly bm25Characters: number;
  readonly bm25Pairs: number;
  readonly bm25Words: number;
  readonly coverageCharacters: number;
  readonly coveragePairs: number;
  readonly coverageWords: number;
  readonly coverageSentence: number;
  readonly coverageWindow: number;
  readonly coverageLoose: number;
  readonly commonSubsequence: number;
  readonly commonSubstring: number;
  readonly numbersFound: number;
  readonly namesFound: number;
}

/** All in 0…1, as shares of what the question has. @param text - folded */
export function evidenceOf(question: UnderstoodQuestion, text: string): Evidence {
  const { terms } = question;
  const matches = matchesOf(terms, text);
  const counts = new Map<QuestionTerm, number>();
  for (const { term } of matches) counts.set(term, (counts.get(term) ?? 0) + 1);
  const characters = new Tally();
  const pairs = new Tally();
  const words = new Tally();
  for (const term of terms) {
    const count = counts.get(term) ?? 0;
    if (term.kind === 'character') characters.add(term.idf, count, text.length);
    else pairs.add(term.idf, count, text.length);
    if (term.kind === 'word') words.add(term.idf, count, text.length);
  }
  const all = terms.reduce((sum, { idf }) => sum + idf, 0) || 1;
  const plain = question.content.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const found = new Set([...counts.keys()].map((term) => term.text));
  return {
    bm25Characters: characters.bm25,
    bm25Pairs: pairs.bm25,
    bm25Words: words.bm25,
    coverageCharacters: characters.coverage,
    coveragePairs: pairs.coverage,
    coverageWords: words.coverage,
    coverageSentence: bestSentence(matches, text) / all,
    coverageWindow: bestWindow(matches, WINDOW) / all,
    coverageLoose: loosePairs(terms, text),
    commonSubsequence: commonSubsequence(plain, text) / (plain.length || 1),
    commonSubstring: commonSubstring(plain, text) / (plain.length || 1),
    numbersFound: shareFound(question.numbers, found),
    namesFound: shareFound(question.names, found),
  };
}

/** BM25 and coverage of one kind of term. */
class Tally {
  #all = 0;
  #covered = 0;
  #scored = 0;

  add(idf: number, count: number, length: number): void {
    this.#all += idf;
    if (count > 0) this.#covered += idf;
    const lengthPart = K1 * (1 - B + (B * length) / USUAL_LENGTH);
    this.#scored += (idf * count) / (count + lengthPart);
  }

  /** As a share of the most that the terms can reach. */
  get bm25(): number {
    return this.#all > 0 ? this.#scored / this.#all : 0;
  }

  get coverage(): number {
    return this.#all > 0 ? this.#covered / this.#all : 0;
  }
}

function shareFound(wanted: readonly string[], found: ReadonlySet<string>): number {
  if (wanted.length === 0) return 1;
  return wanted.filter((text) => found.has(text)).length / wanted.length;
}
