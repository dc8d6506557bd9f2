import { table } from '../src/evaluation/table.ts';
import type { Stages } from './stages.ts';

export interface Size {
  readonly articles: number;
  readonly figures: Readonly<Record<string, number>>;
  /** Of the full index. */
  readonly stages: Stages;
}

/** As `--json` writes it. */
export interface Run {
  readonly date: string;
  readonly machine: string;
  readonly sizes: readonly Size[];
}

/** Figures, a column for each size; below them where the time of the full index goes. */
export function tableOf({ date, machine, sizes }: Run): string {
  const head = sizes.map(({ articles }) => `${articles} articles`);
  const figures = namesIn(sizes.map((size) => size.figures)).map((name) => [
    name,
    ...sizes.map((size) => shown(size.figures[name])),
  ]);
  const stages = namesIn(sizes.map((size) => size.stages)).map((name) => [
    name,
    ...sizes.map((size) => withShare(size.stages, name)),
  ]);
  return `${date}, ${machine}\n\n${table([['', ...head], ...figures])}
${table([['full index, core-seconds', ...head], ...stages, ['most', ...sizes.map((size) => largestOf(size.stages))]])}`;
}

/** Figures of sizes that both runs have, with how they changed. */
export function comparisonOf(earlier: Run, now: Run): string {
  const rows = now.sizes.flatMap(({ articles, figures }) => {
    const before = earlier.sizes.find((size) => size.articles === articles)?.figures ?? {};
    return Object.entries(figures).flatMap(([name, value]) => {
      const old = before[name];
      if (old === undefined) return [];
      const change = old === 0 ? '' : `${(100 * (value / old - 1)).toFixed(0)} %`;
      return [[`${articles}: ${name.trim()}`, shown(old), shown(value), change]];
    });
  });
  return table([[`since ${earlier.date}`, 'then', 'now', 'change'], ...rows]);
}

/** The stage to make faster next. */
export function largestOf(stages: Stages): string {
  return Object.entries(stages).toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** A stage's part of all core-seconds, 0…1. */
export function shareOf(stages: Stages, name: string): number {
  const all = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
  return all === 0 ? 0 : (stages[name] ?? 0) / all;
}

function withShare(stages: Stages, name: string): string {
  return `${shown(stages[name])} (${(100 * shareOf(stages, name)).toFixed(0)} %)`;
}

function namesIn(records: ReadonlyArray<Readonly<Record<string, number>>>): string[] {
  return [...new Set(records.flatMap(Object.keys))];
}

function shown(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1);
}
