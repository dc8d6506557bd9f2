import { Buffer } from 'node:buffer';
import type { Entity, FormattedText } from './text.ts';
import { badRequest } from './refusal.ts';

/** Longer marks first, so that `__` is not read as `_` twice. */
const marks: ReadonlyArray<readonly [mark: string, type: string]> = [
  ['```', 'pre'],
  ['__', 'underline'],
  ['||', 'spoiler'],
  ['`', 'code'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
  ['[', 'text_link'],
];

interface Open {
  readonly mark: string;
  readonly type: string;
  readonly offset: number;
  readonly byte: number;
}

/**
 * Reads `parse_mode: "MarkdownV2"` without block quotations.
 * @throws Refusal in Telegram's words for reserved characters and marks without an end
 */
export function parseMarkdown(source: string): FormattedText {
  const entities: Entity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  const byte = (): number => Buffer.byteLength(source.slice(0, at));
  while (at < source.length) {
    const character = source[at] ?? '';
    const innermost = open.at(-1);
    const inCode = innermost?.type === 'code' || innermost?.type === 'pre';
    if (character === '\\' && /[!-~]/.test(source[at + 1] ?? '')) {
      text += source[at + 1];
      at += 2;
    } else if (innermost !== undefined && source.startsWith(closing(innermost), at)) {
      at += closing(innermost).length;
      const entity = { type: innermost.type, offset: innermost.offset };
      const length = text.length - innermost.offset;
      open.pop();
      if (innermost.type === 'text_link') {
        const url = /^\(((?:\\.|[^)\\])*)\)/.exec(source.slice(at));
        at += url?.[0].length ?? 0;
        if (url?.[1] !== undefined && length > 0) entities.push({ ...entity, length, url: url[1] });
      } else if (length > 0) entities.push({ ...entity, length });
    } else if (inCode) {
      text += character;
      at += 1;
    } else {
      const found = marks.find(([mark]) => source.startsWith(mark, at));
      if (found !== undefined) {
        open.push({ mark: found[0], type: found[1], offset: text.length, byte: byte() });
        at += found[0].length;
      } else if (/[\]()~>#+\-=|{}.!]/.test(character)) {
        const advice = `Character '${character}' is reserved and must be escaped with the preceding '\\'`;
        throw badRequest(`can't parse entities: ${advice}`);
      } else {
        text += character;
        at += 1;
      }
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    const what = `Can't find end of ${nameOf(unclosed.type)} entity at byte offset ${unclosed.byte}`;
    throw badRequest(`can't parse entities: ${what}`);
  }
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities };
}

function closing(open: Open): string {
  return open.mark === '[' ? ']' : open.mark;
}

function nameOf(type: string): string {
  const names: Readonly<Record<string, string>> = { text_link: 'TextUrl', pre: 'PreCode' };
  return names[type] ?? `${type[0]?.toUpperCase()}${type.slice(1)}`;
}
