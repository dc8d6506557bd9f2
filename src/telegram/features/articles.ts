import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { keptArticle } from '../citing.ts';
import { deliver } from '../deliver.ts';
import { replace } from '../sending.ts';
import { placeOf } from '../incoming.ts';
import { PAGE_SIZE, renderList } from '../messages/article-list.ts';
import type { ListPage } from '../messages/article-list.ts';
import { renderPage } from '../messages/source-view.ts';
import { onCommand, say } from './commands.ts';
import { acknowledge, pageIn, partsOf, pressedIn } from './presses.ts';

/** /articles lists and searches, /latest shows the newest; a press opens one. */
export const articles = new Composer<BotContext>();

onCommand(articles, 'articles', async (ctx, incoming, search) => {
  const list = listPage(ctx, 1, search);
  if (list === null) return await say(ctx, incoming, ctx.words('nothing-indexed'));
  await deliver(ctx, placeOf(incoming), [renderList(list, ctx.speech)]);
});

onCommand(articles, 'latest', async (ctx, incoming) => {
  const list = listPage(ctx, 1, '');
  if (list === null) return await say(ctx, incoming, ctx.words('nothing-indexed'));
  const latest = { ...list, heading: ctx.words('latest-articles') };
  await deliver(ctx, placeOf(incoming), [renderList(latest, ctx.speech)]);
});

articles.action(/^list /, async (ctx) => {
  const [page, link] = partsOf(ctx);
  const place = pressedIn(ctx);
  await acknowledge(ctx);
  const search = link === undefined ? '' : (ctx.desk.chats.links.follow(link) ?? '');
  const list = listPage(ctx, pageIn(page), search);
  if (list !== null && place !== null)
    await replace(ctx.desk.telegram, place, renderList(list, ctx.speech));
});

articles.action(/^read /, async (ctx) => {
  const [link = ''] = partsOf(ctx);
  const place = pressedIn(ctx);
  const { links, citations } = ctx.desk.chats;
  const stored = ctx.desk.library.view()?.article(links.follow(link) ?? '') ?? null;
  if (stored === null) return await acknowledge(ctx, ctx.words('article-gone'));
  await acknowledge(ctx);
  if (place === null) return;
  const article = keptArticle(stored);
  const page = renderPage({ key: citations.keepArticle(article), article }, 1, ctx.speech);
  await deliver(ctx, place, [page]);
});

/** Null when nothing is indexed. */
function listPage(ctx: BotContext, page: number, search: string): ListPage | null {
  const { library, chats } = ctx.desk;
  const view = library.view();
  if (view === null) return null;
  const filter = search === '' ? {} : { titleContains: search };
  // One more than fits tells whether there is a next page.
  const found = view.articles({
    ...filter,
    offset: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE + 1,
  });
  // Only a list of several pages needs the words again.
  const isLong = page > 1 || found.length > PAGE_SIZE;
  return {
    page,
    search: search === '' ? null : { words: search, link: isLong ? chats.links.keep(search) : '' },
    articles: found
      .slice(0, PAGE_SIZE)
      .map((article) => ({ article, link: chats.links.keep(article.id) })),
    hasNext: found.length > PAGE_SIZE,
    count: view.articleCount,
  };
}
