/** Small charts as inline SVG. Pure. */
import type { RiskPoint } from './metrics.ts';

const WIDTH = 460;
const HEIGHT = 240;
const LEFT = 44;
const BOTTOM = 32;
const TOP = 12;

const x = (share: number): number => LEFT + share * (WIDTH - LEFT - 12);
const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);

/** Share of wrong answers against the share of questions answered. */
export function riskChart(points: readonly RiskPoint[]): string {
  const most = Math.max(0.05, ...points.map(({ risk }) => risk));
  const path = points
    .map(({ coverage, risk }) => `${x(coverage).toFixed(1)},${y(risk / most).toFixed(1)}`)
    .join(' ');
  return frame(
    'questions answered',
    [0, most / 2, most].map((value) => [value / most, percent(value)] as const),
    `<polyline points="${path}" fill="none" stroke="#2563eb" stroke-width="2"/>`,
  );
}

const BINS = 20;

/** How often each score was given, to answerable (up) and unanswerable (behind) questions. */
export function scoreChart(answerable: readonly number[], unanswerable: readonly number[]): string {
  const series = [
    { bins: histogram(unanswerable), colour: '#dc2626' },
    { bins: histogram(answerable), colour: '#16a34a' },
  ];
  const most = Math.max(0.01, ...series.flatMap(({ bins }) => bins));
  const bars = series.flatMap(({ bins, colour }) =>
    bins.map((share, bin) => {
      const left = x(bin / BINS);
      const top = y(share / most);
      const width = x(1 / BINS) - x(0) - 1;
      return `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${(y(0) - top).toFixed(1)}" fill="${colour}" fill-opacity="0.5"/>`;
    }),
  );
  return frame('score', [[1, percent(most)]], bars.join(''));
}

function histogram(scores: readonly number[]): number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const score of scores) {
    const bin = Math.min(BINS - 1, Math.floor(score * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1 / scores.length;
  }
  return bins;
}

/** One horizontal bar for each share. */
export function barChart(bars: ReadonlyArray<readonly [name: string, share: number]>): string {
  const row = 26;
  const height = bars.length * row + 8;
  const drawn = bars.map(([name, share], index) => {
    const top = 4 + index * row;
    const width = Math.max(1, share * 250).toFixed(1);
    return `<text x="0" y="${top + 15}">${escapeHtml(name)}</text><rect x="130" y="${top}" width="${width}" height="18" fill="#2563eb"/><text x="390" y="${top + 15}">${percent(share)}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img">${drawn.join('')}</svg>`;
}

function frame(
  label: string,
  ticks: ReadonlyArray<readonly [share: number, text: string]>,
  inside: string,
): string {
  const marks = ticks.map(
    ([share, text]) => `<text x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${text}</text>`,
  );
  const axis = `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - 12}" fill="none" stroke="#999"/>`;
  const ends = `<text x="${LEFT}" y="${HEIGHT - 14}">0</text><text x="${WIDTH - 12}" y="${HEIGHT - 14}" text-anchor="end">1</text>`;
  const name = `<text x="${WIDTH / 2}" y="${HEIGHT - 4}" text-anchor="middle">${label}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${axis}${marks.join('')}${ends}${name}${inside}</svg>`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
