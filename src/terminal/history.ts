import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatDeps } from './chat.ts';

/** Questions offered by the arrow keys. */
const KEPT = 500;

/** Earlier questions, kept in the data folder. A folder that can't be written only means that none are kept. */
export function terminalHistory(dataDir: string): ChatDeps['history'] {
  const file = join(dataDir, 'terminal-history.log');
  return {
    load: () => {
      try {
        return readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-KEPT);
      } catch {
        return [];
      }
    },
    add: (question) => {
      try {
        appendFileSync(file, `${question}\n`, { mode: 0o600 });
      } catch {
        // The next start will have a shorter history.
      }
    },
  };
}
