import { deflateSync, inflateSync } from 'node:zlib';
import type { Span } from '../types.ts';
import type { Db } from './database.ts';

/** UTF-16 code units in a chunk: small enough that quoting a sentence inflates little. */
const CHUNK_LENGTH = 4096;
/** Room for a text of 2^28 units. */
const CHUNKS_PER_FILE = 65_536;

/** Stores a text as deflated UTF-16LE, so that any slice can be read exactly without decoding what lies before it. */
export function chunkWriter(db: Db): (file: number, text: string) => void {
  const insert = db.prepare('INSERT INTO chunk (id, deflated) VALUES (?, ?)');
  return (file, text) => {
    for (let number = 0; number * CHUNK_LENGTH < text.length; number++) {
      const part = text.slice(number * CHUNK_LENGTH, (number + 1) * CHUNK_LENGTH);
      insert.run(file * CHUNKS_PER_FILE + number, deflateSync(Buffer.from(part, 'utf16le')));
    }
  };
}

/** Reads slices of stored texts; null where a text does not reach. */
export function chunkReader(db: Db): (file: number, span: Span) => string | null {
  const select = db.prepare<[number], Buffer>('SELECT deflated FROM chunk WHERE id = ?').pluck();
  return (file, [start, end]) => {
    if (!(0 <= start && start <= end)) return null;
    let slice = '';
    let at = start;
    do {
      const number = Math.floor(at / CHUNK_LENGTH);
      const deflated = select.get(file * CHUNKS_PER_FILE + number);
      if (deflated === undefined) return null;
      const units = inflateSync(deflated, { chunkSize: CHUNK_LENGTH * 2 });
      const first = number * CHUNK_LENGTH;
      const to = Math.min(end - first, CHUNK_LENGTH);
      if (to * 2 > units.length) return null;
      slice += units.toString('utf16le', (at - first) * 2, to * 2);
      at = first + to;
    } while (at < end);
    return slice;
  };
}

/** Removes the text of a file. */
export function chunkRemover(db: Db): (file: number) => void {
  const remove = db.prepare('DELETE FROM chunk WHERE id >= ? AND id < ?');
  return (file) => {
    remove.run(file * CHUNKS_PER_FILE, (file + 1) * CHUNKS_PER_FILE);
  };
}
