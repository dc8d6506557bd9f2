import { config as readDotenv } from 'dotenv';
import type { Surroundings } from './commands/command.ts';

/** The real process as commands see it: `.env` read into the environment, Ctrl-C and SIGTERM as a signal. */
export function processSurroundings(): Surroundings {
  readDotenv({ quiet: true });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new Error(name)));
  }
  // A reader that goes away (`npm run articles | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
  };
}
