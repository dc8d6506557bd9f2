import { describe, expect, it } from 'vitest';
import { markedParagraph, shownText } from '../../src/answers/shown.ts';
import type { Citation } from '../../src/types.ts';

describe('shownText', () => {
  it.each([
    ['广州市汽\n车产业', '广州市汽车产业'],
    ['发布会。\r\n　　会上', '发布会。会上'],
    ['the new   bridge\nover', 'the new bridge over'],
    ['a develop-\nment plan', 'a development plan'],
    ['a Sino-\nGerman plan', 'a Sino-German plan'],
    [
      '| 区域 | 周末 |\n| --- | --- |\n| 儿童馆 | 9:00 |',
      '| 区域 | 周末 |\n| --- | --- |\n| 儿童馆 | 9:00 |',
    ],
    ['借书：\n- 成人证8册；\n- 儿童证6册。', '借书：\n- 成人证8册；\n- 儿童证6册。'],
    ['在 5G 时代', '在 5G 时代'],
    ['  边上的空白  ', '边上的空白'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });
});

describe('markedParagraph', () => {
  const citation: Citation = {
    n: 1,
    quote: '第二句在\n这里。',
    spans: [
      [16, 20],
      [30, 34],
    ],
    paragraph: '第一句。 第二句在\n这里。 第三句。',
    paragraphSpans: [
      [11, 20],
      [30, 39],
    ],
    paragraphNumber: 1,
    article: { id: 'a', title: '题', source: null, date: null, file: 'a.txt' },
    score: 1,
  };

  it('marks the quote within its paragraph, across a page break', () => {
    expect(markedParagraph(citation)).toEqual([
      { text: '第一句。', isQuoted: false },
      { text: '第二句在这里。', isQuoted: true },
      { text: '第三句。', isQuoted: false },
    ]);
  });

  it('finds the right one of two sentences that are the same', () => {
    const paragraph = '好。是。好。';
    const twice = {
      ...citation,
      paragraph,
      quote: '好。',
      spans: [[4, 6]],
      paragraphSpans: [[0, 6]],
    } as const;
    expect(markedParagraph(twice)).toEqual([
      { text: '好。是。', isQuoted: false },
      { text: '好。', isQuoted: true },
    ]);
  });
});
