import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';
import type { Outcome } from './outcome.ts';
import type { BeirRun } from './run-beir.ts';
import { riskCurve, summarise, summariseKinds } from './summary.ts';

/** What `--json` prints of a BEIR folder: the ranking's figures, then those of the answers. */
export function beirJson({ summary, outcomes, figures }: BeirRun, ranking: string) {
  if (outcomes.length === 0) return { ranking, ...summary, perQuery: figures };
  const answers = summarise(outcomes);
  const { auc, falseAnswers, falseRefusals, answerable, unanswerable } = answers;
  return {
    ranking,
    ...summary,
    answerable,
    unanswerable,
    answerInQuote: answers.answerInQuote,
    answerInQuoteWhenFirst: answers.answerInQuoteWhenFirst,
    shortQuotes: answers.shortQuotes,
    'hit@1': answers['hit@1'],
    ...(unanswerable > 0 ? { auc, falseAnswers, falseRefusals } : {}),
    riskCoverage: riskCurve(outcomes),
    perQuery: figures,
    outcomes: outcomes.map(short),
  };
}

/** nDCG@10 of each query that has relevant documents, as `compareRuns` takes it. */
export function valuesOf({ figures }: BeirRun): Map<string, number> {
  return new Map(figures.map((one) => [one.id, one['ndcg@10']]));
}

/** What `--json` prints of a question file. */
export function questionsJson(outcomes: readonly Outcome[]) {
  return {
    ...summarise(outcomes),
    kinds: summariseKinds(outcomes),
    riskCoverage: riskCurve(outcomes),
    outcomes: outcomes.map(short),
  };
}

function short(outcome: Outcome) {
  const { id, kind, answerable, answered, score, rank, answerInQuote, ms } = outcome;
  return { id, kind, answerable, answered, score, rank, answerInQuote, ms };
}

const SavedFigures = z.object({ id: z.string(), 'ndcg@10': z.number() });
const SavedOutcome = z.object({ id: z.string(), rank: z.number().nullable() });
const SavedRun = z.object({
  perQuery: z.array(SavedFigures).optional(),
  outcomes: z.array(SavedOutcome).optional(),
});

/** A saved run's value of each question: nDCG@10 of a BEIR run, else one over the right citation's place. */
export function readRun(file: string): Map<string, number> {
  const parsed = SavedRun.safeParse(jsonOf(file));
  const { perQuery, outcomes } = parsed.data ?? {};
  if (perQuery !== undefined) return new Map(perQuery.map((one) => [one.id, one['ndcg@10']]));
  if (outcomes !== undefined) {
    return new Map(outcomes.map(({ id, rank }) => [id, rank === null ? 0 : 1 / rank]));
  }
  throw new YuanwenError(
    'run-broken',
    `${file} is not a saved run. Save one with: npm run -s eval -- … --json > ${file}`,
  );
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new YuanwenError(
      'run-broken',
      `${file} cannot be read as a saved run. Save one with: npm run -s eval -- … --json > FILE.json`,
      { cause },
    );
  }
}
