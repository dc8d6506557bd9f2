/**
 * Prints how well models find the paragraph that answers: dense alone, BM25 over characters and
 * bigrams, and both summed; exact search, on the sets of ../shared/eval and on the English questions.
 *
 *   node --import tsx embeddings/training/evaluate.ts MODEL…
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import type { Embedder } from '../../src/ports.ts';
import { indexTokens } from '../../src/text/tokens.ts';

interface Task {
  readonly name: string;
  readonly passages: readonly string[];
  readonly questions: ReadonlyArray<{ readonly text: string; readonly relevant: Set<number> }>;
}

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));

function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

function beir(name: string): Task {
  const folder = `${shared}eval/beir/${name}/`;
  const corpus = lines<{ _id: string; text: string }>(
    readFileSync(`${folder}corpus.jsonl`, 'utf8'),
  );
  const place = new Map(corpus.map(({ _id }, i) => [_id, i]));
  const relevant = new Map<string, Set<number>>();
  for (const line of readFileSync(`${folder}qrels/test.tsv`, 'utf8').split('\n').slice(1)) {
    const [query = '', document = '', score] = line.split('\t');
    const index = place.get(document);
    if (index === undefined || Number(score) <= 0) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(index));
  }
  const queries = lines<{ _id: string; text: string; answerable?: boolean }>(
    readFileSync(`${folder}queries.jsonl`, 'utf8'),
  );
  return {
    name,
    passages: corpus.map(({ text }) => text),
    questions: queries
      .filter(({ _id, answerable }) => answerable !== false && relevant.has(_id))
      .map(({ _id, text }) => ({ text, relevant: relevant.get(_id) ?? new Set() })),
  };
}

/** The English questions among the passages of their articles and of 1,000 others. */
function english(): Task {
  const questions = lines<{ question: string; article: string; key: string }>(
    readFileSync(new URL('./english-questions.jsonl', import.meta.url), 'utf8'),
  );
  const asked = new Set(questions.map(({ article }) => article));
  const articles = lines<{ id: string; text: string }>(
    gunzipSync(readFileSync(`${shared}training/crud_news_63k.jsonl.gz`)).toString(),
  ).filter(({ id }, i) => asked.has(id) || i % 60 === 0);
  const passages = articles.flatMap(({ id, text }) =>
    windows(text.trim()).map((passage) => ({ id, passage })),
  );
  return {
    name: 'english-questions',
    passages: passages.map(({ passage }) => passage),
    questions: questions.map(({ question, article, key }) => ({
      text: question,
      relevant: new Set(
        passages.flatMap(({ id, passage }, i) =>
          id === article && passage.includes(key) ? [i] : [],
        ),
      ),
    })),
  };
}

/** Whole sentences up to about 300 characters. */
function windows(text: string): string[] {
  const all: string[] = [];
  let window = '';
  for (const sentence of text.match(/[^。！？]+[。！？]*/gu) ?? []) {
    if (window !== '' && window.length + sentence.length > 300) {
      all.push(window);
      window = '';
    }
    window += sentence;
  }
  return window === '' ? all : [...all, window];
}

