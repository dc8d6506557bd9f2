/** How likely the quoted sentence answers the question. Pure. */
import { ANSWER_FEATURES } from './answer-features.ts';
import type { AnswerFeatures } from './answer-features.ts';
import type { Features } from '../search/feature-names.ts';
import { logOdds } from '../search/log-odds.ts';
import fitted from './refusal-weights.json' with { type: 'json' };

/** How sure Yuanwen must be before it answers. */
export type Refusal = 'strict' | 'balanced' | 'open';

/** The least probability with which a question is answered; fitted with the weights. */
export function thresholdFor(refusal: Refusal): number {
  return fitted.thresholds[refusal];
}

/** Calibrated probability, 0…1, that the chosen sentence answers; weights by `npm run train:refusal`. */
export function probabilityOf(features: AnswerFeatures): number {
  const evidence = ANSWER_FEATURES.map((name) => fitted.weights[name] * features[name]);
  return sigmoid(evidence.reduce((sum, part) => sum + part, fitted.bias));
}

/**
 * The same where question and paragraph share no script, and only embeddings can be compared. Set by
 * hand. Where words were compared too, the search's score is as telling as the refusal thresholds
 * expect, once it is stretched. Elsewhere: unrelated texts in two languages are less similar than 0.12
 * to the shipped models; others have scales of their own, so the score, which knows them, must agree.
 * @param score - of the search, 0…1
 * @param fit - how well the best candidate fits the kind of answer asked for, 0…1
 */
export function foreignProbability(
  score: number,
  { dense, meaning }: Pick<Features, 'dense' | 'meaning'>,
  fit: number,
): number {
  const evidence =
    meaning > 0
      ? 2.5 * logOdds(score) + 0.3
      : Math.min(2.5 * logOdds(score) + 3, 30 * dense - 8.2) + fit;
  return sigmoid(evidence);
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
