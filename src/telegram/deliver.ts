import type { BotContext } from './context.ts';
import type { Message } from './messages/message.ts';
import { send } from './sending.ts';
import type { Place } from './sending.ts';

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
    ids.push(await send(ctx.desk.telegram, place, message));
    inbox.countDelivery(updateId);
  }
  return ids;
}
