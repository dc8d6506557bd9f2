/** Files that are only there for a moment, outside the data folder: hnswlib reads and writes nothing but files. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** hnswlib's own file, which is large, and the same without vectors. */
export interface Scratch {
  readonly full: string;
  readonly links: string;
}

/** Named after the process, so that what a killed one left is known and removed by the next. */
const NAME = /^yuanwen-graph-(?<pid>\d+)-/;

export async function withScratch<T>(use: (scratch: Scratch) => Promise<T>): Promise<T> {
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `yuanwen-graph-${process.pid}-`));
  try {
    return await use({ full: join(folder, 'full.hnsw'), links: join(folder, 'links') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = NAME.exec(name)?.groups?.['pid'];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Somebody else's can't be removed, and need not be.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
