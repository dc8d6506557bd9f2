import { expect, test } from 'vitest';
import type { KeptCitation } from '../../../src/library/chats/shelf.ts';
import { renderAnswer, renderCard, renderMore } from '../../../src/telegram/messages/answer.ts';
import type { Speech } from '../../../src/telegram/messages/source.ts';
import { loadVocabulary } from '../../../src/telegram/words.ts';
import { parseHtml } from '../server/html.ts';

const vocabulary = loadVocabulary();
const chinese: Speech = { words: vocabulary['zh-Hans'], language: 'zh-Hans' };
const english: Speech = { words: vocabulary.en, language: 'en' };

const citation: KeptCitation = {
  key: 'AbCdEfGhIjKl',
  articleKey: 'articleKey12',
  paragraphNumber: 2,
  marks: [[5, 14]],
  article: {
    id: 'a1',
    file: 'a.txt',
    title: '茶 & <b>雾</b>',
    kicker: null,
    deck: null,
    source: '原文示例报',
    authors: [],
    date: '2022-05-09',
    url: null,
    paragraphs: [
      { number: 1, text: '第一段。', subhead: null },
      { number: 2, text: '岛很小。\n面积<3平方公里。完。', subhead: null },
    ],
  },
};

const answer = {
  key: 'answerKey123',
  question: null,
  citations: [citation],
  nearest: [],
  forAdmin: false,
};

test('an answer is the sentence, then its source with the paragraph, and buttons with words', () => {
  expect(renderAnswer(answer, chinese)).toEqual([
    {
      html: [
        '<b>面积&lt;3平方公里。</b>',
        '',
        '1. <b>茶 &amp; &lt;b&gt;雾&lt;/b&gt;</b>',
        '原文示例报 · 2022年5月9日 · 第 2 段',
        '<blockquote expandable>岛很小。<b><u>面积&lt;3平方公里。</u></b>完。</blockquote>',
      ].join('\n'),
      buttons: [
        [{ text: '📖 打开出处 1', callback_data: 'open AbCdEfGhIjKl' }],
        [{ text: '🔎 更多段落', callback_data: 'more answerKey123' }],
        [
          { text: '👍 有用', callback_data: 'up answerKey123' },
          { text: '👎 没用', callback_data: 'down answerKey123' },
        ],
      ],
    },
  ]);
});

test('the words around are in the language of the reader', () => {
  const [message] = renderAnswer(answer, english);
  expect(message!.html).toContain('原文示例报 · 9 May 2022 · paragraph 2');
  expect(message!.buttons.flat().map(({ text }) => text)).toEqual([
    '📖 Open source 1',
    '🔎 More passages',
    '👍 Useful',
    '👎 Not useful',
  ]);
});

test('a question that was pressed, not written, stands above its answer', () => {
  const [message] = renderAnswer({ ...answer, question: '面积<多少>？' }, chinese);
  expect(message!.html).toMatch(/^<i>面积&lt;多少&gt;？<\/i>\n\n<b>/);
});

test('a refusal says so and offers the closest passages', () => {
  const [message] = renderAnswer({ ...answer, citations: [], nearest: [citation] }, chinese);
  expect(message).toEqual({
    html: '文章里没有找到这个问题的答案。下面几段最接近，也许有帮助：',
    buttons: [
      [{ text: '📄 茶 & <b>雾</b> · 第 2 段', callback_data: 'open AbCdEfGhIjKl' }],
      [
        { text: '👍 有用', callback_data: 'up answerKey123' },
        { text: '👎 没用', callback_data: 'down answerKey123' },
      ],
    ],
  });
  const [alone] = renderAnswer({ ...answer, citations: [] }, chinese);
  expect(alone!.html).toBe('文章里没有找到这个问题的答案。换个说法再问问看？');
});

test('an admin can make a golden question of it', () => {
  const [message] = renderAnswer({ ...answer, forAdmin: true }, chinese);
  expect(message!.buttons.at(-1)).toEqual([
    { text: '⭐ 考题：出处 1', callback_data: 'golden answerKey123 AbCdEfGhIjKl' },
  ]);
});

test('long answers become several messages, with the buttons under the last', () => {
  const paragraphs = [{ number: 2, text: `答案。${'很长的一段话。'.repeat(900)}`, subhead: null }];
  const long = {
    ...citation,
    marks: [[0, 3] as const],
    article: { ...citation.article, paragraphs },
  };
  const messages = renderAnswer({ ...answer, citations: [long, long] }, chinese);
  expect(messages.length).toBeGreaterThan(2);
  for (const { html } of messages) {
    expect(parseHtml(html).text.length).toBeLessThanOrEqual(4_096);
  }
  expect(messages.slice(0, -1).every(({ buttons }) => buttons.length === 0)).toBe(true);
  expect(messages.at(-1)!.buttons.length).toBeGreaterThan(0);
});

test('buttons fit into the 64 bytes of Telegram', () => {
  const data = renderAnswer({ ...answer, forAdmin: true }, chinese)
    .flatMap(({ buttons }) => buttons.flat())
    .map((button) => ('callback_data' in button ? button.callback_data : ''));
  for (const text of data) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64);
});

test('further passages go on counting', () => {
  const [message] = renderMore([citation], 4, chinese);
  expect(message!.html).toMatch(/^更多相关段落：\n\n4\. <b>/);
  expect(message!.buttons).toEqual([
    [{ text: '📖 打开出处 4', callback_data: 'open AbCdEfGhIjKl' }],
  ]);
});

test('when there is nothing more, that is said', () => {
  expect(renderMore([], 2, chinese)).toEqual([{ html: '没有更多相关段落了。', buttons: [] }]);
});

test('a card has the source and the paragraph; a very long one the part that answers', () => {
  expect(renderCard(citation, chinese)).toBe(
    [
      '<b>茶 &amp; &lt;b&gt;雾&lt;/b&gt;</b>',
      '原文示例报 · 2022年5月9日 · 第 2 段',
      '<blockquote expandable>岛很小。<b><u>面积&lt;3平方公里。</u></b>完。</blockquote>',
    ].join('\n'),
  );
  const text = `${'闲话。'.repeat(2_000)}答案。${'闲话。'.repeat(2_000)}`;
  const paragraphs = [{ number: 2, text, subhead: null }];
  const marks = [[6_000, 6_003] as const];
  const card = renderCard(
    { ...citation, marks, article: { ...citation.article, paragraphs } },
    chinese,
  );
  expect(card).toContain('<b><u>答案。</u></b>');
  expect(card.length).toBeLessThan(4_096);
});
