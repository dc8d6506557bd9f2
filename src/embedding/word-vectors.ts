/** So many words are remembered: 16 MB of a model of 512 numbers. Most words of a text are among its language's few thousand commonest. */
const MOST = 8192;

type EmbedWords = (words: readonly string[]) => Promise<Float32Array[]>;

/** The same, but words that were embedded lately are remembered. */
export function remembering(embed: EmbedWords): EmbedWords {
  const known = new Map<string, Float32Array>();
  return async (words) => {
    const found = new Map(words.map((word) => [word, known.get(word)]));
    const missing = [...found].flatMap(([word, vector]) => (vector === undefined ? [word] : []));
    const vectors = await embed(missing);
    for (const [i, word] of missing.entries()) found.set(word, vectors[i]);
    for (const [word, vector] of found) {
      // The latest stand last.
      known.delete(word);
      if (vector !== undefined) known.set(word, vector);
    }
    for (const word of known.keys()) {
      if (known.size <= MOST) break;
      known.delete(word);
    }
    return words.map((word) => found.get(word) ?? new Float32Array(0));
  };
}
