import { libraryFile, openForReading } from './database.ts';
import { explained } from './faults.ts';
import { Places } from './places.ts';
import type { ListedPlace } from './places.ts';
import { newestGeneration } from './state.ts';

/** What the articles folder held when it was indexed last. */
export interface NewestListing {
  /** Of the model it was indexed with. */
  readonly fingerprint: string;
  readonly places: readonly ListedPlace[];
}

/** Read without a lock; null when nothing has been indexed. */
export function newestListing(dataDir: string): NewestListing | null {
  const file = libraryFile(dataDir);
  return explained(file, () => {
    const db = openForReading(file);
    if (db === null) return null;
    try {
      const newest = newestGeneration(db);
      if (newest === null) return null;
      return { fingerprint: newest.fingerprint, places: new Places(db).listed(newest.id) };
    } finally {
      db.close();
    }
  });
}
