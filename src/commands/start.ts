import type { Config } from '../config.ts';
import { runChat } from '../terminal/chat.ts';
import { terminalHistory } from '../terminal/history.ts';
import type { Command, Surroundings } from './command.ts';
import { FOLDER_FLAGS, UsageError } from './command.ts';
import { writingApp } from './prepared-app.ts';
import { configOf } from './settings.ts';

export const start: Command = {
  summary: 'The Telegram bot; without BOT_TOKEN a chat in the terminal.',
  usage: ['npm start', 'echo "question" | npm start'],
  flags: FOLDER_FLAGS,
  async run(flags, words, surroundings) {
    if (words.length > 0) throw new UsageError('It takes no words, only flags.');
    const config = configOf(flags, surroundings);
    if (config.botToken === undefined) await chatInTerminal(config, surroundings);
    else await (await import('../bot-process.ts')).runBot(config, config.botToken, surroundings);
    return 0;
  },
};

async function chatInTerminal(config: Config, surroundings: Surroundings): Promise<void> {
  const app = await writingApp(config, surroundings, 'the-latest');
  try {
    const { ask, library } = app;
    const history = terminalHistory(config.dataDir);
    await runChat({ ask, library, history, articlesDir: config.articlesDir }, surroundings);
  } finally {
    await app.close();
  }
}
