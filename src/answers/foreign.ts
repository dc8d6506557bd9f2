/** Questions in one script about articles in another: no words to compare, so sentences are compared by embedding. */
import type { Embedder } from '../ports.ts';
import type { RankedPassage } from '../search/types.ts';
import { foldedHead } from './answer-features.ts';
import { SAID_IN_HEAD } from './choose.ts';
import { cosine, nearnessOf } from '../search/nearness.ts';
import { fold } from '../text/fold.ts';
import { areInOtherScripts } from '../text/language.ts';
import { contentOf } from '../text/question-words.ts';
import { sentencesOf } from '../text/sentences.ts';
import { wordsOf } from '../text/words.ts';

/** Each sentence costs an embedding, so only the first paragraphs are read that way. */
const PARAGRAPHS = 3;
const SENTENCES = 30;

/** By how much a foreign paragraph must be more similar than those in the question's own script. */
const FOREIGN_LEAD = 0.05;

/**
 * The passages to answer from: those in the question's script; the foreign ones only where they are
 * clearly more similar, since their words can't be compared.
 */
export function inReach(question: string, passages: readonly RankedPassage[]): RankedPassage[] {
  const foreign = new Set(
    passages.filter(({ passage }) => areInOtherScripts(question, passage.paragraph.text)),
  );
  const similarity = (of: (one: RankedPassage) => boolean): number =>
    Math.max(-1, ...passages.filter(of).map(({ features }) => features.dense));
  const readsForeign =
    similarity((one) => foreign.has(one)) > similarity((one) => !foreign.has(one)) + FOREIGN_LEAD;
  return passages.filter((one) => foreign.has(one) === readsForeign);
}

/**
 * How near the sentences of the first foreign paragraphs come to the question, by paragraph id.
 * Empty, and free of charge, when question and paragraphs are in one script.
 */
export async function foreignSimilarities(
  question: string,
  passages: readonly RankedPassage[],
  embedder: Embedder,
): Promise<Map<number, readonly number[]>> {
  const foreign = passages
    .filter(({ passage }) => areInOtherScripts(question, passage.paragraph.text))
    .slice(0, PARAGRAPHS);
  const near = new Map<number, readonly number[]>();
  if (foreign.length === 0) return near;
  const asked = await embedder.embedQuestion(question);
  for (const ranked of foreign) {
    const { id, text } = ranked.passage.paragraph;
    const sentences = sentencesOf(text)
      .slice(0, SENTENCES)
      .map(([start, end]) => text.slice(start, end));
    const vectors = await Promise.all(sentences.map((one) => embedder.embedQuestion(one)));
    const similarities = vectors.map((vector) => cosine(asked, vector));
    const byWords = await wordSimilarities(question, foldedHead(ranked), sentences, embedder);
    near.set(
      id,
      similarities.map((similarity, i) => together(similarity, byWords?.[i])),
    );
  }
  return near;
}

/** How near each sentence's words come to the question's; null when the model knows no single words. */
async function wordSimilarities(
  question: string,
  head: string,
  sentences: readonly string[],
  { embedWords }: Embedder,
): Promise<number[] | null> {
  if (embedWords === null) return null;
  const words = wordsOf(contentOf(question));
  const near = await nearnessOf(words, [head, ...sentences.map(fold)], embedWords);
  const [inHead = new Float64Array(0), ...inSentences] = near;
  // What the head says, its sentences need not.
  const weights = inHead.map((nearness) => 1 - (1 - SAID_IN_HEAD) * nearness);
  return inSentences.map((row) => weightedMean(row, weights));
}

/** What the nearness of a sentence's words counts beside the similarity of the whole. */
const WORDS_WEIGHT = 2;

function together(similarity: number, byWords: number | undefined): number {
  return byWords === undefined
    ? similarity
    : (similarity + WORDS_WEIGHT * byWords) / (1 + WORDS_WEIGHT);
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0) / (all || 1);
}
