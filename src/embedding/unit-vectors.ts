/**
 * Scales each vector of a batch to unit length, in place. A text without any token gives a vector
 * of zeros; it gets one that points nowhere in particular, so that every vector is a unit vector.
 * @param vectors - one after the other, `dimensions` numbers each
 */
export function unitVectors(vectors: Float32Array, dimensions: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dimensions) {
    const vector = vectors.subarray(start, start + dimensions);
    const norm = Math.hypot(...vector);
    if (norm > 0 && Number.isFinite(norm)) {
      for (const [i, value] of vector.entries()) vector[i] = value / norm;
    } else {
      vector.fill(1 / Math.sqrt(dimensions));
    }
  }
  return vectors;
}
