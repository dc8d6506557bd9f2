import { afterEach, describe, expect, test } from 'vitest';
import { openWorkbench } from './server/workbench.ts';
import type { Workbench } from './server/workbench.ts';
import type { ServerOptions } from './server/server.ts';

const benches: Workbench[] = [];

async function open(options: ServerOptions = {}): Promise<Workbench> {
  const bench = await openWorkbench(options);
  benches.push(bench);
  return bench;
}

afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

const buttons = (...rows: object[][]): object => ({ reply_markup: { inline_keyboard: rows } });

describe('a conversation', () => {
  test('goes both ways and reads like one', async () => {
    const { server, call, refusalOf } = await open();
    const anna = server.user({ language_code: 'zh-hans' });
    anna.says('/start@yuanwen_bot');
    const updates = await call('getUpdates', { timeout: 0 });
    const entities = [{ type: 'bot_command', offset: 0, length: 18 }];
    expect(updates.result).toMatchObject([
      { message: { text: '/start@yuanwen_bot', entities, from: { language_code: 'zh-hans' } } },
    ]);
    await call('sendMessage', {
      chat_id: anna.id,
      text: '<b>Welcome</b>, ask me.',
      parse_mode: 'HTML',
      ...buttons([{ text: 'An example', callback_data: 'x' }]),
    });
    const answer = await anna.sees('Welcome');
    expect(answer.buttons).toEqual(['An example']);
    const press = anna.presses(answer, 'example');
    const [callback_query_id] = server.world.callbacks.keys();
    await call('answerCallbackQuery', { callback_query_id, text: 'Here you are' });
    expect(await press.answered()).toEqual({ text: 'Here you are', alert: false });
    expect(await refusalOf('answerCallbackQuery', { callback_query_id })).toBe(
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
    await call('editMessageText', { chat_id: anna.id, message_id: answer.id, text: 'Goodbye.' });
    expect(server.transcript(anna)).toBe(
      [
        'Anna:',
        '  /start@yuanwen_bot',
        'Yuanwen (edited):',
        '  Goodbye.',
        'Anna → [An example] (Here you are)',
      ].join('\n'),
    );
  });

  test('that goes wrong shows the chat', async () => {
    const { server, call } = await open();
    const anna = server.user();
    anna.says('Hi');
    await call('sendMessage', { chat_id: anna.id, text: 'Go away' });
    await expect(anna.sees('Welcome', { timeout: 10 })).rejects.toThrow(
      'nobody saw Welcome from the bot; this is the chat:\nAnna:\n  Hi\nYuanwen:\n  Go away',
    );
  });

  test('may be had inline', async () => {
    const { server, call, refusalOf } = await open();
    const anna = server.user();
    const offered = anna.asksInline('天琴');
    const [inline_query_id] = server.world.inlineQueries.keys();
    const article = (id: string): object => ({
      type: 'article',
      id,
      title: '天琴计划',
      input_message_content: { message_text: '<b>天琴</b>', parse_mode: 'HTML' },
      ...buttons([{ text: 'Source', callback_data: 's' }]),
    });
    const answer = { inline_query_id, is_personal: true, cache_time: 10 };
    const refused = (results: object[]): Promise<string> =>
      refusalOf('answerInlineQuery', { ...answer, results });
    expect(await refused([article('1'), article('1')])).toBe(
      '400 Bad Request: RESULT_ID_DUPLICATE',
    );
    expect(await refused([article('x'.repeat(65))])).toBe('400 Bad Request: RESULT_ID_INVALID');
    expect(await refused(Array.from({ length: 51 }, (_, id) => article(`${id}`)))).toBe(
      '400 Bad Request: too many inline query results specified',
    );
    const broken = {
      ...article('1'),
      input_message_content: { message_text: '<x>', parse_mode: 'HTML' },
    };
    expect(await refused([broken])).toBe(
      `400 Bad Request: can't parse inline query result: can't parse entities: Unsupported start tag "x" at byte offset 0`,
    );
    await call('answerInlineQuery', { ...answer, results: [article('1')] });
    const offer = await offered;
    expect(offer).toMatchObject({ isPersonal: true, cacheTime: 10 });
    const group = server.group().add(anna);
    const sent = anna.chooses(offer, 0, { in: group });
    expect(sent).toMatchObject({ text: '天琴', extra: { via_bot: server.world.bot } });
    const [inline_message_id] = server.world.inlineMessages.keys();
    expect(server.updates.at(-1)?.update).toMatchObject({
      chosen_inline_result: { result_id: '1', query: '天琴', inline_message_id },
    });
    anna.presses(sent, 'Source');
    expect(server.updates.at(-1)?.update).toMatchObject({
      callback_query: { inline_message_id, data: 's' },
    });
    await call('editMessageText', { inline_message_id, text: 'Changed' });
    expect(server.transcript(group)).toBe(
      'Anna via @yuanwen_bot (edited):\n  Changed\nAnna → [Source]',
    );
  });
});

describe('groups', () => {
  test('in privacy mode let the bot hear only what is meant for it', async () => {
    const { server, call } = await open();
    const anna = server.user();
    const group = server.group({ title: 'Friends' }).add(anna);
    anna.says('Is somebody here?', { in: group });
    group.addsBot(anna);
    await call('sendMessage', { chat_id: group.id, text: 'Hello' });
    const hello = await anna.sees('Hello', { in: group });
    anna.says('Just among us', { in: group });
    anna.says('/ask@other_bot', { in: group });
    anna.says('@yuanwen_bot_2 hi', { in: group });
    anna.says('/ask', { in: group });
    anna.says('Well, @Yuanwen_Bot?', { in: group });
    anna.says('Why?', { in: group, replyTo: hello });
    const heard = server.updates.map(({ kind, update }) =>
      kind === 'message' ? update['message'] : kind,
    );
    expect(heard).toMatchObject([
      'my_chat_member',
      { new_chat_members: [{ id: server.world.bot.id }] },
      { text: '/ask' },
      { text: 'Well, @Yuanwen_Bot?' },
      { text: 'Why?', message_thread_id: hello.id, reply_to_message: { text: 'Hello' } },
    ]);
  });

  test('let nobody in who was thrown out', async () => {
    const { server, refusalOf } = await open();
    const anna = server.user();
    const group = server.group().add(anna);
    const say = (): Promise<string> => refusalOf('sendMessage', { chat_id: group.id, text: 'x' });
    expect(await say()).toBe('403 Forbidden: bot is not a member of the supergroup chat');
    group.addsBot(anna).restrictsBot(anna);
    expect(await say()).toBe(
      '400 Bad Request: not enough rights to send text messages to the chat',
    );
    group.kicksBot(anna);
    expect(await say()).toBe('403 Forbidden: bot was kicked from the supergroup chat');
    const small = server.group({ type: 'group' }).addsBot(anna).kicksBot(anna);
    expect(await refusalOf('sendMessage', { chat_id: small.id, text: 'x' })).toBe(
      '403 Forbidden: bot was kicked from the group chat',
    );
  });

  test('that became supergroups say where they went', async () => {
    const { server, call } = await open();
    const anna = server.user();
    const group = server.group({ type: 'group' }).add(anna).addsBot(anna);
    const next = group.migrates(anna);
    expect(await call('sendMessage', { chat_id: group.id, text: 'x' })).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: next.id },
    });
    const told = server.updates.slice(-2).map(({ update }) => update['message']);
    expect(told).toMatchObject([
      { migrate_to_chat_id: next.id },
      { migrate_from_chat_id: group.id },
    ]);
    expect((await call('sendMessage', { chat_id: next.id, text: 'x' })).ok).toBe(true);
  });

  test('with topics keep answers in their topic', async () => {
    const { server, call, refusalOf } = await open();
    const anna = server.user();
    const group = server.group({ forum: true }).add(anna).addsBot(anna);
    const thread = group.topic('Science');
    const question = anna.says('/ask', { in: group, thread });
    expect(server.updates.at(-1)?.update).toMatchObject({
      message: { message_thread_id: thread, is_topic_message: true },
    });
    const send = { chat_id: group.id, text: 'x' };
    await call('sendMessage', { ...send, message_thread_id: thread });
    await call('sendMessage', { ...send, reply_parameters: { message_id: question.id } });
    expect(group.room.shown().map(({ threadId }) => threadId)).toEqual([
      undefined,
      thread,
      thread,
      thread,
    ]);
    expect(await refusalOf('sendMessage', { ...send, message_thread_id: 99 })).toBe(
      '400 Bad Request: message thread not found',
    );
    group.closes(thread);
    expect(await refusalOf('sendMessage', { ...send, message_thread_id: thread })).toBe(
      '400 Bad Request: TOPIC_CLOSED',
    );
  });

  test('of a channel get its posts', async () => {
    const { server } = await open({ privacy: false });
    const anna = server.user();
    const group = server.group().add(anna).addsBot(anna);
    const { forwarded } = server
      .channel({ title: 'News' })
      .addsBot(anna)
      .discussesIn(group)
      .posts('Hi');
    expect(server.updates.slice(-2).map(({ update }) => update)).toMatchObject([
      { channel_post: { text: 'Hi', chat: { type: 'channel' } } },
      { message: { text: 'Hi', is_automatic_forward: true, sender_chat: { title: 'News' } } },
    ]);
    anna.says('First!', { in: group, ...(forwarded === undefined ? {} : { replyTo: forwarded }) });
    expect(server.transcript(group)).toContain('News:\n  Hi\nAnna [thread 2]:\n  ┌ Hi\n  First!');
  });
});

