/** Which sentence of a paragraph answers, and how much of the paragraph belongs to the answer. Pure. */
import { sentencesOf } from '../text/sentences.ts';
import type { Span } from '../types.ts';
import { quoteExtent } from './extent.ts';
import type { Question } from './question.ts';
import { judgeSentences, SENTENCE_FEATURES } from './sentence-features.ts';
import type { Judged, SentenceFeatures } from './sentence-features.ts';
import weights from './sentence-weights.json' with { type: 'json' };
import { analyse } from './words.ts';

/** The answering part of one paragraph. */
export interface Choice {
  /** In the paragraph's text. */
  readonly range: Span;
  /** The sentence that answers; the range may hold more. */
  readonly sentence: Judged;
  /** The paragraph's sentences in order, for whoever wants to choose otherwise. */
  readonly sentences: readonly Judged[];
  readonly ranges: readonly Span[];
  /** The chosen sentence's score and its lead over the next; higher is better, comparable within a question. */
  readonly score: number;
  readonly lead: number;
}

/** More sentences than this are not read; paragraphs of that length are tables or lists. */
const MOST_SENTENCES = 80;

/**
 * Chooses the sentences of a paragraph that answer the question.
 * @param similarities - cosine similarity of each sentence (as `sentencesOf` gives them) to the question
 */
export function chooseSentences(
  question: Question,
  paragraph: string,
  similarities: readonly number[] = [],
): Choice | null {
  const ranges = sentencesOf(paragraph).slice(0, MOST_SENTENCES);
  const analysed = ranges.map(([start, end]) => analyse(paragraph.slice(start, end)));
  const sentences = judgeSentences(question, analysed, similarities);
  const scores = sentences.map(({ features }) => sentenceScore(features));
  const score = Math.max(...scores);
  const best = scores.indexOf(score);
  const sentence = sentences[best];
  if (sentence === undefined) return null;
  const others = scores.filter((_, index) => index !== best);
  const [first, last] = quoteExtent(question, sentences, scores, best);
  const range: Span = [ranges[first]?.[0] ?? 0, ranges[last]?.[1] ?? paragraph.length];
  return {
    range,
    sentence,
    sentences,
    ranges,
    score,
    lead: score - Math.max(score - 9, ...others),
  };
}

/** Trained by `npm run train:sentences`: log-odds of being the answering sentence among those of its paragraph. */
export function sentenceScore(features: SentenceFeatures): number {
  return SENTENCE_FEATURES.reduce((sum, name) => sum + weights.weights[name] * features[name], 0);
}
