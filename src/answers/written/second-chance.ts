import type { Ask, AskOptions } from '../../ports.ts';
import type { Answer, Language, Turn } from '../../types.ts';
import { composeAnswer } from '../compose.ts';
import { asData } from './passages.ts';
import { questionFault } from './proof.ts';
import { isChineseText } from './script.ts';
import type { Writer } from './writer.ts';

/** A rewritten question that is longer has become something else. */
const LONGEST_QUESTION = 300;

/** An answer that a language model helped to find. */
export interface Found {
  readonly answer: Answer;
  /** What was searched, in the language of the articles. */
  readonly searched: string;
}

/** Whether a language model could ask better: there was a conversation, or the articles are in another language. */
export function canBeHelped(refusal: Answer, { history = [] }: AskOptions): boolean {
  return history.length > 0 || otherLanguage(refusal) !== null;
}

/** Answered by words; across languages, where only embeddings were compared, a better question may find better. */
export function isSure(answer: Answer): boolean {
  return answer.answered && otherLanguage(answer) === null;
}

/**
 * Where the articles seem not to answer, a language model may help to ask: it completes a question that
 * leans on earlier turns, and puts one into the language of the articles. What that finds is quoted as
 * any other answer; null when there is still none.
 */
export async function secondChance(
  ask: Ask,
  refusal: Answer,
  options: AskOptions,
  writer: Writer,
): Promise<Found | null> {
  const { history = [], ...alone } = options;
  const question =
    history.length === 0 ? refusal.question : await completed(refusal, history, writer);
  if (question !== refusal.question && question !== refusal.resolved) {
    const answer = await ask(question, alone);
    if (answer.answered) return found(answer, refusal, question, question);
  }
  const language = otherLanguage(refusal);
  if (language === null) return null;
  const data = { question: asData(question) };
  const translated = await writer.writeLine('search-words', language, data);
  if (translated === '' || translated.length > LONGEST_QUESTION) return null;
  const answer = await ask(translated, alone);
  return answer.answered ? found(answer, refusal, question, translated) : null;
}

/** The answer as one to the question that was asked, in its language. */
function found(answer: Answer, refusal: Answer, resolved: string, searched: string): Found {
  const { question, language } = refusal;
  const text = composeAnswer(answer.citations, language);
  return { answer: { ...answer, question, resolved, language, answer: text }, searched };
}

async function completed(
  refusal: Answer,
  history: readonly Turn[],
  writer: Writer,
): Promise<string> {
  const turns = history.map(({ resolved, titles, quote }) =>
    ['<turn>', asData(resolved), ...titles.map(asData), asData(quote), '</turn>'].join('\n'),
  );
  const data = { turns: turns.join('\n'), question: asData(refusal.question) };
  const rewritten = await writer.writeLine('follow-up', refusal.language, data);
  const known = history.flatMap(({ resolved, titles, quote }) => [resolved, ...titles, quote]);
  const isFaulty =
    rewritten === '' ||
    rewritten.length > LONGEST_QUESTION ||
    questionFault(rewritten, [...known, refusal.question]) !== null;
  return isFaulty ? refusal.question : rewritten;
}

/** The language of the passages that were found, where it is not the question's. */
function otherLanguage({ question, citations, nearest }: Answer): Language | null {
  const isChinese = isChineseText(question);
  const closest = [...citations, ...nearest];
  const others = closest.filter(({ paragraph }) => isChineseText(paragraph) !== isChinese);
  if (others.length === 0 || others.length * 2 < closest.length) return null;
  return isChinese ? 'en' : 'zh-Hans';
}
