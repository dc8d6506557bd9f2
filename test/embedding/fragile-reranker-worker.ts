/** Speaks the reranking protocol; dies of the passage "die", never ends with "wait". */
import { parentPort } from 'node:worker_threads';
import type { Numbered, Reply, Reranking } from '../../src/embedding/protocol.ts';

const reply = (message: Reply) => parentPort!.postMessage(message, []);

parentPort!.on('message', ({ id, passage }: Numbered<Reranking>) => {
  if (passage === 'die') throw new Error('the worker was told to die');
  if (passage !== 'wait') reply({ kind: 'numbers', id, numbers: Float32Array.of(passage.length) });
});
reply({ kind: 'ready', dimensions: 1 });