/** BM25 (k1 1.2, b 0.75) of all passages for each question. */
function bm25({ passages, questions }: Task): Float32Array[] {
  const bags = passages.map((passage) => indexTokens(passage));
  const mean = bags.reduce((sum, bag) => sum + bag.length, 0) / bags.length;
  const postings = new Map<string, Map<number, number>>();
  for (const [i, bag] of bags.entries()) {
    for (const token of bag) {
      const posting = postings.get(token) ?? new Map<number, number>();
      postings.set(token, posting.set(i, (posting.get(i) ?? 0) + 1));
    }
  }
  return questions.map(({ text }) => {
    const scores = new Float32Array(passages.length);
    for (const token of new Set(indexTokens(text))) {
      const posting = postings.get(token);
      if (!posting) continue;
      const idf = Math.log(1 + (passages.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [i, count] of posting) {
        const length = (bags[i]?.length ?? 0) / mean;
        scores[i] = (scores[i] ?? 0) + (idf * count * 2.2) / (count + 1.2 * (0.25 + 0.75 * length));
      }
    }
    return scores;
  });
}

async function open(model: string): Promise<Embedder> {
  return openEmbedder({
    model,
    modelsDir: fileURLToPath(new URL('../models', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../cache', import.meta.url)),
    workers: availableParallelism(),
  });
}

/** Passages of 300 characters a second with a thread a core, and milliseconds a question. */
async function speed(passages: readonly string[], model: string): Promise<string> {
  const embedder = await open(model);
  const texts = passages.map((passage) => passage.repeat(4).slice(0, 300));
  await embedder.embedPassages(texts.slice(0, 200));
  const start = performance.now();
  await embedder.embedPassages(texts);
  const middle = performance.now();
  for (const text of texts.slice(0, 200)) await embedder.embedQuestion(text.slice(0, 20));
  const end = performance.now();
  await embedder.close();
  const rate = Math.round((1000 * texts.length) / (middle - start));
  return `${rate} passages a second, ${((end - middle) / 200).toFixed(2)} ms a question`;
}

async function dense({ passages, questions }: Task, model: string): Promise<Float32Array[]> {
  const embedder = await open(model);
  const vectors = await embedder.embedPassages(passages);
  const asked = await Promise.all(questions.map(async ({ text }) => embedder.embedQuestion(text)));
  await embedder.close();
  return asked.map((question) => Float32Array.from(vectors, (vector) => dot(question, vector)));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Both brought to 0…1 a question, summed. */
function fused(lexical: Float32Array[], semantic: Float32Array[], weight: number): Float32Array[] {
  const scaled = (scores: Float32Array) => {
    const top = Math.max(...scores);
    const bottom = Math.min(...scores);
    return scores.map((score) => (score - bottom) / (top - bottom || 1));
  };
  return lexical.map((scores, i) => {
    const other = scaled(semantic[i] ?? scores);
    return scaled(scores).map((score, j) => (1 - weight) * score + weight * (other[j] ?? 0));
  });
}

/** nDCG@10 and recall@100, in hundredths. */
function measure({ questions }: Task, scores: Float32Array[]): string {
  let gain = 0;
  let found = 0;
  for (const [i, { relevant }] of questions.entries()) {
    const row = scores[i] ?? new Float32Array(0);
    const order = [...row.keys()].sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0)).slice(0, 100);
    const discount = (rank: number) => 1 / Math.log2(rank + 2);
    const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, rank) => discount(rank));
    const got = order.slice(0, 10).map((p, rank) => (relevant.has(p) ? discount(rank) : 0));
    gain += sum(got) / sum(ideal);
    found += order.filter((p) => relevant.has(p)).length / relevant.size;
  }
  const percent = (total: number) => ((100 * total) / questions.length).toFixed(1);
  return `${percent(gain)} / ${percent(found)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const models = process.argv.slice(2);
const tasks = [beir('dureader-robust-dev'), beir('chinesesquad2-dev'), english()];
for (const model of models) {
  console.log(`${model}: ${await speed(tasks[0]?.passages ?? [], model)}`);
}
for (const task of tasks) {
  const { name, passages, questions } = task;
  console.log(`\n${name}: ${passages.length} passages, ${questions.length} questions`);
  const lexical = bm25(task);
  console.log(`  nDCG@10 / recall@100   BM25 alone            ${measure(task, lexical)}`);
  for (const model of models) {
    const semantic = await dense(task, model);
    console.log(`  ${model.padEnd(20)}   dense alone           ${measure(task, semantic)}`);
    for (const weight of [0.3, 0.5]) {
      const both = measure(task, fused(lexical, semantic, weight));
      console.log(`  ${model.padEnd(20)}   fused, dense ${weight}     ${both}`);
    }
  }
}
