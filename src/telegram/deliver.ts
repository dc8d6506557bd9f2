import type { BotContext } from './context.ts';
import type { Message } from './messages/message.ts';
import { send } from './sending.ts';
import type { Place } from './sending.ts';

/** How far the messages of an update have come: those of earlier attempts, and the place in this one. */
export interface Delivery {
  readonly before: readonly number[];
  position: number;
}

/**
 * Sends messages in order. What an earlier attempt at the same update had sent already is not sent
 * again: this attempt goes on behind it.
 * @returns the ids of the messages, those of earlier attempts among them
 */
export async function deliver(
  ctx: BotContext,
  place: Place,
  messages: readonly Message[],
): Promise<number[]> {
  const { inbox } = ctx.desk.chats;
  const updateId = ctx.update.update_id;
  ctx.delivery ??= { before: inbox.delivered(updateId), position: 0 };
  const { delivery } = ctx;
  const ids: number[] = [];
  for (const message of messages) {
    const sentBefore = delivery.before[delivery.position];
    delivery.position += 1;
    const id = sentBefore ?? (await send(ctx.desk.telegram, place, message));
    if (sentBefore === undefined) inbox.addDelivered(updateId, id);
    ids.push(id);
  }
  return ids;
}
