import type { Embedder } from '../../src/ports.ts';
import { indexTokens } from '../../src/text/tokens.ts';

/** How often each text was embedded, for tests that count. */
export interface HashingEmbedder extends Embedder {
  readonly embedded: Map<string, number>;
}

/**
 * A small model of its own: each token adds 1 to one of the dimensions. Deterministic and fast, and
 * similar texts are near each other, as with any model.
 */
export function hashingEmbedder({
  dimensions = 64,
  fingerprint = 'hashing',
} = {}): HashingEmbedder {
  const embedded = new Map<string, number>();
  const embed = (text: string): Float32Array => {
    const vector = new Float32Array(dimensions);
    for (const token of indexTokens(text)) {
      const at = hash(token) % dimensions;
      vector[at] = (vector[at] ?? 0) + 1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  };
  return {
    fingerprint,
    dimensions,
    maxInputLength: 400,
    embedded,
    embedQuestion: (text) => Promise.resolve(embed(text)),
    embedPassages: (texts) => {
      for (const text of texts) embedded.set(text, (embedded.get(text) ?? 0) + 1);
      return Promise.resolve(texts.map(embed));
    },
    embedWords: null,
    close: () => Promise.resolve(),
  };
}

function hash(token: string): number {
  let value = 2_166_136_261;
  for (let i = 0; i < token.length; i++) value = Math.imul(value ^ token.charCodeAt(i), 16_777_619);
  return value >>> 0;
}
