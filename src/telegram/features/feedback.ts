import { Composer } from 'telegraf';
import type { Vote } from '../../library/chats/answers.ts';
import type { BotContext } from '../context.ts';
import { acknowledge, partsOf } from './presses.ts';

/** 👍 and 👎 under answers. */
export const feedback = new Composer<BotContext>();

feedback.action(/^up /, async (ctx) => await vote(ctx, 1));
feedback.action(/^down /, async (ctx) => await vote(ctx, -1));

async function vote(ctx: BotContext, given: Vote): Promise<void> {
  const [key = ''] = partsOf(ctx);
  const { answers } = ctx.desk.chats;
  const person = ctx.from?.id;
  if (person === undefined || answers.find(key) === null) return await acknowledge(ctx);
  const stands = answers.vote(key, person, given);
  const words = { '1': 'thanks-useful', '-1': 'thanks-useless', '0': 'vote-taken-back' } as const;
  await acknowledge(ctx, ctx.words(words[stands]));
}
