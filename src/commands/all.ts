import type { Command } from './command.ts';

/**
 * Every command by its name in `npm run NAME`. Each is loaded when it is called, so that `doctor` can
 * still speak when a native module of another can't be loaded.
 */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['index', async () => (await import('./index.ts')).index],
  ['ask', async () => (await import('./ask.ts')).ask],
  ['search', async () => (await import('./search.ts')).search],
  ['articles', async () => (await import('./articles.ts')).articles],
  ['model', async () => (await import('./model.ts')).model],
  ['backup', async () => (await import('./backup.ts')).backup],
  ['restore', async () => (await import('./backup.ts')).restore],
  ['eval', async () => (await import('./eval.ts')).evaluate],
  ['doctor', async () => (await import('./doctor.ts')).doctor],
]);
