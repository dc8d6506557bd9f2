import { array, assert, constantFrom, nat, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProven, quoteOf } from '../../src/answers/quote.ts';
import type { Span, StoredParagraph } from '../../src/types.ts';

/** A file and a paragraph of it that was cut into pieces, with other text between them. */
const brokenParagraph = array(
  tuple(
    string({ unit: constantFrom('天', '地', '。', ' ', '\n', 'a'), minLength: 1, maxLength: 12 }),
    string({ unit: constantFrom('x', '页', '\n'), minLength: 1, maxLength: 6 }),
  ),
  { minLength: 1, maxLength: 4 },
).map((pieces) => {
  let file = '';
  let text = '';
  const spans: Span[] = [];
  for (const [piece, between] of pieces) {
    spans.push([file.length, file.length + piece.length]);
    text += piece;
    file += piece + between;
  }
  return { file, paragraph: paragraphOf(text, spans) };
});

function paragraphOf(text: string, spans: readonly Span[]): StoredParagraph {
  return {
    id: 1,
    fileId: 1,
    file: 'page.txt',
    articleId: 'a',
    article: {
      title: '题',
      kicker: null,
      deck: null,
      source: null,
      authors: [],
      date: null,
      url: null,
    },
    paragraphCount: 1,
    number: 1,
    subhead: null,
    text,
    spans,
  };
}

function reader(file: string) {
  return { slice: (_: number, [start, end]: Span) => file.slice(start, end) };
}

describe('quoteOf', () => {
  it('gives spans whose slices make up the quote, in any file, for any range', () => {
    assert(
      property(brokenParagraph, nat(), nat(), ({ file, paragraph }, a, b) => {
        const length = paragraph.text.length + 1;
        const range: Span = [Math.min(a % length, b % length), Math.max(a % length, b % length)];
        const quote = quoteOf(paragraph, range);
        const slices = quote.spans.map(([start, end]) => file.slice(start, end));
        expect(slices.join('')).toBe(quote.quote);
        expect(quote.quote).toBe(paragraph.text.slice(...range).trim());
        expect(isProven(reader(file), quote)).toBe(quote.quote !== '');
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('isProven', () => {
  const file = '第一段的前半。后半在下一栏。';
  const paragraph = paragraphOf('前半。后半', [
    [4, 7],
    [7, 9],
  ]);
  const quote = quoteOf(paragraph, [0, 3]);

  it('holds for what stands in the file', () => {
    expect(isProven(reader(file), quote)).toBe(true);
  });

  it('fails when the quoted words have changed', () => {
    expect(isProven(reader(file.replace('前半', '全部')), quote)).toBe(false);
  });

  it('fails when the rest of the paragraph has changed', () => {
    expect(isProven(reader(file.replace('后半', '别的')), quote)).toBe(false);
  });

  it('fails when the file is gone', () => {
    expect(isProven({ slice: () => null }, quote)).toBe(false);
  });
});
