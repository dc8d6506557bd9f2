/** Fills a graph's file beside whoever starts. Started by `graph-filling.ts`. */
import { workerData } from 'node:worker_threads';
import { libraryFile, openForReading } from './database.ts';
import { fill } from './graph-filling.ts';
import type { Filling } from './graph-filling.ts';

const filling: Filling = workerData;
const db = openForReading(libraryFile(filling.dataDir));
if (db === null) throw new Error(`there is no library in ${filling.dataDir}`);
await fill(filling, db);
db.close();
