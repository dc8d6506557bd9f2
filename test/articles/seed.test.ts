import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readArticles } from '../../src/articles/read.ts';
import { missing, sharedPath } from '../shared.ts';

const expectation = z.object({
  articles: z.array(
    z.object({
      title: z.array(z.string()),
      kicker: z.array(z.string()),
      source: z.string(),
      authors: z.array(z.string()),
      firstParagraphStarts: z.string(),
      lastParagraphEnds: z.string(),
      rejoined: z.array(z.object({ endsWith: z.string(), continuesWith: z.string() })),
      subheads: z.array(z.string()),
    }),
  ),
});

describe.skipIf(missing('seeds', 'eval'))('the newspaper page beside the repository', () => {
  const folder = missing('seeds', 'eval') ? null : sharedPath('seeds');
  const file =
    folder === null ? '' : (readdirSync(folder).find((name) => name.endsWith('.txt')) ?? '');
  const read = () => readArticles(readFileSync(join(folder ?? '', file)), file);
  const expected = () =>
    expectation.parse(JSON.parse(readFileSync(sharedPath('eval/seed-articles.json'), 'utf8')))
      .articles;

  it('becomes its five articles with their heads', () => {
    const { articles } = read();
    expect(articles).toHaveLength(expected().length);
    for (const [index, wanted] of expected().entries()) {
      const article = articles[index];
      expect([...wanted.title, wanted.title.join(' ')]).toContain(article?.title);
      expect(article).toMatchObject({
        kicker: wanted.kicker[0] ?? null,
        source: wanted.source,
        authors: wanted.authors,
        subheads: wanted.subheads,
        date: null,
      });
      expect(article?.paragraphs[0]?.text.startsWith(wanted.firstParagraphStarts)).toBe(true);
      expect(article?.paragraphs.at(-1)?.text.endsWith(wanted.lastParagraphEnds)).toBe(true);
    }
  });

  it('has its broken paragraphs joined, and no others', () => {
    const { articles, text } = read();
    const wanted = expected().flatMap(({ rejoined }) => rejoined);
    const joints = articles.flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ spans }) =>
        spans.slice(1).map(([start], index) => ({ end: spans[index]?.[1] ?? 0, start })),
      ),
    );
    expect(joints).toHaveLength(wanted.length);
    for (const { endsWith, continuesWith } of wanted) {
      expect(
        joints.some(
          ({ end, start }) =>
            text.slice(0, end).endsWith(endsWith) && text.startsWith(continuesWith, start),
        ),
      ).toBe(true);
    }
  });

  it('keeps the fragment whose beginning is lost as a paragraph of its own', () => {
    const texts = read().articles.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text));
    expect(texts).toContain('存量、焚烧排放指标等等也是一目了然。');
  });
});
