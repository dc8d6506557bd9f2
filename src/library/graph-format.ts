/**
 * hnswlib's file, with and without the vectors. They are most of it and lie in SQLite already, so the
 * file that is kept has only the links; before hnswlib reads it, the vectors are put back.
 *
 * hnswlib writes a header, then for each element its links, vector and label, then the links of the
 * upper levels (`saveIndex` in its hnswalg.h). Numbers are of the machine's own kind; where they are not
 * as expected, the file is not used.
 */
import type { FileHandle } from 'node:fs/promises';

const HEADER_BYTES = 96;
const LABEL_BYTES = 8;
/** Elements are moved in pieces of about this many bytes. */
const PIECE_BYTES = 4 << 20;

/** Where an element's parts lie. */
interface Layout {
  readonly elements: number;
  readonly linkBytes: number;
  readonly vectorBytes: number;
}

/** Copies hnswlib's file without the vectors. */
export async function stripVectors(full: FileHandle, kept: FileHandle): Promise<void> {
  const header = await readExactly(full, HEADER_BYTES);
  const layout = layoutOf(header);
  await kept.write(header);
  const { linkBytes, vectorBytes } = layout;
  const fullBytes = linkBytes + vectorBytes + LABEL_BYTES;
  for (const count of pieces(layout.elements, fullBytes)) {
    const from = await readExactly(full, count * fullBytes);
    const to = Buffer.alloc(count * (linkBytes + LABEL_BYTES));
    for (let i = 0; i < count; i++) {
      const at = i * (linkBytes + LABEL_BYTES);
      from.copy(to, at, i * fullBytes, i * fullBytes + linkBytes);
      from.copy(to, at + linkBytes, (i + 1) * fullBytes - LABEL_BYTES, (i + 1) * fullBytes);
    }
    await kept.write(to);
  }
  await copyRest(full, kept);
}

/**
 * Writes hnswlib's file from the kept one.
 * @param putVector - puts the vector of a label, of length 1, into its place. That of one that is gone
 *   stays zero: it keeps its links, and is near to nothing
 */
export async function fillVectors(
  kept: FileHandle,
  full: FileHandle,
  dimensions: number,
  putVector: (label: number, place: Float32Array) => void,
): Promise<void> {
  const header = await readExactly(kept, HEADER_BYTES);
  const { elements, linkBytes, vectorBytes } = layoutOf(header);
  if (vectorBytes !== dimensions * 4)
    throw new RangeError('the graph has vectors of another length');
  await full.write(header);
  const fullBytes = linkBytes + vectorBytes + LABEL_BYTES;
  // A piece is put together while the one before it is written.
  let writing: Promise<unknown> = Promise.resolve();
  for (const count of pieces(elements, fullBytes)) {
    const from = await readExactly(kept, count * (linkBytes + LABEL_BYTES));
    const to = Buffer.from(new ArrayBuffer(count * fullBytes));
    for (let i = 0; i < count; i++) {
      const at = i * (linkBytes + LABEL_BYTES);
      const label = from.readBigUInt64LE(at + linkBytes);
      from.copy(to, i * fullBytes, at, at + linkBytes);
      putVector(Number(label), new Float32Array(to.buffer, i * fullBytes + linkBytes, dimensions));
      to.writeBigUInt64LE(label, (i + 1) * fullBytes - LABEL_BYTES);
    }
    await writing;
    writing = full.write(to);
    // Heard of where it is awaited.
    writing.catch(() => undefined);
  }
  await writing;
  await copyRest(kept, full);
}

function layoutOf(header: Buffer): Layout {
  const number = (index: number): number => Number(header.readBigUInt64LE(index * 8));
  const [offsetLevel0, , elements, elementBytes, labelOffset, linkBytes] = [0, 1, 2, 3, 4, 5].map(
    number,
  );
  const isKnown =
    offsetLevel0 === 0 &&
    elements !== undefined &&
    linkBytes !== undefined &&
    labelOffset !== undefined &&
    elementBytes === labelOffset + LABEL_BYTES &&
    labelOffset > linkBytes;
  if (!isKnown) throw new RangeError('hnswlib has written a file of another form');
  return { elements, linkBytes, vectorBytes: labelOffset - linkBytes };
}

/** Splits so many elements into counts for one piece each. */
function* pieces(elements: number, bytes: number): Generator<number> {
  const most = Math.max(1, Math.floor(PIECE_BYTES / bytes));
  for (let left = elements; left > 0; left -= most) yield Math.min(left, most);
}

async function readExactly(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length);
  if (bytesRead !== length) throw new RangeError('the graph file is too short');
  return buffer;
}

async function copyRest(from: FileHandle, to: FileHandle): Promise<void> {
  const buffer = Buffer.alloc(PIECE_BYTES);
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, PIECE_BYTES);
    if (bytesRead === 0) return;
    await to.write(buffer, 0, bytesRead);
  }
}
