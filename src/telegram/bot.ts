import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Telegraf } from 'telegraf';
import type { UserFromGetMe } from 'telegraf/types';
import { backoff } from './client/backoff.ts';
import { failureOf } from './client/failures.ts';
import { Pacer } from './client/pacing.ts';
import { PoliteTelegram } from './client/polite-telegram.ts';
import { contextTypeFor } from './context.ts';
import type { BotContext, Desk } from './context.ts';
import { ExampleQuestions } from './example-questions.ts';
import { Fairness } from './fairness.ts';
import { allFeatures } from './features/index.ts';
import { serveHealth } from './health-server.ts';
import { IndexingJobs } from './indexing-jobs.ts';
import { setMenus } from './menus.ts';
import type { BotDependencies } from './ports.ts';
import { DEFAULT_LIMITS } from './settings.ts';
import type { BotSettings } from './settings.ts';
import { Telemetry } from './telemetry.ts';
import { indexUnattended } from './unattended-indexing.ts';
import { openIntake } from './updates/intake.ts';
import { tokenRefused } from './updates/polling.ts';
import { Reception } from './updates/reception.ts';
import { loadVocabulary } from './words.ts';
import { Writings } from './writings.ts';

const TIDY_MS = 3_600_000;

const INTRODUCTION_TIMEOUT_MS = 15_000;

export interface RunningBot {
  readonly username: string;
  /** Resolves after `stop`; rejects when the bot can't go on, for instance with a revoked token. */
  readonly finished: Promise<void>;
  /** Brings the library up to date beside answering; never rejects, admins hear of failures. */
  bringUpToDate(): Promise<void>;
  /** Takes nothing more on, finishes the answers under way within the limit, and ends. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it answers. The network's failures are waited out.
 * @param signal - stops the bot, also while it is starting
 * @throws YuanwenError `telegram-token-refused`; the signal's reason when stopped before it answers
 */
export async function startBot(
  dependencies: BotDependencies,
  settings: BotSettings,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningBot> {
  const ending = new AbortController();
  const lost = new AbortController();
  const desk = furnish(dependencies, settings, { ending: ending.signal, lost: lost.signal });
  const { limits, log, telemetry } = desk;
  const me = await introduce(desk, signal);
  dependencies.chats.inbox.claim(me.id);
  const reception = openReception(desk, assemble(desk, me), lost.signal);
  const health = await openHealth(desk);
  const intake = await openIntake(
    {
      telegram: desk.telegram,
      reception,
      offset: () => desk.chats.inbox.offset(),
      log,
      signal: ending.signal,
      onContact: () => telemetry.contact(),
    },
    settings.webhook,
  ).catch((error: unknown) => {
    health?.close();
    throw error;
  });
  reception.resume();
  const errands = Promise.all([setMenus(desk), warmUp(desk)]);
  const upkeep = keepTidy(desk);
  log.info({ username: me.username }, 'answering');

  const end = async (): Promise<void> => {
    ending.abort();
    clearInterval(upkeep);
    await intake.close();
    const late = setTimeout(() => lost.abort(), limits.drainMs);
    await Promise.all([reception.close(), desk.jobs.stop()]);
    clearTimeout(late);
    lost.abort();
    await errands;
    health?.close();
    telemetry.registry.clear();
    log.info('stopped');
  };
  let ended: Promise<void> | undefined;
  const stop = async (): Promise<void> => await (ended ??= end());
  signal.addEventListener('abort', () => void stop(), { once: true });
  if (signal.aborted) void stop();
  return {
    username: me.username,
    finished: intake.finished,
    bringUpToDate: async () => await indexUnattended(desk),
    stop,
  };
}

/** Everything the features use, made once. */
function furnish(
  dependencies: BotDependencies,
  settings: BotSettings,
  signals: { readonly ending: AbortSignal; readonly lost: AbortSignal },
): Desk {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const telemetry = new Telemetry();
  const telegram = new PoliteTelegram(settings.token, {
    apiRoot: settings.apiRoot,
    signal: signals.lost,
    pacer: new Pacer(limits.paces),
    onMoved: (from, to) => dependencies.chats.moveChat(from, to),
    onTooFast: (method) => telemetry.slowedDown(method),
  });
  return {
    ...dependencies,
    settings,
    limits,
    telegram,
    telemetry,
    vocabulary: loadVocabulary(),
    fairness: new Fairness(limits),
    examples: new ExampleQuestions(dependencies),
    jobs: new IndexingJobs(dependencies.indexing),
    writings: new Writings(signals.ending),
    ending: signals.ending,
  };
}

function openReception(desk: Desk, bot: Telegraf<BotContext>, signal: AbortSignal): Reception {
  const { chats, log, limits, telemetry, settings } = desk;
  const reception = new Reception({
    inbox: chats.inbox,
    flush: async () => await chats.flush(),
    handle: async (update) => await bot.handleUpdate(update),
    log,
    cap: limits.cap,
    signal,
    onFailure: (error) => telemetry.failed(error),
    watcher: desk.writings,
    pseudonym: (id) => digest(`${settings.token} ${id}`).slice(0, 8),
  });
  telemetry.watch({
    library: desk.library,
    queue: () => reception.size,
    isIndexing: () => desk.jobs.current !== null,
  });
  return reception;
}

async function openHealth({ settings, telemetry }: Desk): Promise<Server | null> {
  const { httpPort, webhook } = settings;
  if (httpPort === undefined) return null;
  telemetry.measureProcess();
  return await serveHealth(httpPort, telemetry, webhook !== undefined);
}

/** Applies the retention now and then. */
function keepTidy({ chats, settings, limits, log }: Desk): NodeJS.Timeout {
  const { conversationHours } = settings;
  const tidy = (): void => {
    try {
      chats.prune({ conversationHours, questionDays: limits.questionDays });
    } catch (error) {
      log.warn({ err: error }, 'old state could not be removed');
    }
  };
  tidy();
  return setInterval(tidy, TIDY_MS).unref();
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
  bot.use(allFeatures());
  return bot;
}

/** The first /start need not wait for its examples. */
async function warmUp({ examples, log }: Desk): Promise<void> {
  try {
    await examples.questions();
  } catch (error) {
    log.warn({ err: error }, 'no example questions');
  }
}

/** Asks Telegram who the bot is, as often as it takes. */
async function introduce({ telegram, log }: Desk, signal: AbortSignal): Promise<UserFromGetMe> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      const timeout = AbortSignal.timeout(INTRODUCTION_TIMEOUT_MS);
      return await telegram.callApi('getMe', {}, { signal: AbortSignal.any([signal, timeout]) });
    } catch (error) {
      if (failureOf(error).kind === 'unauthorized') throw tokenRefused();
      log.warn({ err: error }, 'Telegram can’t be reached; trying again');
      await sleep(backoff(attempt), undefined, { signal }).catch(() => undefined);
    }
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
