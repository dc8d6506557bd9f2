import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { placeOf } from '../incoming.ts';
import { button } from '../messages/message.ts';
import { answerQuestion } from './ask.ts';
import { onCommand, say } from './commands.ts';
import { acknowledge, partsOf, pressedIn } from './presses.ts';
import { openSource } from './sources.ts';

/** /start with examples to press, deep links to citations, /help and /privacy. */
export const start = new Composer<BotContext>();

onCommand(start, 'start', async (ctx, incoming, argument) => {
  if (argument.startsWith('c_')) {
    if (await openSource(ctx, placeOf(incoming), argument.slice(2))) return;
    return await say(ctx, incoming, ctx.words('source-unknown'));
  }
  const { examples, chats } = ctx.desk;
  const questions = (await examples.questions()).map((question) => [
    button(question, `example ${chats.links.keep(question)}`),
  ]);
  const words = questions.length > 0 ? 'welcome-with-examples' : 'welcome';
  await say(ctx, incoming, ctx.words(words, { articles: articleCount(ctx) }), questions);
});

onCommand(start, 'help', async (ctx, incoming) => {
  const words = [ctx.words('help', { bot: ctx.me })];
  if (ctx.isAdmin) words.push(ctx.words('help-admin'));
  await say(ctx, incoming, words.join('\n\n'));
});

onCommand(start, 'privacy', async (ctx, incoming) => {
  const { settings, limits } = ctx.desk;
  const { conversationHours: hours, writerHost: writer = 'none' } = settings;
  const days = limits.questionDays;
  await say(ctx, incoming, ctx.words('privacy', { hours, days, writer }));
});

start.action(/^example /, async (ctx) => {
  const [key = ''] = partsOf(ctx);
  const place = pressedIn(ctx);
  const person = ctx.from?.id;
  const question = ctx.desk.chats.links.follow(key);
  await acknowledge(ctx);
  if (place === null || person === undefined || question === null) return;
  const { chatId, threadId, messageId } = place;
  const isPrivate = chatId > 0;
  const asked = { chatId, threadId, messageId, userId: person, isPrivate, byButton: true };
  await answerQuestion(ctx, asked, question);
});

function articleCount(ctx: BotContext): number {
  return ctx.desk.library.view()?.articleCount ?? 0;
}
