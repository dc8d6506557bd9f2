import type { StoredArticle } from '../../types.ts';
import type { Inspection } from '../ports.ts';
import type { Message } from './message.ts';
import { button, messagesOf, plainMessage } from './message.ts';
import type { Words } from '../words.ts';
import { bold, join } from './styled.ts';

/** Titles listed; the rest is counted. */
const LISTED = 30;

/** What a file from an admin holds, with the question whether it shall be taken in. */
export function renderInspection(
  name: string,
  { titles, unreadable }: Inspection,
  link: string,
  words: Words,
): Message[] {
  const listed = titles.slice(0, LISTED).map((title) => `· ${title}`);
  const more = titles.length - listed.length;
  const found = [
    bold(words('file-holds', { name, count: titles.length })),
    ...listed,
    ...(more > 0 ? [words('and-more', { count: more })] : []),
  ];
  const faults = unreadable.slice(0, LISTED).map(({ file, reason }) => `· ${file}: ${reason}`);
  const parts = [
    join(found, '\n'),
    ...(faults.length > 0
      ? [join([bold(words('unreadable-files', { count: unreadable.length })), ...faults], '\n')]
      : []),
  ];
  const buttons =
    titles.length > 0
      ? [
          [
            button(words('take-file'), `add-file ${link}`),
            button(words('drop-file'), `drop-file ${link}`),
          ],
        ]
      : [];
  return messagesOf(join(parts, '\n\n'), buttons);
}

/** Articles to remove, one button each. */
export function renderRemovable(
  articles: readonly { readonly article: StoredArticle; readonly link: string }[],
  words: Words,
): Message {
  const text = words(articles.length > 0 ? 'remove-which' : 'remove-none');
  const buttons = articles.map(({ article, link }) => [button(article.title, `remove ${link}`)]);
  return plainMessage(text, buttons);
}

/** Asks before an article, or the file it is in, goes to the trash. */
export function renderRemoval(
  {
    article,
    titles,
    link,
  }: {
    readonly article: StoredArticle;
    /** Of all articles in the file. */
    readonly titles: readonly string[];
    readonly link: string;
  },
  words: Words,
): Message {
  const { title, file } = article;
  const remove = button(words('remove-confirm'), `remove-file ${link}`);
  if (titles.length === 1)
    return plainMessage(words('remove-question', { title, file }), [[remove]]);
  const others = titles.slice(0, LISTED).map((other) => `· ${other}`);
  const text = [words('remove-question-many', { title, file, count: titles.length }), ...others];
  return plainMessage(text.join('\n'), [
    [button(words('remove-this-one'), `remove-article ${link}`)],
    [button(words('remove-all-of-them', { count: titles.length }), `remove-file ${link}`)],
  ]);
}
