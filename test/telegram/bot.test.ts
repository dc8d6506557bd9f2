import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadVocabulary } from '../../src/telegram/words.ts';
import { BotWorld, Samples } from './bot-world.ts';
import type { BotWorldOptions } from './bot-world.ts';
import type { Person } from './server/person.ts';
import { startBotApiServer } from './server/server.ts';

const ADMIN = 77;
const say = loadVocabulary()['zh-Hans'];

let samples: Samples;
let world: BotWorld;

beforeAll(async () => {
  samples = await new Samples().open();
});

afterAll(async () => await samples.close());

afterEach(async () => {
  // One test is about a webhook that is refused.
  const refusals = world.server.refusals
    .filter(({ method }) => method !== 'setWebhook')
    .map(({ method, refusal }) => `${method}: ${refusal}`);
  await world.close();
  if (refusals.length > 0) throw new Error(`Telegram refused calls: ${refusals.join('; ')}`);
});

async function open(options: BotWorldOptions = {}): Promise<BotWorld> {
  world = await BotWorld.open(samples, options);
  return world;
}

function someone(options: { id?: number } = {}): Person {
  return world.server.user({ language_code: 'zh-hans', ...options });
}

/** The bot's messages in a private chat. */
function answersTo(person: Person): string[] {
  return person.room
    .shown()
    .filter(({ from }) => from?.is_bot === true)
    .map(({ text }) => text);
}

describe('a question', () => {
  beforeEach(async () => await open());

  test('that is too long, empty or small talk gets a friendly word', async () => {
    const anna = someone();
    expect((await anna.asks('问'.repeat(501))).text).toBe(say('question-too-long', { limit: 500 }));
    expect((await anna.asks('/ask')).text).toBe(say('ask-what'));
    expect((await anna.asks('？！')).text).toBe(say('ask-what'));
    expect((await anna.asks('你好')).text).toBe(say('small-talk'));
    expect(world.chats.answers.openQuestions(9)).toEqual([]);
  });

  test('edited to the same, or to something that can’t be answered, leaves its answer alone', async () => {
    const anna = someone();
    const question = anna.says('望屿岛一年有多少天起雾？');
    const answer = await anna.sees('116天');
    anna.edits(question, '望屿岛一年有多少天起雾？');
    anna.edits(question, '你好');
    await world.server.idle();
    expect(answer.edits).toBe(0);
    expect(answersTo(anna)).toHaveLength(1);
  });

  test('that was none before its message was edited is answered, unless it is dug out long after', async () => {
    const anna = someone();
    const hello = anna.says('你好');
    await anna.sees(say('small-talk'));
    anna.edits(hello, '望屿岛一年有多少天起雾？');
    await anna.sees('116天');
    const old = anna.says('谢谢');
    Object.assign(old, { date: old.date - 7_200 });
    await world.server.idle();
    anna.edits(old, '望屿岛一年有多少天起雾？');
    await world.server.idle();
    expect(answersTo(anna)).toHaveLength(3);
  });

  test('that was refused is kept for the admins, until its person wants it forgotten', async () => {
    const anna = someone();
    await anna.asks('火星上住着几个人？');
    expect(world.chats.answers.openQuestions(9)).toEqual([
      { question: '火星上住着几个人？', refused: 1, disliked: 0 },
    ]);
    await anna.asks('/forget');
    expect(world.chats.answers.openQuestions(9)).toEqual([]);
  });
});

describe('an answer', () => {
  test('has more passages behind its button, the same ones for ever', async () => {
    await open();
    const anna = someone();
    const answer = await anna.asks('望屿岛一年有多少天起雾？');
    const press = async (): Promise<string> => {
      const before = anna.room.shown().at(-1);
      await anna.presses(answer, say('more-passages')).answered();
      const more = await anna.sees(
        say('more-passages-follow'),
        before === undefined ? {} : { after: before },
      );
      return more.text;
    };
    const first = await press();
    expect(first).toMatch(/^更多相关段落：\n\n\d\. /);
    expect(first).not.toContain('116天');
    expect(await press()).toBe(first);
  });
});

describe('what is no question', () => {
  beforeEach(async () => await open());

  test('gets one word an album, and none in groups', async () => {
    const anna = someone();
    const photo = [{ file_id: 'x', file_unique_id: 'x', width: 1, height: 1 }];
    for (let n = 0; n < 3; n += 1) anna.sends({ photo, media_group_id: 'album' });
    await anna.sees(say('only-text'));
    const group = world.server.group().add(anna).addsBot(anna);
    anna.sends({ photo }, { in: group });
    anna.says('/nonsense', { in: group });
    anna.says('大家好', { in: group });
    await world.server.idle();
    expect(answersTo(anna)).toEqual([say('only-text')]);
    const said = group.room.shown().filter(({ from }) => from?.is_bot === true);
    expect(said.map(({ text }) => text)).toEqual([say('hello-group', { bot: 'yuanwen_bot' })]);
  });
});

