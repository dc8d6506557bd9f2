import { Composer } from 'telegraf';
import type { BotContext } from '../../context.ts';
import { deliver } from '../../deliver.ts';
import { placeOf } from '../../incoming.ts';
import { renderRemovable, renderRemoval } from '../../messages/files.ts';
import { renderFailure } from '../../messages/indexing.ts';
import { button, plainMessage } from '../../messages/message.ts';
import { replace } from '../../sending.ts';
import { say } from '../commands.ts';
import { onAdminCommand, onAdminPress } from './admins-only.ts';
import { beginIndexing } from './reindex.ts';

/** /remove: finds an article, asks, moves its file to the trash, from where it can come back. */
export const remove = new Composer<BotContext>();

const FOUND = 8;
/** Far more than any file holds. */
const ALL = 100_000;

onAdminCommand(remove, 'remove', async (ctx, incoming, words) => {
  if (words === '') return await say(ctx, incoming, ctx.words('remove-usage'));
  const { library, chats } = ctx.desk;
  const found = library.view()?.articles({ titleContains: words, limit: FOUND }) ?? [];
  const listed = found.map((article) => ({ article, link: chats.links.keep(article.file) }));
  await deliver(ctx, placeOf(incoming), [renderRemovable(listed, ctx.words)]);
});

onAdminPress(remove, 'remove', async (ctx, place, [link = '']) => {
  const { library, chats, telegram } = ctx.desk;
  const file = chats.links.follow(link);
  if (file === null) return;
  const articles = library.view()?.articles({ limit: ALL }) ?? [];
  const titles = articles.filter((article) => article.file === file).map(({ title }) => title);
  await replace(telegram, place, renderRemoval(file, titles, link, ctx.words));
});

onAdminPress(remove, 'remove-file', async (ctx, place, [link = '']) => {
  const { files, chats, telegram } = ctx.desk;
  const { words } = ctx;
  const file = chats.links.follow(link);
  if (file === null) return;
  try {
    const trashed = chats.links.keep(await files.remove(file));
    const back = [[button(words('restore-file'), `restore ${trashed}`)]];
    await replace(telegram, place, plainMessage(words('removed'), back));
  } catch (error) {
    return await replace(telegram, place, renderFailure(error, words));
  }
  await beginIndexing(ctx, place, {});
});

onAdminPress(remove, 'restore', async (ctx, place, [link = '']) => {
  const { files, chats, telegram } = ctx.desk;
  const { words } = ctx;
  const trashed = chats.links.follow(link);
  if (trashed === null) return;
  try {
    await files.restore(trashed);
    await replace(telegram, place, plainMessage(words('restored')));
  } catch (error) {
    return await replace(telegram, place, renderFailure(error, words));
  }
  await beginIndexing(ctx, place, {});
});
