/**
 * What indexing and reading cost: `npm run bench:library -- [articles] [folder]`.
 * Writes news articles as files, indexes them with the shipped model, and measures again without a
 * change, with one changed file, and from a cold start.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../src/embedding/shipped-model.ts';
import { indexLibrary } from '../src/indexing/index-library.ts';
import type { IndexPhase } from '../src/indexing/options.ts';
import { openLibrary } from '../src/library/library.ts';
import { indexTokens } from '../src/text/tokens.ts';
import { writeNews } from './news.ts';

const count = Number(process.argv[2] ?? 5000);
const root = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'yuanwen-bench-'));
const folder = join(root, 'articles');
const dataDir = join(root, 'data');

const embedder = await openEmbedder({
  model: SHIPPED_MODEL,
  modelsDir: fileURLToPath(new URL('../embeddings/models', import.meta.url)),
  cacheDir: join(root, 'cache'),
  workers: availableParallelism(),
});

const bytes = await writeNews(folder, count);
say('articles', `${count}, ${megabytes(bytes)} of text`);

const phases = new Map<IndexPhase, number>();
let last = performance.now();
const first = await indexLibrary(
  { folder, dataDir, embedder },
  {
    onProgress: (phase) => {
      const now = performance.now();
      phases.set(phase, (phases.get(phase) ?? 0) + now - last);
      last = now;
    },
  },
);
say('full index', `${first.seconds} s; ${first.passages} passages, ${first.embedded} embedded`);
for (const [phase, ms] of phases) say(`  ${phase}`, `${(ms / 1000).toFixed(1)} s`);
say('peak memory', peakMemory());
say(
  'on disk',
  `${megabytes(sizeOf(dataDir))}, ${(sizeOf(dataDir) / bytes).toFixed(2)} times the text`,
);
for (const [name, size] of filesOf(dataDir)) say(`  ${name}`, megabytes(size));

const unchanged = await indexLibrary({ folder, dataDir, embedder });
say('no change', `${unchanged.seconds} s, ${unchanged.embedded} embedded`);
writeFileSync(
  join(folder, '0', 'crud-0.txt'),
  '今日新闻\n\n今天上午，市民在广场上放飞了一千只风筝。\n',
);
const changed = await indexLibrary({ folder, dataDir, embedder });
say('one change', `${changed.seconds} s, ${changed.embedded} embedded`);

const opening = performance.now();
const library = await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
say('open', `${(performance.now() - opening).toFixed(0)} ms`);
const view = library.view();
if (view === null) throw new Error('nothing to read');
const questions = [
  '广场上放飞了多少只风筝？',
  '新桥什么时候通车？',
  '今年粮食产量是多少？',
  '谁获得了冠军？',
  '地震造成多少人伤亡？',
];
const vectors = await Promise.all(
  questions.map(async (question) => embedder.embedQuestion(question)),
);
const terms = questions.map((question) => indexTokens(question));
measure('matchTerms', (i) =>
  view.matchTerms({ terms: terms[i] ?? [], bodyWeight: 1, headWeight: 0.5, limit: 100 }),
);
measure('documentFrequencies', (i) => view.documentFrequencies(terms[i] ?? []));
measure('nearest', (i) => view.nearest(vectors[i] ?? new Float32Array(), 100));
const ids = vectors.map((vector) => view.nearest(vector, 100).map(({ id }) => id));
measure('similarities', (i) => view.similarities(vectors[i] ?? new Float32Array(), ids[i] ?? []));
measure('passages', (i) => view.passages(ids[i] ?? []));
measure('articles', () => view.articles({ limit: 10 }));
measure('articles by title', () => view.articles({ titleContains: '风筝', limit: 10 }));
library.close();
await embedder.close();
rmSync(root, { recursive: true });

/** Median over 40 rounds through the questions. */
function measure(name: string, call: (question: number) => unknown): void {
  const times: number[] = [];
  for (let round = 0; round < 40; round++) {
    for (const i of questions.keys()) {
      const start = performance.now();
      call(i);
      times.push(performance.now() - start);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  say(name, `${at(0.5)} ms at the median, ${at(0.95)} ms at the 95th percentile`);
}

function peakMemory(): string {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return megabytes(Number(kilobytes) * 1024);
}

function filesOf(path: string): Array<[name: string, size: number]> {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, statSync(join(entry.parentPath, entry.name)).size]);
}

function sizeOf(path: string): number {
  return filesOf(path).reduce((sum, [, size]) => sum + size, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function say(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(22)} ${value}\n`);
}
