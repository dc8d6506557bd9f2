import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadVocabulary } from '../../../src/telegram/words.ts';
import type { Person } from '../server/person.ts';
import type { Group } from '../server/places.ts';
import type { ShownMessage } from '../server/rooms.ts';
import { startBotApiServer } from '../server/server.ts';
import type { BotApiServer } from '../server/server.ts';
import { ADMIN, lapsesOf, makeWorkplace, startBot } from './bot-process.ts';
import type { BotProcess } from './bot-process.ts';
import { UNANSWERABLE } from './questions.ts';

const vocabulary = loadVocabulary();
const say = vocabulary['zh-Hans'];

const workplace = makeWorkplace();
const chats: (Person | Group)[] = [];
let server: BotApiServer;
let bot: BotProcess;
let admin: Person;

beforeAll(async () => {
  // Telegram's own limits hold: the bot must keep them by itself.
  server = await startBotApiServer();
  admin = server.user({ id: ADMIN, first_name: 'Ada', language_code: 'zh-hans', started: true });
  chats.push(admin);
  bot = await startBot(server, workplace);
});

afterAll(async () => {
  await bot.end('SIGTERM');
  await server.close();
  workplace.remove();
  // TRANSCRIPT=/tmp/transcript.txt keeps what everybody saw.
  const transcripts = chats.map((chat) => server.transcript(chat)).filter((text) => text !== '');
  const file = process.env['TRANSCRIPT'];
  if (file !== undefined) writeFileSync(file, transcripts.join('\n\n―――\n\n'));
});

function meet(language_code = 'zh-hans'): Person {
  const person = server.user({ language_code });
  chats.push(person);
  return person;
}

