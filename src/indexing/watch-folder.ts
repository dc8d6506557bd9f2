import { watch } from 'chokidar';

export interface Watching {
  /** Stops; a run of `onSettled` that has begun goes on. */
  close(): Promise<void>;
}

export interface WatchOptions {
  /** How long a folder must have been quiet, in milliseconds: a file that is still being written is not read. */
  readonly quietMs?: number;
  /** Hears of what the watching itself runs into, such as a folder that can't be watched. */
  readonly onError?: (error: unknown) => void;
}

const DEFAULT_QUIET_MS = 2_000;

/**
 * Calls `onSettled` when the articles folder has changed and come to rest; never twice at a time. Changes
 * that come while it runs lead to another call.
 */
export async function watchFolder(
  folder: string,
  onSettled: () => Promise<void>,
  { quietMs = DEFAULT_QUIET_MS, onError = () => {} }: WatchOptions = {},
): Promise<Watching> {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isClosed = false;

  const settle = (): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(run, quietMs);
  };
  const run = (): void => {
    if (isRunning) {
      settle();
      return;
    }
    isRunning = true;
    onSettled()
      .catch(onError)
      .finally(() => {
        isRunning = false;
      });
  };

  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[/\\])\.[^/\\]/.test(path.slice(folder.length)),
    awaitWriteFinish: { stabilityThreshold: quietMs, pollInterval: Math.min(100, quietMs) },
  });
  watcher.on('all', settle).on('error', onError);
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
