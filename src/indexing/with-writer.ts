import { libraryFile } from '../library/database.ts';
import { explain, isDamage } from '../library/faults.ts';
import { holdLock } from '../library/lock.ts';
import { isDamaged, salvageVectors, setAside } from '../library/repair.ts';
import { LibraryWriter } from '../library/writer.ts';
import type { WriterOptions } from '../library/writer.ts';

/**
 * Runs `action` as the only one who changes the library. A damaged library, noticed before or on the
 * way, is set aside with its vectors saved, and the action runs on a new one.
 * @param purpose - told to whoever comes meanwhile: "indexing"
 */
export async function withWriter<T>(
  options: WriterOptions,
  purpose: string,
  action: (writer: LibraryWriter, setAside: string | null) => Promise<T>,
): Promise<T> {
  const { dataDir } = options;
  const attempt = async (aside: string | null): Promise<T> => {
    const writer = new LibraryWriter(options);
    try {
      return await action(writer, aside);
    } finally {
      await writer.close();
    }
  };
  const lock = holdLock(dataDir, purpose);
  try {
    const isBroken = isDamaged(dataDir, { wasAbandoned: lock.wasAbandoned });
    const aside = isBroken ? startAnew(dataDir) : null;
    try {
      return await attempt(aside);
    } catch (error) {
      if (aside !== null || !isDamage(error)) throw error;
      return await attempt(startAnew(dataDir));
    }
  } catch (error) {
    throw explain(error, libraryFile(dataDir));
  } finally {
    lock.release();
  }
}

function startAnew(dataDir: string): string {
  const aside = setAside(dataDir);
  salvageVectors(dataDir, aside);
  return aside;
}
