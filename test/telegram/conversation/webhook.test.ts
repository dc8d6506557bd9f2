import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import { lapsesOf, makeWorkplace, startBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { freePort } from './free-port.ts';
import { questions } from './questions.ts';

const workplace = makeWorkplace();
let server: BotApiServer;
let bot: BotProcess;
let webhook: string;
let health: string;

beforeAll(async () => {
  const [webhookPort, healthPort] = [await freePort(), await freePort()];
  webhook = `http://127.0.0.1:${webhookPort}/telegram`;
  health = `http://127.0.0.1:${healthPort}`;
  server = await startBotApiServer({ limits: false });
  bot = await startBot(server, workplace, {
    WEBHOOK_URL: webhook,
    WEBHOOK_PORT: String(webhookPort),
    HTTP_PORT: String(healthPort),
  });
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await server.close();
  workplace.remove();
});

test('by webhook the bot answers in order, and only Telegram', async () => {
  const anna = server.user();
  const asked = questions.slice(0, 3);
  for (const { asks } of asked) anna.says(asks);
  for (const { answer } of asked) await anna.sees(answer);
  const answers = anna.room.shown().filter(({ from }) => from?.is_bot);
  expect(answers.map(({ text }, index) => text.includes(asked[index]?.answer ?? ''))).toEqual([
    true,
    true,
    true,
  ]);
  const forged = { update_id: 1, message: { chat: { id: anna.id }, text: '/start' } };
  for (const headers of [{}, { 'x-telegram-bot-api-secret-token': 'guessed' }]) {
    const request = { method: 'POST', headers, body: JSON.stringify(forged) };
    expect((await fetch(webhook, request)).status).toBe(401);
  }
  await server.idle();
  expect(server.calls.filter(({ method }) => method === 'getUpdates')).toEqual([]);
});

test('its state can be watched', async () => {
  expect((await fetch(`${health}/healthz`)).status).toBe(200);
  expect((await fetch(`${health}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${health}/metrics`)).text();
  expect(metrics).toMatch(/^yuanwen_answer_seconds_count.* 3$/mu);
  expect(metrics).not.toContain(server.token);
});

test('the webhook is listened to until the end, and not longer', async () => {
  expect(lapsesOf(server, bot)).toEqual([]);
  expect(await bot.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await expect(fetch(webhook, { method: 'POST' })).rejects.toThrow('fetch failed');
});
