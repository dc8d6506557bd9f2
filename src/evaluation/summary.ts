import { auc, mean, quantile, riskCoverage } from './metrics.ts';
import type { Judged, RiskPoint } from './metrics.ts';
import type { Outcome } from './outcome.ts';

/** Figures over a number of answered questions. Shares are 0…1; null where the data does not allow them. */
export interface Summary {
  readonly questions: number;
  readonly answerable: number;
  readonly unanswerable: number;
  /**
   * The right paragraph is the first citation, or one of the first three; of a refused question, the
   * nearest passage, so that finding is told apart from refusing.
   */
  readonly 'hit@1': number | null;
  readonly 'hit@3': number | null;
  readonly mrr: number | null;
  /** The answer's text stands in the first quote; refusals count as misses. */
  readonly answerInQuote: number | null;
  /** The same among those whose right paragraph came first, refused or not. */
  readonly answerInQuoteWhenFirst: number | null;
  /** Among those: quotes of at most two sentences. */
  readonly shortQuotes: number | null;
  /** Unanswerable questions that were answered; answerable ones that were refused. */
  readonly falseAnswers: number;
  readonly falseRefusals: number;
  /** Of the score, for telling answerable from unanswerable. */
  readonly auc: number | null;
  readonly msMedian: number;
  readonly msP95: number;
}

export function summarise(outcomes: readonly Outcome[]): Summary {
  const answerable = outcomes.filter((outcome) => outcome.answerable !== false);
  const unanswerable = outcomes.filter((outcome) => outcome.answerable === false);
  const withAnswers = answerable.filter(({ answerInQuote }) => answerInQuote !== null);
  const rightFirst = withAnswers.filter(({ rank }) => rank === 1);
  const times = outcomes.map(({ ms }) => ms);
  const hit = (depth: number): number | null =>
    share(answerable, ({ rank }) => rank !== null && rank <= depth);
  return {
    questions: outcomes.length,
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    'hit@1': hit(1),
    'hit@3': hit(3),
    mrr:
      answerable.length === 0
        ? null
        : mean(answerable.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
    answerInQuote: share(
      withAnswers,
      ({ answered, answerInQuote }) => answered && answerInQuote === true,
    ),
    answerInQuoteWhenFirst: share(rightFirst, ({ answerInQuote }) => answerInQuote === true),
    shortQuotes: share(rightFirst, ({ sentences }) => sentences <= 2),
    falseAnswers: unanswerable.filter(({ answered }) => answered).length,
    falseRefusals: answerable.filter(({ answered }) => !answered).length,
    auc: auc(outcomes.map(({ score, answerable }) => ({ score, right: answerable !== false }))),
    msMedian: quantile(times, 0.5),
    msP95: quantile(times, 0.95),
  };
}

/** Figures for each kind of question, in the order in which the kinds come first. */
export function summariseKinds(outcomes: readonly Outcome[]): Record<string, Summary> {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => [kind, summarise(outcomes.filter((outcome) => outcome.kind === kind))]),
  );
}

/** An answer is right when the question has one and the right paragraph, or the answer's text, comes first. */
export function isRight({ answerable, rank, answerInQuote }: Outcome): boolean {
  return answerable !== false && (answerInQuote ?? rank === 1);
}

/** Wrong answers against questions answered, as the threshold falls. */
export function riskCurve(outcomes: readonly Outcome[]): RiskPoint[] {
  return riskCoverage(
    outcomes.map((outcome): Judged => ({ score: outcome.score, right: isRight(outcome) })),
  );
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(test).length / items.length;
}
