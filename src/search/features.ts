import { fold } from '../text/fold.ts';
import type { Candidate } from './candidates.ts';
import { evidenceOf } from './evidence.ts';
import type { Features } from './feature-names.ts';
import type { UnderstoodQuestion } from './types.ts';

/** A candidate with all that the ranking knows of it. */
export interface Described extends Candidate {
  readonly features: Features;
  readonly lexicalRank: number | null;
  readonly denseRank: number | null;
}

/** Longer paragraphs are judged by the passage that was found, not as a whole. */
const LONGEST_WHOLE = 1200;
/** What `1/rank` takes for the rank of a passage that a side did not find. */
const UNRANKED = 200;

/** Works out every feature of every candidate; those that compare look at all of them. */
export function describe(
  question: UnderstoodQuestion,
  candidates: readonly Candidate[],
): Described[] {
  const looked = candidates.map((candidate) => look(question, candidate));
  const lexicalRanks = ranksOf(looked.map(({ evidence }) => evidence.bm25));
  const denseRanks = ranksOf(candidates.map(({ dense }) => dense ?? 0));
  const bestLexical = Math.max(...looked.map(({ evidence }) => evidence.bm25), 1e-9);
  const bestDense = Math.max(...candidates.map(({ dense }) => dense ?? 0), 0);
  const perQuestion = aboutQuestion(question);
  return looked.map(({ candidate, evidence, length }, index) => {
    const lexicalRank = lexicalRanks[index] ?? null;
    const denseRank = denseRanks[index] ?? null;
    const byWords = 1 / (lexicalRank ?? UNRANKED);
    const byMeaning = 1 / (denseRank ?? UNRANKED);
    const { number } = candidate.passage.paragraph;
    const dense = candidate.dense ?? 0;
    // Spreading that many properties takes longer than working them out.
    const features: Features = Object.assign(evidence, {
      dense,
      denseLead: dense - bestDense,
      denseRank: byMeaning,
      meaning: 0,
      lexicalShare: evidence.bm25 / bestLexical,
      lexicalRank: byWords,
      agreement: Math.sqrt(byWords * byMeaning),
      position: (number - 1) / candidate.passage.paragraph.paragraphCount,
      length: Math.log(length + 1),
      ...perQuestion,
    });
    return { ...candidate, features, lexicalRank, denseRank };
  });
}

/** What of a candidate's paragraph is judged. */
export function judgedText({ passage }: Candidate): string {
  const { text } = passage.paragraph;
  return text.length > LONGEST_WHOLE ? text.slice(passage.start, passage.end) : text;
}

function look(question: UnderstoodQuestion, candidate: Candidate) {
  const { paragraph } = candidate.passage;
  const text = fold(judgedText(candidate));
  const { title, kicker, deck } = paragraph.article;
  const head = fold([title, kicker, deck, paragraph.subhead].filter(Boolean).join('\n\n'));
  const evidence = evidenceOf(question, text, head);
  return { candidate, evidence, length: text.length };
}

/** Rank 1 for the highest; null for values that are not above 0. */
function ranksOf(values: readonly number[]): Array<number | null> {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const ranks: Array<number | null> = values.map(() => null);
  order.forEach((index, place) => {
    if ((values[index] ?? 0) > 0) ranks[index] = place + 1;
  });
  return ranks;
}

function aboutQuestion(question: UnderstoodQuestion): Pick<Features, 'questionLength' | 'rarity'> {
  const { terms } = question;
  const sum = terms.reduce((total, { idf }) => total + idf, 0);
  return {
    questionLength: Math.log(question.content.length + 1),
    rarity: terms.length > 0 ? sum / terms.length : 0,
  };
}
