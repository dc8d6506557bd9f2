import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerKey } from '../../../src/library/chats/answers.ts';
import { openChats } from '../../../src/library/chats/open-chats.ts';
import type { ChatStore } from '../../../src/library/chats/open-chats.ts';
import type { KeptArticle } from '../../../src/library/chats/shelf.ts';

let dir: string;
let chats: ChatStore;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanwen-chats-'));
  chats = openChats(join(dir, 'chats.db'));
});

afterEach(() => {
  chats.close();
  rmSync(dir, { recursive: true });
});

function reopen(): void {
  chats.close();
  chats = openChats(join(dir, 'chats.db'));
}

test('each person has a budget of written answers a day, which outlives a restart', () => {
  const take = (person: string, day: string) => chats.writingBudget.take(person, day, 2);
  expect([take('1', '2026-03-01'), take('1', '2026-03-01')]).toEqual([true, true]);
  expect([take('1', '2026-03-01'), take('2', '2026-03-01')]).toEqual([false, true]);
  reopen();
  expect(take('1', '2026-03-01')).toBe(false);
  expect(take('1', '2026-03-02')).toBe(true);
});

const DAY = 86_400_000;
const lane = (): string => 'chat 1';

describe('the inbox', () => {
  test('keeps updates over a restart until they are finished, and moves the offset with them', () => {
    expect(chats.inbox.offset()).toBeUndefined();
    expect(chats.inbox.receive([{ update_id: 5 }, { update_id: 6 }], lane)).toHaveLength(2);
    chats.inbox.begin(5);
    chats.inbox.finish(5);
    reopen();
    expect(chats.inbox.offset()).toBe(7);
    expect(chats.inbox.waiting()).toEqual([{ updateId: 6, lane: 'chat 1' }]);
  });

  test('takes an update once, also when it comes again after it was handled', () => {
    chats.inbox.receive([{ update_id: 5 }], lane);
    expect(chats.inbox.receive([{ update_id: 5 }], lane)).toEqual([]);
    chats.inbox.finish(5);
    expect(chats.inbox.receive([{ update_id: 5 }], lane)).toEqual([]);
    expect(chats.inbox.begin(5)).toBeNull();
  });

  test('counts attempts and remembers what was sent for an update', () => {
    chats.inbox.receive([{ update_id: 5 }], lane);
    expect(chats.inbox.begin(5)?.attempts).toBe(1);
    chats.inbox.postpone(5);
    expect(chats.inbox.begin(5)).toMatchObject({ payload: '{"update_id":5}', attempts: 1 });
    expect(chats.inbox.begin(5)?.attempts).toBe(2);
    chats.inbox.addDelivered(5, 41);
    chats.inbox.addDelivered(5, 42);
    expect(chats.inbox.delivered(5)).toEqual([41, 42]);
    expect(chats.inbox.delivered(6)).toEqual([]);
  });

  test('does not insist on an old offset: Telegram numbers anew after a quiet week', () => {
    chats.inbox.receive([{ update_id: 5 }], lane, 0);
    expect(chats.inbox.offset(5 * DAY)).toBe(6);
    expect(chats.inbox.offset(7 * DAY)).toBeUndefined();
  });

  test('forgets what was finished long ago, never what waits', () => {
    chats.inbox.receive([{ update_id: 5 }, { update_id: 6 }], lane, 0);
    chats.inbox.finish(5);
    chats.inbox.prune(3 * DAY);
    expect(chats.inbox.waiting()).toHaveLength(1);
    expect(chats.inbox.receive([{ update_id: 5 }, { update_id: 6 }], lane)).toHaveLength(1);
  });
});

const article: KeptArticle = {
  id: 'a',
  file: 'a.txt',
  title: '题目',
  kicker: null,
  deck: null,
  source: null,
  authors: [],
  date: null,
  url: null,
  paragraphs: [{ number: 1, text: '原文。', subhead: null }],
};

describe('citations', () => {
  test('open for ever, with the article as it was', () => {
    const { key } = chats.citations.keep(article, 1, [[0, 2]]);
    expect(key).toMatch(/^[\w-]{12}$/);
    chats.prune({ conversationHours: 0, questionDays: 0 }, Date.now() + 10_000 * DAY);
    reopen();
    expect(chats.citations.open(key)).toMatchObject({
      article,
      paragraphNumber: 1,
      marks: [[0, 2]],
    });
  });

  test('are addressed by what they say', () => {
    const { key } = chats.citations.keep(article, 1, [[0, 2]]);
    expect(chats.citations.keep({ ...article }, 1, [[0, 2]]).key).toBe(key);
    expect(chats.citations.keep(article, 1, [[0, 3]]).key).not.toBe(key);
    expect(chats.citations.keep({ ...article, title: '另一题' }, 1, [[0, 2]]).key).not.toBe(key);
    expect(chats.citations.open('no-such-key-')).toBeNull();
  });
});

/** Asked at the time of its update's number. */
function record(updateId: number, question: string, answered: boolean, userId = 7): string {
  const key = answerKey(updateId, 1);
  const asked = { key, chatId: 1, userId, messageId: updateId, question, resolved: question };
  chats.answers.record({ ...asked, answered, shown: ['c1'], more: ['c2'] }, updateId);
  return key;
}

