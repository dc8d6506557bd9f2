import type { Method } from './methods.ts';
import type { Parameters } from './parameters.ts';
import { checkMarkup } from './keyboard.ts';
import { isEntity } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { compact } from './rooms.ts';
import type { Room, ShownMessage } from './rooms.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';
import { CAPTION_LIMIT, formatText, lengthOf, TEXT_LIMIT } from './text.ts';
import type { Entity } from './text.ts';
import type { World } from './world.ts';

/** `{ text, entities }` of a call or of an input message content. @throws Refusal */
export function textContent(fields: Fields, tooLong = 'message is too long'): Fields {
  const { text, parse_mode: mode } = fields;
  const formatted = formatText(
    typeof text === 'string' ? text : '',
    typeof mode === 'string' ? mode : undefined,
    entitiesOf(fields['entities']),
  );
  if (formatted.text === '') throw badRequest('message text is empty');
  if (lengthOf(formatted.text) > TEXT_LIMIT) throw badRequest(tooLong);
  return withEntities('text', 'entities', formatted);
}

/** `{ caption, caption_entities }`, empty without a caption. @throws Refusal */
export function captionContent(fields: Fields): Fields {
  const { caption, parse_mode: mode } = fields;
  if (typeof caption !== 'string') return {};
  const formatted = formatText(
    caption,
    typeof mode === 'string' ? mode : undefined,
    entitiesOf(fields['caption_entities']),
  );
  if (lengthOf(formatted.text) > CAPTION_LIMIT) throw badRequest('message caption is too long');
  return formatted.text === '' ? {} : withEntities('caption', 'caption_entities', formatted);
}

function entitiesOf(value: unknown): Entity[] {
  return Array.isArray(value) ? value.filter(isObject).filter(isEntity) : [];
}

function withEntities(
  textName: string,
  entitiesName: string,
  { text, entities }: { text: string; entities: readonly Entity[] },
): Fields {
  return compact({ [textName]: text, [entitiesName]: entities.length > 0 ? entities : undefined });
}

/**
 * Where in the chat the message goes.
 * @throws Refusal when there is no such topic, or it is closed
 */
function threadOf(room: Room, parameters: Parameters): number | undefined {
  const threadId = parameters.integer('message_thread_id');
  if (threadId === undefined || room.type === 'group') return undefined;
  const topic = room.topics.get(threadId);
  const isThread =
    !room.forum && room.messages.some(({ id, threadId: its }) => [id, its].includes(threadId));
  if (topic === undefined && !isThread) throw badRequest('message thread not found');
  if (topic?.closed === true) throw badRequest('TOPIC_CLOSED');
  return threadId;
}

/** The message that this one answers. @throws Refusal when it is not there */
function replyOf(room: Room, parameters: Parameters): ShownMessage | undefined {
  const reply = parameters.object('reply_parameters');
  if (reply === undefined) return undefined;
  const message = room.message(Number(reply['message_id']));
  if (message === undefined && reply['allow_sending_without_reply'] !== true) {
    throw badRequest('message to be replied not found');
  }
  const { quote } = reply;
  if (message !== undefined && typeof quote === 'string' && !message.text.includes(quote)) {
    throw badRequest('QUOTE_TEXT_INVALID');
  }
  return message;
}

/** Checks all else and puts the bot's message into its chat. @throws Refusal */
function send(world: World, parameters: Parameters, contents: readonly Fields[]): ShownMessage[] {
  const room = world.writableRoom(parameters.fields['chat_id']);
  const replyTo = replyOf(room, parameters);
  const threadId = threadOf(room, parameters) ?? (room.forum ? replyTo?.threadId : undefined);
  const markup = parameters.object('reply_markup');
  if (markup !== undefined) checkMarkup(markup);
  world.spend(room, contents.length);
  return contents.map((content) =>
    world.post(room, { from: world.bot, date: world.date, content, threadId, replyTo, markup }),
  );
}

function sendOne(world: World, parameters: Parameters, content: Fields): Fields {
  const [message] = send(world, parameters, [content]);
  return message?.toJson() ?? {};
}

const media = [
  'photo',
  'audio',
  'document',
  'video',
  'animation',
  'voice',
  'video_note',
  'sticker',
];

