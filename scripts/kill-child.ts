/** Does one thing to a library, to be killed on the way. Started by `kill-harness.ts`. */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { indexLibrary } from '../src/indexing/index-library.ts';
import { backUp, restore } from '../src/library/backup.ts';
import { rollBack } from '../src/library/roll-back.ts';
import { hashingEmbedder } from '../test/indexing/hashing-embedder.ts';

export interface Deed {
  readonly action: 'index' | 'rollback' | 'backup' | 'restore';
  readonly folder: string;
  readonly dataDir: string;
  /** Backed up to, restored from. */
  readonly backup: string;
  /** A line a text that was embedded. */
  readonly log: string;
  /** How far the clock is off, in milliseconds. */
  readonly clockShift: number;
}

/** A batch takes about as long as with a real model, so that kills come while it is under way. */
const EMBEDDING_MS = 60;

const deed: Deed = JSON.parse(process.argv[2] ?? '{}');

const now = Date.now;
Date.now = () => now() + deed.clockShift;

const model = hashingEmbedder();
const embedder = {
  ...model,
  embedPassages: async (texts: readonly string[]) => {
    appendFileSync(deed.log, texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
    await setTimeout(EMBEDDING_MS);
    return model.embedPassages(texts);
  },
};

process.send?.('begun');
const { folder, dataDir, backup } = deed;
if (deed.action === 'index') await indexLibrary({ folder, dataDir, embedder, allowRemovals: true });
else if (deed.action === 'rollback') rollBack(dataDir);
else if (deed.action === 'backup') await backUp(dataDir, backup);
else await restore(dataDir, backup);
process.send?.('done');
process.disconnect?.();