describe('updates', () => {
  const idsOf = (result: unknown): unknown =>
    Array.isArray(result) ? result.map((update: { update_id: number }) => update.update_id) : null;

  test('are held until something happens, and stay until their offset is passed', async () => {
    const { server, call } = await open({ firstUpdateId: 10 });
    const anna = server.user();
    const held = call('getUpdates', { timeout: 30 });
    await expect.poll(() => server.world.queue.isPolled).toBe(true);
    anna.says('one');
    expect(idsOf((await held).result)).toEqual([10]);
    anna.says('two');
    anna.says('three');
    expect(idsOf((await call('getUpdates', { limit: 2 })).result)).toEqual([10, 11]);
    expect(idsOf((await call('getUpdates', { offset: 11 })).result)).toEqual([11, 12]);
    expect(server.updates.map(({ deliveries, confirmed }) => [deliveries, confirmed])).toEqual([
      [2, true],
      [2, false],
      [1, false],
    ]);
    expect(idsOf((await call('getUpdates', { offset: -1 })).result)).toEqual([12]);
    expect(idsOf((await call('getUpdates', { offset: 13 })).result)).toEqual([]);
    await server.idle({ quiet: 10 });
  });

  test('come in the kinds that were asked for', async () => {
    const { server, call } = await open();
    await call('getUpdates', { allowed_updates: ['callback_query'] });
    const anna = server.user();
    anna.says('Hi');
    expect(server.updates).toEqual([]);
    await call('getUpdates', { allowed_updates: [] });
    anna.says('Hi');
    expect(server.pushUpdate('chat_member', {})).toBeNull();
    expect(server.updates).toMatchObject([{ kind: 'message' }]);
  });

  test('go to one poll only', async () => {
    const { server, call, refusalOf } = await open();
    const first = refusalOf('getUpdates', { timeout: 30 });
    await expect.poll(() => server.world.queue.isPolled).toBe(true);
    const second = call('getUpdates', { timeout: 30 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    server.user().says('Hi');
    expect(idsOf((await second).result)).toHaveLength(1);
  });

  test('are pushed to a webhook until it takes them', async () => {
    const received: { secret: string | undefined; body: string }[] = [];
    const http = await import('node:http');
    const bot = http.createServer((request, response) => {
      const secret = request.headers['x-telegram-bot-api-secret-token'];
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        received.push({ secret: typeof secret === 'string' ? secret : undefined, body });
        const reply = { method: 'sendMessage', chat_id: 5, text: 'By webhook' };
        response.writeHead(received.length === 1 ? 500 : 200).end(JSON.stringify(reply));
      });
    });
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    const address = bot.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { server, call, refusalOf } = await open({ webhookRetryDelay: 5 });
    await call('setWebhook', { url: `http://127.0.0.1:${port}/hook`, secret_token: 'hush' });
    const anna = server.user({ id: 5 });
    anna.says('Hi');
    await anna.sees('By webhook');
    await server.idle({ quiet: 10 });
    bot.close();
    expect(received.map(({ secret }) => secret)).toEqual(['hush', 'hush']);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(await refusalOf('getUpdates')).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    expect((await call('getWebhookInfo')).result).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
    await call('deleteWebhook');
    expect((await call('getUpdates')).ok).toBe(true);
  });
});

