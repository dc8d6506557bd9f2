/** One library over the articles of a folder: the process that `bench/peers-at-size.ts` starts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { passagesOf } from '../../src/articles/passages.ts';
import { readArticles } from '../../src/articles/read.ts';
import { bringUpToDate, embedderOptions, indexOptions, openApp } from '../../src/compose.ts';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import type { Document } from '../../src/evaluation/corpus-library.ts';
import { search } from '../../src/search/search.ts';
import { givenConfig, peakMegabytes, spreadOf, tell } from '../measured.ts';
import { OURS, peerOf } from './at-size.ts';
import type { Find, Peer } from './peer.ts';

const QUESTIONS = 100;
const WARMING = 5;
const FIRST = 10;

/** A clause from the middle of an article, and the article's file. */
interface Question {
  readonly text: string;
  readonly file: string;
}

const config = givenConfig();
const [, name = OURS] = process.argv.slice(2);
const files = readdirSync(config.articlesDir, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.txt'))
  .sort();
const questions = questionsFrom(files);
const peer = peerOf(name);
const { find, seconds } = peer === undefined ? await ours() : await theirs(peer);

for (const { text } of questions.slice(0, WARMING)) await find(text);
const times: number[] = [];
let found = 0;
for (const { text, file } of questions) {
  const asked = performance.now();
  const results = await find(text);
  times.push(performance.now() - asked);
  if (results.slice(0, FIRST).some((id) => fileOf(id) === file)) found++;
}
tell({
  figures: {
    'index s': seconds,
    'peak MB': peakMegabytes(),
    ...spreadOf('question', times),
    'found among ten': found / questions.length,
  },
});
process.exit();

interface Built {
  readonly find: Find;
  readonly seconds: number;
}

async function ours(): Promise<Built> {
  const app = await openApp(config);
  const started = performance.now();
  await bringUpToDate(app, indexOptions(config));
  const seconds = (performance.now() - started) / 1000;
  const view = app.library.view();
  if (view === null) throw new Error('nothing was indexed');
  const { embedder } = app;
  const find: Find = async (question) => {
    const { passages } = await search(question, { view, embedder, limit: FIRST });
    // What others list one by one stands as one result here.
    return passages.flatMap(({ passage, duplicates }) =>
      [passage, ...duplicates].map(({ paragraph }) => paragraph.file),
    );
  };
  return { find, seconds };
}

async function theirs(library: Peer): Promise<Built> {
  const embedder = await openEmbedder(embedderOptions(config));
  const documents = files.flatMap(documentsOf);
  await embedder.embedPassages(['warm']);
  const started = performance.now();
  const find = await library.build(documents, embedder);
  return { find, seconds: (performance.now() - started) / 1000 };

  function documentsOf(file: string): Document[] {
    const { articles } = readArticles(readFileSync(join(config.articlesDir, file)), file);
    return articles
      .flatMap((article) => passagesOf(article, { maxLength: embedder.maxInputLength }))
      .map(({ input }, number) => ({ id: `${file}#${number}`, title: '', text: input }));
  }
}

function questionsFrom(all: readonly string[]): Question[] {
  const step = Math.max(1, Math.floor(all.length / QUESTIONS));
  return all
    .filter((_, i) => i % step === 0)
    .slice(0, QUESTIONS)
    .flatMap((file) => {
      const text = readFileSync(join(config.articlesDir, file), 'utf8');
      const clause = /[^。！？\n，]{12,30}/u.exec(text.slice(text.length / 2))?.[0];
      return clause === undefined ? [] : [{ text: clause, file }];
    });
}

/** Of a passage, `FILE#NUMBER`, or of a file. */
function fileOf(id: string): string {
  return id.replace(/#\d+$/, '');
}
