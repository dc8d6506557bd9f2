/**
 * What everything costs, at growing sizes: `npm run bench -- [--sizes 100,1000,10000,63668] [--json FILE]
 * [--html FILE] [--compare EARLIER.json]`. Each measurement is a process of its own, so that times and
 * memory are those of the program; nothing else should run meanwhile.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from './measured.ts';
import { writeNews } from './news.ts';
import { pageOf } from './page.ts';
import { comparisonOf, tableOf } from './tables.ts';
import type { Run, Size } from './tables.ts';

/** As `npm start` runs. */
const LOADER = new URL('../src/loader.mjs', import.meta.url).href;
const MEASUREMENTS = ['indexing', 'asking', 'recall', 'while-indexing'];

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000,63668' },
    json: { type: 'string' },
    html: { type: 'string' },
    compare: { type: 'string' },
  },
});
const earlier: Run | null =
  values.compare === undefined ? null : JSON.parse(readFileSync(values.compare, 'utf8'));
const sizes: Size[] = [];
for (const articles of values.sizes.split(',').map(Number)) sizes.push(await measure(articles));
const run: Run = {
  date: new Date().toISOString(),
  machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}`,
  sizes,
};
const table = `${tableOf(run)}${earlier === null ? '' : `\n${comparisonOf(earlier, run)}`}`;
process.stdout.write(table);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(run, null, 1)}\n`);
if (values.html !== undefined) writeFileSync(values.html, pageOf(run, table));

async function measure(articles: number): Promise<Size> {
  const root = mkdtempSync(join(tmpdir(), 'yuanwen-bench-'));
  try {
    await writeNews(join(root, 'articles'), articles);
    const parts: Measured[] = [];
    for (const name of MEASUREMENTS) {
      process.stderr.write(`${articles} articles: ${name} …\n`);
      parts.push(await resultOf(new URL(`./measure-${name}.ts`, import.meta.url), root));
    }
    return {
      articles,
      figures: Object.assign({}, ...parts.map(({ figures }) => figures)),
      stages: Object.assign({}, ...parts.map(({ stages }) => stages)),
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}

function resultOf(module: URL, root: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(module, [root], { execArgv: ['--import', LOADER] });
    let told: Measured | null = null;
    child.once('message', (measured: Measured) => (told = measured));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (told === null) reject(new Error(`${module.pathname} ended with ${code}`));
      else resolve(told);
    });
  });
}
