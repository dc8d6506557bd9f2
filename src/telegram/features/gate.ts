import { Composer } from 'telegraf';
import { failureOf, isHarmless } from '../client/failures.ts';
import type { BotContext } from '../context.ts';
import { say } from './commands.ts';
import { acknowledge } from './presses.ts';

/** Comes before every feature: who may use the bot, and what becomes of failures. */
export const gate = new Composer<BotContext>();

gate.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    await settle(ctx, error);
  }
});

gate.on('message', async (ctx, next) => {
  // Who writes has not blocked the bot, whatever was heard before.
  ctx.desk.chats.people.setBlocked(ctx.chat.id, false);
  await next();
});

gate.use(async (ctx, next) => {
  // What becomes of memberships is noted in any case.
  if (ctx.isAllowed || ctx.myChatMember !== undefined) return await next();
  const { incoming, desk } = ctx;
  await acknowledge(ctx);
  if (ctx.inlineQuery !== undefined) await ctx.answerInlineQuery([], { is_personal: true });
  if (incoming?.isPrivate && (await desk.fairness.once(`closed ${incoming.chatId}`))) {
    await say(ctx, incoming, ctx.words('not-allowed'));
  }
});

gate.on('callback_query', async (ctx, next) => {
  if (await ctx.desk.fairness.lightWork(ctx.callbackQuery.from.id)) return await next();
  await acknowledge(ctx, ctx.words('too-many-presses'));
});

/** Failures that will pass are left to the reception, which tries again; the others end here. */
async function settle(ctx: BotContext, error: unknown): Promise<void> {
  const { kind } = failureOf(error);
  if (isHarmless(error)) return;
  if (kind === 'forbidden') {
    if (ctx.chat !== undefined) ctx.desk.chats.people.setBlocked(ctx.chat.id, true);
    return;
  }
  if (kind === 'other' || kind === 'refused') await apologise(ctx);
  throw error;
}

async function apologise(ctx: BotContext): Promise<void> {
  const { incoming, desk } = ctx;
  try {
    if (incoming?.isAddressed) await say(ctx, incoming, ctx.words('something-went-wrong'));
  } catch (error) {
    desk.log.debug({ err: error }, 'not even an apology was possible');
  }
}
