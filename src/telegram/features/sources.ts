import { Composer } from 'telegraf';
import type { SentAnswer } from '../../library/chats/answers.ts';
import type { KeptCitation } from '../../library/chats/shelf.ts';
import type { StoredParagraph } from '../../types.ts';
import { keepParagraphs } from '../citing.ts';
import type { BotContext, Desk } from '../context.ts';
import { deliver } from '../deliver.ts';
import { replace } from '../sending.ts';
import type { Place } from '../sending.ts';
import { renderMore } from '../messages/answer.ts';
import { plainMessage, shorten } from '../messages/message.ts';
import { renderPage, renderParagraph, renderSource } from '../messages/source-view.ts';
import { presentOf } from '../present.ts';
import { acknowledge, pageIn, partsOf, pressedIn } from './presses.ts';

/** Paragraphs behind "more passages". */
const FURTHER = 5;
/** Characters of a title that go along with a shared link. */
const SHARED_TITLE = 60;

/** Buttons that open what was cited: the paragraph, its neighbours, the whole article, more passages. */
export const sources = new Composer<BotContext>();

sources.action(/^open /, async (ctx) => {
  const [key = ''] = partsOf(ctx);
  const place = pressedIn(ctx);
  await acknowledge(ctx);
  if (place === null || (await openSource(ctx, place, key))) return;
  await deliver(ctx, place, [plainMessage(ctx.words('source-unknown'))]);
});

sources.action(/^para /, async (ctx) => {
  const [key = '', number, part] = partsOf(ctx);
  const place = pressedIn(ctx);
  await acknowledge(ctx);
  const citation = ctx.desk.chats.citations.open(key);
  if (citation === null || place === null) return;
  const view = { citation, paragraphNumber: Number(number), part: Number(part) };
  const present = presentOf(citation, ctx.desk.library);
  await replace(
    ctx.desk.telegram,
    place,
    renderParagraph(view, present, shareLink(ctx, citation), ctx.speech),
  );
});

sources.action(/^page /, async (ctx) => {
  const [key = '', page] = partsOf(ctx);
  const place = pressedIn(ctx);
  await acknowledge(ctx);
  const article = ctx.desk.chats.citations.article(key);
  if (article === null || place === null) return;
  await replace(ctx.desk.telegram, place, renderPage({ key, article }, pageIn(page), ctx.speech));
});

sources.action(/^more /, async (ctx) => {
  const [key = ''] = partsOf(ctx);
  const place = pressedIn(ctx);
  await acknowledge(ctx);
  const answer = ctx.desk.chats.answers.find(key);
  if (answer === null || place === null) return;
  const more = await furtherCitations(ctx.desk, answer);
  await deliver(ctx, place, renderMore(more, answer.shown.length + 1, ctx.speech));
});

/** What was kept for this button, else the closest paragraphs that the answer does not show. */
async function furtherCitations(desk: Desk, answer: SentAnswer): Promise<KeptCitation[]> {
  const { citations, answers } = desk.chats;
  const open = (keys: readonly string[]): KeptCitation[] =>
    keys.map((key) => citations.open(key)).filter((citation) => citation !== null);
  const kept = open(answer.more);
  if (kept.length > 0 || answer.resolved === null) return kept;
  const shown = open(answer.shown);
  const closest = await desk.search(answer.resolved, FURTHER + shown.length);
  const further = closest
    .filter((paragraph) => !shown.some((citation) => isSame(citation, paragraph)))
    .slice(0, FURTHER);
  const found = keepParagraphs(further, desk);
  answers.setMore(
    answer.key,
    found.map(({ key }) => key),
  );
  return found;
}

function isSame({ article, paragraphNumber }: KeptCitation, paragraph: StoredParagraph): boolean {
  return article.id === paragraph.articleId && paragraphNumber === paragraph.number;
}

/** Opens a citation in a new message. @returns false when there is no such citation */
export async function openSource(ctx: BotContext, place: Place, key: string): Promise<boolean> {
  const { chats, library } = ctx.desk;
  const citation = chats.citations.open(key);
  if (citation === null) return false;
  const present = presentOf(citation, library);
  const messages = renderSource(citation, present, shareLink(ctx, citation), ctx.speech);
  await deliver(ctx, place, messages);
  return true;
}

/** Where Telegram lets a person choose whom to send the citation's deep link. */
function shareLink(ctx: BotContext, { key, article }: KeptCitation): string {
  const share = new URL('https://t.me/share/url');
  share.searchParams.set('url', deepLink(ctx, key));
  share.searchParams.set('text', shorten(article.title, SHARED_TITLE));
  return share.href;
}

/** A link that opens the citation in a private chat with the bot. */
export function deepLink(ctx: BotContext, key: string): string {
  return `https://t.me/${ctx.me}?start=c_${key}`;
}
