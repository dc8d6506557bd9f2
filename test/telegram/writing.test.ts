import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openWriting } from '../../src/compose-writing.ts';
import type { Budget } from '../../src/ports.ts';
import { openChats } from '../../src/library/chats/open-chats.ts';
import {
  ScriptedServer,
  fails,
  neverEnds,
  replies,
  repliesInParts,
  stallsAfter,
  waits,
} from '../language-model/scripted-server.ts';
import type { Behaviour } from '../language-model/scripted-server.ts';
import { BotWorld, Samples } from './bot-world.ts';
import { freePort } from './conversation/free-port.ts';

const question = '望屿岛的面积有多大？';
const fact = '〈面积只有2.7平方公里〉';
const written = '望屿岛的面积是2.7平方公里。';
const lie = '望屿岛的面积是27平方公里。';
const more = '农艺师韩梅在2016年带着3000株茶苗上岛。';
const tea = '〈农艺师韩梅〉';

let model: ScriptedServer;
const samples = new Samples();
beforeAll(async () => {
  model = await ScriptedServer.start();
  await samples.open();
  // Reads the dictionaries, so that no test waits for them.
  await samples.app.ask(question);
});
afterAll(async () => {
  await model.close();
  await samples.close();
});

/** Something to wait for, and what ends the wait. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

interface WorldOptions {
  readonly budget?: Budget;
  readonly timeout?: number;
  readonly httpPort?: number;
}

async function openWorld({
  budget,
  timeout = 8000,
  ...settings
}: WorldOptions = {}): Promise<BotWorld> {
  const languageModel = {
    model: 'scripted',
    baseUrl: model.baseUrl,
    apiKey: 'sk-secret-1234567890',
    timeout,
    dailyBudget: 0,
    promptsDir: undefined,
  };
  const writing = await openWriting({ ...samples.config, languageModel });
  opened.unshift(writing);
  const world = await BotWorld.open(samples, {
    askWriter: writing.over(samples.app, budget),
    ...settings,
  });
  opened.unshift(world);
  return world;
}

describe('in a private chat', () => {
  test('the quotes are seen at once as a draft, then the written answer with the same buttons', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    model.behave(waits(300, replies(`${lie}${fact}\n${written}${fact}\n`)));
    const answer = await anna.asks(question);
    expect(answer.text).toContain(`${written}[1]\n✍️ 由 scripted 撰写`);
    expect(answer.text).toContain('面积只有2.7平方公里');
    expect(answer.buttons).toEqual(expect.arrayContaining(['📖 打开出处 1', '👍 有用', '👎 没用']));
    expect(anna.room.drafts[0]?.text).toContain('面积只有2.7平方公里');
    expect(anna.room.drafts[0]?.text).not.toContain('✍️');
    expect(anna.room.shown().filter(({ from }) => from !== anna.user)).toHaveLength(1);
    expect(server.transcript(anna)).not.toContain('27平方公里。');
    const press = anna.presses(answer, '打开出处 1');
    await press.answered();
  });

  test('a draft shows each sentence once it is proven, while the next is still written', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    const { promise, resolve } = gate();
    model.behave(repliesInParts(`${lie}${fact}\n${written}${fact}\n`, promise, `${more}${tea}\n`));
    anna.says(question);
    await vi.waitFor(() => expect(anna.room.drafts.at(-1)?.text).toContain(`${written}[1]\n✍️`), {
      timeout: 20_000,
    });
    resolve();
    const answer = await anna.sees('✍️');
    expect(answer.text).toContain(`${written}[1]${more}[1]`);
    const drafts = anna.room.drafts.map(({ text }) => text).join('\n');
    expect(drafts).not.toContain(lie);
  });

  test('a server without drafts shows the quotes as a message, which is edited', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    model.behave(waits(200, replies(`${written}${fact}\n`)));
    server.fail({ with: 500, method: 'sendMessageDraft', times: 100 });
    const first = await anna.asks(question);
    const answer = await anna.sees('✍️');
    expect(answer.id).toBe(first.id);
    expect(answer.text).toContain(`${written}[1]`);
  });

  test.each<[string, Behaviour]>([
    ['fails', fails(500)],
    ['lies', replies(`${lie}${fact}\n`)],
    ['never ends', neverEnds('望屿岛')],
    ['is too slow', stallsAfter('望屿岛')],
  ])('a model that %s leaves the quoting answer, and no error is shown', async (_, behaviour) => {
    const { server, log } = await openWorld({ timeout: 1500 });
    const anna = server.user({ language_code: 'zh-hans' });
    model.behave(behaviour);
    const answer = await anna.asks(question);
    expect(answer.text).toContain('面积只有2.7平方公里');
    expect(answer.text).not.toContain('✍️');
    expect(answer.buttons).toContain('👍 有用');
    expect(log.join('\n')).not.toMatch(/sk-secret|望屿岛的面积是27/);
    expect(log.join('\n')).toContain('"msg":"language model"');
  });

  test('the next question ends the writing: the quotes stand, and it is answered', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    model.behave(stallsAfter('望屿岛'), replies(`${written}${fact}\n`));
    anna.says(question);
    // The model is writing: only then is there anything to end.
    await vi.waitFor(() => expect(model.requests).toHaveLength(1), { timeout: 20_000 });
    const next = anna.says('望屿岛的面积有多大呢？');
    const second = await anna.sees('✍️');
    const quotes = anna.room.shown().find(({ from, id }) => from !== anna.user && id < second.id);
    expect(quotes?.text).toContain('面积只有2.7平方公里');
    expect(second.id).toBeGreaterThan(next.id);
  });

  test('a budget that is used up leaves the quoting answer', async () => {
    const chats = openChats(':memory:');
    const budget = {
      take: (person: string, day: string) => chats.writingBudget.take(person, day, 1),
    };
    const { server } = await openWorld({ budget });
    const [anna, bo] = [server.user(), server.user()];
    model.behave(replies(`${written}${fact}\n`));
    expect((await anna.asks(question)).text).toContain(written);
    expect((await anna.asks('望屿岛面积有多大？')).text).not.toContain(written);
    expect((await bo.asks(question)).text).toContain(written);
    chats.close();
  });
});

describe('in a group', () => {
  test('the quotes are sent at once, and what is written takes their place', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    const group = server.group().addsBot(anna);
    await anna.sees('大家好', { in: group });
    model.behave(waits(300, replies(`${written}${fact}\n`)));
    const first = await anna.asks(`/ask ${question}`, { in: group });
    expect(first.text).toContain('面积只有2.7平方公里');
    const answer = await anna.sees('✍️', { in: group });
    expect(answer.id).toBe(first.id);
    expect(answer.replyTo?.text).toBe(`/ask ${question}`);
    expect(server.calls.filter(({ method }) => method === 'sendMessageDraft')).toEqual([]);
  });

  test('the message is edited for what is proven while more is still written', async () => {
    const { server } = await openWorld();
    const anna = server.user({ language_code: 'zh-hans' });
    const group = server.group().addsBot(anna);
    await anna.sees('大家好', { in: group });
    const { promise, resolve } = gate();
    model.behave(repliesInParts(`${written}${fact}\n`, promise, `${more}${tea}\n`));
    const first = await anna.asks(`/ask ${question}`, { in: group });
    const half = await anna.sees(`${written}[1]\n✍️`, { in: group });
    expect([half.id, half.edits]).toEqual([first.id, 1]);
    resolve();
    const answer = await anna.sees(more, { in: group });
    expect([answer.id, answer.edits]).toEqual([first.id, 2]);
  });
});

test('what was written and what was left out is counted in /metrics and logged without its words', async () => {
  const httpPort = await freePort();
  const { server, log } = await openWorld({ httpPort });
  const anna = server.user({ language_code: 'zh-hans' });
  model.behave(replies(`${lie}${fact}\n${written}${fact}\n`), fails(401));
  await anna.asks(question);
  await anna.asks('望屿岛面积有多大？');
  const metrics = await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
  expect(metrics).toContain('yuanwen_writings_total{outcome="written"} 1');
  expect(metrics).toContain('yuanwen_writings_total{outcome="failed"} 1');
  expect(metrics).toContain('yuanwen_written_sentences_dropped_total{reason="number"} 1');
  expect(metrics).toMatch(/yuanwen_language_model_tokens_total\{kind="\w+"\} 60/);
  expect(log.join('\n')).toContain('"dropped":["number"]');
  expect(log.join('\n')).not.toContain('27平方公里');
});

test('/privacy says where questions go', async () => {
  const [alone, served] = await Promise.all([
    BotWorld.open(samples),
    BotWorld.open(samples, { writerHost: 'models.example:443' }),
  ]);
  opened.push(alone, served);
  const privacy = async ({ server }: BotWorld) =>
    (await server.user({ language_code: 'en' }).asks('/privacy')).text;
  expect(await privacy(alone)).toContain('I pass your questions on to nobody.');
  expect(await privacy(served)).toContain('to the language model at models.example:443');
});

describe('without a language model', () => {
  test('nothing changes: the question is answered in quotes, without drafts', async () => {
    const writing = await openWriting(samples.config);
    const askWriter = writing.over(samples.app);
    expect(askWriter).toBe(samples.app.ask);
    const world = await BotWorld.open(samples, { askWriter });
    opened.unshift(world);
    const anna = world.server.user({ language_code: 'zh-hans' });
    const answer = await anna.asks(question);
    expect(answer.text).toContain('面积只有2.7平方公里');
    expect(anna.room.drafts).toEqual([]);
  });
});
