import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { onCommand, say } from './commands.ts';

/** /new begins a new conversation, /forget deletes what is known of a person. */
export const memory = new Composer<BotContext>();

onCommand(memory, 'new', async (ctx, incoming) => {
  ctx.desk.chats.conversations.end(incoming.chatId, incoming.userId);
  await say(ctx, incoming, ctx.words('new-conversation'));
});

onCommand(memory, 'forget', async (ctx, incoming) => {
  ctx.desk.chats.forget(incoming.userId);
  await say(ctx, incoming, ctx.words('forgotten'));
});