describe('requests', () => {
  test('may come as a query string, a form or multipart', async () => {
    const { server } = await open();
    const anna = server.user({ id: 5 });
    anna.says('Hi');
    const url = `${server.root}/bot${server.token}`;
    await fetch(`${url}/sendMessage?chat_id=5&text=query`);
    const markup = '{"inline_keyboard":[[{"text":"B","callback_data":"b"}]]}';
    const form = { chat_id: '5', text: 'form', disable_notification: 'true', reply_markup: markup };
    await fetch(`${url}/sendmessage`, { method: 'POST', body: new URLSearchParams(form) });
    const parts = new FormData();
    parts.set('chat_id', '5');
    parts.set('caption', '报告');
    parts.set('document', new Blob(['{}']), 'unanswered.jsonl');
    await fetch(`${url}/sendDocument`, { method: 'POST', body: parts });
    expect(server.transcript(anna)).toBe(
      'Anna:\n  Hi\nYuanwen:\n  query\nYuanwen:\n  form\n  [B]\nYuanwen:\n  <document unanswered.jsonl>\n  报告',
    );
    expect(server.refusals).toEqual([]);
  });

  test('can fetch the files that people send', async () => {
    const { server, call } = await open();
    const sent = server.user().sendsFile('page.txt', new TextEncoder().encode('天琴'));
    const [{ id: file_id, path } = { id: '', path: '' }] = server.world.files.values();
    expect(sent.content).toMatchObject({ document: { file_id, file_name: 'page.txt' } });
    expect((await call('getFile', { file_id })).result).toMatchObject({ file_path: path });
    const response = await fetch(`${server.root}/file/bot${server.token}/${path}`);
    expect(await response.text()).toBe('天琴');
    const missing = await fetch(`${server.root}/file/bot${server.token}/documents/x`);
    expect(missing.status).toBe(404);
  });

  test('of methods that are not simulated are checked, and answered in the right type', async () => {
    const { call, refusalOf } = await open();
    expect((await call('getMyStarBalance')).result).toEqual({ amount: 1 });
    expect(await refusalOf('getMyStarBalance', { x: 1 })).toBe(
      '400 Bad Request: method getMyStarBalance has no parameter "x"',
    );
  });
});

