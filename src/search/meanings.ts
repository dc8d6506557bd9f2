/** A question in another language than the passages has no words to look for: its words are compared by meaning. */
import type { Embedder } from '../ports.ts';
import { fold } from '../text/fold.ts';
import { sentencesOf } from '../text/sentences.ts';
import { wordsOf } from '../text/words.ts';
import type { Described } from './features.ts';
import { judgedText } from './features.ts';
import { mean, nearnessOf } from './nearness.ts';
import type { Nearness } from './nearness.ts';
import { isForeign } from './score.ts';
import type { UnderstoodQuestion } from './types.ts';

/** So many of the most similar passages are compared word by word. */
const COMPARED = 16;

/** The candidates with how near they come in meaning, where their words can't be compared by letters. */
export async function withMeanings(
  question: UnderstoodQuestion,
  described: readonly Described[],
  { embedWords }: Embedder,
): Promise<readonly Described[]> {
  if (embedWords === null || !isForeign(question, described)) return described;
  const similar = described.toSorted((a, b) => b.features.dense - a.features.dense);
  const sentences = similar.slice(0, COMPARED).map((one) => {
    const text = judgedText(one);
    return sentencesOf(text).map(([start, end]) => fold(text.slice(start, end)));
  });
  const near = await nearnessOf(wordsOf(question.content), sentences.flat(), embedWords);
  let first = 0;
  return similar.map((one, index) => {
    const next = first + (sentences[index]?.length ?? 0);
    const meaning = bestStretch(near.slice(first, next));
    first = next;
    return { ...one, features: { ...one.features, meaning } };
  });
}

/** Mean nearness of the question's words, 0…1, in the best three sentences that stand side by side. */
function bestStretch(sentences: Nearness): number {
  const best = sentences.map((sentence, at) => {
    const near = sentences.slice(Math.max(0, at - 1), at + 2);
    return mean(sentence.map((_, k) => Math.max(...near.map((row) => row[k] ?? 0))));
  });
  return Math.max(0, ...best);
}
