import { setTimeout as sleep } from 'node:timers/promises';
import { Composer } from 'telegraf';
import type { BotContext } from '../../context.ts';
import type { IndexingJob } from '../../indexing-jobs.ts';
import { placeOf } from '../../incoming.ts';
import {
  renderFailure,
  renderPreview,
  renderProgress,
  renderResult,
} from '../../messages/indexing.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Message } from '../../messages/message.ts';
import { replace, send } from '../../sending.ts';
import type { Place } from '../../sending.ts';
import { say } from '../commands.ts';
import { onAdminCommand, onAdminPress } from './admins-only.ts';

/** /reindex: shows what would change, brings the library up to date beside answering, and reports. */
export const reindex = new Composer<BotContext>();

/** The progress message is edited no more often than this. */
const PROGRESS_MS = 3_000;

onAdminCommand(reindex, 'reindex', async (ctx, incoming, argument) => {
  const place = placeOf(incoming);
  switch (argument.toLowerCase()) {
    case '':
      return await beginIndexing(ctx, place, {});
    case 'full':
      return await beginIndexing(ctx, place, { full: true });
    case 'preview':
      return await showPreview(ctx, place);
    default:
      return await say(ctx, incoming, ctx.words('reindex-usage'));
  }
});

onAdminPress(reindex, 'reindex', async (ctx, place) => await beginIndexing(ctx, place, {}));

onAdminPress(
  reindex,
  'reindex-removals',
  async (ctx, place) => await beginIndexing(ctx, place, { allowRemovals: true }),
);

onAdminPress(reindex, 'reindex-cancel', async (ctx) => {
  ctx.desk.jobs.current?.cancel();
  await Promise.resolve();
});

/**
 * Begins an indexing, or joins the one under way, and follows it in one message. Returns when the
 * message stands: the chat goes on while indexing does.
 */
export async function beginIndexing(
  ctx: BotContext,
  place: Place,
  options: { readonly full?: boolean; readonly allowRemovals?: boolean },
): Promise<void> {
  const { desk, words } = ctx;
  if (desk.jobs.current !== null) {
    await send(desk.telegram, place, plainMessage(words('indexing-joined')));
  }
  const job = desk.jobs.begin(options);
  // Without this a failure before the progress message stands would be nobody's.
  job.result.catch(() => undefined);
  const messageId = await send(desk.telegram, place, renderProgress(job.progress, words));
  inBackground(ctx, async () => await follow(ctx, { ...place, messageId }, job));
}

/** The chat goes on while the work does. */
function inBackground({ desk }: BotContext, work: () => Promise<void>): void {
  void work().catch((error: unknown) => {
    desk.log.error({ err: error }, 'indexing could not be reported');
    desk.telemetry.failed(error);
  });
}

type Reported = Place & { readonly messageId: number };

async function follow(ctx: BotContext, place: Reported, job: IndexingJob): Promise<void> {
  const { desk, words } = ctx;
  const outcome = job.result.then(
    (result) => renderResult(result, words),
    (error: unknown) => {
      desk.log.warn({ err: error }, 'indexing ended early');
      return [renderFailure(error, words)];
    },
  );
  let shown = job.progress;
  for (;;) {
    const messages = await Promise.race([outcome, sleep(PROGRESS_MS, null, { ref: false })]);
    if (messages !== null) return await conclude(ctx, place, messages);
    if (job.progress === shown) continue;
    shown = job.progress;
    await replace(desk.telegram, place, renderProgress(shown, words));
  }
}

async function showPreview(ctx: BotContext, place: Place): Promise<void> {
  const { desk, words } = ctx;
  const messageId = await send(desk.telegram, place, plainMessage(words('preview-begins')));
  inBackground(ctx, async () => {
    const messages = await desk.indexing
      .preview({ signal: desk.ending }, {})
      .then((preview) => renderPreview(preview, words))
      .catch((error: unknown) => [renderFailure(error, words)]);
    await conclude(ctx, { ...place, messageId }, messages);
  });
}

/** Puts the report in the place of the message that said that it would come. */
async function conclude(
  { desk }: BotContext,
  place: Reported,
  [first, ...others]: readonly Message[],
): Promise<void> {
  if (first !== undefined) await replace(desk.telegram, place, first);
  for (const message of others) await send(desk.telegram, place, message);
}
