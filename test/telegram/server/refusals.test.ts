import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

let bench: Workbench;

beforeEach(async () => {
  bench = await openWorkbench();
});

afterEach(() => bench.close());

describe("refusals in Telegram's words", () => {
  const long = 'x'.repeat(4097);
  const button = (fields: object): object => ({
    reply_markup: { inline_keyboard: [[{ text: 'Button', ...fields }]] },
  });
  const bad = (reason: string): string => `400 Bad Request: ${reason}`;

  test.each<[string, object, string]>([
    ['sendMessage', { text: 'x' }, bad('chat_id is empty')],
    ['sendMessage', { chat_id: 1, text: 'x' }, bad('chat not found')],
    ['sendMessage', { chat_id: '@nobody', text: 'x' }, bad('chat not found')],
    ['sendMessage', { chat_id: 5 }, bad('message text is empty')],
    ['sendMessage', { chat_id: 5, text: ' \n' }, bad('message text is empty')],
    ['sendMessage', { chat_id: 5, text: long }, bad('message is too long')],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', colour: 1 },
      bad('method sendMessage has no parameter "colour"'),
    ],
    ['sendMessage', { chat_id: 5, text: 5 }, bad('text must be of type String')],
    ['sendMessage', { chat_id: 5, text: 'x', parse_mode: 'XML' }, bad('unsupported parse_mode')],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', message_thread_id: 7 },
      bad('message thread not found'),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', reply_parameters: { message_id: 99 } },
      bad('message to be replied not found'),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', reply_parameters: { id: 1 } },
      bad('reply_parameters: ReplyParameters has no field "id"'),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', ...button({}) },
      bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', ...button({ callback_data: '文'.repeat(22) }) },
      bad('BUTTON_DATA_INVALID'),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', ...button({ url: 'nowhere' }) },
      bad("inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: 'x', entities: [{ type: 'bold', offset: 0, length: 2 }] },
      bad('entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 1'),
    ],
    [
      'sendMessage',
      { chat_id: 5, text: '😀', entities: [{ type: 'bold', offset: 1, length: 1 }] },
      bad('entity begins in a middle of a UTF-16 symbol at byte offset 0'),
    ],
    ['sendMessage', { chat_id: 5, text: 'x\ud83d' }, bad('strings must be encoded in UTF-8')],
    ['sendMessage', { chat_id: 6, text: 'x' }, '403 Forbidden: bot was blocked by the user'],
    [
      'sendMessage',
      { chat_id: 7, text: 'x' },
      "403 Forbidden: bot can't initiate conversation with a user",
    ],
    ['sendDocument', { chat_id: 5 }, bad('there is no document in the request')],
    [
      'sendDocument',
      { chat_id: 5, document: 'made-up' },
      bad('wrong file identifier/HTTP URL specified'),
    ],
    ['sendChatAction', { chat_id: 5, action: 'dancing' }, bad('wrong parameter action in request')],
    ['sendMessageDraft', { chat_id: 5, draft_id: 0, text: 'x' }, bad('RANDOM_ID_EMPTY')],
    [
      'editMessageText',
      { chat_id: 5, message_id: 77, text: 'x' },
      bad('message to edit not found'),
    ],
    ['editMessageText', { chat_id: 5, message_id: 1, text: 'x' }, bad("message can't be edited")],
    [
      'editMessageText',
      { chat_id: 5, message_id: 2, text: 'Hello' },
      bad(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      ),
    ],
    ['editMessageText', { chat_id: 5, message_id: 2, text: long }, bad('MESSAGE_TOO_LONG')],
    [
      'editMessageCaption',
      { chat_id: 5, message_id: 2, caption: 'x' },
      bad('there is no caption in the message to edit'),
    ],
    ['editMessageText', { inline_message_id: 'x', text: 'x' }, bad('MESSAGE_ID_INVALID')],
    ['deleteMessage', { chat_id: 5, message_id: 77 }, bad('message to delete not found')],
    [
      'answerCallbackQuery',
      { callback_query_id: '1' },
      bad('query is too old and response timeout expired or query ID is invalid'),
    ],
    [
      'answerInlineQuery',
      { inline_query_id: '1', results: [] },
      bad('query is too old and response timeout expired or query ID is invalid'),
    ],
    [
      'setMyCommands',
      { commands: [{ command: 'Start', description: 'x' }] },
      bad('BOT_COMMAND_INVALID'),
    ],
    [
      'setMyCommands',
      { commands: [{ command: 'start', description: '' }] },
      bad('command description must be non-empty'),
    ],
    [
      'setMyCommands',
      { commands: [{ command: 'x'.repeat(33), description: 'x' }] },
      bad('command length must not exceed 32'),
    ],
    [
      'setMyCommands',
      { commands: [], language_code: 'zh-hans' },
      bad('invalid language code specified'),
    ],
    [
      'setMyCommands',
      { commands: [], scope: { type: 'everybody' } },
      bad('scope.type must be of type "default"'),
    ],
    ['getFile', { file_id: 'x' }, bad('wrong file_id or the file is temporarily unavailable')],
    [
      'getChatAdministrators',
      { chat_id: 5 },
      bad('there are no administrators in the private chat'),
    ],
    ['getUpdates', { allowed_updates: ['mesage'] }, bad('unknown update type "mesage" is allowed')],
    ['getUpdates', { limit: 101 }, bad('limit must be between 1 and 100')],
    [
      'setWebhook',
      { url: 'http://example.org' },
      bad('bad webhook: An HTTPS URL must be provided for webhook'),
    ],
    [
      'setWebhook',
      { url: 'https://example.org', secret_token: 'a b' },
      bad('secret token contains unallowed characters'),
    ],
    ['sendMesage', {}, '404 Not Found'],
  ])('of %s %#', async (method, parameters, description) => {
    const { server } = bench;
    const anna = server.user({ id: 5 });
    anna.says('Hi');
    await bench.call('sendMessage', { chat_id: 5, text: 'Hello' });
    const bo = server.user({ id: 6 });
    bo.says('Hi');
    bo.blocks();
    server.user({ id: 7 });
    expect(await bench.refusalOf(method, parameters)).toBe(description);
    expect(server.refusals).toMatchObject([{ method, refusal: description.slice(4) }]);
  });

  test('of a wrong token', async () => {
    const { server } = bench;
    const response = await fetch(`${server.root}/bot1:wrong/getMe`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    });
  });
});