describe('fairness', () => {
  test('who asks too fast is told once, and answered again later', async () => {
    await open({ limits: { questionsPerPerson: 2 } });
    const anna = someone();
    for (let n = 0; n < 6; n += 1) anna.says(`望屿岛一年有多少天起雾？${'？'.repeat(n)}`);
    await world.server.idle({ quiet: 400 });
    const answers = answersTo(anna);
    expect(answers.filter((text) => text.includes('116天'))).toHaveLength(2);
    expect(answers.filter((text) => text === say('too-many-questions'))).toHaveLength(1);
    expect(answers).toHaveLength(3);
    const bo = someone();
    expect((await bo.asks('望屿岛一年有多少天起雾？')).text).toContain('116天');
  });

  test('a bot for invited people answers them, and tells others once', async () => {
    await open({ allowedIds: [501], adminIds: [ADMIN] });
    const stranger = someone();
    stranger.says('望屿岛一年有多少天起雾？');
    stranger.says('/start');
    await stranger.sees(say('not-allowed'));
    for (const id of [501, ADMIN]) {
      expect((await someone({ id }).asks('望屿岛一年有多少天起雾？')).text).toContain('116天');
    }
    await world.server.idle();
    expect(answersTo(stranger)).toEqual([say('not-allowed')]);
    world.server.group().addsBot(stranger);
    await world.server.idle();
    expect(world.server.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(3);
    expect((await stranger.asksInline('望屿岛一年有多少天起雾？')).results).toEqual([]);
  });
});

/** As after a crash: the answer has gone out, and nobody noted that the update is finished. */
function unfinishLastUpdate(chatsFile: string): void {
  const last = world.server.updates.at(-1);
  const db = new Database(chatsFile);
  db.prepare('UPDATE inbox SET payload = ? WHERE update_id = ?').run(
    JSON.stringify(last?.update),
    last?.update.update_id,
  );
  db.close();
}

describe('the same answer', () => {
  test('opens after a restart of the bot, for everybody who sees the button', async () => {
    const chatsFile = join(samples.dir, 'restart.db');
    await open({ chatsFile });
    const anna = someone();
    const answer = await anna.asks('望屿岛一年有多少天起雾？');
    await world.stop();
    await world.start();
    await anna.presses(answer, say('open-source', { n: 1 })).answered();
    const source = await anna.sees('原文示例报', { after: answer });
    expect(source.text).toContain('116天');
    expect(await anna.presses(answer, say('useful')).answered()).toMatchObject({
      text: say('thanks-useful'),
    });
  });

  test('is not sent again when the bot was cut off between sending it and noting that', async () => {
    const chatsFile = join(samples.dir, 'twice.db');
    await open({ chatsFile });
    const anna = someone();
    await anna.asks('望屿岛一年有多少天起雾？');
    await world.server.idle();
    await world.stop();
    unfinishLastUpdate(chatsFile);
    await world.start();
    await world.server.idle({ quiet: 300 });
    expect(answersTo(anna)).toHaveLength(1);
    expect(world.chats.inbox.waiting()).toEqual([]);
  });
});

describe('an admin', () => {
  beforeEach(async () => await open({ adminIds: [ADMIN] }));

  test('makes a golden question of an answer with one button', async () => {
    const admin = someone({ id: ADMIN });
    const answer = await admin.asks('望屿岛一年有多少天起雾？');
    const press = admin.presses(answer, say('golden-source', { n: 1 }));
    expect(await press.answered()).toMatchObject({ text: say('golden-added') });
    const golden = readFileSync(join(samples.dir, 'golden.jsonl'), 'utf8');
    expect(JSON.parse(golden)).toEqual({
      question: '望屿岛一年有多少天起雾？',
      quote: '望屿岛一年有116天起雾。',
    });
    expect((await someone().asks('望屿岛一年有多少天起雾？')).buttons.join()).not.toContain('⭐');
    rmSync(join(samples.dir, 'golden.jsonl'));
  });

  test('takes one article out of a page of several, and puts it back', async () => {
    const admin = someone({ id: ADMIN });
    const titles = (): (string | undefined)[] =>
      samples.app.library
        .view()
        ?.articles()
        .map(({ title }) => title) ?? [];
    const before = titles();
    const list = await admin.asks('/remove 天琴');
    await admin.presses(list, '天琴').answered();
    const question = await admin.sees('一共 5 篇');
    await admin.presses(question, say('remove-this-one')).answered();
    await admin.sees(/移除 1 篇：\n· .*天琴/, { after: question });
    expect(titles()).toEqual(before.filter((title) => title?.includes('天琴') === false));
    const removed = await admin.sees(say('removed'));
    await admin.presses(removed, say('restore-file')).answered();
    await admin.sees(/新增 1 篇：\n· .*天琴/, { after: question });
    expect(titles()).toEqual(before);
  });

  test('is asked before most of the articles go, and nothing goes until then', async () => {
    const admin = someone({ id: ADMIN });
    const kept = samples.app.library.view()?.articleCount;
    const files = readdirSync(samples.articles).slice(1);
    const contents = files.map(
      (file) => [file, readFileSync(join(samples.articles, file))] as const,
    );
    for (const file of files) rmSync(join(samples.articles, file));
    const begun = admin.says('/reindex');
    const question = await admin.sees(/太多文章不见了/, { after: begun });
    expect(samples.app.library.view()?.articleCount).toBe(kept);
    await someone().presses(question, say('confirm-removals')).answered();
    expect(samples.app.library.view()?.articleCount).toBe(kept);
    await admin.presses(question, say('confirm-removals')).answered();
    await admin.sees(/移除 \d+ 篇/, { after: question });
    expect(samples.app.library.view()?.articleCount).toBeLessThan(kept ?? 0);
    const rollback = await admin.asks('/rollback');
    await admin.presses(rollback, say('confirm-rollback')).answered();
    await admin.sees(/已退回第 \d+ 版/);
    expect(samples.app.library.view()?.articleCount).toBe(kept);
    for (const [file, content] of contents) writeFileSync(join(samples.articles, file), content);
  });
});

describe('in webhook mode', () => {
  test('Telegram brings the updates, and nobody else can', async () => {
    const port = 20_000 + (process.pid % 20_000);
    const url = `http://127.0.0.1:${port}/telegram`;
    await open({ webhook: { url, port } });
    const anna = someone();
    expect((await anna.asks('望屿岛一年有多少天起雾？')).text).toContain('116天');
    const post = async (path: string, headers: Record<string, string>, body: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body })).status;
    const secret = 'x-telegram-bot-api-secret-token';
    expect(await post('/telegram', {}, '{"update_id":1}')).toBe(401);
    expect(await post('/telegram', { [secret]: 'guess' }, '{"update_id":1}')).toBe(401);
    expect(await post('/elsewhere', {}, '{}')).toBe(404);
    expect((await fetch(url)).status).toBe(405);
  });

  test('an address that Telegram refuses ends the bot with a sentence', async () => {
    const port = 20_001 + (process.pid % 20_000);
    await open({ webhook: { url: `ftp://127.0.0.1:${port}/x`, port } });
    await expect(world.bot.finished).rejects.toMatchObject({ code: 'webhook-refused' });
  });

  test('while Telegram is away the webhook is announced again and again', async () => {
    const port = 20_002 + (process.pid % 20_000);
    const server = await startBotApiServer({ limits: false });
    server.fail({ method: 'setWebhook', with: 502, times: 2 });
    await open({ webhook: { url: `http://127.0.0.1:${port}/telegram`, port }, at: server });
    expect((await someone().asks('望屿岛一年有多少天起雾？')).text).toContain('116天');
  });
});

