import { Buffer } from 'node:buffer';
import { badRequest } from './refusal.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';

/** A button of an inline or a reply keyboard, as the bot sent it. */
export type Button = Fields & { readonly text: string };
export type Rows = ReadonlyArray<readonly Button[]>;

/** What Telegram accepts below one message; beyond it: REPLY_MARKUP_TOO_LONG. */
const BUTTON_LIMIT = 100;

const actions = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
];

/**
 * Checks a `reply_markup` that has the right types.
 * @throws Refusal
 */
export function checkMarkup(markup: Fields): void {
  const inline = rowsOf(markup, 'inline_keyboard');
  const buttons = [...inline, ...rowsOf(markup, 'keyboard')].flat();
  if (buttons.length > BUTTON_LIMIT) throw badRequest('reply markup is too long');
  if (buttons.some((button) => button.text.trim() === '')) throw badRequest('BUTTON_TEXT_INVALID');
  for (const button of inline.flat()) checkInlineButton(button);
}

function checkInlineButton(button: Button): void {
  const given = actions.filter((action) => button[action] !== undefined);
  if (given.length === 0) {
    const reason = 'Text buttons are unallowed in the inline keyboard';
    throw badRequest(`can't parse inline keyboard button: ${reason}`);
  }
  if (given.length > 1) throw badRequest(`inline keyboard button has both ${given.join(' and ')}`);
  const { callback_data: data, url, copy_text: copy } = button;
  if (typeof data === 'string' && !hasBytes(data, 1, 64)) throw badRequest('BUTTON_DATA_INVALID');
  if (typeof url === 'string' && !isLink(url)) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  }
  const copied = isObject(copy) ? copy['text'] : undefined;
  if (typeof copied === 'string' && !hasBytes(copied, 1, 256)) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID');
  }
}

export function hasBytes(text: string, least: number, most: number): boolean {
  const bytes = Buffer.byteLength(text);
  return bytes >= least && bytes <= most;
}

function isLink(url: string): boolean {
  return URL.canParse(url) && /^(?:https?|tg|ton):/iu.test(url);
}

/** The rows of `inline_keyboard` or `keyboard`; buttons that are mere words become objects. */
export function rowsOf(markup: Fields | undefined, name: 'inline_keyboard' | 'keyboard'): Rows {
  const rows = markup?.[name];
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => (Array.isArray(row) ? row.map(buttonOf) : []));
}

function buttonOf(button: unknown): Button {
  const text = isObject(button) ? button['text'] : button;
  return { ...(isObject(button) ? button : {}), text: typeof text === 'string' ? text : '' };
}
