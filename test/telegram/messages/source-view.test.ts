import { expect, test } from 'vitest';
import type { KeptArticle, KeptCitation } from '../../../src/library/chats/shelf.ts';
import {
  renderPage,
  renderParagraph,
  renderSource,
} from '../../../src/telegram/messages/source-view.ts';
import type { Speech } from '../../../src/telegram/messages/source.ts';
import { dateText } from '../../../src/telegram/messages/source.ts';
import { loadVocabulary } from '../../../src/telegram/words.ts';
import { parseHtml } from '../server/html.ts';

const speech: Speech = { words: loadVocabulary()['zh-Hans'], language: 'zh-Hans' };
const SHARE = 'https://t.me/share/url?url=x';

const article: KeptArticle = {
  id: 'a1',
  file: 'a.txt',
  title: '海雾茶',
  kicker: null,
  deck: null,
  source: '原文示例报',
  authors: [],
  date: '2022-05',
  url: 'https://example.org/tea',
  paragraphs: [
    { number: 1, text: '第一段。', subhead: null },
    { number: 2, text: '岛很小。雾很大。', subhead: '雾' },
    { number: 3, text: '第三段。', subhead: '雾' },
  ],
};
const citation: KeptCitation = {
  key: 'key',
  articleKey: 'akey',
  article,
  paragraphNumber: 2,
  marks: [[4, 8]],
};

function labels(buttons: readonly (readonly { text: string }[])[]): string[][] {
  return buttons.map((row) => row.map(({ text }) => text));
}

test('an opened source is the whole paragraph with its sentence marked, and ways to read on', () => {
  const [message] = renderSource(citation, { kind: 'same' }, SHARE, speech);
  expect(message!.html).toBe(
    '<b>海雾茶</b>\n原文示例报 · 2022年5月 · 第 2 段\n<blockquote expandable>岛很小。<b><u>雾很大。</u></b></blockquote>',
  );
  expect(message!.buttons.flat()).toEqual([
    { text: '◀️ 上一段', callback_data: 'para key 1 -1' },
    { text: '下一段 ▶️', callback_data: 'para key 3 0' },
    { text: '📄 从头读全文', callback_data: 'page akey 1' },
    { text: '🔗 原文链接', url: 'https://example.org/tea' },
    { text: '📤 分享出处', url: SHARE },
  ]);
});

test('where the paragraph has changed, both texts are shown with the difference', () => {
  const present = { kind: 'changed', text: '岛不小。雾很大。' } as const;
  const [message] = renderSource(citation, present, SHARE, speech);
  expect(message!.html).toBe(
    [
      '<i>这篇文章后来改过。下面是当时引用的原文。</i>',
      '<b>海雾茶</b>',
      '原文示例报 · 2022年5月 · 第 2 段',
      '<blockquote expandable>岛很小。<b><u>雾很大。</u></b></blockquote>',
      '这一段现在是（划掉的是删去的，加粗的是新添的）：',
      '<blockquote expandable>岛<s>很</s><b><u>不</u></b>小。雾很大。</blockquote>',
    ].join('\n'),
  );
});

test.each([
  ['article-gone', '这篇文章后来撤下了。下面是当时引用的原文。'],
  ['paragraph-gone', '这一段后来从文章里删去了。下面是当时引用的原文。'],
] as const)('%s is told, and the old text shown', (kind, notice) => {
  const [message] = renderSource(citation, { kind }, SHARE, speech);
  expect(message!.html).toContain(`<i>${notice}</i>`);
  expect(message!.html).toContain('雾很大。');
});

test('leafing stops at the ends of the article', () => {
  const at = (paragraphNumber: number) =>
    renderParagraph({ citation, paragraphNumber, part: 0 }, { kind: 'same' }, SHARE, speech);
  expect(labels(at(1).buttons)[0]).toEqual(['下一段 ▶️']);
  expect(labels(at(3).buttons)[0]).toEqual(['◀️ 上一段']);
  expect(at(3).html).toContain('第三段。');
  expect(at(3).html).not.toContain('<u>');
});

test('a very long paragraph is leafed through in parts that each fit', () => {
  const paragraphs = [{ number: 1, text: '很长的话。'.repeat(1_500), subhead: null }];
  const long = { ...citation, article: { ...article, paragraphs }, paragraphNumber: 1, marks: [] };
  let part = 0;
  let read = '';
  for (;;) {
    const view = { citation: long, paragraphNumber: 1, part };
    const message = renderParagraph(view, { kind: 'same' }, SHARE, speech);
    const { text } = parseHtml(message.html);
    expect(text.length).toBeLessThanOrEqual(4_096);
    read += text.split('\n').at(-1);
    if (!labels(message.buttons)[0]!.includes('下一段 ▶️')) break;
    part += 1;
  }
  expect(read).toBe(paragraphs[0]!.text);
});

test('a page has the article from its beginning, with its headings', () => {
  const { html, buttons } = renderPage({ key: 'akey', article }, 1, speech);
  expect(html).toBe(
    '<b>海雾茶</b>\n原文示例报 · 2022年5月\n\n第一段。\n\n<b>雾</b>\n\n岛很小。雾很大。\n\n第三段。',
  );
  expect(labels(buttons)).toEqual([['🔗 原文链接']]);
});

test('a long article has pages, and a page that is not there is the nearest', () => {
  const paragraphs = Array.from({ length: 40 }, (_, index) => ({
    number: index + 1,
    text: `${index + 1}。${'字'.repeat(200)}`,
    subhead: null,
  }));
  const long = { key: 'akey', article: { ...article, paragraphs, url: null } };
  const first = renderPage(long, 1, speech);
  expect(first.html).toContain('第 1 页，共 3 页');
  expect(first.buttons.flat()).toEqual([{ text: '下一页 ▶️', callback_data: 'page akey 2' }]);
  expect(labels(renderPage(long, 2, speech).buttons)).toEqual([['◀️ 上一页', '下一页 ▶️']]);
  expect(renderPage(long, 99, speech)).toEqual(renderPage(long, 3, speech));
});

test('an address that Telegram would refuse is no button', () => {
  for (const url of ['javascript:alert(1)', 'http://', 'no address', 'ftp://example.org/a', null]) {
    const { buttons } = renderPage({ key: 'k', article: { ...article, url } }, 1, speech);
    expect(buttons).toEqual([]);
  }
});

test.each([
  ['2020-08-23', 'zh-Hans', '2020年8月23日'],
  ['2020-08', 'zh-Hant', '2020年8月'],
  ['2020', 'zh-Hans', '2020年'],
  ['2020-08-03', 'en', '3 August 2020'],
  ['2020-08', 'en', 'August 2020'],
  ['2020', 'en', '2020'],
] as const)('%s is written in %s as %s', (date, language, text) => {
  expect(dateText(date, language)).toBe(text);
});