describe('answers', () => {
  test('are found by key and by the question’s message', () => {
    const key = record(5, '望屿岛有多大？', true);
    chats.answers.setSent(key, [8, 9]);
    const answer = { key, question: '望屿岛有多大？', answered: true, shown: ['c1'], more: ['c2'] };
    expect(chats.answers.find(key)).toMatchObject({ ...answer, sent: [8, 9] });
    expect(chats.answers.findByMessage(1, 5)).toMatchObject(answer);
    expect(chats.answers.findByMessage(2, 5)).toBeNull();
  });

  test('given anew take the place of the earlier', () => {
    const key = record(5, '旧', false);
    expect(record(5, '新', true)).toBe(key);
    expect(chats.answers.find(key)).toMatchObject({ question: '新', answered: true });
  });

  test('have one vote a person, which can be taken back', () => {
    const key = record(5, '问', true);
    expect(chats.answers.vote(key, 7, 1)).toBe(1);
    expect(chats.answers.vote(key, 7, -1)).toBe(-1);
    expect(chats.answers.vote(key, 8, -1)).toBe(-1);
    expect(chats.answers.openQuestions(9)).toEqual([{ question: '问', refused: 0, disliked: 2 }]);
    expect(chats.answers.vote(key, 7, -1)).toBe(0);
    expect(chats.answers.openQuestions(9)).toEqual([{ question: '问', refused: 0, disliked: 1 }]);
  });

  test('that went badly are counted together when the question is the same', () => {
    record(5, '火星上有人吗？', false);
    record(6, '火星上有人吗', false, 8);
    record(7, '火星上有人嗎?', false, 9);
    record(8, '月球呢？', false);
    record(9, '望屿岛？', true);
    const open = chats.answers.openQuestions(9);
    expect(open.map(({ refused, disliked }) => [refused, disliked])).toEqual([
      [3, 0],
      [1, 0],
    ]);
    expect(chats.answers.openQuestions(1)).toHaveLength(1);
  });

  test('a question that has an answer by now is settled', () => {
    record(5, '火星上有人吗？', false);
    expect(chats.answers.openQuestions(9)).toHaveLength(1);
    record(6, '火星上有人吗？', true, 8);
    expect(chats.answers.openQuestions(9)).toEqual([]);
    chats.answers.vote(answerKey(6, 1), 8, -1);
    expect(chats.answers.openQuestions(9)).toEqual([
      { question: '火星上有人吗？', refused: 1, disliked: 1 },
    ]);
  });

  test('lose the words and the person with time, and their buttons go on working', () => {
    const key = record(5, '问', false);
    chats.prune({ conversationHours: 1, questionDays: 180 }, 181 * DAY);
    expect(chats.answers.find(key)).toMatchObject({ question: null, shown: ['c1'] });
    expect(chats.answers.openQuestions(9)).toEqual([]);
  });
});

const turn = { question: '问', resolved: '问', titles: ['题'], quote: '答' };

describe('conversations', () => {
  test('are a person’s in a chat, a few turns long, and end with time', () => {
    for (let n = 0; n < 7; n += 1)
      chats.conversations.add(1, 7, { ...turn, question: `${n}` }, 100);
    chats.conversations.add(1, 8, turn, 100);
    const recent = chats.conversations.recent(1, 7, 50).map(({ question }) => question);
    expect(recent).toEqual(['2', '3', '4', '5', '6']);
    expect(chats.conversations.recent(2, 7, 50)).toEqual([]);
    expect(chats.conversations.recent(1, 7, 100)).toEqual([]);
    chats.conversations.end(1, 7);
    expect(chats.conversations.recent(1, 7, 50)).toEqual([]);
    expect(chats.conversations.recent(1, 8, 50)).toEqual([turn]);
  });
});

describe('people', () => {
  test('are forgotten whole, and nobody else with them', () => {
    const key = record(5, '问', false, 7);
    record(6, '别的', false, 8);
    chats.answers.vote(key, 7, -1);
    chats.conversations.add(1, 7, turn);
    chats.people.setLanguage(7, 'en');
    chats.people.setLanguage(8, 'zh-Hant');
    chats.forget(7);
    expect(chats.people.language(7)).toBeNull();
    expect(chats.people.language(8)).toBe('zh-Hant');
    expect(chats.conversations.recent(1, 7, 0)).toEqual([]);
    expect(chats.answers.openQuestions(9)).toEqual([{ question: '别的', refused: 1, disliked: 0 }]);
  });

  test('a group takes its state along when it becomes a supergroup', () => {
    chats.people.setLanguage(-5, 'en');
    chats.conversations.add(-5, 7, turn);
    chats.moveChat(-5, -1_000_005);
    expect(chats.people.language(-1_000_005)).toBe('en');
    expect(chats.conversations.recent(-1_000_005, 7, 0)).toEqual([turn]);
    expect(() => chats.moveChat(-5, -1_000_005)).not.toThrow();
  });

  test('who blocked the bot is counted until they come back', () => {
    chats.people.setBlocked(7, true);
    chats.people.setBlocked(7, true);
    expect(chats.people.countBlocked()).toBe(1);
    chats.people.setBlocked(7, false);
    expect(chats.people.countBlocked()).toBe(0);
  });
});

test('texts for buttons have short keys', () => {
  const key = chats.links.keep('一个很长的问题');
  expect(chats.links.keep('一个很长的问题')).toBe(key);
  expect(chats.links.follow(key)).toBe('一个很长的问题');
  expect(chats.links.follow('nothing')).toBeNull();
});

test('what was written is on the disk, however many ask for it at once', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      chats.links.keep(`text ${n}`);
      await chats.flush();
    }),
  );
  const copy = new Database(join(dir, 'chats.db'), { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM links').pluck().get()).toBe(20);
  copy.close();
  const inMemory = openChats(':memory:');
  await inMemory.flush();
  inMemory.close();
});

test('a database of a newer version is left alone', () => {
  const file = join(dir, 'newer.db');
  const db = new Database(file);
  db.pragma('user_version = 99');
  db.close();
  expect(() => openChats(file)).toThrow(/newer version/);
});
