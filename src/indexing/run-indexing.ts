import type { Worker } from 'node:worker_threads';
import { YuanwenError } from '../errors.ts';
import { startThread } from '../threads.ts';
import type { IndexEvents, IndexPreview, IndexResult } from './options.ts';
import { CANCEL } from './thread-protocol.ts';
import type { Report, Task, ThreadedIndexOptions } from './thread-protocol.ts';

/** `indexLibrary` in a thread of its own. */
export async function runIndexing(
  options: ThreadedIndexOptions,
  events: IndexEvents = {},
): Promise<IndexResult> {
  const report = await run('index', options, events);
  if (report.kind !== 'indexed') throw failureOf(report);
  return report.result;
}

/** `previewIndex` in a thread of its own. */
export async function runPreview(
  options: ThreadedIndexOptions,
  events: IndexEvents = {},
): Promise<IndexPreview> {
  const report = await run('preview', options, events);
  if (report.kind !== 'previewed') throw failureOf(report);
  return report.preview;
}

/** Starts the thread and resolves with its last report, when it has ended. */
async function run(
  kind: Task['kind'],
  { signal, ...options }: ThreadedIndexOptions,
  events: IndexEvents,
): Promise<Report> {
  const task: Task = { kind, options };
  const thread = startThread(new URL('./index-worker.ts', import.meta.url), { workerData: task });
  const cancel = (): void => thread.postMessage(CANCEL, []);
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  try {
    return await lastReport(thread, events);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function lastReport(thread: Worker, { onProgress }: IndexEvents): Promise<Report> {
  return new Promise((resolve, reject) => {
    let last: Report = {
      kind: 'failed',
      code: null,
      message: 'the indexing thread ended without a word',
    };
    thread.on('message', (report: Report) => {
      if (report.kind === 'progress') onProgress?.(report.phase, report.done, report.total);
      else last = report;
    });
    thread.once('error', reject);
    thread.once('exit', () => resolve(last));
  });
}

function failureOf(report: Report): Error {
  const message = report.kind === 'failed' ? report.message : `unexpected report ${report.kind}`;
  const code = report.kind === 'failed' ? report.code : null;
  return code === null ? new Error(message) : new YuanwenError(code, message);
}
