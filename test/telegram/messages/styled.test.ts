import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bold,
  italic,
  join,
  link,
  quote,
  slice,
  split,
  strike,
  toHtml,
  underline,
} from '../../../src/telegram/messages/styled.ts';
import type { Styled } from '../../../src/telegram/messages/styled.ts';
import { parseHtml } from '../server/html.ts';
import { isWellFormed } from '../server/text.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/\p{Cs}/gu, '')),
  fc.constantFrom('天琴计划。', '<b>', '&amp;', '"', '\n\n', '\n', '😀', ' ', '字'.repeat(30)),
);
const styles = [
  bold,
  italic,
  underline,
  strike,
  (part: Styled | string) => link(part, 'https://e.org/?a=1&b="'),
];

/** Nested marks around random texts, as messages are built. */
const styled: fc.Arbitrary<Styled> = fc
  .array(fc.tuple(piece, fc.subarray([0, 1, 2, 3, 4])), { minLength: 1, maxLength: 12 })
  .map((parts) =>
    join(
      parts.map(([text, chosen]) =>
        chosen.reduce<Styled>((inner, index) => styles[index]!(inner), join([text])),
      ),
    ),
  )
  .chain((inner) => fc.boolean().map((isQuoted) => (isQuoted ? quote(inner) : inner)));

/** What a reader sees of the HTML. */
function seen(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

test('all text is escaped, and comes out as it went in', () => {
  fc.assert(
    fc.property(styled, (text) => {
      const html = toHtml(text);
      expect(seen(html)).toBe(text.text);
      expect(() => parseHtml(html)).not.toThrow();
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('pieces fit, lose nothing but white space, and cut neither characters nor marks', () => {
  fc.assert(
    fc.property(styled, fc.integer({ min: 2, max: 60 }), (text, limit) => {
      const pieces = split(text, limit);
      for (const { text: part } of pieces) {
        expect(part.length).toBeLessThanOrEqual(limit);
        expect(isWellFormed(part)).toBe(true);
      }
      const without = (long: string): string => long.replaceAll(/\s/g, '');
      expect(without(pieces.map((part) => part.text).join(''))).toBe(without(text.text));
      for (const part of pieces) expect(() => parseHtml(toHtml(part))).not.toThrow();
    }),
    { seed: 12, numRuns: 300 },
  );
});

test('a slice keeps the marks on their words', () => {
  const text = join(['一', bold(join(['二', underline('三')])), '四']);
  expect(toHtml(text)).toBe('一<b>二<u>三</u></b>四');
  expect(toHtml(slice(text, 2, 4))).toBe('<b><u>三</u></b>四');
  expect(toHtml(slice(text, 0, 1))).toBe('一');
});

test('long texts are cut at the end of a paragraph, else of a sentence', () => {
  const cut = (text: string): string[] => split(join([text]), 12).map((part) => part.text);
  expect(cut('第一段说完了。\n\n第二段也说完了。')).toEqual(['第一段说完了。', '第二段也说完了。']);
  expect(cut('第一句说完了。第二句也说完了。')).toEqual(['第一句说完了。', '第二句也说完了。']);
  expect(cut('one two three four')).toEqual(['one two', 'three four']);
  expect(cut('没有标点的很长很长很长很长的话')).toHaveLength(2);
});

test('a quotation longer than a message goes on as a quotation in the next', () => {
  const [first, second] = split(quote('字'.repeat(5_000)));
  expect(toHtml(first!)).toMatch(/^<blockquote expandable>字+<\/blockquote>$/);
  expect(toHtml(second!)).toMatch(/^<blockquote expandable>字+<\/blockquote>$/);
});

test('a message has at most a hundred marks', () => {
  const pieces = split(
    join(
      Array.from({ length: 250 }, (_, n) => bold(`词${n}`)),
      '，',
    ),
  );
  expect(pieces.length).toBeGreaterThan(2);
  for (const { marks } of pieces) expect(marks.length).toBeLessThanOrEqual(100);
});
