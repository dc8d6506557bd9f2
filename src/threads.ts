import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Starts a worker thread from a TypeScript module, whatever runs the caller (tsx or vitest).
 * @param module - `new URL('./worker.ts', import.meta.url)`
 */
export function startThread(module: URL, options: Omit<WorkerOptions, 'execArgv'> = {}): Worker {
  return new Worker(module, { ...options, execArgv: ['--import', tsx] });
}
