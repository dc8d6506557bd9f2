import { Composer } from 'telegraf';
import type { BotContext } from '../../context.ts';
import { showMenu } from '../../menus.ts';

/** Shows admins their commands, from their first message on: before it Telegram knows no chat to show them in. */
export function adminMenu(): Composer<BotContext> {
  const shown = new Set<number>();
  return new Composer<BotContext>(async (ctx, next) => {
    const { incoming, desk } = ctx;
    if (incoming?.isPrivate && ctx.isAdmin && !shown.has(incoming.chatId)) {
      shown.add(incoming.chatId);
      await showMenu(desk, incoming.chatId, desk.chats.people.language(incoming.chatId));
    }
    await next();
  });
}
