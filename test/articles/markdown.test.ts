import { describe, expect, it } from 'vitest';
import { readText, texts, titles } from './reading.ts';

describe('a Markdown file', () => {
  it('takes its head from the front matter', () => {
    const page = readText(
      '---\ntitle: 江畔图书馆\ndate: 2021-04-18\nauthors: [沈知行, 顾临]\nsource: 示例报\nurl: https://example.org/1\n---\n\n# 江畔图书馆\n\n开馆了。\n',
      'a.md',
    );
    expect(page.articles).toHaveLength(1);
    expect(page.articles[0]).toMatchObject({
      title: '江畔图书馆',
      date: '2021-04-18',
      authors: ['沈知行', '顾临'],
      source: '示例报',
      url: 'https://example.org/1',
      subheads: [],
    });
    expect(texts(page)).toEqual(['开馆了。']);
  });

  it('survives faulty front matter', () => {
    const page = readText(
      '---\ntitle: "桥: 一座\ndate: 2020年8月2日\n  bad: [indent\n---\n桥通了。\n',
      'a.md',
    );
    expect(page.articles[0]).toMatchObject({ date: '2020-08-02' });
    expect(texts(page)).toEqual(['桥通了。']);
  });

  it('does not take a rule at the top for front matter', () => {
    expect(texts(readText('---\n\n第一段。\n\n---\n\n第二段。\n', 'a.md'))).toEqual([
      '第一段。',
      '第二段。',
    ]);
  });

  it('makes subheads of its lower headings', () => {
    const page = readText(
      '# 塔\n\n塔高四十米。\n\n## 塔顶\n\n塔顶有灯。\n\n塔身\n---\n\n塔身是砖。\n',
      'a.md',
    );
    expect(titles(page)).toEqual(['塔']);
    expect(page.articles[0]?.subheads).toEqual(['塔顶', '塔身']);
    expect(page.articles[0]?.paragraphs.map(({ subhead }) => subhead)).toEqual([
      null,
      '塔顶',
      '塔身',
    ]);
  });

  it('is several articles where it has several headings of the first level', () => {
    const page = readText(
      '# 桥\n作者：张三\n\n桥通了。\n\n# 塔\n\n2021年3月1日\n\n塔倒了。\n',
      'a.md',
    );
    expect(titles(page)).toEqual(['桥', '塔']);
    expect(page.articles.map(({ authors, date }) => [authors, date])).toEqual([
      [['张三'], null],
      [[], '2021-03-01'],
    ]);
  });

  it('keeps lists, tables, quotations and code whole, line by line', () => {
    const list = '- 一\n- 二\n  续\n- 三';
    const table = '| a | b |\n|---|---|\n| 1 | 2 |';
    const code = '```js\nlet a = 1;\n\n# not a heading\n```';
    const quotation = '> 第一行\n> 第二行';
    const page = readText(
      `# 标题\n\n前言：\n${list}\n\n${table}\n\n${code}\n\n${quotation}\n`,
      'a.md',
    );
    expect(texts(page)).toEqual(['前言：', list, table, code, quotation]);
  });

  it('keeps the line breaks of a wrapped paragraph inside its slice', () => {
    expect(texts(readText('# T\n\nA line that is\nwrapped here.\n', 'a.md'))).toEqual([
      'A line that is\nwrapped here.',
    ]);
  });
});
