import { lookingTwice, rerankerOptions } from '../compose-second-look.ts';
import type { App } from '../compose.ts';
import type { Config } from '../config.ts';
import type { Reranker } from '../ports.ts';
import { Progress } from '../terminal/progress.ts';
import type { Surroundings } from './command.ts';

/**
 * What `open` opens, with the configured reranker over it. Without one nothing of a reranker is loaded.
 * @param onFailure - told of each question that the reranker could not help with; when left out, the
 *   first is told on stderr
 * @throws YuanwenError for a reranker that can't be loaded
 */
export async function withSecondLook(
  config: Config,
  surroundings: Surroundings,
  open: () => Promise<App>,
  onFailure = firstTo(surroundings),
): Promise<App> {
  const reranker = await openConfigured(config, surroundings);
  if (reranker === null) return open();
  try {
    return lookingTwice(await open(), config, { reranker, onFailure });
  } catch (error) {
    await reranker.close();
    throw error;
  }
}

async function openConfigured(config: Config, { stderr }: Surroundings): Promise<Reranker | null> {
  const options = rerankerOptions(config);
  if (options === null) return null;
  const { openReranker } = await import('../embedding/reranker.ts');
  const progress = new Progress(stderr);
  try {
    return await openReranker({ ...options, onProgress: (state) => progress.downloading(state) });
  } finally {
    progress.stop();
  }
}

/** Failures after the first would say the same. */
function firstTo({ stderr }: Surroundings): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    const reason = error instanceof Error ? error.message : String(error);
    stderr.write(`${reason} Answering without it.\n`);
  };
}
