import type { StoredArticle } from '../../types.ts';
import type { Message } from './message.ts';
import { button } from './message.ts';
import { sourceLine, titleText } from './source.ts';
import type { Speech } from './source.ts';
import type { Words } from '../words.ts';
import { bold, join, toHtml } from './styled.ts';

export const PAGE_SIZE = 8;

export interface ListPage {
  /** From 1. */
  readonly page: number;
  /** What titles were searched for. */
  readonly search: { readonly words: string; readonly link: string } | null;
  readonly articles: readonly { readonly article: StoredArticle; readonly link: string }[];
  readonly hasNext: boolean;
  /** Articles in the library. */
  readonly count: number;
  /** Instead of the usual words over the list. */
  readonly heading?: string;
}

/** A page of the list of articles, one button an article. */
export function renderList(list: ListPage, speech: Speech): Message {
  const { words } = speech;
  const first = (list.page - 1) * PAGE_SIZE + 1;
  const entries = list.articles.map(({ article }, index) => {
    const source = sourceLine(article, null, speech);
    return join([
      `${first + index}. `,
      bold(titleText(article)),
      ...(source === '' ? [] : [`\n${source}`]),
    ]);
  });
  const text = join([headingOf(list, words), ...entries], '\n\n');
  const opens = list.articles.map(({ article, link }, index) => [
    button(`${first + index}. ${article.title}`, `read ${link}`),
  ]);
  const search = list.search === null ? '' : ` ${list.search.link}`;
  const turns = [
    ...(list.page > 1 ? [button(words('previous-page'), `list ${list.page - 1}${search}`)] : []),
    ...(list.hasNext ? [button(words('next-page'), `list ${list.page + 1}${search}`)] : []),
  ];
  return { html: toHtml(text), buttons: turns.length > 0 ? [...opens, turns] : opens };
}

function headingOf({ heading, search, articles, count }: ListPage, words: Words): string {
  if (heading !== undefined) return heading;
  if (search === null) return words('articles', { count });
  return articles.length > 0
    ? words('articles-found', { search: search.words })
    : words('articles-not-found', { search: search.words });
}
