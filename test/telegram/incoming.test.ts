import type { Message, UserFromGetMe } from 'telegraf/types';
import { expect, test } from 'vitest';
import { readMessage } from '../../src/telegram/incoming.ts';

const me: UserFromGetMe = {
  id: 99,
  is_bot: true,
  first_name: 'Yuanwen',
  username: 'yuanwen_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
};
const person = { id: 7, is_bot: false, first_name: 'Anna' };
const privately = { id: 7, type: 'private', first_name: 'Anna' };
const group = { id: -100, type: 'supergroup', title: 'Readers' };

function read(fields: object) {
  const update = { message_id: 5, date: 1, from: person, chat: group, ...fields };
  // As it comes over the wire.
  const message: Message = JSON.parse(JSON.stringify(update));
  return readMessage(message, me);
}

function mention(text: string) {
  return [{ type: 'mention', offset: text.indexOf('@'), length: '@yuanwen_bot'.length }];
}

test('in private everything is for the bot', () => {
  expect(read({ chat: privately, text: '望屿岛有多大？' })).toMatchObject({
    chatId: 7,
    isPrivate: true,
    isAddressed: true,
    text: '望屿岛有多大？',
    command: null,
  });
});

test('in a group only what names the bot, answers it or commands it', () => {
  expect(read({ text: '望屿岛有多大？' })?.isAddressed).toBe(false);
  const text = '请问 @yuanwen_bot 望屿岛有多大？';
  expect(read({ text, entities: mention(text) })).toMatchObject({
    isAddressed: true,
    text: '请问 望屿岛有多大？',
  });
  expect(
    read({ text: '那它呢？', reply_to_message: { message_id: 1, from: me, text: '…' } }),
  ).toMatchObject({ isAddressed: true, text: '那它呢？' });
  expect(read({ text: '/ask 望屿岛？' })).toMatchObject({
    isAddressed: true,
    command: { name: 'ask', argument: '望屿岛？' },
  });
});

test('a mention by name of a person without username counts', () => {
  const entities = [{ type: 'text_mention', offset: 0, length: 2, user: me }];
  expect(read({ text: '原文 是什么？', entities })).toMatchObject({
    mentions: true,
    text: '是什么？',
  });
});

test('a bare mention under somebody else’s message asks what that message says', () => {
  const text = '@yuanwen_bot';
  const reply_to_message = { message_id: 1, from: person, text: '望屿岛有多大？' };
  expect(read({ text, entities: mention(text), reply_to_message })?.text).toBe('望屿岛有多大？');
});

test.each([
  ['/ask@yuanwen_bot 什么', { name: 'ask', argument: '什么' }],
  ['/ASK@Yuanwen_Bot\n什么', { name: 'ask', argument: '什么' }],
  ['/start c_abc', { name: 'start', argument: 'c_abc' }],
  ['/help', { name: 'help', argument: '' }],
])('%s is a command', (text, command) => {
  expect(read({ text })?.command).toEqual(command);
});

test('commands for other bots, other bots themselves and the bot’s own cards are none of its business', () => {
  expect(read({ text: '/ask@other_bot 什么' })).toBeNull();
  expect(read({ from: { ...person, is_bot: true }, text: '/ask 什么' })).toBeNull();
  expect(read({ text: '卡片', via_bot: me })).toBeNull();
});

test('in a channel’s discussion group comments count, the channel’s own posts do not', () => {
  const channel = { id: -200, type: 'channel', title: 'News' };
  expect(read({ text: '/ask x', sender_chat: channel, is_automatic_forward: true })).toBeNull();
  const asChannel = { ...person, id: 136_817_688, is_bot: true };
  expect(read({ text: '/ask x', from: asChannel, sender_chat: channel })?.userId).toBe(-200);
});

test('the topic is kept where there are topics', () => {
  const thread = { message_thread_id: 3, text: 'x' };
  expect(read({ ...thread, is_topic_message: true })?.threadId).toBe(3);
  expect(read(thread)?.threadId).toBeUndefined();
});
