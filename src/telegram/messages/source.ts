import type { KeptArticle } from '../../library/chats/shelf.ts';
import type { ArticleHead, Language, Span } from '../../types.ts';
import type { Words } from '../words.ts';
import { shorten } from './message.ts';
import { readable } from './readable.ts';
import type { Styled } from './styled.ts';
import { bold, join, slice, underline } from './styled.ts';

/** Longest title and source shown, in characters: some files have a whole paragraph for a title. */
const MAX_TITLE = 200;
const MAX_SOURCE = 80;

/** A title for a message. */
export function titleText({ title }: Pick<ArticleHead, 'title'>): string {
  return shorten(title, MAX_TITLE);
}

/** 羊城晚报 · 2020年8月23日 · 第 3 段, as far as the article says it. */
export function sourceLine(
  article: ArticleHead,
  paragraphNumber: number | null,
  { words, language }: Speech,
): string {
  const parts = [
    article.source === null ? null : shorten(article.source, MAX_SOURCE),
    article.date === null ? null : dateText(article.date, language),
    paragraphNumber === null ? null : words('paragraph-number', { number: paragraphNumber }),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The language a message is written in, and its words. */
export interface Speech {
  readonly words: Words;
  readonly language: Language;
}

/** `2020-08-23` as a person writes it; the month or the day may be missing. */
export function dateText(date: string, language: Language): string {
  const [year = '', month, day] = date.split('-');
  if (language !== 'en') {
    return [`${year}年`, month && `${Number(month)}月`, day && `${Number(day)}日`]
      .filter(Boolean)
      .join('');
  }
  const name = month && new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
  const monthName = name ? name.format(new Date(`${year}-${month}-01T00:00:00Z`)) : undefined;
  return [day && String(Number(day)), monthName, year].filter(Boolean).join(' ');
}

/** A paragraph of a kept article for reading, with what answered in bold and underlined. */
export function markedParagraph(
  article: KeptArticle,
  paragraphNumber: number,
  marks: readonly Span[] = [],
): Styled {
  const paragraph = article.paragraphs.find(({ number }) => number === paragraphNumber);
  const text: Styled = { text: paragraph?.text ?? '', marks: [] };
  const parts: Styled[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(slice(text, at, start), bold(underline(slice(text, start, end))));
    at = end;
  }
  parts.push(slice(text, at, text.text.length));
  return readable(join(parts));
}

/** What answered, by itself. */
export function markedText(
  article: KeptArticle,
  paragraphNumber: number,
  marks: readonly Span[],
): string {
  const paragraph = article.paragraphs.find(({ number }) => number === paragraphNumber);
  const pieces = marks.map(([start, end]) => paragraph?.text.slice(start, end) ?? '');
  return pieces.map((piece) => readable({ text: piece, marks: [] }).text).join(' … ');
}
