// A module hook before tsx's: what packages ship is JavaScript already. Passed through tsx, the
// transformers package alone takes several times its own memory in each thread, and time at the start.
import { readFile } from 'node:fs/promises';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (context.format !== 'module' || !url.includes('/node_modules/')) return nextLoad(url, context);
  return { format: 'module', source: await readFile(new URL(url)), shortCircuit: true };
}
