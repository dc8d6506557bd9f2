import type { World } from './world.ts';

/** How long people wait for the bot, in milliseconds. */
export const TIMEOUT = 30_000;

/**
 * Waits until something holds, looking again after everything that happens.
 * @param describe - says what the world looks like instead, for the error
 */
export async function until<T>(
  world: World,
  look: () => T | false | null | undefined,
  timeout: number,
  describe: () => string,
): Promise<T> {
  const found = look();
  if (isFound(found)) return found;
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      unwatch();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(describe()));
    }, timeout);
    const unwatch = world.watch(() => {
      const found = look();
      if (!isFound(found)) return;
      end();
      resolve(found);
    });
  });
}

function isFound<T>(found: T | false | null | undefined): found is T {
  return found !== false && found !== null && found !== undefined;
}
