import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { articleId } from '../../src/articles/article-id.ts';
import { readArticles } from '../../src/articles/read.ts';
import { cutArticle } from '../../src/uploads/cut-article.ts';

const FILE = '2020-08-23-a2.txt';
const page = readFileSync(fileURLToPath(new URL(`../../data/articles/${FILE}`, import.meta.url)));
const { articles } = readArticles(page, FILE);

describe('an article is taken out of a newspaper page', () => {
  test.each(articles.map(({ title }, index) => [title, index] as const))('%s', (title, index) => {
    const rest = cutArticle(page, FILE, articleId(FILE, title));
    const left = readArticles(Buffer.from(rest ?? ''), FILE);
    const kept = articles.filter((_, other) => other !== index);
    expect(left.articles.map((article) => article.title)).toEqual(
      kept.map((article) => article.title),
    );
    expect(left.articles.map(({ paragraphs }) => paragraphs.map(({ text }) => text))).toEqual(
      kept.map(({ paragraphs }) => paragraphs.map(({ text }) => text)),
    );
    for (const { text } of articles[index]!.paragraphs) expect(rest).not.toContain(text);
    expect(rest).toContain('原文示例报 2020年8月23日 星期日 A3 深圳');
  });

  test('of several with the same title, the one that is meant', () => {
    const day = (text: string): string => `# 天气\n\n${text}\n\n`;
    const file = 'weather.md';
    const bytes = Buffer.from(day('今天晴。') + day('明天雨。') + day('后天雪。'));
    const rest = cutArticle(bytes, file, articleId(file, '天气', 1));
    expect(rest).toContain('今天晴。');
    expect(rest).not.toContain('明天雨。');
    expect(rest).toContain('后天雪。');
  });

  test('not when it is the only one, or not there', () => {
    const alone = Buffer.from('# 天气\n\n今天晴。\n');
    expect(cutArticle(alone, 'a.md', articleId('a.md', '天气'))).toBeNull();
    expect(cutArticle(page, FILE, 'no such id')).toBeNull();
  });
});
