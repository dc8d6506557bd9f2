import { Random } from './random.ts';
import type { Group } from './server/places.ts';
import { compact, ShownMessage } from './server/rooms.ts';
import type { Room } from './server/rooms.ts';
import { fieldList, isObject, schema } from './server/schema.ts';
import type { Fields } from './server/schema.ts';
import type { BotApiServer } from './server/server.ts';
import type { QueuedUpdate } from './server/updates-queue.ts';
import { distorted, valueOf } from './values.ts';

const fieldsOf = (type: string): ReturnType<typeof fieldList> => {
  const fields = schema.types[type];
  return fieldList(typeof fields === 'object' ? fields : {});
};

/** Every kind of update that the Bot API has. */
export const updateKinds: readonly string[] = fieldsOf('Update')
  .map(({ name }) => name)
  .filter((name) => name !== 'update_id');

/** Kinds that a later Bot API may bring. */
const newKinds = ['quantum_message', 'edited_dream', 'message_smell'];

/** What any message may have beside its content. */
const aboutMessages = new Set(
  `message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count
  sender_business_bot sender_tag date guest_query_id business_connection_id chat forward_origin
  is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story
  reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user
  guest_bot_caller_chat edit_date has_protected_content is_from_offline is_paid_post media_group_id
  author_signature paid_star_count effect_id suggested_post_info reply_markup entities caption
  caption_entities show_caption_above_media has_media_spoiler link_preview_options`.split(/\s+/u),
);

/** Everything that a message can consist of: text, photo, …, new members, a paid gift. */
const contents = fieldsOf('Message').filter(({ name }) => !aboutMessages.has(name));

/** What is added to a message now and then. */
const decorations = new Set([
  'forward_origin',
  'quote',
  'via_bot',
  'external_reply',
  'media_group_id',
]);

/** Kinds of which a chat that the bot knows is told in a message. */
const aboutOwnChats = new Set(['message', 'edited_message', 'channel_post', 'edited_channel_post']);

/**
 * Gives a bot updates of every kind, made from the Bot API's types, in a world that stays consistent:
 * people and chats exist, messages can be answered and queries can be acknowledged. With the same seed
 * and world the same updates come again.
 */
export class UpdateMaker {
  readonly #server: BotApiServer;
  readonly #random: Random;
  readonly #rooms: readonly Room[];
  /** The share of updates that are distorted beyond what the types allow. */
  readonly #distortion: number;
  #made = 0;

