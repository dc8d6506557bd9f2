import { YuanwenError } from '../errors.ts';
import { failureOf } from './client/failures.ts';
import { withoutToken } from './client/redact.ts';
import { post } from './client/transport.ts';
import { tokenRefused } from './updates/polling.ts';

/** How long to wait for Telegram, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Asks Telegram once whose token this is.
 * @returns the bot's user name
 * @throws YuanwenError `telegram-token-refused`, `telegram-unreachable`
 */
export async function whoAmI(
  token: string,
  apiRoot: string = 'https://api.telegram.org',
): Promise<string> {
  try {
    const me = await post<{ username: string }>(
      `${apiRoot}/bot${token}/getMe`,
      {},
      AbortSignal.timeout(PATIENCE),
    );
    return me.username;
  } catch (error) {
    if (failureOf(error).kind === 'unauthorized') throw tokenRefused();
    throw new YuanwenError(
      'telegram-unreachable',
      `${apiRoot} did not answer as Telegram's Bot API does. Check the network and TELEGRAM_API_ROOT.`,
      { cause: withoutToken(error, token) },
    );
  }
}
