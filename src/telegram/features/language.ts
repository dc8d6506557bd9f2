import { Composer } from 'telegraf';
import type { Language } from '../../types.ts';
import type { BotContext } from '../context.ts';
import { replace } from '../sending.ts';
import { showMenu } from '../menus.ts';
import { button, messagesOf } from '../messages/message.ts';
import { join } from '../messages/styled.ts';
import { LANGUAGES } from '../words.ts';
import { onCommand, say } from './commands.ts';
import { acknowledge, partsOf, pressedIn } from './presses.ts';
import type { PressedIn } from './presses.ts';

/** /language: in private for the person, in a group (by its admins) for the group. */
export const language = new Composer<BotContext>();

onCommand(language, 'language', async (ctx, incoming) => {
  const { vocabulary } = ctx.desk;
  const buttons = LANGUAGES.map((name) => [
    button(vocabulary[name]('language-name'), `lang ${name}`),
  ]);
  await say(ctx, incoming, ctx.words('choose-language'), buttons);
});

language.action(/^lang /, async (ctx) => {
  const place = pressedIn(ctx);
  const chosen = LANGUAGES.find((name) => name === partsOf(ctx)[0]);
  if (place === null || chosen === undefined) return await acknowledge(ctx);
  if (!(await mayChoose(ctx, place))) {
    return await acknowledge(ctx, ctx.words('for-group-admins'));
  }
  await acknowledge(ctx);
  await choose(ctx, place, chosen);
});

async function choose(ctx: BotContext, place: PressedIn, chosen: Language): Promise<void> {
  ctx.desk.chats.people.setLanguage(place.chatId, chosen);
  ctx.language = chosen;
  const [message] = messagesOf(join([ctx.words('language-chosen')]));
  if (message !== undefined) await replace(ctx.desk.telegram, place, message);
  await showMenu(ctx.desk, place.chatId, chosen);
}

async function mayChoose(ctx: BotContext, { chatId }: PressedIn): Promise<boolean> {
  if (chatId > 0 || ctx.isAdmin) return true;
  if (ctx.from === undefined) return false;
  const { status } = await ctx.telegram.getChatMember(chatId, ctx.from.id);
  return status === 'creator' || status === 'administrator';
}
