import { libraryFile, openForWriting } from './database.ts';
import { explained } from './faults.ts';
import { goBack } from './generations.ts';
import { holdLock } from './lock.ts';

/**
 * Lets the generation serve that served before the present one, at once. The later one is kept until
 * the next indexing: while the articles folder is as it was then, `isStale` says that there is
 * nothing to do, so a restart does not undo the decision.
 * @returns the generation that serves now
 * @throws YuanwenError `no-previous-generation`, `library-locked`
 */
export function rollBack(dataDir: string): number {
  const lock = holdLock(dataDir, 'going back to an earlier state');
  try {
    const file = libraryFile(dataDir);
    return explained(file, () => {
      const db = openForWriting(file);
      try {
        return goBack(db);
      } finally {
        db.close();
      }
    });
  } finally {
    lock.release();
  }
}
