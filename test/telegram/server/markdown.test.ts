import { expect, test } from 'vitest';
import { parseMarkdown } from './markdown.ts';

test.each<[string, string, object[]]>([
  ['plain', 'plain', []],
  [
    '*粗* _i_',
    '粗 i',
    [
      { type: 'bold', offset: 0, length: 1 },
      { type: 'italic', offset: 2, length: 1 },
    ],
  ],
  [
    '__u__ ~s~ ||x||',
    'u s x',
    [
      { type: 'underline', offset: 0, length: 1 },
      { type: 'strikethrough', offset: 2, length: 1 },
      { type: 'spoiler', offset: 4, length: 1 },
    ],
  ],
  [
    '*a_b_*',
    'ab',
    [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'italic', offset: 1, length: 1 },
    ],
  ],
  ['`a*b`', 'a*b', [{ type: 'code', offset: 0, length: 3 }]],
  [
    '[x](https://e.org/)',
    'x',
    [{ type: 'text_link', offset: 0, length: 1, url: 'https://e.org/' }],
  ],
  ['1\\.\\*', '1.*', []],
])('MarkdownV2 as Telegram reads it: %s', (source, text, entities) => {
  expect(parseMarkdown(source)).toEqual({ text, entities });
});

test.each([
  ['1.', "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ['文*x', "Can't find end of Bold entity at byte offset 3"],
  ['[x', "Can't find end of TextUrl entity at byte offset 0"],
])('%s is refused', (source, reason) => {
  expect(() => parseMarkdown(source)).toThrow(`Bad Request: can't parse entities: ${reason}`);
});
