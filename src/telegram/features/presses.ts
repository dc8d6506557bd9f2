import type { CallbackQuery } from 'telegraf/types';
import type { BotContext } from '../context.ts';
import type { Place } from '../sending.ts';

/** Where a button was pressed: the chat, its topic, and the message that carries the button. */
export interface PressedIn extends Place {
  readonly chatId: number;
  readonly messageId: number;
}

/** Null for a button in a message that the bot sent through an inline query. */
export function pressedIn(ctx: BotContext): PressedIn | null {
  const message: CallbackQuery['message'] = ctx.callbackQuery?.message;
  if (message === undefined) return null;
  const isTopic = 'is_topic_message' in message && message.is_topic_message;
  return {
    chatId: message.chat.id,
    messageId: message.message_id,
    threadId: isTopic ? message.message_thread_id : undefined,
    replyTo: message.message_id,
  };
}

/** The parts of a button's data behind its name. */
export function partsOf(ctx: BotContext): string[] {
  const query = ctx.callbackQuery;
  return query !== undefined && 'data' in query ? query.data.split(' ').slice(1) : [];
}

/** A page number in a button's data; 1 for anything that is none. */
export function pageIn(part: string | undefined): number {
  return Math.max(1, Math.trunc(Number(part)) || 1);
}

/** Tells Telegram at once that the press arrived, with words that show for a moment. */
export async function acknowledge(ctx: BotContext, words?: string): Promise<void> {
  const query = ctx.callbackQuery;
  if (query === undefined) return;
  await ctx.telegram.callApi('answerCallbackQuery', {
    callback_query_id: query.id,
    ...(words === undefined ? {} : { text: words }),
  });
}
