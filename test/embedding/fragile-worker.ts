/** Speaks the embedding protocol, one number a text; dies of the text "die" while mortal. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Embedding, Numbered, Reply } from '../../src/embedding/protocol.ts';

const { mortal }: { mortal?: boolean } = workerData;
const reply = (message: Reply) => parentPort!.postMessage(message, []);

if (mortal === undefined) {
  reply({ kind: 'unusable', reason: 'no settings' });
} else {
  parentPort!.on('message', ({ id, texts }: Numbered<Embedding>) => {
    if (mortal && texts.includes('die')) throw new Error('the worker was told to die');
    reply({ kind: 'numbers', id, numbers: new Float32Array(texts.length) });
  });
  reply({ kind: 'ready', dimensions: 1 });
}
