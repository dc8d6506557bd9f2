import type { BotContext } from './context.ts';
import type { Place } from './sending.ts';

/** Telegram shows "typing" for five seconds. */
const REPEAT_MS = 4_500;

/** Shows "typing" in the chat as long as the work takes. */
export async function whileTyping<T>(
  ctx: BotContext,
  place: Place,
  work: () => Promise<T>,
): Promise<T> {
  const show = (): void => {
    ctx.telegram
      .callApi('sendChatAction', {
        chat_id: place.chatId,
        action: 'typing',
        ...(place.threadId === undefined ? {} : { message_thread_id: place.threadId }),
      })
      .catch((error: unknown) => ctx.desk.log.debug({ err: error }, 'typing not shown'));
  };
  show();
  const repeat = setInterval(show, REPEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(repeat);
  }
}
