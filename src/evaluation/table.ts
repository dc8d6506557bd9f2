import type { Comparison } from './compare.ts';
import type { BeirRun, RankingSummary } from './run-beir.ts';
import { summarise, summariseKinds } from './summary.ts';
import type { Summary } from './summary.ts';
import type { Outcome } from './outcome.ts';

type Row = readonly string[];

/** Figures of a question file, a line for each kind and one for all. */
export function questionsTable(outcomes: readonly Outcome[]): string {
  const kinds = Object.entries(summariseKinds(outcomes));
  const rows = kinds.map(([kind, summary]) => summaryRow(kind, summary));
  const head =
    'kind|questions|hit@1|hit@3|MRR|answer in quote|false answers|false refusals|median ms|p95 ms';
  return table([head.split('|'), ...rows, summaryRow('all', summarise(outcomes))]);
}

function summaryRow(name: string, summary: Summary): Row {
  return [
    name,
    String(summary.questions),
    share(summary['hit@1']),
    share(summary['hit@3']),
    share(summary.mrr),
    share(summary.answerInQuote),
    `${summary.falseAnswers} of ${summary.unanswerable}`,
    `${summary.falseRefusals} of ${summary.answerable}`,
    summary.msMedian.toFixed(1),
    summary.msP95.toFixed(1),
  ];
}

const RANKING_FIGURES = ['ndcg@10', 'recall@1', 'recall@5', 'recall@100', 'mrr@10'] as const;

/**
 * Figures of a BEIR folder: the ranking, and below it the answers, if the queries were asked.
 * @param before - a ranking to show beside it, by its name
 */
export function beirTable(
  { summary, outcomes }: BeirRun,
  ranking: string,
  before: readonly (readonly [name: string, run: BeirRun])[] = [],
): string {
  const ranked = table([
    ['ranking', 'docs', 'queries', ...RANKING_FIGURES, 'median ms', 'p95 ms'],
    ...before.map(([name, run]) => rankingRow(name, run.summary)),
    rankingRow(ranking, summary),
  ]);
  if (outcomes.length === 0) return ranked;
  const answers = summarise(outcomes);
  const answered = table([
    ['answers', ''],
    ['answer in quote', share(answers.answerInQuote)],
    ['… where the right paragraph is first', share(answers.answerInQuoteWhenFirst)],
    ['… quotes of at most two sentences', share(answers.shortQuotes)],
    ['false answers', `${answers.falseAnswers} of ${answers.unanswerable}`],
    ['false refusals', `${answers.falseRefusals} of ${answers.answerable}`],
    ['area under the ROC curve', share(answers.auc)],
  ]);
  return `${ranked}\n${answered}`;
}

function rankingRow(name: string, summary: RankingSummary): Row {
  return [
    name,
    String(summary.docs),
    String(summary.queries),
    ...RANKING_FIGURES.map((figure) => summary[figure].toFixed(4)),
    summary.msMedian.toFixed(1),
    summary.msP95.toFixed(1),
  ];
}

export function comparisonTable(comparison: Comparison): string {
  const { pairs, meanA, meanB, difference, better, worse, p } = comparison;
  const verdict = p < 0.05 ? 'beyond chance' : 'may be chance';
  return table([
    ['questions', 'A', 'B', 'B − A', 'better', 'worse', 'p', ''],
    [
      String(pairs),
      meanA.toFixed(4),
      meanB.toFixed(4),
      difference.toFixed(4),
      String(better),
      String(worse),
      p.toFixed(4),
      verdict,
    ],
  ]);
}

function share(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

/** Columns side by side; the first to the left, the others to the right. */
export function table(rows: readonly Row[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: Row): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
