/** Indexes in a thread of its own, so that answering never waits. Started by `run-indexing.ts`. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { goldenExamination } from '../compose-golden.ts';
import { openEmbedder } from '../embedding/embedder.ts';
import { YuanwenError } from '../errors.ts';
import { indexLibrary, previewIndex } from './index-library.ts';
import type { IndexEvents } from './options.ts';
import type { Report, Task } from './thread-protocol.ts';

// Answers go first. On Linux a priority is a thread's own, and the threads it starts inherit it;
// elsewhere it is the whole process's, which must not be slowed.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { kind, options }: Task = workerData;
const cancelling = new AbortController();
parentPort?.once('message', () => cancelling.abort());

function report(message: Report): void {
  parentPort?.postMessage(message, []);
}

const events: IndexEvents = {
  onProgress: (phase, done, total) => report({ kind: 'progress', phase, done, total }),
};

async function work(): Promise<Report> {
  const embedder = await openEmbedder(options.embedder);
  try {
    const own = {
      ...options,
      ...goldenExamination(options, embedder),
      embedder,
      besideAnswers: true,
      signal: cancelling.signal,
    };
    return kind === 'index'
      ? { kind: 'indexed', result: await indexLibrary(own, events) }
      : { kind: 'previewed', preview: await previewIndex(own, events) };
  } finally {
    await embedder.close();
  }
}

try {
  report(await work());
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  report({ kind: 'failed', code: error instanceof YuanwenError ? error.code : null, message });
}
parentPort?.close();
