import { barChart, escapeHtml } from '../src/evaluation/charts.ts';
import { largestOf, shareOf } from './tables.ts';
import type { Run, Size } from './tables.ts';

/** Figures whose growth with the number of articles is drawn. */
const GROWING = [
  'full index, s',
  'full index, peak MB',
  'on disk, MB',
  'cold start to the first answer, s',
  'warm question, median ms',
  'warm question, p95 ms',
  'question during indexing, p95 ms',
  'no change, s',
];

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{background:#f6f6f6;padding:1rem;overflow:auto}figure{display:inline-block;width:30rem;margin:0 1rem 1rem 0;vertical-align:top}
svg{width:100%;font-size:12px}figcaption{font-weight:600}`;

/** One self-contained page: the table, the growth of each figure, the shares of the stages. */
export function pageOf(run: Run, table: string): string {
  const growth = GROWING.map((name) => figure(name, growthChart(run.sizes, name)));
  const stages = run.sizes.map(({ articles, stages }) => {
    const shares = Object.keys(stages).map((name) => [name, shareOf(stages, name)] as const);
    return figure(`${articles} articles: most for ${largestOf(stages)}`, barChart(shares));
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>What Yuanwen costs</title><style>${STYLE}</style>
<h1>What Yuanwen costs</h1>
<pre>${escapeHtml(table)}</pre>
<h2>Growth with the number of articles</h2>
<p>Both axes are logarithmic; the dashed line grows as n log n from the first point.</p>
${growth.join('\n')}
<h2>Where the time of the full index goes</h2>
${stages.join('\n')}
</html>
`;
}

function figure(caption: string, chart: string): string {
  return `<figure><figcaption>${escapeHtml(caption)}</figcaption>${chart}</figure>`;
}

const WIDTH = 460;
const HEIGHT = 240;
const MARGIN = 48;

function growthChart(sizes: readonly Size[], name: string): string {
  const points = sizes.flatMap(({ articles, figures }) => {
    const value = figures[name];
    return value === undefined || value <= 0 ? [] : [[articles, value] as const];
  });
  const [first] = points;
  if (first === undefined) return '';
  const [n0, v0] = first;
  const expected = points.map(
    ([n]) => [n, (v0 * n * Math.log(n)) / (n0 * Math.log(Math.max(2, n0)))] as const,
  );
  const x = scale(
    points.map(([n]) => n),
    MARGIN,
    WIDTH - MARGIN,
  );
  const y = scale(
    [...points, ...expected].map(([, value]) => value),
    HEIGHT - 28,
    16,
  );
  const line = (of: typeof expected): string =>
    of.map(([n, value]) => `${x(n).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const marks = points.map(
    ([n, value]) =>
      `<circle cx="${x(n).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3" fill="#2563eb"/><text x="${x(n).toFixed(1)}" y="${(y(value) - 8).toFixed(1)}" text-anchor="middle">${value.toPrecision(3)}</text><text x="${x(n).toFixed(1)}" y="${HEIGHT - 6}" text-anchor="middle">${n}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"><polyline points="${line(expected)}" fill="none" stroke="#999" stroke-dasharray="4"/><polyline points="${line(points)}" fill="none" stroke="#2563eb" stroke-width="2"/>${marks.join('')}</svg>`;
}

/** Logarithmic, from the least value to the largest. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => from + ((Math.log(value) - least) / (most - least || 1)) * (to - from);
}
