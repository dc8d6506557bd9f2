import { Buffer } from 'node:buffer';
import type { Entity, FormattedText } from './text.ts';
import { badRequest } from './refusal.ts';

const kinds: Readonly<Record<string, string>> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
};

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where its text begins in the result. */
  readonly offset: number;
}

function cannotParse(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`);
}

/**
 * Reads HTML the way Telegram reads `parse_mode: "HTML"`, which is not the way of browsers: few tags,
 * four named character references, and every other `<` is an error.
 * @throws Refusal with Telegram's sentence, positions counted in bytes of UTF-8
 */
export function parseHtml(html: string): FormattedText {
  return new HtmlReader(html).read();
}

class HtmlReader {
  readonly #html: string;
  #at = 0;
  #text = '';
  readonly #entities: Entity[] = [];
  readonly #open: OpenTag[] = [];

  constructor(html: string) {
    this.#html = html;
  }

  read(): FormattedText {
    while (this.#at < this.#html.length) {
      const next = this.#html[this.#at];
      if (next === '<') this.#readTag();
      else if (next === '&') this.#text += this.#readReference();
      else {
        this.#text += next;
        this.#at += 1;
      }
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) {
      throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    }
    const entities = this.#entities.map((entity) =>
      entity.type === 'code'
        ? { type: 'code', offset: entity.offset, length: entity.length }
        : entity,
    );
    entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
    return { text: this.#text, entities };
  }

  #readTag(): void {
    const start = this.#at;
    this.#at += 1;
    if (this.#html[this.#at] === '/') this.#readEndTag(start);
    else this.#readStartTag(start);
  }

  #readStartTag(start: number): void {
    const name = this.#takeUntil(/[\s>]/u).toLowerCase();
    if (this.#ended()) throw cannotParse(`Unclosed start tag at byte offset ${this.#byte(start)}`);
    if (kinds[name] === undefined) {
      throw cannotParse(`Unsupported start tag "${name}" at byte offset ${this.#byte(start)}`);
    }
    const attributes = this.#readAttributes(name, start);
    if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
      const where = this.#byte(start);
      throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`);
    }
    this.#open.push({ name, attributes, offset: this.#text.length });
  }

  #readAttributes(tag: string, start: number): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      this.#skipSpace();
      if (this.#html[this.#at] === '>') {
        this.#at += 1;
        return attributes;
      }
      const where = this.#byte(start);
      const name = this.#takeUntil(/[\s=>]/u).toLowerCase();
      if (name === '') {
        throw cannotParse(`Empty attribute name in the tag "${tag}" at byte offset ${where}`);
      }
      this.#skipSpace();
      if (this.#html[this.#at] === '=') {
        this.#at += 1;
        this.#skipSpace();
        attributes.set(name, this.#readAttributeValue());
      } else if (tag === 'blockquote' && name === 'expandable') {
        attributes.set(name, '');
      } else {
        const what = `declaration of an attribute of the tag "${tag}"`;
        throw cannotParse(`Expected equal sign in ${what} at byte offset ${where}`);
      }
      if (this.#ended()) throw cannotParse(`Unclosed start tag at byte offset ${where}`);
    }
  }

  #readAttributeValue(): string {
    const quote = this.#html[this.#at];
    if (quote !== '"' && quote !== "'") {
      const start = this.#at;
      const value = this.#takeUntil(/[^a-z0-9.-]/iu).toLowerCase();
      if (!this.#ended() && !/[\s>]/u.test(this.#html[this.#at] ?? '')) {
        throw cannotParse(`Unexpected end of name token at byte offset ${this.#byte(start)}`);
      }
      return value;
    }
    this.#at += 1;
    let value = '';
    while (!this.#ended() && this.#html[this.#at] !== quote) {
      if (this.#html[this.#at] === '&') value += this.#readReference();
      else {
        value += this.#html[this.#at];
        this.#at += 1;
      }
    }
    this.#at += 1;
    return value;
  }

  #readEndTag(start: number): void {
    const where = this.#byte(start);
    const open = this.#open.pop();
    if (open === undefined) throw cannotParse(`Unexpected end tag at byte offset ${where}`);
    this.#at += 1;
    const name = this.#takeUntil(/[\s>]/u).toLowerCase();
    this.#skipSpace();
    if (this.#html[this.#at] !== '>') {
      throw cannotParse(`Unclosed end tag at byte offset ${where}`);
    }
    this.#at += 1;
    if (name !== '' && name !== open.name) {
      const found = `expected "</${open.name}>", found "</${name}>"`;
      throw cannotParse(`Unmatched end tag at byte offset ${where}, ${found}`);
    }
    this.#close(open);
  }

  #close({ name, attributes, offset }: OpenTag): void {
    const length = this.#text.length - offset;
    const type = kinds[name];
    if (length === 0 || type === undefined) return;
    if (type === 'text_link') {
      const url = attributes.get('href') ?? this.#text.slice(offset);
      const link = linkOf(url, offset, length);
      if (link !== null) this.#entities.push(link);
    } else if (type === 'custom_emoji') {
      const id = attributes.get('emoji-id') ?? '';
      if (!/^[1-9]\d*$/.test(id)) {
        throw badRequest("can't parse entities: Invalid custom emoji identifier specified");
      }
      this.#entities.push({ type, offset, length, custom_emoji_id: id });
    } else if (type === 'pre' || type === 'code') {
      this.#closeCode(type, attributes.get('class'), offset, length);
    } else if (type === 'blockquote' && attributes.has('expandable')) {
      this.#entities.push({ type: 'expandable_blockquote', offset, length });
    } else {
      this.#entities.push({ type, offset, length });
    }
  }

  /** `<pre><code class="language-x">` is one block of code in a language. */
  #closeCode(type: string, group: string | undefined, offset: number, length: number): void {
    const inner = this.#entities.at(-1);
    if (
      type === 'pre' &&
      inner?.type === 'code' &&
      inner.offset === offset &&
      inner.length === length
    ) {
      this.#entities[this.#entities.length - 1] = { ...inner, type };
    } else {
      const language = group?.startsWith('language-') === true ? group.slice(9) : '';
      this.#entities.push({ type, offset, length, ...(language === '' ? {} : { language }) });
    }
  }

  /** Reads what begins with `&`: a character reference, or else the sign itself. */
  #readReference(): string {
    const rest = this.#html.slice(this.#at + 1, this.#at + 16);
    const found = /^(?:#(\d{1,8})|#x([0-9a-f]{1,7})|([a-z]+));?/iu.exec(rest);
    const character = found === null ? undefined : decodeReference(found);
    if (found === null || character === undefined) {
      this.#at += 1;
      return '&';
    }
    this.#at += 1 + found[0].length;
    return character;
  }

  #takeUntil(stop: RegExp): string {
    const start = this.#at;
    while (!this.#ended() && !stop.test(this.#html[this.#at] ?? '')) this.#at += 1;
    return this.#html.slice(start, this.#at);
  }

  #skipSpace(): void {
    while (/\s/u.test(this.#html[this.#at] ?? '')) this.#at += 1;
  }

  #ended(): boolean {
    return this.#at >= this.#html.length;
  }

  #byte(index: number): number {
    return Buffer.byteLength(this.#html.slice(0, index));
  }
}

function decodeReference([, decimal, hex, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return named[name];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isCharacter = code > 0 && code < 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** The entity of a link; null when the address is none, in which case Telegram shows plain text. */
function linkOf(url: string, offset: number, length: number): Entity | null {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1];
  if (user !== undefined) {
    return { type: 'text_mention', offset, length, user: { id: Number(user) } };
  }
  const full = /^[a-z][a-z0-9+.-]*:/iu.test(url) ? url : `http://${url}`;
  if (!URL.canParse(full) || !/^(?:https?|tg|tonsite):/iu.test(full)) return null;
  return { type: 'text_link', offset, length, url: full };
}
