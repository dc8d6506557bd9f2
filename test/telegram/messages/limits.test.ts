import * as fc from 'fast-check';
import type { InlineKeyboardButton } from 'telegraf/types';
import { expect, test } from 'vitest';
import type { KeptArticle, KeptCitation } from '../../../src/library/chats/shelf.ts';
import { renderAnswer, renderCard, renderMore } from '../../../src/telegram/messages/answer.ts';
import { renderList } from '../../../src/telegram/messages/article-list.ts';
import type { Message } from '../../../src/telegram/messages/message.ts';
import {
  renderPage,
  renderParagraph,
  renderSource,
} from '../../../src/telegram/messages/source-view.ts';
import { LANGUAGES, loadVocabulary } from '../../../src/telegram/words.ts';
import { formatText, lengthOf, TEXT_LIMIT } from '../server/text.ts';

const vocabulary = loadVocabulary();
const KEY = 'AbCdEfGhIjKl';

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '天',
          '琴。',
          '<b>',
          '&',
          '"',
          '\n',
          '　　',
          '😀',
          '👨‍👩‍👧',
          'a b',
          '{ $x }',
          '\u202e',
          '/start',
        ),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .chain((parts) =>
      fc.integer({ min: 1, max: maxLength }).map((times) => parts.join('').repeat(times)),
    )
    .map((long) => `字${long}`.slice(0, 30_000).replaceAll(/\p{Cs}/gu, ''));

const article: fc.Arbitrary<KeptArticle> = fc.record({
  id: fc.constant('a1'),
  file: fc.constant('a.txt'),
  title: text(40),
  kicker: fc.constant(null),
  deck: fc.constant(null),
  source: fc.option(text(10)),
  authors: fc.constant([]),
  date: fc.constantFrom(null, '2020', '2020-08', '2020-08-23'),
  url: fc.option(fc.oneof(fc.webUrl(), text(3))),
  paragraphs: fc
    .array(fc.record({ text: text(60), subhead: fc.option(text(3)) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((list) => list.map((paragraph, index) => ({ number: index + 1, ...paragraph }))),
});

const citation: fc.Arbitrary<KeptCitation> = fc
  .record({ article, place: fc.nat(), from: fc.nat(), to: fc.nat() })
  .map(({ article: kept, place, from, to }) => {
    const paragraph = kept.paragraphs[place % kept.paragraphs.length]!;
    const [a, b] = [from, to]
      .map((at) => at % (paragraph.text.length + 1))
      .toSorted((x, y) => x - y);
    const marks = a === b ? [] : [[a!, b!] as const];
    return { key: KEY, articleKey: KEY, article: kept, paragraphNumber: paragraph.number, marks };
  });

/** What Telegram would refuse. */
function faultsOf({ html, buttons }: Message): string[] {
  const { text: shown, entities } = formatText(html, 'HTML', undefined);
  return [
    ...(shown.trim() === '' ? ['empty text'] : []),
    ...(lengthOf(shown) > TEXT_LIMIT ? ['text too long'] : []),
    ...(entities.length > 100 ? ['too many entities'] : []),
    ...buttons.flat().flatMap(faultsOfButton),
  ];
}

function faultsOfButton(button: InlineKeyboardButton): string[] {
  const { data, url } = { data: '', url: 'https://t.me', ...parts(button) };
  return [
    ...(button.text.trim() === '' ? ['button without words'] : []),
    ...(Buffer.byteLength(data) > 64 ? ['button with too much data'] : []),
    ...(URL.canParse(url) ? [] : ['button without an address']),
  ];
}

function parts(button: InlineKeyboardButton): { data?: string; url?: string } {
  if ('callback_data' in button) return { data: button.callback_data };
  return 'url' in button ? { url: button.url } : {};
}

test('whatever the articles say, every message can be sent', () => {
  fc.assert(
    fc.property(
      fc.array(citation, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...LANGUAGES),
      text(60),
      fc.integer({ min: -1, max: 3 }),
      (citations, language, present, part) => {
        const speech = { words: vocabulary[language], language };
        const [first] = citations;
        const { key, article: kept, paragraphNumber } = first!;
        const answer = { key, question: kept.title, forAdmin: true };
        const changed = { kind: 'changed', text: present } as const;
        const view = { citation: first!, paragraphNumber, part };
        const listed = citations.map(({ article: each }) => ({
          article: { ...each, fileId: 1, subheads: [], paragraphs: [] },
          link: key,
        }));
        const search = { words: 'x', link: key };
        const messages = [
          ...renderAnswer({ ...answer, citations, nearest: [] }, speech),
          ...renderAnswer({ ...answer, citations: [], nearest: citations }, speech),
          ...renderMore(citations, 4, speech),
          ...renderSource(first!, changed, 'https://t.me/share', speech),
          renderParagraph(view, changed, 'https://t.me/share', speech),
          renderPage({ key, article: kept }, part, speech),
          renderList({ page: 2, search, articles: listed, hasNext: true, count: 99 }, speech),
          { html: renderCard(first!, speech), buttons: [] },
        ];
        expect(messages.flatMap(faultsOf)).toEqual([]);
      },
    ),
    { seed: 21, numRuns: 60 },
  );
});
