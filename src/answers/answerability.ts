/** How likely the quoted sentence answers the question. Pure. */
import type { RankedPassage } from '../search/types.ts';
import type { Choice } from './choose.ts';
import type { Question } from './question.ts';

/** How sure Yuanwen must be before it answers. */
export type Refusal = 'strict' | 'balanced' | 'open';

export interface Candidacy {
  readonly ranked: RankedPassage;
  readonly choice: Choice;
}

export function thresholdFor(refusal: Refusal): number {
  return { strict: 0.6, balanced: 0.4, open: 0.2 }[refusal];
}

/** Calibrated probability, 0…1, that the chosen sentence answers the question. */
export function judgeAnswer(question: Question, { ranked, choice }: Candidacy): number {
  const { wordCoverage, lacksEvidence, proximity } = choice.sentence.features;
  const z = -3.2 + 3 * ranked.score + 3 * wordCoverage + 2 * proximity - 1.5 * lacksEvidence;
  return question.content.length === 0 ? 0 : 1 / (1 + Math.exp(-z));
}
