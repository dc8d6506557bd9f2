import { isHarmless } from './client/failures.ts';
import type { BotContext } from './context.ts';
import type { Message } from './messages/message.ts';

/** Where an answer goes. */
export interface Place {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  /** The message that is answered, quoted in groups. */
  readonly replyTo?: number | undefined;
}

const NO_PREVIEW = { is_disabled: true } as const;

/**
 * Sends messages in order. What an earlier attempt at the same update had sent already is not sent
 * again: only what came after it.
 * @returns the ids of the messages sent now
 */
export async function deliver(
  ctx: BotContext,
  place: Place,
  messages: readonly Message[],
): Promise<number[]> {
  const { inbox } = ctx.desk.chats;
  const updateId = ctx.update.update_id;
  const ids: number[] = [];
  for (const message of messages.slice(inbox.delivered(updateId))) {
    const sent = await ctx.telegram.callApi('sendMessage', {
      chat_id: place.chatId,
      text: message.html,
      parse_mode: 'HTML',
      link_preview_options: NO_PREVIEW,
      ...(place.threadId === undefined ? {} : { message_thread_id: place.threadId }),
      ...(place.replyTo === undefined
        ? {}
        : {
            reply_parameters: { message_id: place.replyTo, allow_sending_without_reply: true },
          }),
      ...keyboard(message),
    });
    inbox.countDelivery(updateId);
    ids.push(sent.message_id);
  }
  return ids;
}

/** Puts other words and buttons into a message that was sent before. That it says so already, or is gone, is no failure. */
export async function replace(
  ctx: BotContext,
  place: { readonly chatId: number; readonly messageId: number },
  message: Message,
): Promise<void> {
  try {
    await ctx.telegram.callApi('editMessageText', {
      chat_id: place.chatId,
      message_id: place.messageId,
      text: message.html,
      parse_mode: 'HTML',
      link_preview_options: NO_PREVIEW,
      ...keyboard(message),
    });
  } catch (error) {
    if (!isHarmless(error)) throw error;
  }
}

function keyboard({ buttons }: Message) {
  if (buttons.length === 0) return {};
  return { reply_markup: { inline_keyboard: buttons.map((row) => [...row]) } };
}