describe('in a private chat', () => {
  test('the bot introduces itself with examples that it can answer', async () => {
    const anna = meet();
    const welcome = await anna.asks('/start');
    expect(welcome.text).toContain(say('welcome-with-examples', { articles: 9 }).slice(0, 20));
    expect(welcome.buttons).toHaveLength(3);
    const press = anna.presses(welcome, /./u);
    await press.answered();
    const answer = await anna.sees('1. ', { after: welcome });
    expect(answer.buttons).toContain(say('open-source', { n: 1 }));
    expect((await anna.asks('/help')).text).toBe(say('help', { bot: 'yuanwen_bot' }));
    expect((await anna.asks('/privacy')).text).toContain('/forget');
  });

  test('a question gets the sentence that answers, with its source to leaf through', async () => {
    const anna = meet();
    const answer = await anna.asks('望屿岛一年有多少天起雾？');
    expect(answer.text).toMatch(
      /^望屿岛一年有116天起雾。\n\n1\. 海雾里长出的茶.*\n原文示例报 · 2022年5月9日 · 第 \d+ 段\n/u,
    );
    expect(answer.entities.map(({ type }) => type)).toContain('expandable_blockquote');
    expect(anna.room.actions.map(({ action }) => action)).toContain('typing');

    await anna.presses(answer, say('open-source', { n: 1 })).answered();
    const source = await anna.sees('海雾里长出的茶', { after: answer });
    const number = /第 (\d+) 段/u.exec(source.text)?.[1];
    await anna.presses(source, say('next-paragraph')).answered();
    await anna.sees(say('paragraph-number', { number: Number(number) + 1 }), { after: answer });
    await anna.presses(source, say('previous-paragraph')).answered();
    await anna.sees(say('paragraph-number', { number: Number(number) }), { after: answer });
    await anna.presses(source, say('whole-article')).answered();
    await anna.sees((message) => message.id === source.id && message.text.includes('2.7平方公里'));
  });

  test('more passages and a verdict are a press away', async () => {
    const anna = meet();
    const answer = await anna.asks('海雾对茶叶有什么好处？');
    const useful = anna.presses(answer, say('useful'));
    expect(await useful.answered()).toMatchObject({ text: say('thanks-useful') });
    const useless = anna.presses(answer, say('useless'));
    expect(await useless.answered()).toMatchObject({ text: say('thanks-useless') });
    const again = anna.presses(answer, say('useless'));
    expect(await again.answered()).toMatchObject({ text: say('vote-taken-back') });
    if (answer.buttons.includes(say('more-passages'))) {
      await anna.presses(answer, say('more-passages')).answered();
      await anna.sees(say('more-passages-follow'), { after: answer });
    }
  });

  test('what the articles do not say is not made up', async () => {
    const anna = meet();
    const refusal = await anna.asks(UNANSWERABLE);
    expect([say('refusal'), say('refusal-with-nearest')]).toContain(refusal.text);
  });

  test('one can ask on, and change the subject', async () => {
    const anna = meet();
    await anna.asks('望屿岛一年有多少天起雾？');
    expect((await anna.asks('那它的面积有多大？')).text).toContain('2.7平方公里');
    expect((await anna.asks('/new')).text).toBe(say('new-conversation'));
    expect((await anna.asks('/forget')).text).toBe(say('forgotten'));
  });

  test('an edited question changes its answer', async () => {
    const anna = meet();
    const question = anna.says('江畔图书馆有几层？');
    const answer = await anna.sees('三层', { after: question });
    anna.edits(question, '江畔图书馆的改建花了多少钱？');
    expect(await anna.sees('4300万元')).toBe(answer);
  });

  test('articles can be listed, searched and read', async () => {
    const anna = meet();
    const list = await anna.asks('/articles');
    const found = await anna.asks('/articles 图书馆');
    expect(found.text).toContain('图书馆');
    expect(list.buttons.length).toBeGreaterThan(found.buttons.length);
    await anna.presses(found, '江畔图书馆').answered();
    await anna.sees('建筑面积6200平方米', { after: found });
    expect((await anna.asks('/articles 火星')).text).toBe(
      say('articles-not-found', { search: '火星' }),
    );
  });

  test('the newest articles come first', async () => {
    const anna = meet();
    const latest = await anna.asks('/latest');
    expect(latest.text).toContain(say('latest-articles'));
    expect(latest.buttons[0]).toContain('大和戲院');
  });

  test('the bot speaks three languages', async () => {
    const bo = meet('en');
    const welcome = await bo.asks('/start');
    expect(welcome.text).toContain('Hello! I answer questions');
    const menu = await bo.asks('/language');
    await bo.presses(menu, vocabulary['zh-Hant']('language-name')).answered();
    await bo.sees(vocabulary['zh-Hant']('language-chosen'));
    expect((await bo.asks('/new')).text).toBe(vocabulary['zh-Hant']('new-conversation'));
    const chen = meet('zh-TW');
    expect((await chen.asks('/new')).text).toBe(vocabulary['zh-Hant']('new-conversation'));
  });

  test('what is no text gets a friendly word', async () => {
    const anna = meet();
    const described = { file_id: 'x', file_unique_id: 'x', width: 1, height: 1 };
    const sent = anna.sends({ photo: [described] });
    await anna.sees(say('only-text'), { after: sent });
    expect((await anna.asks('/nonsense')).text).toBe(say('unknown-command'));
    const old = anna.pressesData(await anna.sees(say('unknown-command')), 'from an older bot');
    expect(await old.answered()).toMatchObject({ text: say('old-button') });
  });

  test('a source can be shared by a link', async () => {
    const anna = meet();
    const answer = await anna.asks('大和戲院建於哪一年？');
    await anna.presses(answer, '1').answered();
    const source = await anna.sees((message) => message.button(say('share-source')) !== undefined);
    const share = new URL(String(source.button(say('share-source'))?.['url']));
    const bo = meet('en');
    bo.opens(share.searchParams.get('url') ?? '');
    await bo.sees('1934年');
    const unknown = await bo.asks('/start c_nothing');
    expect(unknown.text).toBe(vocabulary['en']('source-unknown'));
  });
});

