import { isHarmless } from './client/failures.ts';
import type { PoliteTelegram } from './client/polite-telegram.ts';
import type { Message } from './messages/message.ts';

/** Where an answer goes. */
export interface Place {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  /** The message that is answered, quoted in groups. */
  readonly replyTo?: number | undefined;
}

const NO_PREVIEW = { is_disabled: true } as const;

/** @returns the id of the message */
export async function send(
  telegram: PoliteTelegram,
  { chatId, threadId, replyTo }: Place,
  message: Message,
): Promise<number> {
  const sent = await telegram.callApi('sendMessage', {
    chat_id: chatId,
    text: message.html,
    parse_mode: 'HTML',
    link_preview_options: NO_PREVIEW,
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    ...(replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...keyboard(message),
  });
  return sent.message_id;
}

/** Puts other words and buttons into a message that was sent before. That it says so already, or is gone, is no failure. */
export async function replace(
  telegram: PoliteTelegram,
  { chatId, messageId }: { readonly chatId: number; readonly messageId: number },
  message: Message,
): Promise<void> {
  try {
    await telegram.callApi('editMessageText', {
      chat_id: chatId,
      message_id: messageId,
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
