import { afterAll, beforeAll, expect, test } from 'vitest';
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { loadVocabulary } from '../../../src/telegram/words.ts';
import { makeWorkplace, spawnBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { freePort } from './free-port.ts';
import { questions } from './questions.ts';

// The same bot against a server by other authors, for the methods that it has: what two independent
// readings of the Bot API have in common is more likely Telegram's.

const token = '7000000001:AAE-test-token_0123456789abcdefghij';
const workplace = makeWorkplace();
let server: TelegramServer;
let bot: BotProcess;

beforeAll(async () => {
  server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  bot = spawnBot({ root: server.config.apiURL, token }, workplace, { ADMIN_IDS: '' });
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await server.stop();
  workplace.remove();
});

test('the bot answers questions, commands and presses on telegram-test-api', async () => {
  const client = server.getClient(token, { timeout: 50_000, interval: 100 });
  const hear = async (): Promise<string> => {
    const { result } = await client.getUpdates();
    return JSON.stringify(result);
  };
  const [first, second] = questions;
  await client.sendMessage(client.makeMessage(first?.asks ?? ''));
  const answer = await hear();
  expect(answer).toContain(first?.answer);

  await client.sendCommand(client.makeCommand('/ask ' + (second?.asks ?? '')));
  expect(await hear()).toContain(second?.answer);

  const data = /open \w+/.exec(answer)?.[0] ?? '';
  await client.sendCallback(client.makeCallbackQuery(data));
  expect(await hear()).toContain(first?.answer);

  await client.sendCommand(client.makeCommand('/new'));
  expect(await hear()).toContain(loadVocabulary()['zh-Hans']('new-conversation'));
  expect(await bot.end('SIGTERM')).toEqual({ code: 0, signal: null });
});
