/**
 * The same documents and questions through Yuanwen and through other search libraries, in one run:
 * `npm run bench:peers -- [FOLDER…] [--limit N]`, BEIR folders, by default those of ../shared/eval/beir.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openEmbedder } from '../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../src/embedding/shipped-model.ts';
import { readBeir, spread } from '../src/evaluation/beir.ts';
import type { BeirFolder, BeirQuery } from '../src/evaluation/beir.ts';
import { compareRuns } from '../src/evaluation/compare.ts';
import { corpusLibrary } from '../src/evaluation/corpus-library.ts';
import { mean, ndcg, quantile, recall } from '../src/evaluation/metrics.ts';
import type { Embedder } from '../src/ports.ts';
import { search } from '../src/search/search.ts';
import { lexicalPeers } from './peers/lexical.ts';
import { DEPTH } from './peers/peer.ts';
import type { Peer } from './peers/peer.ts';
import { vectorPeers } from './peers/vectors.ts';

const ALL_SETS = '../shared/eval/beir';

const ours: Peer = {
  name: 'Yuanwen',
  how: 'as shipped',
  async build(documents, embedder) {
    const cacheDir = mkdtempSync(join(tmpdir(), 'yuanwen-peers-'));
    process.once('exit', () => rmSync(cacheDir, { recursive: true }));
    const view = (await corpusLibrary(documents, { embedder, cacheDir })).view();
    return async (question) => {
      if (view === null) return [];
      const { passages } = await search(question, { view, embedder, limit: DEPTH });
      return passages.flatMap(({ passage, duplicates }) =>
        [passage, ...duplicates].map(({ paragraph }) => paragraph.file),
      );
    };
  },
};

interface Measured {
  readonly peer: Peer;
  readonly ndcg: ReadonlyMap<string, number>;
  readonly recall: number;
  readonly indexSeconds: number;
  readonly megabytes: number;
  readonly times: readonly number[];
}

async function measure(
  peer: Peer,
  { documents }: BeirFolder,
  queries: readonly BeirQuery[],
  embedder: Embedder,
): Promise<Measured> {
  const before = memory();
  const started = performance.now();
  const find = await peer.build(documents, embedder);
  const indexSeconds = (performance.now() - started) / 1000;
  const megabytes = memory() - before;
  const gains = new Map<string, number>();
  const recalls: number[] = [];
  const times: number[] = [];
  for (const { id, text, relevant } of queries) {
    const asked = performance.now();
    const found = await find(text);
    times.push(performance.now() - asked);
    const grades = found.map((document) => relevant.get(document) ?? 0);
    gains.set(id, ndcg(grades, relevant.values(), 10));
    recalls.push(recall(grades, relevant.size, DEPTH));
  }
  return { peer, ndcg: gains, recall: mean(recalls), indexSeconds, megabytes, times };
}

/**
 * Megabytes of the JavaScript heap and its buffers, after what can go is gone. What SQLite and HNSW hold
 * outside of them is not counted, so those stand too low.
 */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function row(one: Measured, best: Measured): string {
  const { peer, times, indexSeconds, megabytes } = one;
  const { p } = compareRuns(one.ndcg, best.ndcg);
  return [
    peer.name.padEnd(20),
    peer.how.padEnd(40),
    mean([...one.ndcg.values()])
      .toFixed(4)
      .padStart(7),
    one.recall.toFixed(4).padStart(10),
    indexSeconds.toFixed(2).padStart(8),
    quantile(times, 0.5).toFixed(2).padStart(9),
    Math.max(0, megabytes).toFixed(0).padStart(6),
    one === best ? '' : p.toFixed(4).padStart(7),
  ].join('  ');
}

const { values, positionals } = parseArgs({
  options: { limit: { type: 'string', default: '500' } },
  allowPositionals: true,
});
const folders =
  positionals.length > 0 ? positionals : readdirSync(ALL_SETS).map((name) => join(ALL_SETS, name));
const embedder = await openEmbedder({
  model: SHIPPED_MODEL,
  modelsDir: fileURLToPath(new URL('../embeddings/models', import.meta.url)),
  cacheDir: join(tmpdir(), 'yuanwen-evaluation'),
  workers: 1,
});
await embedder.embedPassages(['warm']);
for (const folder of folders) {
  const collection = readBeir(folder);
  const answerable = collection.queries.filter(({ relevant }) => relevant.size > 0);
  const queries = spread(answerable, Number(values.limit));
  console.log(
    `\n${basename(folder)}: ${collection.documents.length} documents, ${queries.length} questions`,
  );
  console.log(
    `${'library'.padEnd(20)}  ${'set up with'.padEnd(40)}  nDCG@10  recall@100  index s  median ms  JS MB  p against Yuanwen`,
  );
  const best = await measure(ours, collection, queries, embedder);
  console.log(row(best, best));
  for (const peer of [...lexicalPeers, ...vectorPeers]) {
    console.log(row(await measure(peer, collection, queries, embedder), best));
  }
}
await embedder.close();
