import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createDeflate } from 'node:zlib';
import hnswlib from 'hnswlib-node';
import { z } from 'zod';
import type { Db } from './database.ts';
import { putVectorsBack, withFiles } from './graph-filling.ts';
import { stripVectors } from './graph-format.ts';
import { Graph, GRAPH } from './graph.ts';
import { withScratch } from './scratch.ts';

/** What a graph file must have been made from to be of use. */
export interface GraphOrigin {
  /** The library's identity. */
  readonly identity: string;
  readonly model: number;
  readonly fingerprint: string;
  readonly dimensions: number;
  /** Highest vector id the library ever gave. */
  readonly lastVector: number;
  /** Serving when the file was written. */
  readonly generation: number;
}

const Stamp = z.object({
  file: z.string().regex(/^[\w-]+\.links$/),
  identity: z.string(),
  fingerprint: z.string(),
  dimensions: z.number().int(),
  generation: z.number().int(),
  through: z.number().int(),
  count: z.number().int().positive(),
  bytes: z.number().int(),
  checksum: z.string(),
  m: z.number().int(),
  efConstruction: z.number().int(),
});
export type Stamp = z.infer<typeof Stamp>;

const STAMP_NAME = 'vectors.json';

/**
 * What the graph file of a data folder says of itself; null when there is none, or when anything about
 * it is off: it is only a cache, and is built again from the vectors.
 */
export async function readStamp(dataDir: string, origin: GraphOrigin): Promise<Stamp | null> {
  try {
    const text = await readFile(join(dataDir, 'index', STAMP_NAME), 'utf8');
    const stamp = Stamp.parse(JSON.parse(text));
    const path = join(dataDir, 'index', stamp.file);
    const isWhole =
      (await stat(path)).size === stamp.bytes && (await checksumOf(path)) === stamp.checksum;
    return isWhole && fits(stamp, origin) ? stamp : null;
  } catch {
    return null;
  }
}

/** The graph of a data folder; null when there is none that can be used. */
export async function readGraph(
  dataDir: string,
  db: Db,
  origin: GraphOrigin,
): Promise<Graph | null> {
  const stamp = await readStamp(dataDir, origin);
  if (stamp === null) return null;
  try {
    const index = await withScratch(async ({ full, links }) => {
      const { dimensions } = stamp;
      const { model } = origin;
      const kept = join(dataDir, 'index', stamp.file);
      await putVectorsBack({ dataDir, kept, links, full, model, dimensions }, stamp.count, db);
      const index = new hnswlib.HierarchicalNSW('cosine', stamp.dimensions);
      await index.readIndex(full);
      return index;
    });
    if (index.getCurrentCount() !== stamp.count) return null;
    return new Graph(stamp.dimensions, { index, through: stamp.through });
  } catch {
    return null;
  }
}

function fits(stamp: Stamp, origin: GraphOrigin): boolean {
  return (
    stamp.identity === origin.identity &&
    stamp.fingerprint === origin.fingerprint &&
    stamp.dimensions === origin.dimensions &&
    stamp.through <= origin.lastVector &&
    stamp.m === GRAPH.m &&
    stamp.efConstruction === GRAPH.efConstruction
  );
}

/**
 * Writes the graph beside the present file, then puts its stamp in the old one's place in one step:
 * a reader finds the old file or the new one, never half of either.
 */
export async function writeGraph(
  dataDir: string,
  graph: Graph,
  origin: GraphOrigin,
): Promise<Stamp> {
  const folder = join(dataDir, 'index');
  await mkdir(folder, { recursive: true });
  const file = `${randomUUID()}.links`;
  const path = join(folder, file);
  try {
    await withScratch(async ({ full, links }) => {
      await graph.index.writeIndex(full);
      await withFiles([full, 'r'], [links, 'w'], stripVectors);
      // Most links are small numbers in four bytes, or not there: even the fastest level leaves under half.
      const deflate = createDeflate({ level: constants.Z_BEST_SPEED });
      await pipeline(createReadStream(links), deflate, createWriteStream(path, { flush: true }));
    });
    const stamp = await stampOf(path, graph, origin);
    await writeFile(`${path}.json`, JSON.stringify(stamp), { flush: true });
    await rename(`${path}.json`, join(folder, STAMP_NAME));
    return stamp;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await removeUnstamped(folder);
  }
}

async function stampOf(path: string, graph: Graph, origin: GraphOrigin): Promise<Stamp> {
  const { identity, fingerprint, dimensions, generation } = origin;
  const { m, efConstruction } = GRAPH;
  return {
    file: basename(path),
    identity,
    fingerprint,
    dimensions,
    generation,
    through: graph.through,
    count: graph.count,
    bytes: (await stat(path)).size,
    checksum: await checksumOf(path),
    m,
    efConstruction,
  };
}

/** For when the vectors it was made from are given up. */
export function forgetGraph(dataDir: string): void {
  rmSync(join(dataDir, 'index', STAMP_NAME), { force: true });
}

/** Files of earlier stamps, and what a killed or failed writer left. */
async function removeUnstamped(folder: string): Promise<void> {
  const stamp = await readFile(join(folder, STAMP_NAME), 'utf8').catch(() => '');
  for (const name of await readdir(folder)) {
    if (name !== STAMP_NAME && !stamp.includes(name)) await rm(join(folder, name), { force: true });
  }
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
