import type { Message, MessageEntity, UserFromGetMe } from 'telegraf/types';
import type { Place } from './sending.ts';

/** Who asks, where, and by which message. */
export interface Asked {
  readonly chatId: number;
  readonly isPrivate: boolean;
  readonly messageId: number;
  /** Set in forum topics only: answers go into the same topic. */
  readonly threadId: number | undefined;
  /** The person; for anonymous admins and channels, the chat they speak as. */
  readonly userId: number;
  /** Set when a button asked the question, so that it does not stand in the chat yet. */
  readonly byButton?: boolean;
}

/** A message as far as the bot has to understand it. */
export interface Incoming extends Asked {
  /** Whether the bot is spoken to: always in private, in groups when mentioned, replied to or commanded. */
  readonly isAddressed: boolean;
  /** Whether the bot's name stands in it. */
  readonly mentions: boolean;
  readonly command: { readonly name: string; readonly argument: string } | null;
  /** What was written, without the mention of the bot; empty for photos, stickers and the like. */
  readonly text: string;
}

/** Where the answer goes: in groups as a reply to the question. */
export function placeOf({ chatId, threadId, isPrivate, messageId }: Asked): Place {
  return { chatId, threadId, replyTo: isPrivate ? undefined : messageId };
}

const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/;

/** Reads a message; null when it is none of the bot's business. */
export function readMessage(message: Message, me: UserFromGetMe): Incoming | null {
  if (isFromMachine(message, me)) return null;
  const text = 'text' in message ? message.text : '';
  const isPrivate = message.chat.type === 'private';
  const command = commandIn(text, me);
  if (command === 'for another bot') return null;
  const mention = mentionIn(message, me);
  const replied = repliedTo(message);
  const isAddressed =
    isPrivate || command !== null || mention !== null || replied?.from?.id === me.id;
  const written = (mention === null ? text : withoutRange(text, mention)).trim();
  // "@bot" under somebody else's message asks what that message says.
  const quoted = mention !== null && written === '' && replied && 'text' in replied;
  return {
    chatId: message.chat.id,
    isPrivate,
    messageId: message.message_id,
    threadId: message.is_topic_message === true ? message.message_thread_id : undefined,
    userId: speakerOf(message),
    isAddressed,
    mentions: mention !== null,
    command,
    text: quoted ? replied.text : written,
  };
}

/** Other bots, the bot's own inline cards and a channel's posts in its discussion group. */
function isFromMachine(message: Message, me: UserFromGetMe): boolean {
  if ('via_bot' in message && message.via_bot?.id === me.id) return true;
  if ('is_automatic_forward' in message && message.is_automatic_forward) return true;
  return message.from?.is_bot === true && senderChatOf(message) === undefined;
}

function senderChatOf(message: Message): number | undefined {
  return 'sender_chat' in message ? message.sender_chat?.id : undefined;
}

function speakerOf(message: Message): number {
  return senderChatOf(message) ?? message.from?.id ?? message.chat.id;
}

function repliedTo(message: Message): Message | undefined {
  return 'reply_to_message' in message ? message.reply_to_message : undefined;
}

function commandIn(text: string, me: UserFromGetMe) {
  const match = COMMAND.exec(text);
  if (match === null) return null;
  const [, name = '', bot, argument = ''] = match;
  if (bot !== undefined && bot.toLowerCase() !== me.username.toLowerCase())
    return 'for another bot';
  return { name: name.toLowerCase(), argument: argument.trim() };
}

/** Where the bot is mentioned. */
function mentionIn(message: Message, me: UserFromGetMe): MessageEntity | null {
  const entities = 'entities' in message ? (message.entities ?? []) : [];
  const text = 'text' in message ? message.text : '';
  const mention = entities.find((entity) => {
    if (entity.type === 'text_mention') return entity.user.id === me.id;
    const words = text.slice(entity.offset, entity.offset + entity.length);
    return entity.type === 'mention' && words.toLowerCase() === `@${me.username.toLowerCase()}`;
  });
  return mention ?? null;
}

function withoutRange(text: string, { offset, length }: MessageEntity): string {
  return `${text.slice(0, offset).trimEnd()} ${text.slice(offset + length).trimStart()}`;
}
