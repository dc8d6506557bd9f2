import { join } from 'node:path';
import { pino } from 'pino';
import { botDesk } from './bot-desk.ts';
import { preparedApp } from './commands/prepared-app.ts';
import type { Surroundings } from './commands/command.ts';
import type { Config } from './config.ts';
import { openChats } from './library/chats/open-chats.ts';
import { startBot } from './telegram/bot.ts';

/**
 * The Telegram bot, until the signal is aborted. An empty library is filled before the bot answers; one
 * that only lacks the latest changes answers at once.
 */
export async function runBot(
  config: Config,
  token: string,
  surroundings: Surroundings,
): Promise<void> {
  const { signal, stderr } = surroundings;
  const log = pino({ level: config.logLevel, base: null }, stderr);
  const app = await preparedApp(config, surroundings);
  const chats = openChats(join(config.dataDir, 'chats.db'));
  try {
    const bot = await startBot(
      { ask: app.ask, library: app.library, chats, log, ...botDesk(app, config) },
      {
        token,
        apiRoot: config.telegramApiRoot,
        adminIds: config.adminIds,
        allowedIds: config.allowedIds,
        webhook: config.webhook,
        httpPort: config.httpPort,
        conversationHours: config.conversationHours,
      },
    );
    const stop = (): void => void bot.stop();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    await bot.finished;
    await bot.stop();
  } finally {
    chats.close();
    await app.close();
  }
}