  constructor(
    server: BotApiServer,
    options: {
      seed: number;
      distortion?: number;
      /** How many people, and half as many groups of each kind. */
      people?: number;
    },
  ) {
    this.#server = server;
    this.#random = new Random(options.seed);
    this.#distortion = options.distortion ?? 0.25;
    const count = options.people ?? 6;
    const people = Array.from({ length: count }, (_, index) =>
      server.user({ username: `fuzzy_${index}`, started: true, ...this.#language(index) }),
    );
    const [by = server.user()] = people;
    const groups = Array.from({ length: Math.ceil(count / 2) }, () => this.#groups()).flat();
    for (const group of groups) group.add(...people).addsBot(by);
    const channel = server.channel({ title: 'News' }).addsBot(by);
    this.#rooms = [...people, ...groups, channel].map(({ room }) => room);
  }

  /** Not every client says its language. */
  #language(index: number): { language_code?: string } {
    if (index === 0) return {};
    return { language_code: this.#random.pick(['zh-hans', 'zh-TW', 'en', 'ru']) };
  }

  #groups(): Group[] {
    const forum = this.#server.group({ title: 'Forum', forum: true });
    forum.topic('Science');
    return [this.#server.group({ title: 'Super' }), this.#server.group({ type: 'group' }), forum];
  }

  /** Makes the next update and gives it to the bot, whether the bot asked for its kind or not. */
  next(): QueuedUpdate {
    this.#made += 1;
    const isNew = this.#random.chance(0.01);
    const kind = isNew ? this.#random.pick(newKinds) : this.#kind();
    const payload = isNew ? { anything: valueOf('Message', this.#random) } : this.#payload(kind);
    const isDistorted = this.#random.chance(this.#distortion);
    const given = isDistorted ? distorted(payload, this.#random) : payload;
    this.#register(kind, given);
    return this.#server.world.queue.deliver(kind, given);
  }

  /** Every kind comes in turn; messages and presses come more often, as they do. */
  #kind(): string {
    if (this.#made % 2 === 0) return this.#random.pick(['message', 'message', 'callback_query']);
    return updateKinds[Math.floor(this.#made / 2) % updateKinds.length] ?? 'message';
  }

  #payload(kind: string): Fields {
    if (aboutOwnChats.has(kind)) return this.#message(this.#roomFor(kind), kind);
    if (kind === 'callback_query') return this.#press();
    const type = fieldsOf('Update').find(({ name }) => name === kind)?.type ?? 'Message';
    const value = valueOf(type, this.#random);
    if (!isObject(value)) return {};
    const isAboutRoom = value['chat'] !== undefined && type !== 'Message';
    return isAboutRoom ? { ...value, chat: this.#random.pick(this.#rooms).toJson() } : value;
  }

  #roomFor(kind: string): Room {
    const isChannel = kind.includes('channel');
    return this.#random.pick(this.#rooms.filter(({ type }) => (type === 'channel') === isChannel));
  }

  #message(room: Room, kind: string): Fields {
    const content = this.#random.pick(contents);
    const extras = fieldsOf('Message').filter(
      ({ name }) => decorations.has(name) && this.#random.chance(0.05),
    );
    const replyTo = this.#random.chance(0.2) ? room.shown().at(-1) : undefined;
    const threads = [undefined, ...room.topics.keys()];
    const thread = this.#random.pick(threads.map((id) => ({ id }))).id;
    const isText = this.#random.chance(0.5);
    return compact({
      message_id: room.nextMessageId(),
      message_thread_id: thread,
      is_topic_message: thread === undefined ? undefined : true,
      from: room.type === 'channel' ? undefined : this.#person(room),
      sender_chat: room.type === 'channel' ? room.toJson() : undefined,
      chat: room.toJson(),
      date: this.#server.world.date,
      edit_date: kind.startsWith('edited') ? this.#server.world.date : undefined,
      reply_to_message: replyTo?.toJson({ withReply: false }),
      ...Object.fromEntries(
        extras.map(({ name, type }) => [name, valueOf(type, this.#random, name)]),
      ),
      ...(isText
        ? this.#text()
        : { [content.name]: valueOf(content.type, this.#random, content.name) }),
    });
  }

  #person(room: Room): Fields {
    const people = [...this.#server.world.people.values()];
    return { ...(room.person ?? this.#random.pick(people)) };
  }

  /** A text whose entities may or may not fit it. */
  #text(): Fields {
    const text = valueOf('String', this.#random, 'text');
    const types = ['bot_command', 'mention', 'url', 'bold', 'text_link', 'expandable_blockquote'];
    const entity = {
      type: this.#random.pick(types),
      offset: this.#random.below(6),
      length: 1 + this.#random.below(20),
      url: 'https://example.org',
    };
    return this.#random.chance(0.5) ? { text } : { text, entities: [entity] };
  }

  /** A press of a button that is there, or in a message that is gone, or that never was. */
  #press(): Fields {
    const room = this.#random.pick(this.#rooms);
    const own = room.shown().filter(({ from }) => from === this.#server.world.bot);
    const message = own.length > 0 && this.#random.chance(0.9) ? this.#random.pick(own) : null;
    const gone = { chat: room.toJson(), message_id: room.nextMessageId(), date: 0 };
    const data = message === null ? undefined : this.#dataOf(message);
    const made = valueOf('CallbackQuery', this.#random);
    return compact({
      ...(isObject(made) ? made : {}),
      from: this.#person(room),
      message: message?.toJson() ?? gone,
      ...(data === undefined ? {} : { data }),
      inline_message_id: undefined,
    });
  }

  /** What a button of the message sends, sometimes with an error in it; undefined for something made up. */
  #dataOf(message: ShownMessage): string | undefined {
    const real = message.rows
      .flat()
      .map((button) => button['callback_data'])
      .filter((data) => typeof data === 'string');
    if (real.length === 0 || this.#random.chance(0.3)) return undefined;
    const data = this.#random.pick(real);
    return this.#random.chance(0.2) ? `${data}x`.slice(1) : data;
  }

  /** Lets the world know what the bot will hear of, so that the bot can react to it. */
  #register(kind: string, payload: unknown): void {
    const { world } = this.#server;
    if (!isObject(payload)) return;
    const { id, from, chat, message_id: messageId } = payload;
    const user = this.#userOf(from);
    if (kind === 'callback_query') {
      world.callbacks.set(String(id), {
        id: String(id),
        from: user,
        at: world.now,
        answer: undefined,
      });
    } else if (kind === 'inline_query') {
      const query = String(payload['query']);
      world.inlineQueries.set(String(id), {
        id: String(id),
        from: user,
        query,
        at: world.now,
        answer: undefined,
      });
    } else if (aboutOwnChats.has(kind) && isObject(chat)) {
      const room = world.rooms.get(Number(chat['id']));
      const { text, caption } = payload;
      const content = compact({ text, caption });
      const date = world.date;
      const replied = typeof messageId === 'number' ? { id: messageId } : {};
      room?.messages.push(new ShownMessage(room, { ...replied, from: user, date, content }));
    }
  }

  #userOf(from: unknown): { id: number; is_bot: boolean; first_name: string } {
    const id = isObject(from) ? Number(from['id']) : 0;
    return this.#server.world.people.get(id) ?? { id, is_bot: false, first_name: 'Somebody' };
  }
}
