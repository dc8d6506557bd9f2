import { libraryFile, openForReading } from './database.ts';
import type { Db } from './database.ts';
import { explain, isDamage } from './faults.ts';
import { readGraph } from './graph-file.ts';
import { identityOf, lastVector, servingGeneration } from './state.ts';
import type { GenerationRow } from './view.ts';

/** The state of a library, looked at page by page. */
export interface Inspection {
  /** Null when nothing has been indexed. */
  readonly serving: {
    readonly generation: number;
    readonly articles: number;
    readonly passages: number;
  } | null;
  /** Whether the HNSW file can be used; if not, it is made again from the vectors. */
  readonly hasGraph: boolean;
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
}

/** Checks everything that must hold between the parts of a library. Reads all of it: takes seconds for a large one. */
export async function inspectLibrary(dataDir: string): Promise<Inspection> {
  const file = libraryFile(dataDir);
  try {
    const db = openForReading(file);
    if (db === null) return { serving: null, hasGraph: false, faults: [] };
    try {
      return await inspect(db, dataDir);
    } finally {
      db.close();
    }
  } catch (error) {
    if (!isDamage(error)) throw explain(error, file);
    return { serving: null, hasGraph: false, faults: [`${file} can't be read: it is damaged`] };
  }
}

async function inspect(db: Db, dataDir: string): Promise<Inspection> {
  const faults: string[] = [];
  const integrity = db.prepare<[], string>('PRAGMA integrity_check').pluck().all();
  if (integrity[0] !== 'ok') faults.push(`integrity check: ${integrity.slice(0, 3).join('; ')}`);
  const orphans = db.prepare('PRAGMA foreign_key_check').all().length;
  if (orphans > 0) faults.push(`${orphans} rows refer to rows that are not there`);

  const row = servingGeneration(db);
  if (row === null) return { serving: null, hasGraph: false, faults };
  for (const [sql, fault] of RULES) {
    const broken = db.prepare<[{ generation: number; model: number }], number>(sql).pluck();
    const count = broken.get({ generation: row.id, model: row.model }) ?? 0;
    if (count > 0) faults.push(`${count} ${fault}`);
  }
  const graph = await inspectGraph(db, dataDir, row);
  faults.push(...graph.faults);
  const { id: generation, articles, passages } = row;
  return { serving: { generation, articles, passages }, hasGraph: graph.exists, faults };
}

const PASSAGES = `(SELECT DISTINCT passage.* FROM listing JOIN place ON place.id = listing.place
  JOIN file ON file.id = place.file
  JOIN passage ON passage.id >= first_passage AND passage.id < first_passage + passage_count
  WHERE generation = :generation AND :model IS NOT NULL)`;

/** Counts that must be 0. */
const RULES = [
  [
    `SELECT count(*) FROM ${PASSAGES} p
    WHERE NOT EXISTS (SELECT 1 FROM vector WHERE vector.input = p.input AND model = :model)`,
    'passages have no vector',
  ],
  [
    `SELECT count(*) FROM ${PASSAGES} p
    WHERE NOT EXISTS (SELECT 1 FROM segment WHERE p.id BETWEEN first AND last)`,
    'passages are not in the word index',
  ],
  [
    `SELECT count(*) FROM ${PASSAGES} p WHERE NOT EXISTS (SELECT 1 FROM paragraph WHERE id = p.paragraph)`,
    'passages have no paragraph',
  ],
  [
    `SELECT abs(passages - (SELECT count(*) FROM ${PASSAGES})) FROM generation WHERE id = :generation`,
    'passages too many or too few for the generation',
  ],
] as const;

async function inspectGraph(
  db: Db,
  dataDir: string,
  { id: generation, model, fingerprint, dimensions }: GenerationRow,
): Promise<{ exists: boolean; faults: string[] }> {
  const origin = {
    identity: identityOf(db),
    model,
    fingerprint,
    dimensions,
    generation,
    lastVector: lastVector(db),
  };
  const graph = await readGraph(dataDir, db, origin);
  if (graph === null) return { exists: false, faults: [] };
  const inGraph = new Set(graph.index.getIdsList());
  const missing = db
    .prepare<[number, number], number>('SELECT id FROM vector WHERE model = ? AND id <= ?')
    .pluck()
    .all(model, graph.through)
    .filter((id) => !inGraph.has(id)).length;
  return {
    exists: true,
    faults: missing === 0 ? [] : [`${missing} vectors are not in the HNSW file`],
  };
}
