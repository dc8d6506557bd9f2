/** How long answers take while everything is indexed again, in its thread. Changes every file of the folder. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { embedderBesideAnswers, indexOptions, openApp } from '../src/compose.ts';
import { YuanwenError } from '../src/errors.ts';
import { runIndexing } from '../src/indexing/run-indexing.ts';
import { givenConfig, spreadOf, tell } from './measured.ts';
import { questionsFrom } from './questions.ts';

const WARMING = 50;
/** A large folder is not indexed to the end. */
const LONGEST_MS = 20_000;

const config = givenConfig();
const app = await openApp(config);
const questions = questionsFrom(app);
for (let i = 0; i < WARMING; i++) await app.ask(questions());

// Every title changes, and so every text that is embedded.
for (const name of readdirSync(config.articlesDir, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.txt')) continue;
  const file = join(config.articlesDir, name);
  writeFileSync(file, `又讯${readFileSync(file, 'utf8')}`);
}
const enough = new AbortController();
const progress = { isDone: false };
const indexing = runIndexing({
  ...indexOptions(config),
  embedder: embedderBesideAnswers(config),
  allowRemovals: true,
  signal: enough.signal,
})
  .catch((error: unknown) => {
    if (!(error instanceof YuanwenError) || error.code !== 'indexing-cancelled') throw error;
  })
  .finally(() => (progress.isDone = true));
const times: number[] = [];
const begun = performance.now();
while (!progress.isDone && performance.now() - begun < LONGEST_MS) {
  const started = performance.now();
  await app.ask(questions());
  times.push(performance.now() - started);
}
enough.abort();
await indexing;
tell({ figures: spreadOf('question during indexing', times) });
await app.close();
