import { basename, dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { LogLevel, env } from '@xenova/transformers';
import type { Numbered, Reply } from './protocol.ts';

/** What a thread does with its model. */
export interface Skill<Model, Work> {
  load(): Promise<Model>;
  /** Numbers of all texts, one text after the other. */
  work(model: Model, work: Work): Promise<Float32Array>;
  /** A text to try the model on: how many numbers it gets is told to the owner. */
  readonly probe: Work;
}

/** The thread's side of `ModelThread`: loads the model, tries it, and does what it is sent. */
export async function serve<Model, Work extends object>(skill: Skill<Model, Work>): Promise<void> {
  try {
    const model = await skill.load();
    const { length: dimensions } = await skill.work(model, skill.probe);
    parentPort?.on('message', (order: Numbered<Work>) => {
      const { id } = order;
      skill.work(model, order).then(
        (numbers) => reply({ kind: 'numbers', id, numbers }),
        (error: unknown) => reply({ kind: 'failed', id, reason: told(error) }),
      );
    });
    reply({ kind: 'ready', dimensions });
  } catch (error) {
    reply({ kind: 'unusable', reason: told(error) });
  }
}

/** Lets the transformers package load from this folder and nowhere else. @returns the name to load it by */
export function onlyFrom(folder: string): string {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.logLevel = LogLevel.ERROR;
  env.localModelPath = dirname(folder);
  return basename(folder);
}

function reply(message: Reply): void {
  parentPort?.postMessage(message, []);
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
