import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { YuanwenError } from '../../errors.ts';
import { backoff } from '../client/backoff.ts';
import { failureOf } from '../client/failures.ts';
import type { PoliteTelegram } from '../client/polite-telegram.ts';
import type { WebhookSettings } from '../settings.ts';
import { ALLOWED_UPDATES } from './lane-of.ts';
import { poll, removeWebhook, tokenRefused } from './polling.ts';
import type { Reception } from './reception.ts';
import { listenForUpdates } from './webhook.ts';

export interface IntakeOptions {
  readonly telegram: PoliteTelegram;
  readonly reception: Reception;
  /** The number of the update to ask for next. */
  readonly offset: () => number | undefined;
  readonly log: Logger;
  /** Ends the intake. */
  readonly signal: AbortSignal;
  /** Told whenever Telegram was heard of. */
  readonly onContact: () => void;
}

/** The way by which updates come in. */
export interface Intake {
  /** Resolves when it is closed; rejects when Telegram does not accept the bot any more. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/** Asks Telegram for updates, or lets Telegram bring them where there is a webhook. */
export async function openIntake(
  options: IntakeOptions,
  webhook: WebhookSettings | undefined,
): Promise<Intake> {
  if (webhook !== undefined) return await openWebhook(options, webhook);
  const finished = removeWebhook(options.telegram, options.signal).then(
    async () => await poll(options),
  );
  return { finished, close: async () => await finished.catch(() => undefined) };
}

async function openWebhook(options: IntakeOptions, webhook: WebhookSettings): Promise<Intake> {
  const { url, port } = webhook;
  // The same over restarts, and it tells nothing about the token.
  const secret = webhook.secret ?? digest(`webhook ${options.telegram.token}`);
  const path = new URL(url).pathname;
  const server = await listenForUpdates({ ...options, port, path, secret });
  const closed = once(server, 'close');
  const finished = Promise.all([closed, announce(options, url, secret)]).then(() => undefined);
  const close = async (): Promise<void> => {
    server.close();
    server.closeIdleConnections();
    await closed;
  };
  return { finished, close };
}

/** Tells Telegram where to bring updates, as often as it takes. */
async function announce(
  { telegram, log, signal }: IntakeOptions,
  url: string,
  secret: string,
): Promise<void> {
  const rules = { secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: 40 };
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await telegram.callApi('setWebhook', { url, ...rules }, { signal });
      return;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'unauthorized') throw tokenRefused();
      if (failure.kind === 'refused') throw webhookRefused(failure.description);
      log.warn({ err: error }, 'the webhook could not be set; trying again');
      await sleep(backoff(attempt), undefined, { signal }).catch(() => undefined);
    }
  }
}

function webhookRefused(description: string): YuanwenError {
  return new YuanwenError(
    'webhook-refused',
    `Telegram does not take the address in WEBHOOK_URL: ${description}. It must be an https address that can be reached from outside; leave it out to poll instead.`,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
