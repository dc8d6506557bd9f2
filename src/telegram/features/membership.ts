import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { messagesOf } from '../messages/message.ts';
import { join } from '../messages/styled.ts';

/** Being added, removed, blocked, and groups that become supergroups. */
export const membership = new Composer<BotContext>();

membership.on('my_chat_member', async (ctx) => {
  const { chat, old_chat_member: before, new_chat_member: now } = ctx.myChatMember;
  const { people } = ctx.desk.chats;
  const isGone = isOut(now.status);
  people.setBlocked(chat.id, isGone);
  const isGroup = chat.type === 'group' || chat.type === 'supergroup';
  const isNew = isOut(before.status) && (now.status === 'member' || now.status === 'administrator');
  if (isGroup && isNew && ctx.isAllowed) {
    const hello = ctx.words('hello-group', { bot: ctx.me });
    await deliver(ctx, { chatId: chat.id }, messagesOf(join([hello])));
  }
});

membership.on('message', async (ctx, next) => {
  const { message, chat } = ctx;
  if ('migrate_to_chat_id' in message) ctx.desk.chats.moveChat(chat.id, message.migrate_to_chat_id);
  else if ('migrate_from_chat_id' in message) {
    ctx.desk.chats.moveChat(message.migrate_from_chat_id, chat.id);
  } else await next();
});

function isOut(status: string): boolean {
  return status === 'left' || status === 'kicked';
}
