/**
 * Scales each vector of a batch to unit length, in place. A text without any token gives a vector
 * of zeros; it gets one that points nowhere in particular, so that every vector is a unit vector.
 * @param vectors - one after the other, `dimensions` numbers each
 */
export function unitVectors(vectors: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const vector = vectors.subarray(start, start + dimensions);
    const norm = lengthOf(vector);
    if (norm > 0 && Number.isFinite(norm)) {
      for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / norm;
    } else {
      vector.fill(1 / Math.sqrt(dimensions));
    }
  }
  return vectors;
}

/** A loop: `Math.hypot` with so many arguments takes longer than the network does. */
function lengthOf(vector: Float32Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}