describe('in groups', () => {
  test('the bot answers what is meant for it, in its topic, and nothing else', async () => {
    const [anna, bo] = [meet(), meet('en')];
    const group = server.group({ title: '读报小组', forum: true }).add(anna, bo);
    chats.push(group);
    const thread = group.topic('今日头条');
    group.addsBot(anna);
    await anna.sees(say('hello-group', { bot: 'yuanwen_bot' }), { in: group });
    anna.says('大家好', { in: group, thread });
    const question = anna.says('@yuanwen_bot 望屿岛一年有多少天起雾？', { in: group, thread });
    const answer = await anna.sees('116天', { in: group, after: question });
    expect(answer).toMatchObject({ threadId: thread, replyTo: question });
    const reply = bo.says('那它的面积有多大？', { in: group, replyTo: answer });
    expect(await bo.sees('116天', { in: group })).toBe(answer);
    await bo.sees((message) => message.replyTo === reply, { in: group });
    const asked = bo.says('/ask How long does the night ferry crossing take?', {
      in: group,
      thread,
    });
    await bo.sees('95 minutes', { in: group, after: asked });
    await bo.presses(answer, '1').answered();
    await bo.sees('海雾里长出的茶', { in: group, after: asked });
    const heard = group.room.shown().filter(({ replyTo }) => replyTo?.text === '大家好');
    expect(heard).toEqual([]);
  });

  test('a channel’s posts are left alone, and comments on them are answered', async () => {
    const anna = meet();
    const group = server.group({ title: '读者评论' }).add(anna).addsBot(anna);
    chats.push(group);
    const channel = server.channel({ title: '早报' }).addsBot(anna).discussesIn(group);
    const { forwarded } = channel.posts('@yuanwen_bot 望屿岛一年有多少天起雾？');
    const reply = forwarded === undefined ? {} : { replyTo: forwarded };
    const comment = anna.says('@yuanwen_bot 那里的茶园有多少村民入股？', { in: group, ...reply });
    const answer = await anna.sees('76户', { in: group });
    expect(answer.replyTo).toBe(comment);
    expect(channel.room.shown()).toHaveLength(1);
  });

  test('an admin who stays anonymous is answered like others', async () => {
    const anna = meet();
    const group = server.group({ title: '匿名' }).add(anna).addsBot(anna);
    const question = group.says('/ask 望屿岛一年有多少天起雾？');
    const answer = await anna.sees('116天', { in: group });
    expect(answer.replyTo).toBe(question);
  });

  test('only its admins choose the language', async () => {
    const anna = meet();
    const group = server.group().add(anna).addsBot(anna);
    const asked = anna.says('/language', { in: group });
    const menu = await anna.sees(say('choose-language'), { in: group, after: asked });
    const press = anna.presses(menu, 'English');
    expect(await press.answered()).toMatchObject({ text: say('for-group-admins') });
  });

  test('what was asked before a group became a supergroup is still known after', async () => {
    const anna = meet();
    const group = server.group({ type: 'group' }).add(anna).addsBot(anna);
    const question = anna.says('/ask 望屿岛一年有多少天起雾？', { in: group });
    const answer = await anna.sees('116天', { in: group, after: question });
    const next = group.migrates(anna);
    const asked = anna.says('/ask 那它的面积有多大？', { in: next });
    await anna.sees('2.7平方公里', { in: next, after: asked });
    // An old button still works: Telegram says where the group went, and the bot follows.
    await anna.presses(answer, '1').answered();
    const isOpen = (message: ShownMessage): boolean =>
      message.button(say('whole-article')) !== undefined;
    expect((await anna.sees(isOpen, { in: next })).text).toContain('116天');
  });
});

describe('inline in any chat', () => {
  test('a question offers quotes to send', async () => {
    const anna = meet();
    expect((await anna.asksInline('')).button?.['text']).toBe(say('inline-hint'));
    const offer = await anna.asksInline('望屿岛一年有多少天起雾？');
    expect(offer.isPersonal).toBe(true);
    const [card] = offer.results;
    expect(card).toMatchObject({ title: expect.stringContaining('海雾里长出的茶') });
    const sent = anna.chooses(offer, 0);
    expect(sent.text).toContain('116天');
    const open = sent.button(say('open-card'));
    const bo = meet();
    bo.opens(String(open?.['url']));
    await bo.sees('116天');
    const nothing = await anna.asksInline(UNANSWERABLE);
    expect(nothing.button?.['text']).toBe(say('inline-nothing'));
  });
});

