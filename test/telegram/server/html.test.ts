import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHtml } from './html.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('HTML as Telegram reads it', () => {
  test.each<[string, string, object[]]>([
    ['plain & simple', 'plain & simple', []],
    ['a &lt;b&gt; &amp; &quot;c&quot;', 'a <b> & "c"', []],
    ['&#20013;&#x6587; &#128512;', '中文 😀', []],
    ['&nbsp; &apos; &#0; &#xd83d;', '&nbsp; &apos; &#0; &#xd83d;', []],
    ['&lt without semicolon', '< without semicolon', []],
    ['😀<b>粗</b>', '😀粗', [{ type: 'bold', offset: 2, length: 1 }]],
    [
      '<strong>a</strong><EM>b</em>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 1 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    [
      '<s>a</s><del>b</del><strike>c</strike><ins>d</ins>',
      'abcd',
      [
        { type: 'strikethrough', offset: 0, length: 1 },
        { type: 'strikethrough', offset: 1, length: 1 },
        { type: 'strikethrough', offset: 2, length: 1 },
        { type: 'underline', offset: 3, length: 1 },
      ],
    ],
    [
      '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
      'ab',
      [
        { type: 'spoiler', offset: 0, length: 1 },
        { type: 'spoiler', offset: 1, length: 1 },
      ],
    ],
    [
      '<a href="https://e.org/?a=1&amp;b=2">x</a>',
      'x',
      [{ type: 'text_link', offset: 0, length: 1, url: 'https://e.org/?a=1&b=2' }],
    ],
    [
      "<a href='e.org'>x</a>",
      'x',
      [{ type: 'text_link', offset: 0, length: 1, url: 'http://e.org' }],
    ],
    ['<a href="javascript:alert(1)">x</a>', 'x', []],
    [
      '<a href="tg://user?id=42">x</a>',
      'x',
      [{ type: 'text_mention', offset: 0, length: 1, user: { id: 42 } }],
    ],
    [
      '<blockquote>a<b>b</b></blockquote>',
      'ab',
      [
        { type: 'blockquote', offset: 0, length: 2 },
        { type: 'bold', offset: 1, length: 1 },
      ],
    ],
    [
      '<blockquote expandable>a</blockquote>',
      'a',
      [{ type: 'expandable_blockquote', offset: 0, length: 1 }],
    ],
    [
      '<pre><code class="language-ts">x</code></pre>',
      'x',
      [{ type: 'pre', offset: 0, length: 1, language: 'ts' }],
    ],
    ['<code class="language-ts">x</code>', 'x', [{ type: 'code', offset: 0, length: 1 }]],
    ['<b></b>nothing', 'nothing', []],
    ['<b>bold</>', 'bold', [{ type: 'bold', offset: 0, length: 4 }]],
  ])('%s', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ text, entities });
  });

  test.each([
    ['中<x>', 'Unsupported start tag "x" at byte offset 3'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['a <br/> b', 'Unsupported start tag "br/" at byte offset 2'],
    ['<p>x</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    [
      '<a href>x</a>',
      'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    ],
    ['<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
    ['<a href=e/f>x</a>', 'Unexpected end of name token at byte offset 8'],
    ['<a href="e', 'Unclosed start tag at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="x">y</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ])('%s is refused', (html, reason) => {
    expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${reason}`);
  });

  test('escaped text comes back as it was, with nothing said of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parseHtml(escaped(text))).toEqual({ text, entities: [] });
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('nested tags say where their text is', () => {
    const tag = fc.constantFrom('b', 'i', 'u', 's', 'tg-spoiler', 'blockquote');
    const piece = fc.letrec<{ html: string }>((tie) => ({
      html: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }).map(escaped),
        fc
          .tuple(tag, tie('html'), tie('html'))
          .map(([name, a, b]) => `<${name}>${a}</${name}>${b}`),
      ),
    })).html;
    fc.assert(
      fc.property(piece, (html) => {
        const { text, entities } = parseHtml(html);
        expect(escaped(text)).toBe(html.replaceAll(/<[^>]*>/g, ''));
        for (const { offset, length } of entities) {
          expect(length).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
        }
        const written = html.match(/<[a-z][^>]*>/g)?.length ?? 0;
        const empty = html.match(/<([a-z-]+)>(?:<[^>]*>)*?<\/\1>/g)?.length ?? 0;
        expect(entities.length).toBeLessThanOrEqual(written);
        expect(entities.length === written).toBe(empty === 0);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
