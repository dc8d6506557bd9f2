import type { Embedder, LibraryView } from '../ports.ts';
import type { Candidate } from './candidates.ts';
import { candidatesOf, hitsByWords } from './candidates.ts';
import { dateFit } from './dates.ts';
import { mergeDuplicates } from './duplicates.ts';
import type { Described } from './features.ts';
import { describe } from './features.ts';
import { withMeanings } from './meanings.ts';
import { understand } from './question.ts';
import { scorerFor } from './score.ts';
import type { Scorer } from './score.ts';
import { LOOKED_AT, lookAgain } from './second-look.ts';
import type { SecondLook } from './second-look.ts';
import type { RankedPassage, Ranking, UnderstoodQuestion } from './types.ts';

/** What a ranking goes by: one side alone, the plain sum of both, or everything. */
export type RankingKind = 'lexical' | 'dense' | 'fused' | 'full';

export interface SearchOptions {
  readonly view: LibraryView;
  readonly embedder: Embedder;
  /** At most this many paragraphs. */
  readonly limit: number;
  /** Today, for 上周; defaults to now. */
  readonly today?: Date;
  /** Defaults to `full`; the others show what each part is worth. */
  readonly ranking?: RankingKind;
  /** Looks at the best once more; nobody does when left out. */
  readonly secondLook?: SecondLook | undefined;
}

/** Passages taken from each side, those of them looked at closely, and rows that the index may score. */
const PER_SIDE = 60;
const TOGETHER = 32;
const ROW_BUDGET = 40_000;
/** How far a passage of the wrong, or of the right, time moves on the scale of the score's logit. */
const DATE_WEIGHT = 2;

/** Question → the paragraphs that may answer it, best first. Reads one generation of the library. */
export async function search(question: string, options: SearchOptions): Promise<Ranking> {
  const { view, embedder, limit, today = new Date(), ranking = 'full', secondLook } = options;
  const rules = {
    perSide: Math.max(PER_SIDE, limit),
    together: Math.max(TOGETHER, Math.ceil(limit * 1.3)),
    rowBudget: ROW_BUDGET,
  };
  const started = performance.now();
  // Words are looked up while the embedding thread works.
  const lookUp = async () => {
    const understood = understand(question, view, today);
    const byWords = ranking === 'dense' ? [] : hitsByWords(understood, view, rules);
    return { understood, byWords, waitingSince: performance.now() };
  };
  const [vector, { understood, byWords, waitingSince }] = await Promise.all([
    ranking === 'lexical' ? null : embedder.embedQuestion(question),
    lookUp(),
  ]);
  const embedMs = performance.now() - waitingSince;
  const candidates: Candidate[] = candidatesOf(byWords, vector, view, rules);
  const all = describe(understood, candidates);
  const described = ranking === 'full' ? await withMeanings(understood, all, embedder) : all;
  const score = scorer(ranking, understood, embedder, described);
  const scored = described.map((one) => ({
    ...one,
    score: shiftByDate(understood, one, score(one.features)),
  }));
  scored.sort((a, b) => b.score - a.score || a.passage.id - b.passage.id);
  const kept = secondLook === undefined ? limit : Math.max(limit, LOOKED_AT);
  const merged = mergeDuplicates(scored.slice(0, 2 * kept)).slice(0, kept);
  const passages =
    secondLook === undefined ? merged : await lookAgain(question, merged, secondLook);
  return {
    question: understood,
    passages: passages.slice(0, limit).map(resultOf),
    embedMs,
    searchMs: performance.now() - started - embedMs,
  };
}

function resultOf(found: RankedPassage): RankedPassage {
  const { passage, score, lexicalRank, denseRank, features, duplicates } = found;
  return { passage, score, lexicalRank, denseRank, features, duplicates };
}

function scorer(
  ranking: RankingKind,
  question: UnderstoodQuestion,
  { fingerprint }: Embedder,
  described: readonly Described[],
): Scorer {
  if (ranking === 'lexical') return ({ bm25 }) => clamp(bm25);
  if (ranking === 'dense') return ({ dense }) => clamp(dense);
  if (ranking === 'fused') {
    return ({ bm25, dense }) => clamp(0.8 * bm25 + 0.2 * dense);
  }
  return scorerFor(question, fingerprint, described);
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}

function shiftByDate(question: UnderstoodQuestion, { passage }: Described, score: number): number {
  const { dates } = question;
  if (dates === null) return score;
  const { paragraph } = passage;
  const fit = dateFit(dates, paragraph.article.date, paragraph.text);
  const odds = (score / (1 - Math.min(score, 1 - 1e-9))) * Math.exp(DATE_WEIGHT * (fit - 0.5));
  return odds / (1 + odds);
}
