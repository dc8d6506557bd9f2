import { YuanwenError } from '../errors.ts';
import type { Desk } from './context.ts';
import { renderFailure } from './messages/indexing.ts';
import { send } from './sending.ts';

/** Nothing to tell: somebody cancelled it, or another process is at it. */
const QUIET: ReadonlySet<string> = new Set(['indexing-cancelled', 'library-locked']);

/**
 * Brings the library up to date though nobody asked for it: at the start, and when a watched folder
 * has changed. Admins hear of it, in their private chats, when it did not end well; where a decision
 * is theirs the button comes with it.
 */
export async function indexUnattended(desk: Desk): Promise<void> {
  try {
    const { difference: _difference, unreadable, ...figures } = await desk.jobs.begin({}).result;
    desk.log.info({ ...figures, unreadable: unreadable.length }, 'the library is up to date');
  } catch (error) {
    desk.log.warn({ err: error }, 'the library could not be brought up to date');
    if (error instanceof YuanwenError && QUIET.has(error.code)) return;
    await Promise.all(desk.settings.adminIds.map((id) => tell(desk, id, error)));
  }
}

async function tell(desk: Desk, adminId: number, error: unknown): Promise<void> {
  const words = desk.vocabulary[desk.chats.people.language(adminId) ?? 'zh-Hans'];
  try {
    await send(desk.telegram, { chatId: adminId }, renderFailure(error, words));
  } catch (failure) {
    // An admin who never opened a chat with the bot can't be written to.
    desk.log.info({ err: failure }, 'an admin could not be told');
  }
}
