/** What a text has of a question: the lexical features, worked out on the text itself. */
import { answerKindFit } from './answer-kind.ts';
import { bestSentence, bestWindow, loosePairs } from './coverage.ts';
import { matchesOf } from './matches.ts';
import { commonSubsequence, commonSubstring } from './sequences.ts';
import type { UnderstoodQuestion } from './types.ts';

/** The usual constants of BM25. */
const K1 = 1.2;
const B = 0.75;
/** Length in characters that BM25 takes for usual; fixed, so that scores compare across libraries. */
const USUAL_LENGTH = 250;
const WINDOW = 40;
const WIDE_WINDOW = 100;

/** All in 0…1, as shares of what the question has. */
export interface Evidence {
  readonly bm25: number;
  readonly bm25Characters: number;
  readonly bm25Pairs: number;
  readonly bm25Words: number;
  readonly coverageCharacters: number;
  readonly coveragePairs: number;
  readonly coverageWords: number;
  readonly coverageRare: number;
  readonly coverageSentence: number;
  readonly coverageWindow: number;
  readonly coverageWindowRare: number;
  readonly coverageWideRare: number;
  readonly coverageLoose: number;
  readonly commonSubsequence: number;
  readonly commonSubstring: number;
  readonly askedSubsequence: number;
  /** Of the pairs, by the heading alone. */
  readonly coverageHead: number;
  /** Of the pairs, by heading and text together. */
  readonly coverageBoth: number;
  readonly numbersFound: number;
  readonly namesFound: number;
  readonly answerKind: number;
}

/**
 * @param text - the paragraph, folded
 * @param head - title, subhead and the like, folded; BM25 counts its words too
 */
export function evidenceOf(question: UnderstoodQuestion, text: string, head: string): Evidence {
  const { terms, plain } = question;
  const matches = matchesOf(terms, text);
  const inHead = head === '' ? new Uint16Array(terms.length) : matchesOf(terms, head).counts;
  const rarities = Float64Array.from(terms, ({ idf }) => idf);
  const squares = rarities.map((idf) => idf * idf);
  const everything = new Tally(text.length);
  const characters = new Tally(text.length);
  const pairs = new Tally(text.length);
  const words = new Tally(text.length);
  const found = new Set<string>();
  let all = 0;
  let rare = 0;
  let rareFound = 0;
  terms.forEach(({ text: term, kind, idf }, number) => {
    const here = matches.counts[number] ?? 0;
    const above = inHead[number] ?? 0;
    everything.add(idf, here, above);
    all += idf;
    rare += idf * idf;
    if (here + above > 0) rareFound += idf * idf;
    if (here + above > 0) found.add(term);
    if (kind === 'character') characters.add(idf, here, above);
    else pairs.add(idf, here, above);
    if (kind === 'word') words.add(idf, here, above);
  });
  return {
    bm25: everything.bm25,
    bm25Characters: characters.bm25,
    bm25Pairs: pairs.bm25,
    bm25Words: words.bm25,
    coverageCharacters: characters.coverage,
    coveragePairs: pairs.coverage,
    coverageWords: words.coverage,
    coverageRare: rareFound / (rare || 1),
    coverageSentence: bestSentence(terms, matches, text) / (all || 1),
    coverageWindow: bestWindow(rarities, matches, WINDOW) / (all || 1),
    coverageWindowRare: bestWindow(squares, matches, WINDOW) / (rare || 1),
    coverageWideRare: bestWindow(squares, matches, WIDE_WINDOW) / (rare || 1),
    coverageLoose: loosePairs(terms, matches, text),
    commonSubsequence: commonSubsequence(plain, text) / (plain.length || 1),
    commonSubstring: commonSubstring(plain, text) / (plain.length || 1),
    askedSubsequence: commonSubsequence(question.asked, text) / (question.asked.length || 1),
    coverageHead: pairs.coverageHead,
    coverageBoth: pairs.coverageBoth,
    numbersFound: shareFound(question.numbers, found),
    namesFound: shareFound(question.names, found),
    answerKind: answerKindFit(question.answerKind, matches.at, text),
  };
}

/** BM25 and coverage of one kind of term, as shares of the most that the terms can reach. */
class Tally {
  readonly #lengthPart: number;
  #all = 0;
  #scored = 0;
  #here = 0;
  #above = 0;
  #either = 0;

  constructor(length: number) {
    this.#lengthPart = K1 * (1 - B + (B * length) / USUAL_LENGTH);
  }

  add(idf: number, here: number, above: number): void {
    this.#all += idf;
    const count = here + above;
    if (count === 0) return;
    this.#scored += (idf * count) / (count + this.#lengthPart);
    this.#either += idf;
    if (here > 0) this.#here += idf;
    if (above > 0) this.#above += idf;
  }

  get bm25(): number {
    return this.#share(this.#scored);
  }

  get coverage(): number {
    return this.#share(this.#here);
  }

  get coverageHead(): number {
    return this.#share(this.#above);
  }

  get coverageBoth(): number {
    return this.#share(this.#either);
  }

  #share(part: number): number {
    return this.#all > 0 ? part / this.#all : 0;
  }
}

function shareFound(wanted: readonly string[], found: ReadonlySet<string>): number {
  if (wanted.length === 0) return 1;
  return wanted.filter((text) => found.has(text)).length / wanted.length;
}
