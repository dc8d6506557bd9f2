import { checkMarkup, hasBytes } from './keyboard.ts';
import type { Method } from './methods.ts';
import { captionContent, textContent } from './methods-sending.ts';
import type { Parameters } from './parameters.ts';
import { badRequest, Refusal } from './refusal.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';
import { lengthOf } from './text.ts';
import type { World } from './world.ts';

/** What may follow `?start=` in a link to a bot. */
export const startPayload = /^[A-Za-z0-9_-]{1,64}$/;

function answerCallbackQuery(world: World, parameters: Parameters): true {
  const query = world.openQuery(world.callbacks, parameters.string('callback_query_id') ?? '');
  if (lengthOf(parameters.string('text') ?? '') > 200) throw badRequest('MESSAGE_TOO_LONG');
  const url = parameters.string('url');
  if (url !== undefined && !isOwnLink(url, world.bot.username ?? '')) {
    throw badRequest('URL_INVALID');
  }
  query.answer = parameters.fields;
  world.changed();
  return true;
}

function isOwnLink(url: string, username: string): boolean {
  const link = URL.canParse(url) ? new URL(url) : null;
  return (
    link !== null &&
    /^(?:t\.me|telegram\.me)$/u.test(link.hostname) &&
    link.pathname === `/${username}` &&
    startPayload.test(link.searchParams.get('start') ?? '')
  );
}

function answerInlineQuery(world: World, parameters: Parameters): true {
  const query = world.openQuery(world.inlineQueries, parameters.string('inline_query_id') ?? '');
  const results = parameters.objects('results');
  if (results.length > 50) throw badRequest('too many inline query results specified');
  const ids = results.map((result) => String(result['id']));
  if (ids.some((id) => !hasBytes(id, 1, 64))) throw badRequest('RESULT_ID_INVALID');
  if (new Set(ids).size < ids.length) throw badRequest('RESULT_ID_DUPLICATE');
  if (!hasBytes(parameters.string('next_offset') ?? '', 0, 64)) {
    throw badRequest('NEXT_OFFSET_INVALID');
  }
  for (const result of results) checkResult(result);
  checkSwitch(parameters.object('button'));
  query.answer = parameters.fields;
  world.changed();
  return true;
}

function checkResult(result: Fields): void {
  const { type, title, input_message_content: content, reply_markup: markup } = result;
  if (type === 'article' && content === undefined) {
    throw badRequest("can't parse inline query result: Input message content is not specified");
  }
  if (type === 'article' && String(title).trim() === '') throw badRequest('ARTICLE_TITLE_EMPTY');
  try {
    inlineContent(result);
    if (isObject(markup)) checkMarkup(markup);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw badRequest(
      `can't parse inline query result: ${error.message.slice('Bad Request: '.length)}`,
    );
  }
}

/** What is sent when the result is chosen. @throws Refusal */
export function inlineContent(result: Fields): Fields {
  const content = result['input_message_content'];
  if (!isObject(content)) return captionContent(result);
  const text = content['message_text'];
  if (text === undefined) return content;
  const { message_text: _, ...rest } = content;
  return textContent({ ...rest, text });
}

function checkSwitch(button: Fields | undefined): void {
  if (button === undefined) return;
  const { start_parameter: start, web_app: app } = button;
  if ((start === undefined) === (app === undefined)) {
    const reason = 'InlineQueryResultsButton must have exactly one optional field';
    throw badRequest(`can't parse inline query results button: ${reason}`);
  }
  if (typeof start === 'string' && !startPayload.test(start)) {
    throw badRequest('START_PARAM_INVALID');
  }
}

export const queryMethods: Readonly<Record<string, Method>> = {
  answerCallbackQuery,
  answerInlineQuery,
};
