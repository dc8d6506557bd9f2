import { diffWordsWithSpace } from 'diff';
import type { InlineKeyboardButton } from 'telegraf/types';
import type { KeptArticle, KeptCitation } from '../../library/chats/shelf.ts';
import type { Present } from '../present.ts';
import type { Message } from './message.ts';
import { button, messagesOf } from './message.ts';
import { readable } from './readable.ts';
import { markedParagraph, sourceLine, titleText } from './source.ts';
import type { Speech } from './source.ts';
import { bold, italic, join, quote, split, strike, underline } from './styled.ts';
import type { Styled } from './styled.ts';
import { toHtml } from './styled.ts';

/** Room for a title and a notice beside a piece of an article, well below Telegram's limit. */
const PIECE_LENGTH = 3_000;
/** A paragraph that changed in more places is shown as it is. */
const MAX_CHANGES = 60;
/** Longer ones are no addresses of articles. */
const MAX_LINK_LENGTH = 1_000;

/** A paragraph of an article; very long ones are shown in parts. */
export interface ParagraphView {
  readonly citation: KeptCitation;
  readonly paragraphNumber: number;
  /** 0 for the first part; -1 for the last. */
  readonly part: number;
}

/** The whole paragraph that was cited, and, where it has changed since, what it says now. */
export function renderSource(
  citation: KeptCitation,
  present: Present,
  shareLink: string,
  speech: Speech,
): Message[] {
  const { article, paragraphNumber, marks } = citation;
  const text = [
    notice(present, speech),
    heading(article, paragraphNumber, speech),
    quote(markedParagraph(article, paragraphNumber, marks)),
    ...(present.kind === 'changed' ? differenceOf(citation, present.text, speech) : []),
  ].filter((part) => part !== null);
  const view = { citation, paragraphNumber, part: 0 };
  return messagesOf(join(text, '\n'), sourceButtons(view, 1, shareLink, speech));
}

/** One paragraph, or a part of a very long one, in a message that the reader leafs through. */
export function renderParagraph(
  view: ParagraphView,
  present: Present,
  shareLink: string,
  speech: Speech,
): Message {
  const { citation, paragraphNumber } = view;
  const isCited = paragraphNumber === citation.paragraphNumber;
  const marks = isCited ? citation.marks : [];
  const parts = split(markedParagraph(citation.article, paragraphNumber, marks), PIECE_LENGTH);
  const part = view.part < 0 ? parts.length - 1 : Math.min(view.part, parts.length - 1);
  const text = [
    notice(present, speech),
    heading(citation.article, paragraphNumber, speech),
    quote(parts[part] ?? ''),
  ].filter((line) => line !== null);
  const buttons = sourceButtons({ ...view, part }, parts.length, shareLink, speech);
  return { html: toHtml(join(text, '\n')), buttons };
}

/** A page of an article from its beginning; pages count from 1. */
export function renderPage(
  { key, article }: { readonly key: string; readonly article: KeptArticle },
  page: number,
  speech: Speech,
): Message {
  const pages = split(wholeText(article), PIECE_LENGTH);
  const number = Math.min(Math.max(1, page), pages.length);
  const head = [bold(titleText(article)), sourceLine(article, null, speech)].filter(
    (line) => line !== '',
  );
  const { words } = speech;
  const foot = pages.length > 1 ? [words('page', { page: number, pages: pages.length })] : [];
  const text = join([join(head, '\n'), pages[number - 1] ?? '', ...foot], '\n\n');
  const turns = [
    ...(number > 1 ? [button(words('previous-page'), `page ${key} ${number - 1}`)] : []),
    ...(number < pages.length ? [button(words('next-page'), `page ${key} ${number + 1}`)] : []),
  ];
  return { html: toHtml(text), buttons: rows(turns, originalLink(article, speech)) };
}

function heading(article: KeptArticle, paragraphNumber: number, speech: Speech): Styled {
  return join([bold(titleText(article)), sourceLine(article, paragraphNumber, speech)], '\n');
}

const NOTICES = {
  changed: 'source-changed',
  'paragraph-gone': 'source-paragraph-gone',
  'article-gone': 'source-article-gone',
} as const;

function notice({ kind }: Present, { words }: Speech): Styled | null {
  return kind === 'same' ? null : italic(words(NOTICES[kind]));
}

function differenceOf(
  { article, paragraphNumber }: KeptCitation,
  present: string,
  { words }: Speech,
): Styled[] {
  const before = readable(markedParagraph(article, paragraphNumber)).text;
  const now = readable({ text: present, marks: [] }).text;
  const intlSegmenter = new Intl.Segmenter(['zh', 'en'], { granularity: 'word' });
  const changes = diffWordsWithSpace(before, now, { intlSegmenter });
  if (changes.length > MAX_CHANGES) return [join([words('source-now')]), quote(now)];
  const text = changes.map(({ value, added, removed }) => {
    if (added) return bold(underline(value));
    return removed ? strike(value) : value;
  });
  return [join([words('source-now-with-changes')]), quote(join(text))];
}

function sourceButtons(
  { citation, paragraphNumber, part }: ParagraphView,
  parts: number,
  shareLink: string,
  speech: Speech,
): (readonly InlineKeyboardButton[])[] {
  const { key, article, articleKey } = citation;
  const { words } = speech;
  const at = article.paragraphs.findIndex(({ number }) => number === paragraphNumber);
  const before = part > 0 ? { number: paragraphNumber, part: part - 1 } : next(article, at - 1, -1);
  const after =
    part < parts - 1 ? { number: paragraphNumber, part: part + 1 } : next(article, at + 1, 0);
  const leaf = (id: string, to: { number: number; part: number } | null) =>
    to === null ? [] : [button(words(id), `para ${key} ${to.number} ${to.part}`)];
  return rows(
    [...leaf('previous-paragraph', before), ...leaf('next-paragraph', after)],
    [button(words('whole-article'), `page ${articleKey} 1`), ...originalLink(article, speech)],
    [{ text: words('share-source'), url: shareLink }],
  );
}

function next(article: KeptArticle, index: number, part: number) {
  const paragraph = article.paragraphs[index];
  return paragraph === undefined ? null : { number: paragraph.number, part };
}

/** Only what Telegram takes for an address: it refuses the whole message for another. */
function originalLink({ url }: KeptArticle, { words }: Speech): InlineKeyboardButton[] {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return [];
  const { href, hostname } = new URL(url);
  const isTakeable = hostname.includes('.') && href.length <= MAX_LINK_LENGTH;
  return isTakeable ? [{ text: words('original-article'), url: href }] : [];
}

function wholeText({ paragraphs }: KeptArticle): Styled {
  let subhead: string | null = null;
  const parts: Styled[] = [];
  for (const paragraph of paragraphs) {
    if (paragraph.subhead !== null && paragraph.subhead !== subhead) {
      parts.push(bold(paragraph.subhead));
    }
    ({ subhead } = paragraph);
    parts.push(readable({ text: paragraph.text, marks: [] }));
  }
  return join(parts, '\n\n');
}

function rows(...lines: readonly InlineKeyboardButton[][]): (readonly InlineKeyboardButton[])[] {
  return lines.filter((line) => line.length > 0);
}
