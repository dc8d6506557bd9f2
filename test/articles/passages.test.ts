import { describe, expect, it } from 'vitest';
import { articleId } from '../../src/articles/article-id.ts';
import { passagesOf } from '../../src/articles/passages.ts';
import { readText } from './reading.ts';

const SENTENCE = '江畔图书馆的七号仓高二十一米，现在是儿童阅览室，仓壁上的刻度尺成了量身高的墙。';

function passages(body: string, maxLength = 500) {
  const [article] = readText(`图书馆开放\n\n${body}`).articles;
  if (article === undefined) throw new Error('no article');
  return passagesOf(article, { maxLength }).map((passage) => ({
    ...passage,
    text: article.paragraphs[passage.paragraphNumber - 1]?.text.slice(passage.start, passage.end),
  }));
}

describe('passages', () => {
  it('are the paragraph itself, with the title before it', () => {
    expect(passages(SENTENCE)).toEqual([
      {
        paragraphNumber: 1,
        start: 0,
        end: SENTENCE.length,
        text: SENTENCE,
        input: `图书馆开放\n${SENTENCE}`,
      },
    ]);
  });

  it('have the subhead too', () => {
    const [, second] = passages(`${SENTENCE}\n\n七号仓的故事\n\n${SENTENCE}`);
    expect(second?.input).toBe(`图书馆开放\n七号仓的故事\n${SENTENCE}`);
  });

  it('are windows of whole sentences that overlap by one, where a paragraph is long', () => {
    const windows = passages(SENTENCE.repeat(20));
    expect(windows.length).toBeGreaterThan(2);
    for (const { text, start, end } of windows) {
      expect(start % SENTENCE.length).toBe(0);
      expect(end % SENTENCE.length).toBe(0);
      expect(text?.length).toBeLessThanOrEqual(320);
    }
    expect(windows[1]?.start).toBe((windows[0]?.end ?? 0) - SENTENCE.length);
  });

  it('cut a sentence without end where they must, and never a surrogate pair', () => {
    const windows = passages('𠮷'.repeat(700));
    expect(windows.length).toBeGreaterThan(1);
    expect(windows.map(({ input }) => input).join('')).not.toMatch(/\p{Surrogate}/u);
  });

  it('borrow neighbours for a short paragraph, in the input only', () => {
    const [, short] = passages(`${SENTENCE}\n\n它很高。\n\n${SENTENCE}`);
    expect(short?.text).toBe('它很高。');
    expect(short?.input).toContain('量身高的墙。\n它很高。\n江畔图书馆');
  });

  it('fold the line breaks of the layout', () => {
    const wrapped = `The grain store at the river was built in 1958 and has been standing\nempty since 1996, when the last barge left the harbour with its load.\n`;
    expect(passages(wrapped)[0]?.input).toContain('standing empty since 1996');
  });
});

describe('an article id', () => {
  it('depends on file, title and place, and on nothing else', () => {
    expect(articleId('a.txt', '桥', 0)).toMatch(/^[0-9a-f]{12}$/);
    expect(articleId('a.txt', '桥')).toBe(articleId('a.txt', '桥', 0));
    expect(
      new Set([
        articleId('a.txt', '桥'),
        articleId('a.txt', '桥', 1),
        articleId('b.txt', '桥'),
        articleId('a.txt', '塔'),
      ]).size,
    ).toBe(4);
  });
});
