/**
 * English questions about Chinese news, with and without the articles that answer them:
 *
 *     node --import tsx bench/english.ts
 *
 * The 118 questions of embeddings/training/english-questions.jsonl are asked of their 60 articles among
 * 800 others, and then of the 800 alone, where every answer is a false one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bringUpToDate, indexOptions, openApp } from '../src/compose.ts';
import { parseConfig } from '../src/config.ts';
import { auc, quantile } from '../src/evaluation/metrics.ts';
import type { Answer, Citation } from '../src/types.ts';
import { NEWS } from './news.ts';

const OTHERS = 800;
/** Taken evenly from the whole archive. */
const EVERY_NTH = 79;

interface Question {
  readonly question: string;
  /** The id of the article that answers. */
  readonly article: string;
  /** Stands in the paragraph that answers. */
  readonly key: string;
}

interface News {
  readonly id: string;
  readonly text: string;
}

const questions = linesOf<Question>(
  readFileSync(new URL('../embeddings/training/english-questions.jsonl', import.meta.url), 'utf8'),
);
const asked = new Set(questions.map(({ article }) => article));
const news = linesOf<News>(gunzipSync(readFileSync(NEWS)).toString('utf8'));
const answering = news.filter(({ id }) => asked.has(id));
const others = news.filter(({ id }, i) => i % EVERY_NTH === 0 && !asked.has(id)).slice(0, OTHERS);

const withThem = await answersFrom([...answering, ...others]);
const withoutThem = await answersFrom(others);
const share = (holds: (citation: Citation, key: string) => boolean, most: number): string => {
  const right = withThem.filter((answer, i) =>
    shown(answer)
      .slice(0, most)
      .some((citation) => holds(citation, questions[i]?.key ?? '')),
  );
  return `${right.length} of ${questions.length}`;
};
const inParagraph = ({ paragraph }: Citation, key: string): boolean => has(paragraph, key);
const score = (answer: Answer): number => shown(answer)[0]?.score ?? 0;
const area = auc([
  ...withThem.map((answer) => ({ score: score(answer), right: true })),
  ...withoutThem.map((answer) => ({ score: score(answer), right: false })),
]);
const times = withThem.map(({ timings }) => timings.totalMs);
const answered = (answers: readonly Answer[]): number =>
  answers.filter((answer) => answer.answered).length;
process.stdout
  .write(`the answering paragraph first: ${share(inParagraph, 1)}, among the shown: ${share(inParagraph, 3)}
the answer in the first quote: ${share(({ quote }, key) => has(quote, key), 1)}
answered: ${answered(withThem)} with the articles, ${answered(withoutThem)} without; area under the ROC curve ${area?.toFixed(3)}
median ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms
`);

async function answersFrom(articles: readonly News[]): Promise<Answer[]> {
  const root = mkdtempSync(join(tmpdir(), 'yuanwen-english-'));
  const config = parseConfig({
    ARTICLES_DIR: join(root, 'articles'),
    DATA_DIR: join(root, 'data'),
  });
  mkdirSync(config.articlesDir);
  for (const { id, text } of articles) {
    writeFileSync(
      join(config.articlesDir, `${id}.txt`),
      `${text.replace(/^[,，]?正文[:：]/, '').trim()}\n`,
    );
  }
  const app = await openApp(config);
  try {
    await bringUpToDate(app, indexOptions(config));
    const answers: Answer[] = [];
    for (const { question } of questions) answers.push(await app.ask(question));
    return answers;
  } finally {
    await app.close();
    rmSync(root, { recursive: true });
  }
}

function shown({ citations, nearest }: Answer): readonly Citation[] {
  return citations.length > 0 ? citations : nearest;
}

function has(text: string, key: string): boolean {
  return text.replaceAll(/\s/g, '').includes(key.replaceAll(/\s/g, ''));
}

function linesOf<T>(text: string): T[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line));
}
