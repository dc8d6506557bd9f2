import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Composer } from 'telegraf';
import type { BotContext } from '../../context.ts';
import { placeOf } from '../../incoming.ts';
import type { Incoming } from '../../incoming.ts';
import { renderFailure } from '../../messages/indexing.ts';
import { button, plainMessage } from '../../messages/message.ts';
import { renderStatus, renderUnanswered } from '../../messages/upkeep.ts';
import { replace, send } from '../../sending.ts';
import { deliver } from '../../deliver.ts';
import { say } from '../commands.ts';
import { onAdminCommand, onAdminPress } from './admins-only.ts';

/** /status, /unanswered, /rollback and /backup. */
export const upkeep = new Composer<BotContext>();

const UNANSWERED = 20;
/** What Telegram takes from a bot as one file. */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

onAdminCommand(upkeep, 'status', async (ctx, incoming) => {
  const { library, telemetry, chats } = ctx.desk;
  const status = {
    ...telemetry.status(),
    view: library.view(),
    model: ctx.desk.settings.model,
    blocked: chats.people.countBlocked(),
  };
  await deliver(ctx, placeOf(incoming), [renderStatus(status, ctx.words)]);
});

onAdminCommand(upkeep, 'unanswered', async (ctx, incoming) => {
  const questions = ctx.desk.chats.answers.openQuestions(UNANSWERED);
  await deliver(ctx, placeOf(incoming), renderUnanswered(questions, ctx.words));
});

onAdminCommand(upkeep, 'rollback', async (ctx, incoming) => {
  const confirm = [[button(ctx.words('confirm-rollback'), 'rollback')]];
  await say(ctx, incoming, ctx.words('rollback-question'), confirm);
});

onAdminPress(upkeep, 'rollback', async (ctx, place) => {
  const { desk, words } = ctx;
  const message = await desk.indexing.rollBack().then(
    (generation) => plainMessage(words('rolled-back', { generation })),
    (error: unknown) => renderFailure(error, words),
  );
  await replace(desk.telegram, place, message);
});

onAdminCommand(upkeep, 'backup', async (ctx, incoming) => {
  // A backup holds no people's state, but it is the whole library: it goes to the admin alone.
  if (!incoming.isPrivate) return await say(ctx, incoming, ctx.words('backup-in-private'));
  await say(ctx, incoming, ctx.words('backup-begins'));
  await sendBackup(ctx, incoming);
});

async function sendBackup(ctx: BotContext, incoming: Incoming): Promise<void> {
  const { desk, words } = ctx;
  const file = join(tmpdir(), `yuanwen-${randomUUID()}.db`);
  try {
    const { generation, bytes } = await desk.indexing.backUp(file);
    if (bytes > MAX_UPLOAD_BYTES) {
      return await say(ctx, incoming, words('backup-too-large'));
    }
    await desk.telegram.sendDocument(incoming.chatId, {
      source: await readFile(file),
      filename: `yuanwen-${generation}.db`,
    });
  } catch (error) {
    desk.log.warn({ err: error }, 'backup failed');
    await send(desk.telegram, placeOf(incoming), renderFailure(error, words));
  } finally {
    await rm(file, { force: true });
  }
}
