import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../server/person.ts';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import { lapsesOf, makeWorkplace, spawnBot, startBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { questions } from './questions.ts';

const workplace = makeWorkplace();
let server: BotApiServer;
let bot: BotProcess;

beforeAll(async () => {
  server = await startBotApiServer({ limits: false });
  bot = await startBot(server, workplace);
});

afterAll(async () => {
  await bot.end('SIGKILL');
  await server.close();
  workplace.remove();
});

interface Asked {
  readonly person: Person;
  /** Words of the right answers, in the order of the questions. */
  readonly answers: readonly string[];
}

/** Several people ask three questions each, every one in another order, without waiting. */
function everybodyAsks(count: number): Asked[] {
  return Array.from({ length: count }, (_, index) => {
    const person = server.user();
    const turned = [...questions.slice(index), ...questions.slice(0, index)].slice(0, 3);
    for (const { asks } of turned) person.says(asks);
    return { person, answers: turned.map(({ answer }) => answer) };
  });
}

/** Which of the expected answers the bot gave to this person, in order; others as their text. */
function answersTo({ person, answers }: Asked): string[] {
  return person.room
    .shown()
    .filter(({ from }) => from?.is_bot)
    .map(({ text }) => answers.find((answer) => text.includes(answer)) ?? text);
}

/** Waits until everybody has seen the last of the answers, and a little for what should not come. */
async function allIsSaid(asked: readonly Asked[]): Promise<void> {
  for (const { person, answers } of asked) {
    for (const answer of answers) await person.sees(answer, { timeout: 60_000 });
  }
  await server.idle({ quiet: 1500, timeout: 60_000 });
}

describe('nothing is lost, nothing comes twice and everything comes in order', () => {
  test('in a storm of 429s, gateway pages and dropped connections', async () => {
    const asked = everybodyAsks(4);
    for (const kind of [502, 'drop', 'cut'] as const) {
      server.fail({ with: kind, method: 'getUpdates' });
    }
    server.fail({ with: 429, times: 6, method: 'sendMessage' });
    server.fail({ with: 502, times: 2, method: ['sendMessage', 'sendChatAction'] });
    server.fail({ with: 'drop', times: 2, method: 'sendMessage' });
    server.fail({ with: 500, times: 2, method: 'sendMessage' });
    server.fail({ with: 'slow', times: 2, method: 'sendMessage', milliseconds: 300 });
    await allIsSaid(asked);
    for (const each of asked) expect(answersTo(each)).toEqual(each.answers);
    expect(server.faultsLeft).toBe(0);
  });

  test('over an outage of the whole of Telegram', async () => {
    const asked = everybodyAsks(2);
    await server.goesDown();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await server.listen();
    await allIsSaid(asked);
    for (const each of asked) expect(answersTo(each)).toEqual(each.answers);
  });

  test('when the bot is told to stop and started again', async () => {
    const asked = everybodyAsks(4);
    const [first] = asked;
    await first?.person.sees(first.answers[0] ?? '');
    expect(await bot.end('SIGTERM')).toEqual({ code: 0, signal: null });
    bot = await startBot(server, workplace);
    await allIsSaid(asked);
    for (const each of asked) expect(answersTo(each)).toEqual(each.answers);
  });
});

test('killed in the middle of its work, the bot goes on where it was', async () => {
  const asked = everybodyAsks(4);
  const [first] = asked;
  await first?.person.sees(first.answers[0] ?? '');
  expect(await bot.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  bot = await startBot(server, workplace);
  await allIsSaid(asked);
  for (const each of asked) {
    const answers = answersTo(each);
    expect([...new Set(answers)]).toEqual(each.answers);
    // The one that was on its way when the process died may have come and may be sent again.
    expect(answers.length).toBeLessThanOrEqual(each.answers.length + 1);
  }
  expect(server.updates.filter(({ confirmed }) => !confirmed)).toEqual([]);
});

test('an answer whose receipt was cut off may come twice, but no more', async () => {
  server.fail({ with: 'cut', method: 'sendMessage' });
  const asked = everybodyAsks(1);
  await allIsSaid(asked);
  const [first] = asked;
  const [answer] = first?.answers ?? [];
  expect(asked.flatMap(answersTo)).toEqual([answer, ...(first?.answers ?? [])]);
});

test('another process that takes the updates is named in the log, and outlived', async () => {
  server.fail({ with: 409, method: 'getUpdates', times: 2 });
  const asked = everybodyAsks(1);
  await allIsSaid(asked);
  expect(asked.map(answersTo)).toEqual(asked.map(({ answers }) => answers));
  expect(bot.output()).toMatch(/conflict \(409\)/);
});

test('while Telegram is away at the start, the bot waits, and can be stopped', async () => {
  await server.goesDown();
  await bot.end('SIGTERM');
  const waiting = spawnBot(server, workplace);
  await expect.poll(waiting.output, { timeout: 50_000 }).toContain('trying again');
  expect(await waiting.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await server.listen();
  bot = await startBot(server, workplace);
});

test('with the token of another bot, whose updates have lower numbers, nothing is missed', async () => {
  await bot.end('SIGTERM');
  const token = '7000000002:AAE-another-token_0123456789abcdefghi';
  const other = await startBotApiServer({ limits: false, token, firstUpdateId: 7 });
  const second = await startBot(other, workplace);
  const [question] = questions;
  const answer = await other.user().asks(question?.asks ?? '');
  expect(answer.text).toContain(question?.answer);
  await second.end('SIGTERM');
  await other.close();
  bot = await startBot(server, workplace);
});

test('a revoked token ends the bot with a sentence that says what to do', async () => {
  expect(lapsesOf(server, bot)).toEqual([]);
  server.fail({ with: 401, method: 'getUpdates' });
  server.user().says('Hello');
  expect(await bot.exited).toEqual({ code: 1, signal: null });
  expect(bot.output()).toContain('@BotFather');
  expect(bot.output()).not.toContain(server.token);
});

test('a token that is refused at once is told the same way, also when the folder is watched', async () => {
  server.fail({ with: 401, method: 'getUpdates' });
  const early = spawnBot({ root: server.root, token: server.token }, workplace, { WATCH: 'on' });
  expect(await early.exited).toEqual({ code: 1, signal: null });
  expect(early.output()).toContain('@BotFather');
  expect(early.output()).not.toMatch(/^ +at /m);
});
