/** The one way to ask, with a language model: the quoting answer first, then what the model may add to it. */
import type { Ask, AskOptions, Budget, Embedder, LanguageModel, Library } from '../../ports.ts';
import { search } from '../../search/search.ts';
import type { SecondLook } from '../../search/second-look.ts';
import type { RankedPassage } from '../../search/types.ts';
import type { Answer, StoredPassage, WritingReport } from '../../types.ts';
import { within } from '../../within.ts';
import type { Quote } from '../quote.ts';
import { composeWritten, withTranslations } from './compose-written.ts';
import { asData, numberedPassages, passagesText } from './passages.ts';
import type { Prompt } from './prompt.ts';
import { proveReply } from './prove-reply.ts';
import type { Ground, ProvenReply } from './prove-reply.ts';
import { sentencesOfReply } from './reply.ts';
import { canBeHelped, isSure, secondChance } from './second-chance.ts';
import { translationsOf } from './translate.ts';
import { Writer } from './writer.ts';

export interface WrittenAskDependencies {
  /** Answers by quoting; what it says stands whenever the model's answer can't be used. */
  readonly ask: Ask;
  readonly library: Library;
  readonly embedder: Embedder;
  readonly secondLook?: SecondLook | undefined;
  readonly languageModel: LanguageModel;
  readonly prompts: readonly Prompt[];
  readonly budget?: Budget;
  /** For all that the model does for one question, in milliseconds. */
  readonly patience: number;
}

type Outcome = Pick<WritingReport, 'outcome' | 'kept' | 'dropped' | 'failure'>;

const NOTHING = { kept: 0, dropped: [] } as const;

/** How many paragraphs are looked at; those with less than this share of the best one's score are not shown to the model. */
const PARAGRAPHS = 8;
const WORTH_SHOWING = 0.02;

/** Lets a language model write what `ask` quotes. Never fails because of the model. */
export function createWrittenAsk(dependencies: WrittenAskDependencies): Ask {
  return async (question, options = {}) => {
    const quoting = await dependencies.ask(question, options);
    if (!quoting.answered && !canBeHelped(quoting, options)) return quoting;
    if (options.signal?.aborted === true) return quoting;
    const started = performance.now();
    const { languageModel, prompts, patience } = dependencies;
    const { writer, answer, ...outcome } = await within(
      patience,
      options.signal,
      async (signal) => {
        const writer = new Writer(languageModel, prompts, signal);
        return { writer, ...(await attempt(dependencies, { quoting, options, writer })) };
      },
    );
    const { promptTokens, replyTokens } = writer;
    const ms = performance.now() - started;
    options.onReport?.({ ...outcome, promptTokens, replyTokens, ms });
    const totalMs = quoting.timings.totalMs + ms;
    return { ...answer, timings: { ...answer.timings, totalMs } };
  };
}

interface Work {
  readonly quoting: Answer;
  /** The question as the articles would put it. */
  readonly searched: string;
  readonly options: AskOptions;
  readonly writer: Writer;
}

async function attempt(
  dependencies: WrittenAskDependencies,
  { quoting, options, writer }: Omit<Work, 'searched'>,
): Promise<Outcome & { answer: Answer }> {
  if (isOverBudget(dependencies.budget, options)) {
    return { outcome: 'over-budget', ...NOTHING, answer: quoting };
  }
  let answer = quoting;
  try {
    const asFound = quoting.answered ? { answer: quoting, searched: quoting.resolved } : null;
    const found = isSure(quoting)
      ? asFound
      : ((await secondChance(dependencies.ask, quoting, options, writer)) ?? asFound);
    if (found === null) return { outcome: 'declined', ...NOTHING, answer };
    answer = found.answer;
    options.onDraft?.(answer);
    return await write(dependencies, {
      quoting: answer,
      searched: found.searched,
      options,
      writer,
    });
  } catch (failure) {
    return { outcome: 'failed', ...NOTHING, failure, answer };
  }
}

function isOverBudget(budget: Budget | undefined, { person, today }: AskOptions): boolean {
  if (budget === undefined || person === undefined) return false;
  return !budget.take(person, (today ?? new Date()).toISOString().slice(0, 10));
}

async function write(
  dependencies: WrittenAskDependencies,
  { quoting, searched, options, writer }: Work,
): Promise<Outcome & { answer: Answer }> {
  const { languageModel, library, embedder, secondLook } = dependencies;
  const view = library.view();
  if (view === null) return { outcome: 'declined', ...NOTHING, answer: quoting };
  const { passages: ranked } = await search(searched, {
    view,
    embedder,
    secondLook,
    limit: PARAGRAPHS,
    ...(options.today === undefined ? {} : { today: options.today }),
  });
  const ground: Ground = {
    view,
    passages: numberedPassages(worthShowing(ranked)),
    question: quoting.resolved,
    language: quoting.language,
  };
  const scores = new Map(ranked.map(({ passage, score }) => [passage.paragraph.id, score]));
  const composed = (reply: ProvenReply) =>
    composeWritten(quoting, {
      model: languageModel.name,
      reply,
      scoreOf: ({ paragraph }: Quote) => scores.get(paragraph.id) ?? 0,
    });
  const data = { passages: passagesText(ground.passages), question: asData(quoting.resolved) };
  const drafts = new Drafts(ground, (proven) => {
    if (isEnough(proven, quoting)) options.onDraft?.(composed(proven));
  });
  const reply = await writer.write('answer', quoting.language, data, (soFar) => drafts.show(soFar));

  const sentences = sentencesOfReply(reply, true);
  const proven = proveReply(sentences, ground);
  const { dropped, kept } = proven;
  if (sentences.length === 0) return { outcome: 'declined', ...NOTHING, answer: quoting };
  if (!isEnough(proven, quoting)) {
    return { outcome: 'unproven', kept: kept.length, dropped, answer: quoting };
  }
  const answer = composed(proven);
  const translations = await translationsOf(answer, writer);
  return {
    outcome: 'written',
    kept: kept.length,
    dropped,
    answer: withTranslations(answer, translations),
  };
}

function worthShowing(ranked: readonly RankedPassage[]): StoredPassage[] {
  const least = (ranked[0]?.score ?? 0) * WORTH_SHOWING;
  return ranked.filter(({ score }) => score >= least).map(({ passage }) => passage);
}

/** At least half of it stands, and it is about an article that the quoting answer found. */
function isEnough({ kept, quotes, dropped }: ProvenReply, { citations }: Answer): boolean {
  const isAnchored = quotes.some(({ paragraph }) =>
    citations.some(({ article }) => article.id === paragraph.articleId),
  );
  return isAnchored && kept.length >= dropped.length;
}

/** Shows a reply while it is written, whenever one more sentence of it is proven. */
class Drafts {
  readonly #ground: Ground;
  readonly #show: (proven: ProvenReply) => void;
  #read = 0;
  #shown = '';

  constructor(ground: Ground, show: (proven: ProvenReply) => void) {
    this.#ground = ground;
    this.#show = show;
  }

  show(soFar: string): void {
    const sentences = sentencesOfReply(soFar, false);
    if (sentences.length === this.#read) return;
    this.#read = sentences.length;
    const proven = proveReply(sentences, this.#ground);
    const text = proven.kept.map((sentence) => sentence.text).join('\n');
    if (text === '' || text === this.#shown) return;
    this.#shown = text;
    this.#show(proven);
  }
}
