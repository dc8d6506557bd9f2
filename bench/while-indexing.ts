/**
 * How long answers take while everything is indexed again: `npm run bench:while-indexing -- [articles]`.
 * Indexes news articles, asks questions without a pause for a while, then starts a full re-index in its
 * thread and goes on asking until it has taken over. Prints the times of both, and fails if a question did.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bringUpToDate, embedderOptions, indexOptions, openApp } from '../src/compose.ts';
import { parseConfig } from '../src/config.ts';
import { runIndexing } from '../src/indexing/run-indexing.ts';
import { writeNews } from './news.ts';

/** Questions asked before the indexing begins. */
const QUIET = 200;

const root = mkdtempSync(join(tmpdir(), 'yuanwen-bench-'));
const folder = join(root, 'articles');
const config = parseConfig({ ARTICLES_DIR: folder, DATA_DIR: join(root, 'data') });
await writeNews(folder, Number(process.argv[2] ?? 5000));
const app = await openApp(config);
await bringUpToDate(app, indexOptions(config));
const titles =
  app.library
    .view()
    ?.articles({ limit: 1000 })
    .map(({ title }) => title) ?? [];

let asked = 0;
/** Milliseconds that one question takes. */
async function ask(): Promise<number> {
  const start = performance.now();
  await app.ask(`${titles[asked++ % titles.length]}是怎么回事？`);
  return performance.now() - start;
}

for (let i = 0; i < QUIET; i++) await ask();
const quiet: number[] = [];
for (let i = 0; i < QUIET; i++) quiet.push(await ask());

// Every title changes, and so every text that is embedded.
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.txt')) continue;
  writeFileSync(join(folder, name), `又讯${readFileSync(join(folder, name), 'utf8')}`);
}
const progress = { isDone: false };
const indexing = runIndexing({
  ...indexOptions(config),
  embedder: embedderOptions(config),
  allowRemovals: true,
});
const done = indexing.finally(() => (progress.isDone = true));
const during: number[] = [];
while (!progress.isDone) during.push(await ask());
const { embedded, seconds } = await done;
for (let i = 0; i < QUIET; i++) during.push(await ask());

say('quiet', quiet);
say('during', during);
process.stdout.write(
  `${embedded} texts were embedded again in ${seconds} s, meanwhile ${during.length} questions\n`,
);
await app.close();
rmSync(root, { recursive: true });

function say(name: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  process.stdout.write(
    `${name}: ${at(0.5)} ms at the median, ${at(0.95)} ms at the 95th percentile, ${at(0.999)} ms at most\n`,
  );
}
