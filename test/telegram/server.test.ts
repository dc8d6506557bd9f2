import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBench } from './server/bench.ts';
import type { Bench } from './server/bench.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});

afterEach(() => bench.close());

describe('a conversation', () => {
  test('goes both ways and reads like one', async () => {
    const { server, call } = bench;
    const anna = server.user({ language_code: 'zh-hans' });
    anna.says('/start@yuanwen_bot');
    const updates = await call('getUpdates', { timeout: 0 });
    expect(updates.result).toMatchObject([
      {
        message: {
          text: '/start@yuanwen_bot',
          entities: [{ type: 'bot_command', offset: 0, length: 18 }],
          from: { language_code: 'zh-hans' },
        },
      },
    ]);
    await call('sendMessage', {
      chat_id: anna.id,
      text: '<b>Welcome</b>, ask me.',
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'An example', callback_data: 'x' }]] },
    });
    const answer = await anna.sees('Welcome');
    const press = anna.presses(answer, 'example');
    await call('answerCallbackQuery', {
      callback_query_id: [...server.world.callbacks.keys()][0],
      text: 'Here you are',
    });
    expect(await press.answered()).toEqual({ text: 'Here you are', alert: false });
    await call('editMessageText', { chat_id: anna.id, message_id: answer.id, text: 'Goodbye.' });
    expect(server.transcript(anna)).toBe(
      ['Anna:', '  /start@yuanwen_bot', 'Yuanwen (edited):', '  Goodbye.'].join('\n'),
    );
    expect(server.refusals).toEqual([]);
  });
});
