import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { botDesk } from './bot-desk.ts';
import { searchingApp } from './commands/prepared-app.ts';
import type { Surroundings } from './commands/command.ts';
import { openWriting } from './compose-writing.ts';
import type { Writing } from './compose-writing.ts';
import { embedderOptions, needsIndexing } from './compose.ts';
import type { App } from './compose.ts';
import type { Config } from './config.ts';
import { watchFolder } from './indexing/watch-folder.ts';
import { openChats } from './library/chats/open-chats.ts';
import type { ChatStore } from './library/chats/open-chats.ts';
import type { Budget } from './ports.ts';
import { startBot } from './telegram/bot.ts';

function budgetOf({ writingBudget }: ChatStore, { languageModel }: Config): Budget | undefined {
  const most = languageModel?.dailyBudget ?? 0;
  if (most === 0) return undefined;
  return { take: (person, day) => writingBudget.take(person, day, most) };
}

function hostOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : new URL(address).host;
}

function isOutdated(app: App, config: Config, log: Logger): boolean {
  try {
    return needsIndexing(app, config);
  } catch (error) {
    log.warn({ err: error }, 'the articles folder can’t be looked through');
    return false;
  }
}

/**
 * The Telegram bot, until the signal is aborted. An empty library is filled before the bot answers; one
 * that only lacks the latest changes answers at once.
 */
export async function runBot(
  config: Config,
  token: string,
  surroundings: Surroundings,
): Promise<void> {
  const writing = await openWriting(config);
  try {
    await runBotWith(writing, { config, token, surroundings });
  } finally {
    await writing.close();
  }
}

interface BotOptions {
  readonly config: Config;
  readonly token: string;
  readonly surroundings: Surroundings;
}

async function runBotWith(
  writing: Writing,
  { config, token, surroundings }: BotOptions,
): Promise<void> {
  const { signal, stderr } = surroundings;
  const log = pino({ level: config.logLevel, base: null }, stderr);
  const app = await searchingApp(config, surroundings, 'articles', (error) =>
    log.warn({ err: error }, 'answered without the second look'),
  );
  const chats = openChats(join(config.dataDir, 'chats.db'));
  try {
    const bot = await startBot(
      {
        ask: app.ask,
        askWriter: writing.over(app, budgetOf(chats, config)),
        library: app.library,
        chats,
        log,
        ...botDesk(app, config),
      },
      {
        token,
        apiRoot: config.telegramApiRoot,
        adminIds: config.adminIds,
        allowedIds: config.allowedIds,
        webhook: config.webhook,
        httpPort: config.httpPort,
        conversationHours: config.conversationHours,
        model: embedderOptions(config).model,
        writerHost: hostOf(config.languageModel?.baseUrl),
      },
      signal,
    );
    // It may end while the folder is still being looked through; that is heard of below.
    bot.finished.catch(() => undefined);
    const watching = config.watch
      ? await watchFolder(config.articlesDir, async () => await bot.bringUpToDate(), {
          onError: (error) => log.warn({ err: error }, 'the articles folder can’t be watched'),
        })
      : null;
    try {
      if (isOutdated(app, config, log)) void bot.bringUpToDate();
      await bot.finished;
    } finally {
      // Nothing is closed under answers that are still on their way.
      await watching?.close();
      await bot.stop();
    }
  } catch (error) {
    // Stopped before it had begun to answer.
    if (error !== signal.reason) throw error;
  } finally {
    chats.close();
    await app.close();
  }
}
