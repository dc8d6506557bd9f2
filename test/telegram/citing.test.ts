import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChats } from '../../src/library/chats/open-chats.ts';
import type { KeptCitation } from '../../src/library/chats/shelf.ts';
import type { LibraryView } from '../../src/ports.ts';
import { keepCitations, keepParagraphs, marksOf } from '../../src/telegram/citing.ts';
import { ExampleQuestions, questionsFrom } from '../../src/telegram/example-questions.ts';
import { presentOf } from '../../src/telegram/present.ts';
import type { Article, Citation, StoredArticle } from '../../src/types.ts';
import { Samples } from './bot-world.ts';

let samples: Samples;
let view: LibraryView;

beforeAll(async () => {
  samples = await new Samples().open();
  const opened = samples.app.library.view();
  if (opened === null) throw new Error('nothing is indexed');
  view = opened;
});

afterAll(async () => await samples.close());

async function cite(question: string): Promise<Citation> {
  const { citations } = await samples.app.ask(question);
  return citations[0]!;
}

describe('a citation is kept', () => {
  test('with its whole article and the place of the quote in its paragraph', async () => {
    const chats = openChats(':memory:');
    const citation = await cite('望屿岛一年有多少天起雾？');
    const [kept] = keepCitations([citation, citation], { library: samples.app.library, chats });
    const paragraph = kept!.article.paragraphs.find(
      ({ number }) => number === kept!.paragraphNumber,
    );
    const quote = kept!.marks.map(([start, end]) => paragraph!.text.slice(start, end)).join('');
    expect(quote).toBe(citation.quote);
    expect(kept!.article.paragraphs.length).toBeGreaterThan(5);
    chats.close();
  });

  test('with what it says itself, when the library has moved on since', async () => {
    const chats = openChats(':memory:');
    const citation = await cite('望屿岛一年有多少天起雾？');
    const library = { view: () => null };
    const [kept] = keepCitations([citation], { library, chats });
    expect(kept!.article.paragraphs).toEqual([
      { number: citation.paragraphNumber, text: citation.paragraph, subhead: null },
    ]);
    chats.close();
  });

  test('paragraphs are kept without a mark', () => {
    const chats = openChats(':memory:');
    const found = view.passages([1]).map(({ paragraph }) => paragraph);
    const [kept] = keepParagraphs(found, { library: samples.app.library, chats });
    expect(kept).toMatchObject({ marks: [], paragraphNumber: found[0]!.number });
    chats.close();
  });
});

test.each([
  ['in one piece', [[100, 110]], [[103, 106]], [[3, 6]]],
  [
    'over a column break',
    [
      [100, 110],
      [200, 210],
    ],
    [
      [105, 110],
      [200, 203],
    ],
    [[5, 13]],
  ],
  [
    'behind a column break',
    [
      [100, 110],
      [200, 210],
    ],
    [[202, 204]],
    [[12, 14]],
  ],
  [
    'given in the wrong order',
    [
      [100, 110],
      [200, 210],
    ],
    [
      [200, 202],
      [108, 110],
    ],
    [[8, 12]],
  ],
  ['outside', [[100, 110]], [[50, 60]], []],
] as const)('a quote %s has its marks in the paragraph', (_where, paragraphSpans, spans, marks) => {
  expect(marksOf({ spans, paragraphSpans })).toEqual(marks);
});

describe('what the library says today', () => {
  const library = (articles: readonly StoredArticle[]) => ({
    view: (): LibraryView => ({
      ...view,
      article: (id) => articles.find((article) => article.id === id) ?? null,
      articles: () => [...articles],
    }),
  });

  function cited(): { citation: KeptCitation; article: StoredArticle } {
    const article = view.articles({ titleContains: '海雾' })[0]!;
    const number = 4;
    const kept = { ...article, paragraphs: article.paragraphs };
    return {
      article,
      citation: { key: 'k', articleKey: 'a', article: kept, paragraphNumber: number, marks: [] },
    };
  }

  const withParagraphs = (
    article: StoredArticle,
    change: (text: string, number: number) => string | null,
  ): StoredArticle => ({
    ...article,
    paragraphs: article.paragraphs.flatMap((paragraph) => {
      const text = change(paragraph.text, paragraph.number);
      return text === null ? [] : [{ ...paragraph, text }];
    }),
  });

  test('the same, wherever the paragraph now stands and whatever the file is called', () => {
    const { citation, article } = cited();
    expect(presentOf(citation, library([article]))).toEqual({ kind: 'same' });
    const moved = {
      ...withParagraphs(article, (text, number) => (number === 1 ? null : text)),
      id: 'x',
    };
    expect(presentOf(citation, library([moved]))).toEqual({ kind: 'same' });
  });

  test('something else, when the paragraph was changed', () => {
    const { citation, article } = cited();
    const changed = withParagraphs(article, (text) => text.replace('116天', '120天'));
    const present = presentOf(citation, library([changed]));
    expect(present).toMatchObject({ kind: 'changed', text: expect.stringContaining('120天') });
  });

  test('nothing, when the paragraph or the article went', () => {
    const { citation, article } = cited();
    const shorter = withParagraphs(article, (text, number) => (number === 4 ? null : text));
    expect(presentOf(citation, library([shorter]))).toEqual({ kind: 'paragraph-gone' });
    expect(presentOf(citation, library([]))).toEqual({ kind: 'article-gone' });
    expect(presentOf(citation, { view: () => null })).toEqual({ kind: 'article-gone' });
  });
});

describe('example questions', () => {
  const article = (title: string, ...texts: string[]): Article => ({
    title,
    kicker: null,
    deck: null,
    source: null,
    authors: [],
    date: null,
    url: null,
    subheads: [],
    paragraphs: texts.map((text, index) => ({ number: index + 1, text, spans: [], subhead: null })),
  });

  test.each([
    ['青石桥通车', '青石桥位于城东。', '青石桥在哪里？'],
    ['老戲院', '老戲院建於1934年。', '老戲院建于哪一年？'],
    ['望屿岛', '望屿岛面积只有2.7平方公里。', '望屿岛面积多少？'],
    ['青石桥', '青石桥由陈工设计。', '青石桥由谁设计？'],
    ['Harrow Bay', 'Harrow Bay is a small town.', 'What is Harrow Bay?'],
  ])('about %s: %s answers %s', (title, sentence, question) => {
    expect(questionsFrom(article(title, sentence))).toEqual([question]);
  });

  test('are not made from pronouns or from what the article is not about', () => {
    expect(questionsFrom(article('青石桥', '这里位于城东。', '新添的是一座桥。'))).toEqual([]);
  });

  test('are three, answered by the articles they were made from', async () => {
    const questions = await new ExampleQuestions(samples.app).questions();
    expect(new Set(questions).size).toBe(3);
    const [first] = questions;
    expect((await samples.app.ask(first!)).answered).toBe(true);
  });

  test('are none without a library', async () => {
    const empty = new ExampleQuestions({ ask: samples.app.ask, library: { view: () => null } });
    expect(await empty.questions()).toEqual([]);
  });
});
