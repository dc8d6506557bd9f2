import type { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { placeOf } from '../incoming.ts';
import type { Incoming } from '../incoming.ts';
import { messagesOf } from '../messages/message.ts';
import type { Message } from '../messages/message.ts';
import { join } from '../messages/styled.ts';

type CommandHandler = (ctx: BotContext, incoming: Incoming, argument: string) => Promise<void>;

/** Handles `/name`, also as `/name@bot`, with what stands behind it. */
export function onCommand(
  composer: Composer<BotContext>,
  name: string,
  handler: CommandHandler,
): void {
  composer.on('message', async (ctx, next) => {
    const { incoming } = ctx;
    if (incoming?.command?.name !== name) return await next();
    await handler(ctx, incoming, incoming.command.argument);
  });
}

/** Answers a message with plain words. */
export async function say(
  ctx: BotContext,
  incoming: Incoming,
  words: string,
  buttons: Message['buttons'] = [],
): Promise<void> {
  await deliver(ctx, placeOf(incoming), messagesOf(join([words]), buttons));
}
