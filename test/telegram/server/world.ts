import { ShownMessage } from './rooms.ts';
import type { Member, MemberStatus, Room, User } from './rooms.ts';
import { Pace } from './limits.ts';
import type { SendLimits } from './limits.ts';
import { badRequest, forbidden, Refusal, tooManyRequests } from './refusal.ts';
import type { Fields } from './schema.ts';
import { UpdatesQueue } from './updates-queue.ts';

export interface CallbackQuery {
  readonly id: string;
  readonly from: User;
  readonly at: number;
  /** What `answerCallbackQuery` showed; undefined until then. */
  answer: Fields | undefined;
}

export interface InlineQuery {
  readonly id: string;
  readonly from: User;
  readonly query: string;
  readonly at: number;
  /** What `answerInlineQuery` gave; undefined until then. */
  answer: Fields | undefined;
}

interface StoredFile {
  readonly id: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface WorldOptions {
  readonly botId: number;
  readonly botUsername: string;
  readonly botName: string;
  readonly privacy: boolean;
  /** How long a callback or inline query may wait for its answer, in milliseconds. */
  readonly queryLifetime: number;
  readonly firstUpdateId: number;
  /** Null for as fast as the bot likes. */
  readonly limits: SendLimits | null;
  readonly now: () => number;
}

/** Everything that Telegram knows: people, chats, messages, files, and what the bot has not yet heard of. */
export class World {
  readonly bot: User;
  readonly privacy: boolean;
  readonly people = new Map<number, User>();
  readonly rooms = new Map<number, Room>();
  readonly files = new Map<string, StoredFile>();
  readonly callbacks = new Map<string, CallbackQuery>();
  readonly inlineQueries = new Map<string, InlineQuery>();
  /** Messages sent by way of inline mode, by `inline_message_id`. */
  readonly inlineMessages = new Map<string, ShownMessage>();
  /** What was last set by each of the methods `set…`, by method, scope and language. */
  readonly settings = new Map<string, unknown>();
  readonly queue: UpdatesQueue;
  readonly #pace: Pace | null;
  readonly #now: () => number;
  readonly #queryLifetime: number;
  readonly #watchers = new Set<() => void>();
  #lastId = 1000;

  constructor(options: WorldOptions) {
    this.bot = {
      id: options.botId,
      is_bot: true,
      first_name: options.botName,
      username: options.botUsername,
    };
    this.privacy = options.privacy;
    this.#now = options.now;
    this.#pace = options.limits === null ? null : new Pace(options.limits, options.now);
    this.#queryLifetime = options.queryLifetime;
    this.queue = new UpdatesQueue(options.firstUpdateId, () => this.changed());
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now();
  }

  /** Seconds since 1970, as the Bot API writes dates. */
  get date(): number {
    return Math.floor(this.#now() / 1000);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Calls back after everything that may interest somebody who waits. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Puts a message into a chat; tells the bot when it is the bot's business. */
  post(room: Room, options: ConstructorParameters<typeof ShownMessage>[1]): ShownMessage {
    const message = new ShownMessage(room, options);
    room.messages.push(message);
    if (message.from?.id !== this.bot.id && this.reaches(message)) {
      this.queue.push(room.type === 'channel' ? 'channel_post' : 'message', message.toJson());
    }
    this.changed();
    return message;
  }

  /** True when Telegram passes the message on to the bot: the rules of privacy mode. */
  reaches(message: ShownMessage): boolean {
    const { room } = message;
    if (room.type === 'private') return !room.blocked;
    const status = room.status(this.bot.id);
    if (status === 'left' || status === 'kicked') return false;
    if (!this.privacy || status === 'administrator' || room.type === 'channel') return true;
    const isService =
      message.text === '' && Object.keys(message.content).length > 0 && !isMedia(message);
    const isReply = message.replyTo?.from?.id === this.bot.id;
    return isService || isReply || this.#addresses(message.text) || isOwnInline(message, this.bot);
  }

  #addresses(text: string): boolean {
    const name = this.bot.username ?? '';
    if (new RegExp(`@${name}(?!\\w)`, 'iu').test(text)) return true;
    const command = /^\/\w+(@\w+)?/u.exec(text);
    return command !== null && command[1] === undefined;
  }

  /**
   * The chat of a `chat_id`.
   * @throws Refusal when there is none that the bot can know
   */
  room(chatId: unknown): Room {
    const name = typeof chatId === 'string' && chatId.startsWith('@') ? chatId.slice(1) : null;
    const room =
      name === null
        ? this.rooms.get(Number(chatId))
        : [...this.rooms.values()].find(
            (known) => known.username === name && known.type !== 'private',
          );
    if (room === undefined) throw badRequest('chat not found');
    return room;
  }

  /**
   * The chat of a `chat_id`, for writing into it.
   * @throws Refusal when the bot cannot write there
   */
  writableRoom(chatId: unknown): Room {
    const room = this.room(chatId);
    if (room.migratedTo !== undefined) {
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: room.migratedTo.id,
      });
    }
    if (room.type === 'private') {
      if (room.blocked) throw forbidden('bot was blocked by the user');
      if (!room.started) throw forbidden("bot can't initiate conversation with a user");
      return room;
    }
    const status = room.status(this.bot.id);
    if (status === 'kicked') throw forbidden(`bot was kicked from the ${room.type} chat`);
    if (status === 'left') throw forbidden(`bot is not a member of the ${room.type} chat`);
    if (room.type === 'channel' && status !== 'administrator') {
      throw badRequest('need administrator rights in the channel chat');
    }
    if (status === 'restricted') {
      throw badRequest('not enough rights to send text messages to the chat');
    }
    return room;
  }

