/** Making hnswlib's file from the kept one: its links are inflated, and the vectors put back from SQLite. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';
import { startThread } from '../threads.ts';
import { isSnapshot, libraryFile } from './database.ts';
import type { Db } from './database.ts';
import { fillVectors } from './graph-format.ts';
import { unpackInto } from './vector-codec.ts';

/** What is filled from what; can be handed to a thread. */
export interface Filling {
  readonly dataDir: string;
  /** Paths: the kept file, scratch for its inflated links, and the file that hnswlib reads. */
  readonly kept: string;
  readonly links: string;
  readonly full: string;
  readonly model: number;
  readonly dimensions: number;
}

/** With more vectors than this a thread is worth its start: whoever starts has other things to load. */
const WORTH_A_THREAD = 20_000;
/** Vectors read from SQLite at a time. */
const PAGE = 1_000;

/** Makes hnswlib's file, in a thread of its own where there are many vectors. */
export async function putVectorsBack(filling: Filling, count: number, db: Db): Promise<void> {
  const file = libraryFile(filling.dataDir);
  if (count < WORTH_A_THREAD || isSnapshot(db, file)) return fill(filling, db);
  const worker = startThread(new URL('./graph-filling-worker.ts', import.meta.url), {
    workerData: filling,
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('the thread that fills the graph ended')),
    );
  });
}

/** The same on this thread. */
export async function fill(
  { kept, links, full, model, dimensions }: Filling,
  db: Db,
): Promise<void> {
  await pipeline(createReadStream(kept), createInflate(), createWriteStream(links));
  const select = db
    .prepare<[number, number], [id: number, value: Buffer]>(
      `SELECT id, value FROM vector WHERE id >= ? AND model = ? ORDER BY id LIMIT ${PAGE}`,
    )
    .raw();
  // hnswlib keeps its elements in the order in which they were added, which is that of their ids.
  let page: Array<[id: number, value: Buffer]> = [];
  let next = 0;
  const putVector = (id: number, place: Float32Array): void => {
    while (next < page.length && (page[next]?.[0] ?? 0) < id) next++;
    if (next === page.length) [page, next] = [select.all(id, model), 0];
    const [vector, value] = page[next] ?? [];
    if (vector === id && value !== undefined) unpackInto(value, place);
  };
  await withFiles([links, 'r'], [full, 'w'], (source, target) =>
    fillVectors(source, target, dimensions, putVector),
  );
}

type Opening = readonly [path: string, flags: 'r' | 'w'];

export async function withFiles(
  source: Opening,
  target: Opening,
  use: (source: FileHandle, target: FileHandle) => Promise<void>,
): Promise<void> {
  const from = await open(...source);
  try {
    const to = await open(...target);
    try {
      await use(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
