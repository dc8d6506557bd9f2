import type { InlineKeyboardButton } from 'telegraf/types';
import type { Styled } from './styled.ts';
import { join, split, toHtml } from './styled.ts';

/** One message as Telegram takes it. */
export interface Message {
  readonly html: string;
  /** Rows of buttons. */
  readonly buttons: readonly (readonly InlineKeyboardButton[])[];
}

/** A text as one message or as many as it needs, with the buttons under the last. */
export function messagesOf(text: Styled, buttons: Message['buttons'] = []): Message[] {
  const pieces = split(text);
  return pieces.map((piece, index) => ({
    html: toHtml(piece),
    buttons: index === pieces.length - 1 ? buttons : [],
  }));
}

/** A short text without marks as one message. */
export function plainMessage(text: string, buttons: Message['buttons'] = []): Message {
  return { html: toHtml(join([text])), buttons };
}

/** Telegram cuts long button texts itself, but in the middle of a word and without a sign. */
const MAX_BUTTON_LENGTH = 40;

/** A button that sends `data` back; `data` must fit into 64 bytes. */
export function button(text: string, data: string): InlineKeyboardButton {
  return { text: shorten(text, MAX_BUTTON_LENGTH), callback_data: data };
}

/** Cut to at most `length` characters, with an ellipsis where something is missing. */
export function shorten(text: string, length: number): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
