/** Questions in one script about articles in another: no words to compare, so sentences are compared by embedding. */
import type { Embedder } from '../ports.ts';
import type { RankedPassage } from '../search/types.ts';
import { sentencesOf } from '../text/sentences.ts';

/** Each sentence costs an embedding, so only the first paragraphs are read that way. */
const PARAGRAPHS = 3;
const SENTENCES = 30;

const HAN = /\p{Script=Han}/u;

/** One is in Chinese characters and the other is not. */
export function isForeign(question: string, text: string): boolean {
  return HAN.test(question) !== HAN.test(text);
}

/** By how much a foreign paragraph must be more similar than those in the question's own script. */
const FOREIGN_LEAD = 0.05;

/**
 * The passages to answer from: those in the question's script; the foreign ones only where they are
 * clearly more similar, since their words can't be compared.
 */
export function inReach(question: string, passages: readonly RankedPassage[]): RankedPassage[] {
  const foreign = new Set(
    passages.filter(({ passage }) => isForeign(question, passage.paragraph.text)),
  );
  const similarity = (of: (one: RankedPassage) => boolean): number =>
    Math.max(-1, ...passages.filter(of).map(({ features }) => features.dense));
  const readsForeign =
    similarity((one) => foreign.has(one)) > similarity((one) => !foreign.has(one)) + FOREIGN_LEAD;
  return passages.filter((one) => foreign.has(one) === readsForeign);
}

/**
 * Cosine similarities of the sentences of the first foreign paragraphs to the question, by paragraph id.
 * Empty, and free of charge, when question and paragraphs are in one script.
 */
export async function foreignSimilarities(
  question: string,
  passages: readonly RankedPassage[],
  embedder: Embedder,
): Promise<Map<number, readonly number[]>> {
  const paragraphs = passages
    .map(({ passage }) => passage.paragraph)
    .filter(({ text }) => isForeign(question, text))
    .slice(0, PARAGRAPHS);
  const similarities = new Map<number, readonly number[]>();
  if (paragraphs.length === 0) return similarities;
  const asked = await embedder.embedQuestion(question);
  for (const { id, text } of paragraphs) {
    const sentences = sentencesOf(text).slice(0, SENTENCES);
    const vectors = await Promise.all(
      sentences.map(([start, end]) => embedder.embedQuestion(text.slice(start, end))),
    );
    similarities.set(
      id,
      vectors.map((vector) => cosine(asked, vector)),
    );
  }
  return similarities;
}

/** Of unit vectors. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
