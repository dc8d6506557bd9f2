/**
 * A newspaper's archive through Yuanwen and through other libraries, one after the other, each in a
 * process of its own: `npm run bench:peers-at-size -- [--articles 63668] [--json FILE]`.
 *
 * Yuanwen reads the files; the others are handed the same passages. Asked are clauses from the middle of
 * articles; found is the article among the first ten results. Nothing else should run meanwhile.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from './measured.ts';
import { writeNews } from './news.ts';
import { AT_SIZE } from './peers/at-size.ts';

/** What a peer may take, after which it counts as not done. */
const LONGEST_MS = 25 * 60_000;
/** Vectors as arrays of numbers take eight times what they are worth. */
const HEAP_MB = 16_000;

const { values } = parseArgs({
  options: { articles: { type: 'string', default: '63668' }, json: { type: 'string' } },
});
const root = mkdtempSync(join(tmpdir(), 'yuanwen-peers-'));
const results: Record<string, Measured['figures'] | null> = {};
try {
  await writeNews(join(root, 'articles'), Number(values.articles));
  console.log(
    `${values.articles} articles, ${availableParallelism()} cores, ${cpus()[0]?.model ?? ''}`,
  );
  for (const name of AT_SIZE) {
    results[name] = await measured(name);
    console.log(`${name.padEnd(56)}${told(results[name])}`);
  }
} finally {
  rmSync(root, { recursive: true });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);

function measured(name: string): Promise<Measured['figures'] | null> {
  return new Promise((resolve) => {
    const child = fork(new URL('./peers/measure-at-size.ts', import.meta.url), [root, name], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MB}`],
    });
    const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    let figures: Measured['figures'] | null = null;
    child.once('message', (message: Measured) => (figures = message.figures));
    child.once('exit', () => {
      clearTimeout(tooLong);
      resolve(figures);
    });
  });
}

function told(figures: Measured['figures'] | null | undefined): string {
  if (figures === null || figures === undefined) return 'did not end, or ran out of memory';
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${value.toFixed(value < 10 ? 3 : 0)}`)
    .join(', ');
}
