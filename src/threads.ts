import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

const loader = new URL('./loader.mjs', import.meta.url).href;

/**
 * Starts a worker thread from a TypeScript module, whatever runs the caller (tsx or vitest).
 * @param module - `new URL('./worker.ts', import.meta.url)`
 */
export function startThread(module: URL, options: Omit<WorkerOptions, 'execArgv'> = {}): Worker {
  return new Worker(module, { ...options, execArgv: ['--import', loader] });
}
