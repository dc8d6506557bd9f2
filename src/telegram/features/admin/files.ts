import { Composer } from 'telegraf';
import type { Document } from 'telegraf/types';
import type { BotContext } from '../../context.ts';
import type { Incoming } from '../../incoming.ts';
import { placeOf } from '../../incoming.ts';
import { renderFailure } from '../../messages/indexing.ts';
import { renderInspection } from '../../messages/files.ts';
import { plainMessage } from '../../messages/message.ts';
import { replace } from '../../sending.ts';
import type { PressedIn } from '../presses.ts';
import { deliver } from '../../deliver.ts';
import { say } from '../commands.ts';
import { onAdminPress } from './admins-only.ts';
import { beginIndexing } from './reindex.ts';

/** Articles that an admin sends as files: looked into, confirmed, stored, indexed. */
export const files = new Composer<BotContext>();

/** What Telegram hands out to bots. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
const ARTICLES = /\.(?:txt|md|markdown|zip)$/i;

interface SentFile {
  readonly id: string;
  readonly name: string;
}

files.on('message', async (ctx, next) => {
  const { incoming, message } = ctx;
  const document = 'document' in message ? message.document : undefined;
  const isFile = document !== undefined && ARTICLES.test(document.file_name ?? '');
  if (incoming === null || !incoming.isPrivate || !ctx.isAdmin || !isFile) return await next();
  await lookInto(ctx, incoming, document);
});

async function lookInto(ctx: BotContext, incoming: Incoming, document: Document): Promise<void> {
  const { desk, words } = ctx;
  const name = document.file_name ?? '';
  if ((document.file_size ?? 0) > MAX_DOWNLOAD_BYTES) {
    return await say(ctx, incoming, words('file-too-large'));
  }
  try {
    const bytes = await desk.telegram.download(document.file_id, MAX_DOWNLOAD_BYTES);
    const inspection = await desk.files.inspect(name, bytes);
    const link = desk.chats.links.keep(JSON.stringify({ id: document.file_id, name }));
    await deliver(ctx, placeOf(incoming), renderInspection(name, inspection, link, words));
  } catch (error) {
    desk.log.warn({ err: error }, 'a file could not be looked into');
    await deliver(ctx, placeOf(incoming), [renderFailure(error, words)]);
  }
}

onAdminPress(files, 'add-file', async (ctx, place, [link = '']) => {
  const { desk, words } = ctx;
  const sent: SentFile | null = JSON.parse(desk.chats.links.follow(link) ?? 'null');
  if (sent === null) return;
  const stored = await store(ctx, sent).catch((error: unknown) => {
    desk.log.warn({ err: error }, 'a file could not be stored');
    return renderFailure(error, words);
  });
  if ('html' in stored) return await replace(desk.telegram, place, stored);
  await replace(desk.telegram, place, plainMessage(words('file-stored', { count: stored.length })));
  await beginIndexing(ctx, place, {});
});

onAdminPress(files, 'drop-file', async (ctx, place) => await dismiss(ctx, place));

async function store(ctx: BotContext, { id, name }: SentFile): Promise<readonly string[]> {
  const bytes = await ctx.desk.telegram.download(id, MAX_DOWNLOAD_BYTES);
  return await ctx.desk.files.add(name, bytes);
}

async function dismiss(ctx: BotContext, place: PressedIn): Promise<void> {
  await replace(ctx.desk.telegram, place, plainMessage(ctx.words('file-dropped')));
}