describe('when a port is taken', () => {
  test('the bot says which, and does not hang', async () => {
    const port = 41_000 + (process.pid % 20_000);
    await open({ httpPort: port });
    await expect(BotWorld.open(samples, { httpPort: port })).rejects.toMatchObject({
      code: 'port-unavailable',
      message: expect.stringContaining(`Port ${port} (HTTP_PORT)`),
    });
  });
});

describe('for those who keep it running', () => {
  test('health, readiness and figures are on a page, and the log tells no words and no names', async () => {
    const httpPort = 41_000 + (process.pid % 20_000);
    await open({ httpPort });
    const anna = someone();
    await anna.asks('望屿岛一年有多少天起雾？');
    await anna.asks('火星上住着几个人？');
    await world.server.idle();
    const page = async (path: string) => await fetch(`http://127.0.0.1:${httpPort}${path}`);
    expect((await page('/healthz')).status).toBe(200);
    expect((await page('/readyz')).status).toBe(200);
    expect((await page('/')).status).toBe(404);
    const metrics = await (await page('/metrics')).text();
    expect(metrics).toContain('yuanwen_questions_total{place="private"} 2');
    expect(metrics).toContain('yuanwen_answers_total{outcome="refused"} 1');
    expect(metrics).toMatch(/yuanwen_index_articles [1-9]/);
    const log = world.log.join('');
    expect(log).toContain('"msg":"handled"');
    expect(log).not.toMatch(/火星|116天/);
    expect(log).not.toContain(String(anna.id));
    expect(log).not.toContain(world.server.token.split(':')[1]);
  });

  test('people who block the bot are counted, and come back as if nothing had been', async () => {
    await open({ adminIds: [ADMIN] });
    const anna = someone();
    await anna.asks('望屿岛一年有多少天起雾？');
    await world.server.idle();
    anna.blocks();
    await world.server.idle();
    expect(world.chats.people.countBlocked()).toBe(1);
    anna.unblocks();
    expect((await anna.asks('望屿岛一年有多少天起雾？')).text).toContain('116天');
    expect(world.chats.people.countBlocked()).toBe(0);
  });
});
