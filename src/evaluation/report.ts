import { barChart, escapeHtml, riskChart, scoreChart } from './charts.ts';
import type { Outcome } from './outcome.ts';
import { isRight, riskCurve, summariseKinds } from './summary.ts';

/** Failed questions listed; a page of thousands helps nobody. */
const MOST_FAILURES = 300;

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{background:#f6f6f6;padding:1rem;overflow:auto}figure{display:inline-block;width:30rem;margin:0 1rem 1rem 0;vertical-align:top}
svg{width:100%;font-size:12px}figcaption{font-weight:600}table{border-collapse:collapse;width:100%}
td,th{border-top:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top}.a{color:#16a34a}.u{color:#dc2626}`;

/**
 * One self-contained page: the table, the plots, and every question that failed.
 * @param table - as the terminal shows it
 */
export function reportHtml(title: string, table: string, outcomes: readonly Outcome[]): string {
  const scoresOf = (isAnswerable: boolean): number[] =>
    outcomes
      .filter(({ answerable }) => (answerable !== false) === isAnswerable)
      .map(({ score }) => score);
  const failures = outcomes.filter(hasFailed);
  const kinds = Object.entries(summariseKinds(outcomes));
  const succeeded = kinds.map(([kind, { questions }]) => {
    const failed = failures.filter((outcome) => outcome.kind === kind).length;
    return [`${kind} (${questions})`, 1 - failed / questions] as const;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
<pre>${escapeHtml(table)}</pre>
<figure><figcaption>Risk against coverage</figcaption>${riskChart(riskCurve(outcomes))}</figure>
<figure><figcaption>Scores of <span class="a">answerable</span> and <span class="u">unanswerable</span> questions</figcaption>${scoreChart(scoresOf(true), scoresOf(false))}</figure>
<figure><figcaption>Questions handled rightly, by kind</figcaption>${barChart(succeeded)}</figure>
<h2>Failed questions: ${failures.length}</h2>
<table><tr><th>Question<th>Expected<th>Got<th>Score</tr>
${failures.slice(0, MOST_FAILURES).map(failureRow).join('\n')}
</table>
</html>
`;
}

/** A wrong first answer, a refusal of what is answered, or an answer to what is not. */
function hasFailed(outcome: Outcome): boolean {
  if (outcome.answerable === false) return outcome.answered;
  return !outcome.answered || !isRight(outcome);
}

function failureRow(outcome: Outcome): string {
  const { id, question, quote, answers, answerable, answered, got, gotTitle, score } = outcome;
  const known = [quote, ...answers].filter((text) => text !== null);
  const expected = answerable === false ? 'no answer' : known.join(' / ');
  const shown = `${answered ? '' : 'refused; nearest: '}${gotTitle === '' ? '' : `${gotTitle}: `}${got}`;
  const cells = [`${id}: ${question}`, expected, shown, score.toFixed(2)];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}