  /** Counts messages or edits that are about to happen. @throws Refusal when the bot is too fast */
  spend(room: Room, count: number): void {
    const isGroup = room.type === 'group' || room.type === 'supergroup';
    const seconds = this.#pace?.secondsToWait(room.id, isGroup, count) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }

  /** Changes somebody's standing in a chat; the bot hears of its own, and as administrator of others'. */
  setStatus(room: Room, user: User, status: MemberStatus, by: User): void {
    const before: Member = { user, status: room.status(user.id) };
    const after: Member = { user, status };
    room.members.set(user.id, after);
    const change = {
      chat: room.toJson(),
      from: by,
      date: this.date,
      old_chat_member: memberJson(before),
      new_chat_member: memberJson(after),
    };
    if (user.id === this.bot.id) this.queue.push('my_chat_member', change);
    else if (room.status(this.bot.id) === 'administrator') this.queue.push('chat_member', change);
    this.changed();
  }

  /** @throws Refusal when the query is unknown, answered or too old */
  openQuery<T extends CallbackQuery | InlineQuery>(queries: Map<string, T>, id: string): T {
    const query = queries.get(id);
    const isOpen = query?.answer === undefined;
    if (query === undefined || !isOpen || this.now - query.at > this.#queryLifetime) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    return query;
  }

  storeFile(name: string, bytes: Uint8Array): StoredFile {
    const number = this.nextId();
    const path = `documents/file_${number}${/\.\w+$/u.exec(name)?.[0] ?? ''}`;
    const file = { id: `BQACAgIAAxk${number.toString(36)}`, path, bytes };
    this.files.set(file.id, file);
    return file;
  }
}

const media = [
  'document',
  'photo',
  'sticker',
  'voice',
  'video',
  'audio',
  'animation',
  'poll',
  'dice',
];
const otherContents = ['location', 'contact', 'venue', 'video_note', 'game', 'story', 'live_photo'];

function isMedia(message: ShownMessage): boolean {
  return Object.keys(message.content).some((key) => [...media, ...otherContents].includes(key));
}

function isOwnInline(message: ShownMessage, bot: User): boolean {
  const via = message.extra['via_bot'];
  return typeof via === 'object' && via !== null && 'id' in via && via.id === bot.id;
}

const administratorRights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
};

const permissions = {
  can_send_messages: false,
  can_send_audios: false,
  can_send_documents: false,
  can_send_photos: false,
  can_send_videos: false,
  can_send_video_notes: false,
  can_send_voice_notes: false,
  can_send_polls: false,
  can_send_other_messages: false,
  can_add_web_page_previews: false,
  can_react_to_messages: false,
  can_edit_tag: false,
  can_change_info: false,
  can_invite_users: false,
  can_pin_messages: false,
  can_manage_topics: false,
};

/** A `ChatMember` as the Bot API writes it. */
export function memberJson({ user, status }: Member): Fields {
  return { status, user, ...detailsOf[status] };
}

const detailsOf: Readonly<Record<MemberStatus, Fields>> = {
  creator: { is_anonymous: false },
  administrator: administratorRights,
  member: {},
  restricted: { is_member: true, until_date: 0, ...permissions },
  left: {},
  kicked: { until_date: 0 },
};
