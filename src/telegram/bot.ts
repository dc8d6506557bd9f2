import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Telegraf } from 'telegraf';
import type { UserFromGetMe } from 'telegraf/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from './client/backoff.ts';
import { failureOf } from './client/failures.ts';
import { Pacer } from './client/pacing.ts';
import { PoliteTelegram } from './client/polite-telegram.ts';
import { contextTypeFor } from './context.ts';
import type { BotContext, Desk } from './context.ts';
import { ExampleQuestions } from './example-questions.ts';
import { Fairness } from './fairness.ts';
import { features } from './features/index.ts';
import { setMenus } from './menus.ts';
import type { BotDependencies } from './ports.ts';
import { DEFAULT_LIMITS } from './settings.ts';
import type { BotSettings } from './settings.ts';
import { poll, tokenRefused } from './updates/polling.ts';
import { ALLOWED_UPDATES } from './updates/lane-of.ts';
import { Reception } from './updates/reception.ts';
import { listenForUpdates } from './updates/webhook.ts';
import { loadVocabulary } from './words.ts';

export interface RunningBot {
  readonly username: string;
  /** Resolves after `stop`; rejects when the bot can't go on, for instance with a revoked token. */
  readonly finished: Promise<void>;
  /** Takes nothing more on, finishes the answers under way within the limit, and ends. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it answers. The network's failures are waited out.
 * @throws YuanwenError `telegram-token-refused`
 */
export async function startBot(
  dependencies: BotDependencies,
  settings: BotSettings,
): Promise<RunningBot> {
  const { chats, log } = dependencies;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const ending = new AbortController();
  const lost = new AbortController();
  const telegram = new PoliteTelegram(settings.token, {
    apiRoot: settings.apiRoot,
    signal: lost.signal,
    pacer: new Pacer(limits.paces),
    onMoved: (from, to) => chats.moveChat(from, to),
  });
  const desk: Desk = {
    ...dependencies,
    settings,
    limits,
    telegram,
    vocabulary: loadVocabulary(),
    fairness: new Fairness(limits),
    examples: new ExampleQuestions(dependencies),
  };
  const me = await introduce(desk);
  const bot = assemble(desk, me);
  const reception = new Reception({
    inbox: chats.inbox,
    handle: async (update) => await bot.handleUpdate(update),
    log,
    cap: limits.cap,
    signal: lost.signal,
  });
  const intake = await openIntake(desk, reception, ending.signal);
  reception.resume();
  void setMenus(desk);
  log.info({ username: me.username }, 'answering');
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    ending.abort();
    await intake.close();
    const late = setTimeout(() => lost.abort(), limits.drainMs);
    await reception.close();
    clearTimeout(late);
  };
  return {
    username: me.username,
    finished: intake.finished,
    stop: async () => await (stopped ??= stop()),
  };
}

function assemble(desk: Desk, me: UserFromGetMe): Telegraf<BotContext> {
  const bot = new Telegraf<BotContext>(desk.settings.token, {
    contextType: contextTypeFor(desk),
    // Answers take what they take; the reception counts failures.
    handlerTimeout: Infinity,
  });
  bot.botInfo = me;
  bot.catch((error) => {
    throw error;
  });
  bot.use(features);
  return bot;
}

/** Asks Telegram who the bot is, as often as it takes. */
async function introduce({ telegram, log }: Desk): Promise<UserFromGetMe> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await telegram.getMe();
    } catch (error) {
      if (failureOf(error).kind === 'unauthorized') throw tokenRefused();
      log.warn({ err: error }, 'Telegram can’t be reached; trying again');
      await sleep(backoff(attempt));
    }
  }
}

interface Intake {
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

async function openIntake(desk: Desk, reception: Reception, signal: AbortSignal): Promise<Intake> {
  const { settings, telegram, chats, log } = desk;
  const onContact = (): void => undefined;
  if (settings.webhook === undefined) {
    await telegram.deleteWebhook();
    const offset = (): number | undefined => chats.inbox.offset();
    const finished = poll({ telegram, reception, offset, log, signal, onContact });
    return { finished, close: async () => await finished.catch(() => undefined) };
  }
  const { url, port } = settings.webhook;
  const secret = settings.webhook.secret ?? secretFrom(settings.token);
  const path = new URL(url).pathname;
  const server = await listenForUpdates({ port, path, secret, reception, log, onContact });
  await telegram.setWebhook(url, {
    secret_token: secret,
    allowed_updates: ALLOWED_UPDATES,
    max_connections: 40,
  });
  const closed = once(server, 'close');
  const close = async (): Promise<void> => {
    server.close();
    server.closeIdleConnections();
    await closed;
  };
  return { finished: closed.then(() => undefined), close };
}

/** Stays the same over restarts and tells nothing about the token. */
function secretFrom(token: string): string {
  return createHash('sha256').update(`webhook ${token}`).digest('hex');
}