/** A medium as it appears in a message: an upload, or what was sent before by its id. */
function mediumOf(world: World, kind: string, parameters: Parameters, reference: string): Fields {
  const upload = parameters.file(kind) ?? parameters.file(reference.replace('attach://', ''));
  if (reference.startsWith('attach://') && upload === undefined) {
    throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`);
  }
  if (upload?.bytes.length === 0) throw badRequest('file must be non-empty');
  if (upload === undefined && !/^https?:/u.test(reference) && !world.files.has(reference)) {
    throw badRequest('wrong file identifier/HTTP URL specified');
  }
  const file =
    upload === undefined ? world.files.get(reference) : world.storeFile(upload.name, upload.bytes);
  const file_id = file?.id ?? reference;
  const described = {
    file_id,
    file_unique_id: `u${file_id}`,
    file_size: file?.bytes.length ?? 0,
  };
  if (kind === 'photo') return { photo: [{ ...described, width: 90, height: 90 }] };
  const file_name = upload?.name;
  return { [kind]: compact({ ...described, file_name, ...measuresOf(kind) }) };
}

function measuresOf(kind: string): Fields {
  if (kind === 'document') return {};
  if (kind === 'audio' || kind === 'voice') return { duration: 1 };
  if (kind === 'video_note') return { length: 90, duration: 1 };
  const size = { width: 90, height: 90 };
  if (kind !== 'sticker') return { ...size, duration: 1 };
  return { ...size, type: 'regular', is_animated: false, is_video: false };
}

const mediaMethods = Object.fromEntries(
  media.map((kind): [string, Method] => {
    const name = kind.replaceAll(/(?:^|_)[a-z]/gu, (found) => found.replace('_', '').toUpperCase());
    return [
      `send${name}`,
      (world, parameters) => {
        const caption = captionContent(parameters.fields);
        world.writableRoom(parameters.fields['chat_id']);
        const medium = mediumOf(world, kind, parameters, parameters.string(kind) ?? '');
        return sendOne(world, parameters, { ...medium, ...caption });
      },
    ];
  }),
);

function sendMediaGroup(world: World, parameters: Parameters): unknown {
  const items = parameters.objects('media');
  if (items.length < 2 || items.length > 10) {
    throw badRequest('media group must include 2-10 items');
  }
  const contents = items.map((item) => {
    const kind = String(item['type']);
    return { ...mediumOf(world, kind, parameters, String(item['media'])), ...captionContent(item) };
  });
  return send(world, parameters, contents).map((message) => message.toJson());
}

function sendMessageDraft(world: World, parameters: Parameters): true {
  const room = world.writableRoom(parameters.fields['chat_id']);
  if (room.type !== 'private') throw badRequest('method is available only in private chats');
  const id = parameters.integer('draft_id') ?? 0;
  if (id === 0) throw badRequest('RANDOM_ID_EMPTY');
  threadOf(room, parameters);
  const isEmpty = (parameters.string('text') ?? '') === '';
  const text = isEmpty ? '' : String(textContent(parameters.fields)['text']);
  room.drafts.push({ id, text });
  world.changed();
  return true;
}

const actions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

function sendChatAction(world: World, parameters: Parameters): true {
  const action = parameters.string('action') ?? '';
  if (!actions.has(action)) throw badRequest('wrong parameter action in request');
  const room = world.writableRoom(parameters.fields['chat_id']);
  if (room.type === 'channel') throw badRequest("chat actions can't be sent to channel chats");
  room.actions.push({ action, threadId: threadOf(room, parameters) });
  world.changed();
  return true;
}

function sendPoll(world: World, parameters: Parameters): Fields {
  const options = parameters.objects('options');
  if (options.length < 2 || options.length > 12) throw badRequest('poll must have 2-12 options');
  const poll = {
    id: String(world.nextId()),
    question: parameters.string('question') ?? '',
    options: options.map(({ text }) => ({ text, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: parameters.fields['is_anonymous'] !== false,
    type: parameters.string('type') ?? 'regular',
    allows_multiple_answers: parameters.flag('allows_multiple_answers'),
  };
  return sendOne(world, parameters, { poll });
}

/** The message that is copied or forwarded. @throws Refusal */
function sourceOf(world: World, parameters: Parameters, what: string): ShownMessage {
  const from = world.room(parameters.fields['from_chat_id']);
  const message = from.message(parameters.integer('message_id') ?? 0);
  if (message === undefined) throw badRequest(`message to ${what} not found`);
  return message;
}

export const sendingMethods: Readonly<Record<string, Method>> = {
  ...mediaMethods,
  sendMediaGroup,
  sendMessageDraft,
  sendChatAction,
  sendPoll,
  sendMessage: (world, parameters) => sendOne(world, parameters, textContent(parameters.fields)),
  sendDice: (world, parameters) =>
    sendOne(world, parameters, { dice: { emoji: parameters.string('emoji') ?? '🎲', value: 1 } }),
  sendLocation: (world, parameters) => {
    const { latitude, longitude } = parameters.fields;
    return sendOne(world, parameters, { location: { latitude, longitude } });
  },
  sendContact: (world, parameters) => {
    const { phone_number, first_name } = parameters.fields;
    return sendOne(world, parameters, { contact: { phone_number, first_name } });
  },
  forwardMessage: (world, parameters) =>
    sendOne(world, parameters, sourceOf(world, parameters, 'forward').content),
  copyMessage: (world, parameters) => {
    const source = sourceOf(world, parameters, 'copy');
    const caption = captionContent(parameters.fields);
    const copy = sendOne(world, parameters, { ...source.content, ...caption });
    return { message_id: copy['message_id'] };
  },
};
