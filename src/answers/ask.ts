/** The one way to ask: follow-up → search → choose → judge → prove → compose. */
import type { Ask, AskOptions, Embedder, Library, LibraryView } from '../ports.ts';
import { search } from '../search/search.ts';
import type { SecondLook } from '../search/second-look.ts';
import type { RankedPassage } from '../search/types.ts';
import { areInOtherScripts, languageOf } from '../text/language.ts';
import type { Answer, Citation, Timings } from '../types.ts';
import { answerFeatures, foldedHead } from './answer-features.ts';
import type { Candidacy } from './answer-features.ts';
import { foreignProbability, probabilityOf, thresholdFor } from './answerability.ts';
import type { Refusal } from './answerability.ts';
import { chooseSentences } from './choose.ts';
import { composeAnswer, composeSilence } from './compose.ts';
import type { Silence } from './compose.ts';
import { resolveFollowUp } from './follow-up.ts';
import { foreignSimilarities, inReach } from './foreign.ts';
import { logOdds } from '../search/log-odds.ts';
import { understandQuestion } from './question.ts';
import type { Question } from './question.ts';
import { citedArticle, isProven, quoteOf } from './quote.ts';
import type { Quote } from './quote.ts';
import { askedNothing } from './small-talk.ts';

export interface AskDependencies {
  readonly library: Library;
  readonly embedder: Embedder;
  /** Looks at the best passages once more; nobody does when left out. */
  readonly secondLook?: SecondLook | undefined;
  /** How sure it must be to answer; balanced when left out. */
  readonly refusal?: Refusal;
  /** A quote did not stand in the stored text and was left out. */
  readonly onUnproven?: (quote: Quote) => void;
}

/** A paragraph with its answering part and how likely that answers. */
interface Answering extends Candidacy {
  /** Calibrated, 0…1. */
  readonly probability: number;
}

/** So many paragraphs are read for their answering sentence. */
const PARAGRAPHS_READ = 6;
const DEFAULT_TOP = 3;
const MOST_NEAREST = 3;
/** A further citation must be at least this likely, as a share of the best one. */
const WORTH_CITING = 0.5;

/** Ties the stages together over a library and an embedder. */
export function createAsk(dependencies: AskDependencies): Ask {
  return async (question, options = {}) => {
    const started = performance.now();
    const language = languageOf(question, options.language);
    const reply = replier(question, language, started);
    const silence = askedNothing(question);
    if (silence !== null) return reply.refuse(silence, question);
    const view = dependencies.library.view();
    if (view === null || view.passageCount === 0) return reply.refuse('empty-library', question);

    const resolved = resolveFollowUp(question, options.history ?? []);
    const ranking = await search(resolved, {
      view,
      embedder: dependencies.embedder,
      secondLook: dependencies.secondLook,
      limit: PARAGRAPHS_READ,
      ...(options.today === undefined ? {} : { today: options.today }),
    });
    const timings = { embedMs: ranking.embedMs, searchMs: ranking.searchMs };
    const passages = inReach(resolved, ranking.passages);
    const similarities = await foreignSimilarities(resolved, passages, dependencies.embedder);
    const answering = readParagraphs(understandQuestion(resolved), passages, similarities);
    const threshold = thresholdFor(dependencies.refusal ?? 'balanced');
    const best = firstToSend(answering, threshold);
    if (best === undefined) {
      const nearest = cite(answering.slice(0, MOST_NEAREST), view, dependencies);
      return reply.refuse('not-in-articles', resolved, nearest, timings);
    }
    const others = answering.filter(
      (other) => other !== best && other.probability >= best.probability * WORTH_CITING,
    );
    const citations = cite([best, ...others].slice(0, topOf(options)), view, dependencies);
    if (citations.length === 0) return reply.refuse('not-in-articles', resolved, [], timings);
    return reply.answer(resolved, citations, timings);
  };
}

function topOf({ top = DEFAULT_TOP }: AskOptions): number {
  return Math.max(1, top);
}

/** Answers whose merits differ by less than this are as good as level. */
const LEVEL = 1;

/**
 * The answer to send, if any is likely enough: the best, or, where that one lacks what is asked for
 * (an amount, a date), one that is level with it and has it.
 */
function firstToSend(answering: readonly Answering[], threshold: number): Answering | undefined {
  const [first] = answering;
  if (first === undefined) return undefined;
  const least = merit(first) - LEVEL;
  return answering.find((one) => one.probability >= threshold && merit(one) >= least);
}

/** How much the search's log-odds count beside the evidence when answers are put in order. */
const RANKING_WEIGHT = 3;

/** The answering sentences of the ranked paragraphs, best first: the search and the evidence decide together. */
function readParagraphs(
  question: Question,
  passages: readonly RankedPassage[],
  similarities: ReadonlyMap<number, readonly number[]>,
): Answering[] {
  const candidacies = passages.flatMap((ranked): Candidacy[] => {
    const { id, text } = ranked.passage.paragraph;
    const choice = chooseSentences(question, text, foldedHead(ranked), similarities.get(id));
    return choice === null ? [] : [{ ranked, choice }];
  });
  return candidacies
    .map((one) => ({ ...one, probability: judge(question, one) }))
    .sort((a, b) => merit(b) - merit(a));
}

function merit({ ranked, probability }: Answering): number {
  return logOdds(probability) + RANKING_WEIGHT * logOdds(ranked.score);
}

function judge(question: Question, one: Candidacy): number {
  const { ranked, choice } = one;
  if (areInOtherScripts(question.folded, ranked.passage.paragraph.text)) {
    return foreignProbability(ranked.score, ranked.features, choice.sentence.features.bestFit);
  }
  return question.content.length === 0 ? 0 : probabilityOf(answerFeatures(question, one));
}

/** Numbered citations of what is proven; what is not is reported and left out. */
function cite(
  answering: readonly Answering[],
  view: LibraryView,
  { onUnproven }: AskDependencies,
): Citation[] {
  const citations: Citation[] = [];
  for (const { ranked, choice, probability } of answering) {
    const quote = quoteOf(ranked.passage.paragraph, choice.range);
    if (!isProven(view, quote)) {
      onUnproven?.(quote);
      continue;
    }
    citations.push({
      n: citations.length + 1,
      quote: quote.quote,
      spans: quote.spans,
      paragraph: quote.paragraph.text,
      paragraphSpans: quote.paragraph.spans,
      paragraphNumber: quote.paragraph.number,
      article: citedArticle(quote.paragraph),
      score: probability,
    });
  }
  return citations;
}

interface Replier {
  answer(resolved: string, citations: readonly Citation[], timings: StageTimings): Answer;
  refuse(
    silence: Silence,
    resolved: string,
    nearest?: readonly Citation[],
    timings?: StageTimings,
  ): Answer;
}

type StageTimings = Omit<Timings, 'totalMs'>;

function replier(question: string, language: Answer['language'], started: number): Replier {
  const timed = (timings: StageTimings): Timings => ({
    ...timings,
    totalMs: performance.now() - started,
  });
  return {
    answer: (resolved, citations, timings) => ({
      question,
      resolved,
      language,
      answered: true,
      answer: composeAnswer(citations, language),
      citations,
      nearest: [],
      timings: timed(timings),
    }),
    refuse: (silence, resolved, nearest = [], timings = { embedMs: 0, searchMs: 0 }) => ({
      question,
      resolved,
      language,
      answered: false,
      answer: composeSilence(silence, nearest, language),
      citations: [],
      nearest,
      timings: timed(timings),
    }),
  };
}
