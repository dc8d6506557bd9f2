import type { InlineKeyboardButton } from 'telegraf/types';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import type { Message } from './message.ts';
import { button, messagesOf } from './message.ts';
import { markedParagraph, markedText, sourceLine } from './source.ts';
import type { Speech } from './source.ts';
import { bold, join, quote } from './styled.ts';
import type { Styled } from './styled.ts';

export interface AnswerToShow {
  readonly key: string;
  /** Best first; empty for a refusal. */
  readonly citations: readonly KeptCitation[];
  /** The closest passages of a refusal. */
  readonly nearest: readonly KeptCitation[];
  readonly hasMore: boolean;
  /** Buttons that turn it into a golden question. */
  readonly forAdmin: boolean;
}

/** An answer as messages: the sentence that answers, then where it stands; or a plain refusal. */
export function renderAnswer(answer: AnswerToShow, speech: Speech): Message[] {
  return answer.citations.length > 0
    ? renderQuotes(answer, speech)
    : renderRefusal(answer, speech.words);
}

function renderQuotes(answer: AnswerToShow, speech: Speech): Message[] {
  const [best] = answer.citations;
  if (best === undefined) return [];
  const { words } = speech;
  const sentence = bold(markedText(best.article, best.paragraphNumber, best.marks));
  const sources = answer.citations.map((citation, index) => sourceBlock(citation, index, speech));
  const opens = answer.citations.map((citation, index) =>
    button(words('open-source', { n: index + 1 }), `open ${citation.key}`),
  );
  const more = answer.hasMore ? [button(words('more-passages'), `more ${answer.key}`)] : [];
  const rows = [...inRows(opens, 3), more, verdicts(answer.key, words), golden(answer, words)];
  return messagesOf(join([sentence, ...sources], '\n\n'), filled(rows));
}

/** Title, source, date and paragraph number over the quoted paragraph. */
export function sourceBlock(citation: KeptCitation, index: number, speech: Speech): Styled {
  const { article, paragraphNumber, marks } = citation;
  const head = join([`${index + 1}. `, bold(article.title)]);
  const line = sourceLine(article, paragraphNumber, speech);
  return join([head, line, quote(markedParagraph(article, paragraphNumber, marks))], '\n');
}

function renderRefusal(answer: AnswerToShow, words: Speech['words']): Message[] {
  const { nearest } = answer;
  const text = nearest.length > 0 ? words('refusal-with-nearest') : words('refusal');
  const opens = nearest.map((citation) => [
    button(
      words('nearest-passage', {
        title: citation.article.title,
        number: citation.paragraphNumber,
      }),
      `open ${citation.key}`,
    ),
  ]);
  return messagesOf(
    join([text]),
    filled([...opens, verdicts(answer.key, words), golden(answer, words)]),
  );
}

function verdicts(key: string, words: Speech['words']): InlineKeyboardButton[] {
  return [button(words('useful'), `up ${key}`), button(words('useless'), `down ${key}`)];
}

function golden({ key, citations, forAdmin }: AnswerToShow, words: Speech['words']) {
  if (!forAdmin) return [];
  const refuse = button(words('golden-refuse'), `golden-no ${key}`);
  return citations.length > 0 ? [button(words('golden-keep'), `golden ${key}`), refuse] : [refuse];
}

function inRows<T>(items: readonly T[], width: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += width) rows.push(items.slice(at, at + width));
  return rows;
}

function filled<T>(rows: readonly (readonly T[])[]): (readonly T[])[] {
  return rows.filter((row) => row.length > 0);
}
