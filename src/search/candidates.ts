import type { LibraryView } from '../ports.ts';
import type { Hit, StoredPassage } from '../types.ts';
import type { UnderstoodQuestion } from './types.ts';

/** A paragraph that may answer, by its best passage, and what the two sides say of it. */
export interface Candidate {
  readonly passage: StoredPassage;
  /** Sum of BM25; 0 when the passage was not found by words. */
  readonly lexical: number;
  /** Cosine similarity to the question; null without a question vector or a stored one. */
  readonly dense: number | null;
}

export interface CandidateRules {
  /** Best passages taken from each side. */
  readonly perSide: number;
  /** Passages of both sides that are looked at, by the plain sum of the sides. */
  readonly together: number;
  /** Most rows that the full-text index may have to score. */
  readonly rowBudget: number;
}

const HEAD_WEIGHT = 1.5;

/** The lexical side: the passages that have most of the question's words. */
export function hitsByWords(
  question: UnderstoodQuestion,
  view: LibraryView,
  { perSide, rowBudget }: CandidateRules,
): Hit[] {
  const terms = affordableTerms(question, rowBudget);
  if (terms.length === 0) return [];
  return view.matchTerms({ terms, bodyWeight: 1, headWeight: HEAD_WEIGHT, limit: perSide });
}

/** The best passages of the lexical and the dense side together, one for each paragraph. */
export function candidatesOf(
  byWords: readonly Hit[],
  vector: Float32Array | null,
  view: LibraryView,
  rules: CandidateRules,
): Candidate[] {
  const byMeaning = vector === null ? [] : view.nearest(vector, rules.perSide);
  const lexical = new Map(byWords.map(({ id, score }) => [id, score]));
  const ids = [...new Set([...byWords, ...byMeaning].map(({ id }) => id))];
  const dense = similaritiesOf(ids, byMeaning, vector, view);
  const promising = mostPromising(ids, lexical, dense).slice(0, rules.together);
  const found = view.passages(promising).map((passage) => ({
    passage,
    lexical: lexical.get(passage.id) ?? 0,
    dense: dense.get(passage.id) ?? null,
  }));
  return onePerParagraph(found);
}

/** Cosine of every passage to the question: of the nearest it is known. */
function similaritiesOf(
  ids: readonly number[],
  nearest: readonly Hit[],
  vector: Float32Array | null,
  view: LibraryView,
): Map<number, number> {
  const known = new Map(nearest.map(({ id, score }) => [id, score]));
  if (vector === null) return known;
  const others = ids.filter((id) => !known.has(id));
  return new Map([...known, ...view.similarities(vector, others)]);
}

/** Ids by the sum of both sides' scores, each as a share of its best. */
function mostPromising(
  ids: readonly number[],
  lexical: ReadonlyMap<number, number>,
  dense: ReadonlyMap<number, number>,
): number[] {
  const bestLexical = Math.max(1e-9, ...lexical.values());
  const bestDense = Math.max(1e-9, ...dense.values());
  const sum = (id: number): number =>
    (lexical.get(id) ?? 0) / bestLexical + (dense.get(id) ?? 0) / bestDense;
  const sums = new Map(ids.map((id) => [id, sum(id)]));
  return ids.toSorted((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0));
}

/** The rarest terms whose passages together stay within the budget; always the two rarest. */
function affordableTerms(question: UnderstoodQuestion, rowBudget: number): string[] {
  const rarestFirst = question.terms
    .filter(({ token, passages }) => token !== null && passages > 0)
    .sort((a, b) => a.passages - b.passages);
  const taken: string[] = [];
  let rows = 0;
  for (const { token, passages } of rarestFirst) {
    rows += passages;
    if (rows > rowBudget && taken.length >= 2) break;
    if (token !== null) taken.push(token);
  }
  return taken;
}

function onePerParagraph(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const { id } = candidate.passage.paragraph;
    const other = best.get(id);
    if (other === undefined) best.set(id, candidate);
    else best.set(id, better(other, candidate));
  }
  return [...best.values()];
}

/** The stronger of two passages of one paragraph, with the better of each side's scores. */
function better(a: Candidate, b: Candidate): Candidate {
  const stronger = (b.dense ?? -1) > (a.dense ?? -1) ? b : a;
  const dense = stronger.dense ?? a.dense ?? b.dense;
  return { passage: stronger.passage, lexical: Math.max(a.lexical, b.lexical), dense };
}
