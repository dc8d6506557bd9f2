import { Composer } from 'telegraf';
import type { BotContext } from '../context.ts';
import { say } from './commands.ts';
import { acknowledge } from './presses.ts';

/** What no other feature took: photos, voices, unknown commands, old buttons. */
export const other = new Composer<BotContext>();

/** Kinds of messages that a person sends on purpose; what is not here is Telegram's own notice. */
const KINDS = [
  'animation',
  'audio',
  'contact',
  'dice',
  'document',
  'game',
  'location',
  'paid_media',
  'photo',
  'poll',
  'sticker',
  'story',
  'venue',
  'video',
  'video_note',
  'voice',
];

other.on('message', async (ctx) => {
  const { incoming, message } = ctx;
  if (incoming === null || !incoming.isPrivate) return;
  if (incoming.command !== null) return await say(ctx, incoming, ctx.words('unknown-command'));
  if (!KINDS.some((kind) => kind in message)) return;
  // An album is many messages; one word is enough.
  const album = 'media_group_id' in message ? message.media_group_id : undefined;
  if (album !== undefined && !(await ctx.desk.fairness.once(`album ${album}`))) return;
  await say(ctx, incoming, ctx.words('only-text'));
});

other.on('callback_query', async (ctx) => await acknowledge(ctx, ctx.words('old-button')));
