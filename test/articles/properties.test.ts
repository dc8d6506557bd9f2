import {
  array,
  assert,
  constantFrom,
  oneof,
  property,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/types.ts';
import { passagesOf } from '../../src/articles/passages.ts';
import { readArticles } from '../../src/articles/read.ts';
import type { ReadFile } from '../../src/articles/read.ts';
import { UnreadableFile } from '../../src/articles/unreadable.ts';
import { pageText, readText } from './reading.ts';

const pages = readdirSync(fileURLToPath(new URL('pages/', import.meta.url)));
const lines = pages.flatMap((name) => pageText(name).split('\n'));
const seed = 20200823;

/** Lines of real pages and junk, in any order, with any line ends. */
const anyPage = array(
  tuple(
    oneof(
      { weight: 6, arbitrary: constantFrom(...lines) },
      string({ unit: 'grapheme', maxLength: 40 }),
      constantFrom(
        '---',
        '# 标题',
        '## 小标题',
        '```',
        '| a | b |',
        '- 项',
        '（上接A1版）',
        '（下转A3版）',
        '\uFEFF',
        '\u3000\u3000',
        '\f',
      ),
    ),
    constantFrom('\n', '\n\n', '\r\n', '\r', '\n\n\n\n', '\u2028'),
  ),
  { maxLength: 40 },
).map((pairs) => pairs.flat().join(''));

function read(text: string, file: string): ReadFile | null {
  try {
    return readText(text, file);
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

function checkSpans({ text, articles }: ReadFile): void {
  const used = new Uint8Array(text.length);
  for (const { paragraphs } of articles) {
    expect(paragraphs.map(({ number }) => number)).toEqual(paragraphs.map((_, index) => index + 1));
    for (const paragraph of paragraphs) {
      let last = -1;
      for (const [start, end] of paragraph.spans) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(used.subarray(start, end).every((mark) => mark === 0)).toBe(true);
        used.fill(1, start, end);
        last = end - 1;
      }
      expect(paragraph.spans.map(([start, end]) => text.slice(start, end)).join('')).toBe(
        paragraph.text,
      );
      expect(paragraph.text.trim()).toBe(paragraph.text);
    }
  }
}

/** What is in no paragraph has a role; what has a role other than front matter is short. */
function checkNothingLost({ text, articles, asides }: ReadFile): void {
  const seen = new Uint8Array(text.length);
  const spans = articles.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((paragraph) => paragraph.spans),
  );
  for (const [start, end] of [...spans, ...asides.map(({ span }) => span)])
    seen.fill(1, start, end);
  const lost = [...text.matchAll(/\S+/gu)].filter(({ index, 0: word }) =>
    seen.subarray(index, index + word.length).includes(0),
  );
  // The marks of Markdown headings are the only characters that belong to no text.
  expect(
    lost.map(([word]) => word).filter((word) => !/^(?:#+|\*\*|__).*|.*(?:\*\*|__|#+)$/u.test(word)),
  ).toEqual([]);
  const longest = Math.max(
    0,
    ...asides.map(({ role, span }) => (role === 'front matter' ? 0 : span[1] - span[0])),
  );
  expect(longest).toBeLessThanOrEqual(200);
}

/** Runs a property over pages; reading one may be refused, but never fails. */
function holds(file: string, numRuns: number, check: (page: ReadFile) => void): () => void {
  return () => {
    assert(
      property(anyPage, (text) => {
        const page = read(text, file);
        if (page !== null) check(page);
      }),
      { seed, numRuns },
    );
  };
}

function checkPassages(article: Article, maxLength: number): void {
  const passages = passagesOf(article, { maxLength });
  for (const { number, text } of article.paragraphs) {
    const own = passages.filter(({ paragraphNumber }) => paragraphNumber === number);
    expect(own[0]?.start).toBe(0);
    expect(own.at(-1)?.end).toBe(text.length);
    for (const [index, passage] of own.entries()) {
      expect(passage.end).toBeGreaterThan(passage.start);
      expect(passage.start).toBeLessThanOrEqual(own[index - 1]?.end ?? 0);
      expect(passage.input.length).toBeLessThanOrEqual(maxLength);
    }
  }
}

describe('any text', () => {
  it.each(['page.txt', 'page.md'])(
    'as %s gives spans that lie in it, ascend, never overlap, and make up the paragraphs',
    (file) => {
      expect(holds(file, 300, checkSpans)).not.toThrow();
    },
  );

  it.each(['page.txt', 'page.md'])('as %s loses nothing', (file) => {
    expect(holds(file, 300, checkNothingLost)).not.toThrow();
  });

  it.each(pages)('of the page %s is all there', (name) => {
    const page = readText(pageText(name), name);
    expect(() => {
      checkSpans(page);
      checkNothingLost(page);
    }).not.toThrow();
  });

  it('of any bytes is read or refused with a reason', () => {
    const readOrRefused = property(uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        return readArticles(bytes, 'a.txt').articles.length > 0;
      } catch (error) {
        return error instanceof UnreadableFile && error.reason !== '';
      }
    });
    expect(() => assert(readOrRefused, { seed, numRuns: 1000 })).not.toThrow();
  });

  it.each([80, 150, 400, 1000])(
    'gives passages that cover their paragraphs and fit a model of %i',
    (maxLength) => {
      const check = ({ articles }: ReadFile): void => {
        for (const article of articles) checkPassages(article, maxLength);
      };
      expect(holds('page.txt', 100, check)).not.toThrow();
    },
  );
});