describe('an admin', () => {
  test('updates the articles while others ask, and hears what has changed', async () => {
    const file = join(workplace.articles, '新桥.txt');
    writeFileSync(file, '新桥通车\n\n清溪大桥昨天通车，全长1288米，双向六车道。\n');
    const preview = admin.says('/reindex preview');
    await admin.sees(/新增[\s\S]*新桥通车/u, { after: preview });
    const begun = admin.says('/reindex');
    const report = await admin.sees(/更新好了[\s\S]*新桥通车/u, { after: begun });
    expect(report.edits).toBeGreaterThan(0);
    const anna = meet();
    expect((await anna.asks('清溪大桥全长多少米？')).text).toContain('1288米');
  });

  test('keeps citations alive when an article changes and goes', async () => {
    const anna = meet();
    const file = join(workplace.articles, '新桥.txt');
    const answer = await anna.asks('清溪大桥有几条车道？');
    writeFileSync(file, '新桥通车\n\n清溪大桥昨天通车，全长1290米，双向八车道。\n');
    await admin.sees('更新好了', { after: admin.says('/reindex') });
    await anna.presses(answer, '1').answered();
    const changed = await anna.sees(say('source-changed'), { after: answer });
    expect(changed.text).toContain('双向六车道');
    expect(changed.text).toContain(say('source-now-with-changes'));
    rmSync(file);
    await admin.sees('更新好了', { after: admin.says('/reindex') });
    await anna.presses(answer, '1').answered();
    await anna.sees(say('source-article-gone'), { after: changed });
  });

  test('sends articles as files and takes them back', async () => {
    const text = '灯塔修复\n\n白沙灯塔的修复花了两年，塔高33米，明年三月开放。\n';
    const sent = admin.sendsFile('灯塔.txt', new TextEncoder().encode(text));
    const offer = await admin.sees('灯塔修复', { after: sent });
    await admin.presses(offer, say('take-file')).answered();
    await admin.sees('更新好了', { after: sent });
    const anna = meet();
    expect((await anna.asks('白沙灯塔有多高？')).text).toContain('33米');
    const list = await admin.asks('/remove 灯塔');
    await admin.presses(list, '灯塔').answered();
    await admin.presses(await admin.sees('要移除《'), say('remove-confirm')).answered();
    await admin.sees('更新好了', { after: list });
    const restore = await admin.sees(
      (message) => message.button(say('restore-file')) !== undefined,
    );
    const last = admin.lastAnswer ?? restore;
    await admin.presses(restore, say('restore-file')).answered();
    await admin.sees('更新好了', { after: last });
    expect((await anna.asks('白沙灯塔有多高？')).text).toContain('33米');
  });

  test('sees how things are and what went badly', async () => {
    const anna = meet();
    await anna.asks(UNANSWERABLE);
    expect((await admin.asks('/status')).text).toContain('10 篇文章');
    expect((await admin.asks('/unanswered')).text).toContain(UNANSWERABLE);
    const question = await admin.asks('/rollback');
    await admin.presses(question, say('confirm-rollback')).answered();
    await admin.sees('已退回');
    const backup = admin.says('/backup');
    await admin.sees((message) => message.content['document'] !== undefined, { after: backup });
  });

  test('has commands and buttons that do nothing for others', async () => {
    const bo = meet();
    for (const command of ['reindex', 'status', 'unanswered', 'rollback', 'remove x', 'backup']) {
      expect((await bo.asks(`/${command}`)).text).toBe(say('for-admins'));
    }
    const answer = await bo.sees(say('for-admins'));
    for (const data of ['reindex', 'reindex-removals', 'rollback', 'reindex-cancel']) {
      const press = bo.pressesData(answer, data);
      expect(await press.answered()).toMatchObject({ text: say('for-admins') });
    }
  });
});

describe('menus', () => {
  test('fit the place, the person and the language', () => {
    const names = (menu: unknown): unknown[] =>
      Array.isArray(menu) ? menu.map(({ command }: { command: string }) => command) : [];
    const everywhere = names(server.commands());
    expect(everywhere).toEqual(expect.arrayContaining(['start', 'help', 'articles', 'forget']));
    expect(everywhere).not.toContain('reindex');
    const inGroups = names(server.commands('', { type: 'all_group_chats' }));
    expect(inGroups).not.toContain('forget');
    const forAdmin = server.commands('zh', { type: 'chat', chat_id: ADMIN });
    expect(names(forAdmin)).toContain('reindex');
    expect(forAdmin).toContainEqual({ command: 'start', description: say('command-start') });
    expect(server.commands()).toContainEqual({
      command: 'start',
      description: vocabulary['en']('command-start'),
    });
  });
});

test('at the end nothing was refused and nothing was ignored', async () => {
  await server.idle();
  expect(lapsesOf(server, bot)).toEqual([]);
});
