/**
 * How many of the ten nearest passages the HNSW graph finds, against exact search on the real vectors,
 * at several breadths of search; the library uses the last.
 */
import { performance } from 'node:perf_hooks';
import { embedderOptions } from '../src/compose.ts';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { chunkReader } from '../src/library/chunks.ts';
import { libraryFile, openForReading } from '../src/library/database.ts';
import { readGraph } from '../src/library/graph-file.ts';
import { breadthFor } from '../src/library/graph.ts';
import { identityOf, lastVector, servingGeneration } from '../src/library/state.ts';
import { cosine } from '../src/library/vector-codec.ts';
import type { Hit } from '../src/types.ts';
import { givenConfig, tell } from './measured.ts';

const QUESTIONS = 100;
const NEAREST = 10;

const config = givenConfig();
const embedder = await openEmbedder(embedderOptions(config));
const db = openForReading(libraryFile(config.dataDir));
const serving = db && servingGeneration(db);
if (db === null || serving === null) throw new Error('nothing was indexed');
const graph = await readGraph(config.dataDir, db, {
  ...serving,
  identity: identityOf(db),
  lastVector: lastVector(db),
  generation: serving.id,
});
if (graph === null) throw new Error('the graph can not be read');

const vectors = db
  .prepare<[number], { id: number; value: Buffer }>('SELECT id, value FROM vector WHERE id <= ?')
  .all(graph.through);
// Parts of sentences, as people ask: not the passages themselves.
const slice = chunkReader(db);
const files = db.prepare<[], { id: number; length: number }>(
  'SELECT id, length FROM file WHERE length > 250 ORDER BY id',
);
const texts = files
  .all()
  .map(({ id, length }) => /[^。！？\n]{12,30}/u.exec(slice(id, [200, length]) ?? '')?.[0])
  .filter((text) => text !== undefined);
const step = Math.max(1, Math.floor(texts.length / QUESTIONS));
const questions = await Promise.all(
  texts.filter((_, i) => i % step === 0).map((text) => embedder.embedQuestion(text)),
);
const exact = questions.map((question) =>
  best(vectors.map(({ id, value }) => ({ id, score: cosine(question, value) }))),
);
const figures: Record<string, number> = {};
for (const ef of [100, 200, 400, 800, breadthFor(graph.count)]) {
  const started = performance.now();
  const found = questions.map((question) => graph.search(question, NEAREST, ef));
  const ms = (performance.now() - started) / questions.length;
  const hits = found.map((list, i) => {
    // Passages that are as near as the tenth are as good.
    const last = (exact[i]?.at(-1)?.score ?? 0) - 1e-6;
    return list.filter(({ score }) => score >= last).length;
  });
  const all = exact.reduce((sum, list) => sum + list.length, 0);
  figures[`recall@10 of HNSW at ef ${ef}`] = hits.reduce((sum, count) => sum + count, 0) / all;
  figures[`  one search at ef ${ef}, ms`] = ms;
}
tell({ figures });
db.close();
await embedder.close();

function best(hits: Hit[]): Hit[] {
  return hits.sort((a, b) => b.score - a.score).slice(0, NEAREST);
}
