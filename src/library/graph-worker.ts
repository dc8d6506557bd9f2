/** Builds the graph beside whoever writes the library. Started by `graph-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { libraryFile, openForReading } from './database.ts';
import { codeOf } from './faults.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { GraphOrder, GraphReply } from './graph-thread.ts';

const dataDir: string = workerData;
const db = openForReading(libraryFile(dataDir));
if (db === null) throw new Error(`there is no library in ${dataDir}`);
const builder = new GraphBuilder(db, dataDir);

function reply(message: GraphReply): void {
  parentPort?.postMessage(message, []);
}

async function follow({ kind, origin }: GraphOrder): Promise<void> {
  try {
    if (kind === 'catch up') await builder.catchUp(origin);
    else reply({ kind: 'written', stamp: await builder.write(origin) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reply({ kind: 'failed', message, code: codeOf(error) });
  }
}

// One order after the other.
let last = Promise.resolve();
parentPort?.on('message', (order: GraphOrder) => {
  last = last.then(() => follow(order));
});
