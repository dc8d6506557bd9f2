import { Composer } from 'telegraf';
import type { StoredArticle } from '../../../types.ts';
import type { BotContext } from '../../context.ts';
import { deliver } from '../../deliver.ts';
import { placeOf } from '../../incoming.ts';
import { renderRemovable, renderRemoval } from '../../messages/files.ts';
import { renderFailure } from '../../messages/indexing.ts';
import { button, plainMessage } from '../../messages/message.ts';
import { replace } from '../../sending.ts';
import { say } from '../commands.ts';
import type { PressedIn } from '../presses.ts';
import { onAdminCommand, onAdminPress } from './admins-only.ts';
import { beginIndexing } from './reindex.ts';

/** /remove: finds an article, asks, moves its file to the trash, from where it can come back. */
export const remove = new Composer<BotContext>();

const FOUND = 8;

onAdminCommand(remove, 'remove', async (ctx, incoming, words) => {
  if (words === '') return await say(ctx, incoming, ctx.words('remove-usage'));
  const { library, chats } = ctx.desk;
  const found = library.view()?.articles({ titleContains: words, limit: FOUND }) ?? [];
  const listed = found.map((article) => ({ article, link: chats.links.keep(article.id) }));
  await deliver(ctx, placeOf(incoming), [renderRemovable(listed, ctx.words)]);
});

onAdminPress(remove, 'remove', async (ctx, place, [link = '']) => {
  const { library, chats, telegram } = ctx.desk;
  const article = library.view()?.article(chats.links.follow(link) ?? '') ?? null;
  if (article === null) {
    return await replace(telegram, place, plainMessage(ctx.words('article-gone')));
  }
  const together = library.view()?.articles({ file: article.file }) ?? [];
  const titles = together.map(({ title }) => title);
  await replace(telegram, place, renderRemoval({ article, titles, link }, ctx.words));
});

onAdminPress(remove, 'remove-article', async (ctx, place, [link = '']) => {
  await takeOut(
    ctx,
    place,
    link,
    async ({ file, id }) => await ctx.desk.files.removeArticle(file, id),
  );
});

onAdminPress(remove, 'remove-file', async (ctx, place, [link = '']) => {
  await takeOut(ctx, place, link, async ({ file }) => await ctx.desk.files.remove(file));
});

async function takeOut(
  ctx: BotContext,
  place: PressedIn,
  link: string,
  take: (article: StoredArticle) => Promise<string>,
): Promise<void> {
  const { chats, library, telegram } = ctx.desk;
  const { words } = ctx;
  const article = library.view()?.article(chats.links.follow(link) ?? '') ?? null;
  if (article === null) return await replace(telegram, place, plainMessage(words('article-gone')));
  try {
    const trashed = chats.links.keep(await take(article));
    const back = [[button(words('restore-file'), `restore ${trashed}`)]];
    await replace(telegram, place, plainMessage(words('removed'), back));
  } catch (error) {
    return await replace(telegram, place, renderFailure(error, words));
  }
  await beginIndexing(ctx, place, {});
}

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
