import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { YuanwenError } from '../../errors.ts';
import { backoff } from '../client/backoff.ts';
import { failureOf } from '../client/failures.ts';
import type { PoliteTelegram } from '../client/polite-telegram.ts';
import { ALLOWED_UPDATES } from './lane-of.ts';
import type { Reception } from './reception.ts';

/** Telegram holds a request for updates this long when there are none, in seconds. */
const HOLD_SECONDS = 30;
const ROOM_MS = 100;

export interface PollingOptions {
  readonly telegram: PoliteTelegram;
  readonly reception: Reception;
  readonly offset: () => number | undefined;
  readonly log: Logger;
  /** Ends the loop. */
  readonly signal: AbortSignal;
  /** Told after every answer from Telegram, for the health page. */
  readonly onContact: () => void;
}

/**
 * Asks Telegram for updates until the signal is aborted. Passing failures are waited out.
 * @throws YuanwenError when Telegram does not accept the token
 */
export async function poll(options: PollingOptions): Promise<void> {
  const { reception, signal } = options;
  for (let failures = 0; !signal.aborted;) {
    while (!reception.hasRoom && !signal.aborted) await pause(ROOM_MS, signal);
    try {
      const updates = await fetchUpdates(options);
      failures = 0;
      options.onContact();
      await reception.receive(updates);
    } catch (error) {
      if (!signal.aborted) await pause(await waitAfter(error, failures, options), signal);
      failures += 1;
    }
  }
}

async function fetchUpdates({ telegram, offset, signal }: PollingOptions) {
  const next = offset();
  return await telegram.callApi(
    'getUpdates',
    {
      timeout: HOLD_SECONDS,
      limit: 100,
      allowed_updates: ALLOWED_UPDATES,
      ...(next === undefined ? {} : { offset: next }),
    },
    { signal },
  );
}

/** @returns milliseconds to wait before asking again */
async function waitAfter(
  error: unknown,
  failures: number,
  { telegram, log, signal }: PollingOptions,
): Promise<number> {
  const failure = failureOf(error);
  if (failure.kind === 'unauthorized') throw tokenRefused();
  if (failure.kind === 'too-fast') return failure.seconds * 1_000;
  if (failure.kind === 'conflict') {
    log.warn(
      'Telegram reports a conflict (409): another process, or a webhook, is taking this bot’s updates. Stop the other one; this one keeps trying.',
    );
    await removeWebhook(telegram, signal);
  } else if (failures === 0) log.warn({ err: error }, 'no updates from Telegram; trying again');
  return backoff(failures);
}

/** A webhook of an earlier run keeps Telegram from handing out updates. */
export async function removeWebhook(telegram: PoliteTelegram, signal: AbortSignal): Promise<void> {
  try {
    await telegram.callApi('deleteWebhook', {}, { signal });
  } catch {
    // The loop tries again.
  }
}

export function tokenRefused(): YuanwenError {
  return new YuanwenError(
    'telegram-token-refused',
    'Telegram does not accept the token in BOT_TOKEN. Ask @BotFather for the current one (/token), put it into .env and start again.',
  );
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
