import { Buffer } from 'node:buffer';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { badRequest } from './refusal.ts';

/** Something said of a part of a text. Offsets and lengths are UTF-16 code units. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user?: { readonly id: number };
  readonly custom_emoji_id?: string;
}

/** Text without markup, and what the markup said of it. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** https://core.telegram.org/bots/api#sendmessage: 1-4096 characters after entities parsing. */
export const TEXT_LIMIT = 4096;
/** https://core.telegram.org/bots/api#senddocument: 0-1024 characters after entities parsing. */
export const CAPTION_LIMIT = 1024;
/** https://limits.tginfo.me: Telegram drops formatting beyond it; here it is refused. */
const ENTITY_LIMIT = 100;

/**
 * The text as people will see it: markup parsed, entities checked, white space at both ends gone.
 * @throws Refusal when the markup or an entity is wrong
 */
export function formatText(
  text: string,
  parseMode: string | undefined,
  entities: readonly Entity[] | undefined,
): FormattedText {
  if (Buffer.byteLength(text) > 2 ** 15) throw badRequest('text is too long');
  const formatted = parse(text, parseMode?.toLowerCase() ?? 'none', entities ?? []);
  if (formatted.entities.length > ENTITY_LIMIT) throw badRequest('ENTITIES_TOO_LONG');
  return trim(formatted);
}

function parse(text: string, mode: string, entities: readonly Entity[]): FormattedText {
  if (mode === 'html') return parseHtml(text);
  if (mode === 'markdownv2') return parseMarkdown(text);
  if (mode !== 'none' && mode !== '') throw badRequest('unsupported parse_mode');
  for (const entity of entities) checkEntity(text, entity);
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities: sorted };
}

function checkEntity(text: string, { offset, length }: Entity): void {
  if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
  if (length <= 0) throw badRequest(`receive an entity with incorrect length ${length}`);
  const end = offset + length;
  const begins = `entity beginning at UTF-16 offset ${offset} ends`;
  if (end > text.length) {
    throw badRequest(`${begins} after the end of the text at UTF-16 offset ${text.length}`);
  }
  if (splitsPair(text, offset)) {
    const where = Buffer.byteLength(text.slice(0, offset - 1));
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${where}`);
  }
  if (splitsPair(text, end)) {
    const where = Buffer.byteLength(text.slice(0, end + 1));
    throw badRequest(`${begins} in a middle of a UTF-16 symbol at byte offset ${where}`);
  }
}

function splitsPair(text: string, index: number): boolean {
  return index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff;
}

/** Telegram drops white space around a message, and formatting of nothing with it. */
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  const skipped = text.length - text.trimStart().length;
  const kept = entities.flatMap((entity) => {
    const start = Math.max(entity.offset - skipped, 0);
    const end = Math.min(entity.offset + entity.length - skipped, trimmed.length);
    return start < end ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  return { text: trimmed, entities: kept };
}

/** Telegram counts characters in code points. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A lone surrogate cannot be sent as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

const patterns: ReadonlyArray<readonly [type: string, pattern: RegExp]> = [
  ['bot_command', /(?<![\w/])\/[a-z0-9_]{1,32}(?:@[a-z]\w{2,31})?(?!\w)/giu],
  ['mention', /(?<![\w/@])@[a-z]\w{2,31}(?!\w)/giu],
  ['url', /https?:\/\/[^\s<>"]+/giu],
  ['hashtag', /(?<![\w#])#[\p{L}\p{N}_]+/gu],
];

/** What Telegram finds by itself in what people write. */
export function findEntities(text: string): Entity[] {
  return patterns
    .flatMap(([type, pattern]) =>
      [...text.matchAll(pattern)].map((found) => ({
        type,
        offset: found.index,
        length: found[0].length,
      })),
    )
    .sort((a, b) => a.offset - b.offset);
}
