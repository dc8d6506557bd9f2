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
  /** The chosen sentence's log-odds among its paragraph's, up to a constant. */
  readonly score: number;
}

/** More sentences than this are not read; paragraphs of that length are tables or lists. */
const MOST_SENTENCES = 80;

/** What a word of the question still counts when the article's head says it: its sentences need not. */
export const SAID_IN_HEAD = 0.3;

/**
 * Chooses the sentences of a paragraph that answer the question.
 * @param head - folded title, kicker, deck and subhead
 * @param similarities - cosine similarity of each sentence (as `sentencesOf` gives them) to the question
 */
export function chooseSentences(
  question: Question,
  paragraph: string,
  head = '',
  similarities: readonly number[] = [],
): Choice | null {
  const ranges = sentencesOf(paragraph).slice(0, MOST_SENTENCES);
  const analysed = ranges.map(([start, end]) => analyse(paragraph.slice(start, end)));
  const sentences = judgeSentences(knowing(question, head), analysed, similarities);
  const scores = sentences.map(({ features }) => sentenceScore(features));
  const score = Math.max(...scores);
  const best = scores.indexOf(score);
  const sentence = sentences[best];
  if (sentence === undefined) return null;
  const [first, last] = quoteExtent(question, sentences, scores, best);
  const range: Span = [ranges[first]?.[0] ?? 0, ranges[last]?.[1] ?? paragraph.length];
  return { range, sentence, sentences, ranges, score };
}

/** The question to a reader who has read the head: what that says counts for less, but for what is asked for. */
export function knowing(question: Question, head: string): Question {
  if (head === '') return question;
  const { focus } = question;
  const content = question.content.map((word) =>
    head.includes(word.text) && word.start !== focus?.start
      ? { ...word, weight: SAID_IN_HEAD * word.weight }
      : word,
  );
  return { ...question, content };
}

/** What a sentence's similarity is worth beside its words; it is asked for only where words can't be compared. */
const SIMILARITY_WEIGHT = 20;

/** Trained by `npm run train:sentences`: log-odds of being the answering sentence among those of its paragraph. */
function sentenceScore(features: SentenceFeatures): number {
  const trained = SENTENCE_FEATURES.map((name) => weights.weights[name] * features[name]);
  return trained.reduce((sum, part) => sum + part, SIMILARITY_WEIGHT * features.similarity);
}