describe('limits', () => {
  test('are one message a second in a chat, after a burst', async () => {
    let now = 0;
    const { server, call } = await open({ limits: {}, now: () => now });
    const anna = server.user({ id: 5 });
    anna.says('Hi');
    const say = (): ReturnType<typeof call> => call('sendMessage', { chat_id: 5, text: 'x' });
    for (let sent = 0; sent < 3; sent += 1) expect((await say()).ok).toBe(true);
    expect(await say()).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    now = 1000;
    const edited = await call('editMessageText', { chat_id: 5, message_id: 2, text: 'y' });
    expect(edited.ok).toBe(true);
    expect((await say()).error_code).toBe(429);
  });

  test('are twenty a minute in a group, and thirty a second in all', async () => {
    let now = 0;
    const { server, call } = await open({ limits: {}, now: () => now });
    const group = server.group().addsBot(server.user());
    for (let sent = 0; sent < 20; sent += 1) {
      expect((await call('sendMessage', { chat_id: group.id, text: 'x' })).ok).toBe(true);
      now += 1000;
    }
    const refused = await call('sendMessage', { chat_id: group.id, text: 'x' });
    expect(refused.parameters).toEqual({ retry_after: 40 });
    const answers = Array.from({ length: 31 }, async (_, index) => {
      server.user({ id: 100 + index }).says('Hi');
      return (await call('sendMessage', { chat_id: 100 + index, text: 'x' })).error_code ?? 200;
    });
    expect((await Promise.all(answers)).filter((code) => code === 429)).toHaveLength(1);
  });
});

describe('commanded faults', () => {
  test('come as often as they were ordered and are no refusals', async () => {
    const { server, call, refusalOf } = await open();
    server.fail({ with: 429, retryAfter: 3, times: 2, method: 'getMe' });
    server.fail({ with: 500 });
    server.fail({ with: 401 });
    server.fail({ with: 409 });
    expect(await refusalOf('getWebhookInfo')).toBe('500 Internal Server Error');
    expect(await refusalOf('getMe')).toBe('429 Too Many Requests: retry after 3');
    expect((await call('getMe')).parameters).toEqual({ retry_after: 3 });
    expect(await refusalOf('getMe')).toBe('401 Unauthorized');
    expect(await refusalOf('getMe')).toMatch(
      '409 Conflict: terminated by other getUpdates request',
    );
    expect((await call('getMe')).ok).toBe(true);
    expect(server.refusals).toEqual([]);
    expect(server.faultsLeft).toBe(0);
  });

  test('can be a page of HTML, a cut connection, or slowness', async () => {
    const { server, call } = await open();
    const anna = server.user({ id: 5 });
    anna.says('Hi');
    const say = (): ReturnType<typeof call> => call('sendMessage', { chat_id: 5, text: 'x' });
    server.fail({ with: 502 });
    await expect(say()).rejects.toThrow(SyntaxError);
    server.fail({ with: 'drop' });
    await expect(say()).rejects.toThrow('fetch failed');
    expect(anna.room.shown()).toHaveLength(1);
    server.fail({ with: 'cut' });
    await expect(say()).rejects.toThrow('terminated');
    expect(anna.room.shown()).toHaveLength(2);
    server.fail({ with: 'slow', milliseconds: 5 });
    expect((await say()).ok).toBe(true);
  });

  test('an outage ends held polls and can be over', async () => {
    const { server, call } = await open();
    const held = call('getUpdates', { timeout: 30 }).catch((error: Error) => error.message);
    await expect.poll(() => server.world.queue.isPolled).toBe(true);
    await server.goesDown();
    expect(await held).toBe('fetch failed');
    await server.listen();
    expect((await call('getMe')).ok).toBe(true);
  });
});
