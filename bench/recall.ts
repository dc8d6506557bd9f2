/**
 * How many of the ten nearest passages the HNSW graph finds, against exact search on real vectors:
 * `npm run bench:recall -- [articles]`. Tries several breadths of search and prints the share found
 * and the time of one search.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../src/embedding/shipped-model.ts';
import { indexLibrary } from '../src/indexing/index-library.ts';
import { libraryFile, openForReading } from '../src/library/database.ts';
import { Graph, GRAPH } from '../src/library/graph.ts';
import { cosine } from '../src/library/vector-codec.ts';
import { writeNews } from './news.ts';

const QUESTIONS = 200;
const NEAREST = 10;

const root = mkdtempSync(join(tmpdir(), 'yuanwen-bench-'));
const [folder, dataDir] = [join(root, 'articles'), join(root, 'data')];
const embedder = await openEmbedder({
  model: SHIPPED_MODEL,
  modelsDir: fileURLToPath(new URL('../embeddings/models', import.meta.url)),
  cacheDir: join(root, 'cache'),
  workers: availableParallelism(),
});
await writeNews(folder, Number(process.argv[2] ?? 5000));
const { passages } = await indexLibrary({ folder, dataDir, embedder });

const db = openForReading(libraryFile(dataDir));
if (db === null) throw new Error('nothing was indexed');
const graph = new Graph(embedder.dimensions);
const building = performance.now();
await graph.catchUp(db, 1);
const perSecond = (graph.count / (performance.now() - building)) * 1000;
process.stdout.write(
  `${passages} passages; M ${GRAPH.m}, efConstruction ${GRAPH.efConstruction}: ${perSecond.toFixed(0)} additions a second\n`,
);

const vectors = db.prepare<[], { id: number; value: Buffer }>('SELECT id, value FROM vector').all();
// Parts of sentences, as people ask: not the passages themselves.
const texts = db
  .prepare<[], Buffer>('SELECT units FROM chunk ORDER BY id')
  .pluck()
  .all()
  .map((units) => /[^。！？\n]{12,30}/u.exec(units.toString('utf16le').slice(200))?.[0])
  .filter((text) => text !== undefined);
const step = Math.max(1, Math.floor(texts.length / QUESTIONS));
const questions = await Promise.all(
  texts.filter((_, i) => i % step === 0).map(async (text) => embedder.embedQuestion(text)),
);
const exact = questions.map((question) =>
  vectors
    .map(({ id, value }) => ({ id, score: cosine(question, value) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, NEAREST),
);
for (const ef of [50, 100, 200, 400]) {
  graph.index.setEf(ef);
  const start = performance.now();
  const found = questions.map((question) => graph.search(question, NEAREST));
  const ms = (performance.now() - start) / questions.length;
  const hits = found.map((list, i) => {
    // Passages that are as near as the tenth are as good.
    const last = (exact[i]?.at(-1)?.score ?? 0) - 1e-6;
    return list.filter(({ score }) => score >= last).length;
  });
  const recall = hits.reduce((sum, count) => sum + count, 0) / (questions.length * NEAREST);
  process.stdout.write(`ef ${ef}: recall@${NEAREST} ${recall.toFixed(4)}, ${ms.toFixed(2)} ms\n`);
}
db.close();
await embedder.close();
rmSync(root, { recursive: true });
