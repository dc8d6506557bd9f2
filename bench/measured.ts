/** What `run.ts` and the processes it starts say to each other. */
import { parseConfig } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { quantile } from '../src/evaluation/metrics.ts';
import type { Stages } from './stages.ts';

/** Figures by name and unit, in the order in which they are shown. */
export interface Measured {
  readonly figures: Readonly<Record<string, number>>;
  readonly stages?: Stages;
}

/** The folder a process was started for, as it is configured. */
export function givenConfig(): Config {
  const [root = ''] = process.argv.slice(2);
  return parseConfig({ ARTICLES_DIR: `${root}/articles`, DATA_DIR: `${root}/data` });
}

/** Ends a measuring process. */
export function tell(measured: Measured): void {
  process.send?.(measured);
  process.disconnect?.();
}

/** Most memory the process had so far. */
export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1000;
}

/** Median and 95th percentile. */
export function spreadOf(name: string, times: readonly number[]): Record<string, number> {
  return {
    [`${name}, median ms`]: quantile(times, 0.5),
    [`${name}, p95 ms`]: quantile(times, 0.95),
  };
}
