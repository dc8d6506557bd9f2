/**
 * Vectors on disk: a 32-bit scale, then one signed byte a dimension. Four times smaller than floats;
 * the cosine of two 256-dimensional vectors moves by less than 0.002 (`test/library/vector-codec.test.ts`).
 */
const SCALE_BYTES = 4;
const LARGEST = 127;

/** Packs a vector; its direction is kept, its values rounded to 1/127 of the largest. */
export function pack(vector: Float32Array): Buffer {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest / LARGEST;
  const packed = Buffer.alloc(SCALE_BYTES + vector.length);
  packed.writeFloatLE(scale);
  const values = integers(packed);
  for (let i = 0; i < values.length; i++) values[i] = Math.round((vector[i] ?? 0) / (scale || 1));
  return packed;
}

/** The packed vector with length 1; all zeros stay so. */
export function unpack(packed: Buffer): Float32Array {
  const vector = new Float32Array(packed.length - SCALE_BYTES);
  unpackInto(packed, vector);
  return vector;
}

/** `unpack` into a place that is there already. */
export function unpackInto(packed: Buffer, target: Float32Array): void {
  const values = integers(packed);
  const factor = 1 / (lengthOf(values) || 1);
  // A loop: `Float32Array.from` with a function takes ten times as long, for each of 200,000 vectors.
  for (let i = 0; i < target.length; i++) target[i] = (values[i] ?? 0) * factor;
}

/** Cosine of a unit-length vector and a packed one; 0 when the packed one is zero. */
export function cosine(unit: Float32Array, packed: Buffer): number {
  const values = integers(packed);
  let dot = 0;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    dot += value * (unit[i] ?? 0);
    square += value * value;
  }
  return square === 0 ? 0 : dot / Math.sqrt(square);
}

/** True for bytes that can be what `pack` made of a unit-length vector: the length must come out as 1. */
export function isWhole(packed: Buffer, dimensions: number): boolean {
  if (packed.length !== SCALE_BYTES + dimensions) return false;
  return Math.abs(packed.readFloatLE() * lengthOf(integers(packed)) - 1) < 0.02;
}

function integers(packed: Buffer): Int8Array {
  return new Int8Array(packed.buffer, packed.byteOffset + SCALE_BYTES, packed.length - SCALE_BYTES);
}

function lengthOf(values: Int8Array): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += (values[i] ?? 0) ** 2;
  return Math.sqrt(square);
}
