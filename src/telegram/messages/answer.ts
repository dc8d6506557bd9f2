import type { InlineKeyboardButton } from 'telegraf/types';
import { writtenText } from '../../answers/written/written-text.ts';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import type { Written } from '../../types.ts';
import type { Message } from './message.ts';
import { button, messagesOf, plainMessage } from './message.ts';
import { markedParagraph, markedText, sourceLine, titleText } from './source.ts';
import type { Speech } from './source.ts';
import type { Words } from '../words.ts';
import { bold, italic, join, quote, split, toHtml } from './styled.ts';
import type { Styled } from './styled.ts';

/** Their words still fit on a narrow telephone. */
const BUTTONS_IN_A_ROW = 3;

/** Leaves room for a title and a source in one message. */
const MAX_CARD_LENGTH = 3_000;

export interface AnswerToShow {
  readonly key: string;
  /** Set when the question does not stand in the chat. */
  readonly question: string | null;
  /** Best first; empty for a refusal. */
  readonly citations: readonly KeptCitation[];
  /** The closest passages of a refusal. */
  readonly nearest: readonly KeptCitation[];
  /** What a language model wrote over the citations; left out without one. */
  readonly written?: Written | undefined;
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
  const sentence =
    answer.written === undefined
      ? bold(markedText(best.article, best.paragraphNumber, best.marks))
      : writing(answer.written, speech);
  const sources = answer.citations.map((citation, index) => {
    const source = sourceBlock(citation, index + 1, speech);
    const translation = answer.written?.translations.find(({ n }) => n === index + 1);
    return translation === undefined
      ? source
      : join([source, italic(words('translated', { text: translation.text }))], '\n');
  });
  const opens = openButtons(answer.citations, 1, words);
  const more = [button(words('more-passages'), `more ${answer.key}`)];
  const rows = [...opens, more, verdicts(answer.key, words), ...golden(answer, words)];
  return messagesOf(join([...asked(answer), sentence, ...sources], '\n\n'), filled(rows));
}

/** What a language model wrote, and that it did. */
function writing({ sentences, model }: Written, { words, language }: Speech): Styled {
  const text = writtenText(sentences, language);
  return join([text, italic(words('written-by', { model }))], '\n');
}

/** Further passages under an answer, numbered from `first` on. */
export function renderMore(
  citations: readonly KeptCitation[],
  first: number,
  speech: Speech,
): Message[] {
  if (citations.length === 0) return [plainMessage(speech.words('no-more-passages'))];
  const sources = citations.map((citation, index) => sourceBlock(citation, first + index, speech));
  const text = join([speech.words('more-passages-follow'), ...sources], '\n\n');
  return messagesOf(text, openButtons(citations, first, speech.words));
}

/** Title, source, date and paragraph number over the quoted paragraph. */
function sourceBlock(citation: KeptCitation, n: number, speech: Speech): Styled {
  const { article, paragraphNumber, marks } = citation;
  const head = join([`${n}. `, bold(titleText(article))]);
  const line = sourceLine(article, paragraphNumber, speech);
  return join([head, line, quote(markedParagraph(article, paragraphNumber, marks))], '\n');
}

/** The text of an inline card: one message, so a very long paragraph is cut to the part that answers. */
export function renderCard(citation: KeptCitation, speech: Speech): string {
  const { article, paragraphNumber, marks } = citation;
  const paragraph = markedParagraph(article, paragraphNumber, marks);
  const pieces = split(paragraph, MAX_CARD_LENGTH);
  const shown = pieces.find(({ marks }) => marks.length > 0) ?? pieces[0] ?? paragraph;
  const head = join([bold(titleText(article)), sourceLine(article, paragraphNumber, speech)], '\n');
  return toHtml(join([head, quote(shown)], '\n'));
}

function openButtons(citations: readonly KeptCitation[], first: number, words: Words) {
  const buttons = citations.map((citation, index) =>
    button(words('open-source', { n: first + index }), `open ${citation.key}`),
  );
  return inRows(buttons, BUTTONS_IN_A_ROW);
}

function renderRefusal(answer: AnswerToShow, words: Words): Message[] {
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
    join([...asked(answer), text], '\n\n'),
    filled([...opens, verdicts(answer.key, words), ...golden(answer, words)]),
  );
}

function asked({ question }: AnswerToShow): Styled[] {
  return question === null ? [] : [italic(question)];
}

function verdicts(key: string, words: Words): InlineKeyboardButton[] {
  return [button(words('useful'), `up ${key}`), button(words('useless'), `down ${key}`)];
}

/** For an admin: the question with the source that it must quote becomes a golden question. */
function golden({ key, citations, nearest, forAdmin }: AnswerToShow, words: Words) {
  if (!forAdmin) return [];
  const sources = citations.length > 0 ? citations : nearest;
  const buttons = sources.map((citation, index) =>
    button(words('golden-source', { n: index + 1 }), `golden ${key} ${citation.key}`),
  );
  return inRows(buttons, BUTTONS_IN_A_ROW);
}

function inRows<T>(items: readonly T[], width: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += width) rows.push(items.slice(at, at + width));
  return rows;
}

function filled<T>(rows: readonly (readonly T[])[]): (readonly T[])[] {
  return rows.filter((row) => row.length > 0);
}
