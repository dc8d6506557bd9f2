/** Words compared by what they mean, across languages: by the vectors of a model that knows words alone. */
import type { Embedder } from '../ports.ts';
import { americanSpelling } from '../text/english-spelling.ts';
import { wordsOf } from '../text/words.ts';

type EmbedWords = NonNullable<Embedder['embedWords']>;

/** For each sentence and each word of a question: the cosine similarity of the sentence's nearest word. */
export type Nearness = readonly Float64Array[];

/**
 * How near each sentence comes to each word of the question; 0 for a sentence without words.
 * @param words - of the question, folded; British spellings are read as American ones
 * @param sentences - folded
 */
export async function nearnessOf(
  words: readonly string[],
  sentences: readonly string[],
  embedWords: EmbedWords,
): Promise<Nearness> {
  const cut = sentences.map(wordsOf);
  const distinct = [...new Set(cut.flat())];
  const vectors = await embedWords([...words.map(americanSpelling), ...distinct]);
  const asked = vectors.slice(0, words.length);
  const similarities = new Map(
    distinct.map((word, index) => [word, similaritiesOf(vectors[words.length + index], asked)]),
  );
  return cut.map((sentence) => {
    const nearest = new Float64Array(words.length);
    for (const word of sentence) {
      similarities.get(word)?.forEach((similarity, k) => {
        if (similarity > (nearest[k] ?? 0)) nearest[k] = similarity;
      });
    }
    return nearest;
  });
}

function similaritiesOf(
  vector: Float32Array | undefined,
  asked: readonly Float32Array[],
): number[] {
  return vector === undefined ? [] : asked.map((one) => cosine(one, vector));
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Of unit vectors. Four sums side by side keep the processor busy. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < a.length; i += 4) {
    first += (a[i] ?? 0) * (b[i] ?? 0);
    second += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    third += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  return first + second + third + fourth;
}
