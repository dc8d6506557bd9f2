import { checkMarkup } from './keyboard.ts';
import type { Method } from './methods.ts';
import { captionContent, textContent } from './methods-sending.ts';
import type { Parameters } from './parameters.ts';
import { badRequest } from './refusal.ts';
import type { ShownMessage } from './rooms.ts';
import type { Fields } from './schema.ts';
import type { World } from './world.ts';

/** The message that a call wants to change. @throws Refusal when it is not there or not the bot's */
function messageToEdit(world: World, parameters: Parameters): ShownMessage {
  const inlineId = parameters.string('inline_message_id');
  if (inlineId !== undefined) {
    const message = world.inlineMessages.get(inlineId);
    if (message === undefined) throw badRequest('MESSAGE_ID_INVALID');
    return message;
  }
  if (parameters.fields['chat_id'] === undefined) throw badRequest('chat_id is empty');
  const room = world.writableRoom(parameters.fields['chat_id']);
  const id = parameters.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = room.message(id);
  if (message === undefined) throw badRequest('message to edit not found');
  if (message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  return message;
}

/** Changes a message, unless nothing would change. @throws Refusal */
function edit(world: World, parameters: Parameters, content: Fields, old: ShownMessage): unknown {
  const markup = parameters.object('reply_markup');
  if (markup !== undefined) checkMarkup(markup);
  const isSame = looksOf(content, markup) === looksOf(old.content, old.markup);
  if (isSame) {
    const reason =
      'specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
    throw badRequest(`message is not modified: ${reason}`);
  }
  world.spend(old.room, 1);
  old.content = content;
  old.markup = markup;
  old.editDate = world.date;
  old.edits += 1;
  world.changed();
  return parameters.string('inline_message_id') === undefined ? old.toJson() : true;
}

function looksOf(content: Fields, markup: Fields | undefined): string {
  const rows = markup?.['inline_keyboard'];
  const hasButtons = Array.isArray(rows) && rows.flat().length > 0;
  return JSON.stringify([content, hasButtons ? rows : null]);
}

function deleteMessage(world: World, chatId: unknown, id: number): void {
  const room = world.writableRoom(chatId);
  const message = room.message(id);
  if (message === undefined) throw badRequest('message to delete not found');
  const isAdmin = room.status(world.bot.id) === 'administrator';
  if (message.from?.id !== world.bot.id && room.type !== 'private' && !isAdmin) {
    throw badRequest("message can't be deleted");
  }
  message.deleted = true;
  world.changed();
}

export const editingMethods: Readonly<Record<string, Method>> = {
  editMessageText: (world, parameters) => {
    const message = messageToEdit(world, parameters);
    if (message.content['text'] === undefined) {
      throw badRequest('there is no text in the message to edit');
    }
    return edit(world, parameters, textContent(parameters.fields, 'MESSAGE_TOO_LONG'), message);
  },
  editMessageCaption: (world, parameters) => {
    const message = messageToEdit(world, parameters);
    const { caption: _, caption_entities: __, ...medium } = message.content;
    if (medium['text'] !== undefined) {
      throw badRequest('there is no caption in the message to edit');
    }
    return edit(world, parameters, { ...medium, ...captionContent(parameters.fields) }, message);
  },
  editMessageReplyMarkup: (world, parameters) => {
    const message = messageToEdit(world, parameters);
    return edit(world, parameters, message.content, message);
  },
  deleteMessage: (world, parameters) => {
    deleteMessage(world, parameters.fields['chat_id'], parameters.integer('message_id') ?? 0);
    return true;
  },
  deleteMessages: (world, parameters) => {
    const ids = parameters.list('message_ids');
    if (ids.length === 0) throw badRequest('message identifiers are not specified');
    if (ids.length > 100) throw badRequest('too many message identifiers specified');
    const room = world.writableRoom(parameters.fields['chat_id']);
    for (const id of ids) {
      if (room.message(Number(id)) !== undefined) deleteMessage(world, room.id, Number(id));
    }
    return true;
  },
};
