import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspect } from 'node:util';
import { Pacer } from '../../../src/telegram/client/pacing.ts';
import { PoliteTelegram } from '../../../src/telegram/client/polite-telegram.ts';
import type { PoliteOptions } from '../../../src/telegram/client/polite-telegram.ts';
import { FAST } from '../paces.ts';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import type { Person } from '../server/person.ts';

let server: BotApiServer;
let stop: AbortController;
let anna: Person;

beforeEach(async () => {
  server = await startBotApiServer({ limits: false });
  stop = new AbortController();
  anna = server.user();
  anna.says('hello');
});

afterEach(async () => {
  stop.abort();
  await server.close();
});

function client(options: Partial<PoliteOptions> = {}): PoliteTelegram {
  return new PoliteTelegram(server.token, {
    apiRoot: server.root,
    signal: stop.signal,
    pacer: new Pacer(FAST),
    ...options,
  });
}

function sent(): number {
  return anna.room.shown().filter(({ from }) => from?.is_bot === true).length;
}

test('a call goes through, with what Telegram answers', async () => {
  expect(await client().getMe()).toMatchObject({ username: 'yuanwen_bot' });
});

test('after 429 the call is made again when Telegram allows it', async () => {
  const slowed: string[] = [];
  server.fail({ method: 'sendMessage', with: 429, retryAfter: 1 });
  await client({ onTooFast: (method) => slowed.push(method) }).sendMessage(anna.id, 'hi');
  expect(slowed).toEqual(['sendMessage']);
  expect(sent()).toBe(1);
});

test.each([500, 502, 'drop', 'cut'] as const)('after %s the call is made again', async (fault) => {
  server.fail({ method: 'getChat', with: fault });
  expect(await client().getChat(anna.id)).toMatchObject({ id: anna.id });
  expect(server.faultsLeft).toBe(0);
});

test('what Telegram refuses is not tried again', async () => {
  await expect(client().sendMessage(anna.id, ' ')).rejects.toThrow(/text is empty/);
  expect(server.refusals).toHaveLength(1);
});

test('typing is shown once or not at all', async () => {
  server.fail({ method: 'sendChatAction', with: 429, retryAfter: 1 });
  await expect(client().sendChatAction(anna.id, 'typing')).rejects.toThrow(/429/);
});

test('a failure never tells the token', async () => {
  await server.goesDown();
  const failure: unknown = await client({ patienceMs: 0 })
    .getMe()
    .catch((error: unknown) => error);
  await server.listen();
  expect(failure).toBeInstanceOf(Error);
  const secret = server.token.split(':')[1] ?? '';
  expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(secret);
});

test('a message to a group that became a supergroup arrives there', async () => {
  const group = server.group({ type: 'group' }).add(anna).addsBot(anna);
  const supergroup = group.migrates(anna);
  const moves: [number, number][] = [];
  const telegram = client({ onMoved: (from, to) => moves.push([from, to]) });
  await telegram.sendMessage(group.id, 'still here');
  expect(moves).toEqual([[group.id, supergroup.id]]);
  expect(supergroup.room.shown().some(({ text }) => text === 'still here')).toBe(true);
});

test('a file travels both ways', async () => {
  const { content } = anna.sendsFile('a.txt', new TextEncoder().encode('内容'));
  const document: { file_id: string } = JSON.parse(JSON.stringify(content['document']));
  const telegram = client();
  expect(Buffer.from(await telegram.download(document.file_id, 100)).toString()).toBe('内容');
  await expect(telegram.download(document.file_id, 3)).rejects.toThrow(/could not be fetched/);
  await telegram.sendDocument(anna.id, { source: Buffer.from('原文'), filename: 'b.txt' });
  expect(sent()).toBe(1);
  expect(server.refusals).toEqual([]);
});
