import { rowsOf } from './keyboard.ts';
import type { Button, Rows } from './keyboard.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';

export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

export type RoomType = 'private' | 'group' | 'supergroup' | 'channel';
export type MemberStatus =
  | 'creator'
  | 'administrator'
  | 'member'
  | 'restricted'
  | 'left'
  | 'kicked';

export interface Member {
  readonly user: User;
  readonly status: MemberStatus;
}

export interface Topic {
  name: string;
  closed: boolean;
}

/** That somebody pressed a button, for whoever reads the chat later. */
interface PressedButton {
  readonly by: User;
  readonly words: string;
  /** How many messages the chat had then. */
  readonly position: number;
  /** What the bot showed for a moment; empty for nothing. */
  readonly shown: () => string;
}

/** A chat as Telegram keeps it. */
export class Room {
  readonly id: number;
  readonly type: RoomType;
  readonly title: string;
  readonly username: string | undefined;
  readonly forum: boolean;
  /** Who the bot talks with in a private chat. */
  readonly person: User | undefined;
  readonly members = new Map<number, Member>();
  readonly topics = new Map<number, Topic>();
  readonly messages: ShownMessage[] = [];
  readonly pinned: number[] = [];
  /** Pressed buttons, oldest first. */
  readonly presses: PressedButton[] = [];
  /** What `sendChatAction` showed, oldest first. */
  readonly actions: { readonly action: string; readonly threadId: number | undefined }[] = [];
  /** What `sendMessageDraft` showed, oldest first. */
  readonly drafts: { readonly id: number; readonly text: string }[] = [];
  /** The supergroup that this group became. */
  migratedTo: Room | undefined;
  /** A channel's discussion group, or the channel of a discussion group. */
  linked: Room | undefined;
  /** True once the person has blocked the bot. */
  blocked = false;
  /** False while the person of a private chat has never written to the bot. */
  started = true;
  #lastMessageId = 0;

  constructor(options: {
    id: number;
    type: RoomType;
    title?: string;
    username?: string | undefined;
    forum?: boolean;
    person?: User;
  }) {
    this.id = options.id;
    this.type = options.type;
    this.title = options.title ?? '';
    this.username = options.username;
    this.forum = options.forum ?? false;
    this.person = options.person;
  }

  nextMessageId(): number {
    this.#lastMessageId += 1;
    return this.#lastMessageId;
  }

  message(id: number): ShownMessage | undefined {
    return this.messages.find((message) => message.id === id && !message.deleted);
  }

  /** What a person scrolling through the chat sees. */
  shown(): ShownMessage[] {
    return this.messages.filter((message) => !message.deleted);
  }

  status(userId: number): MemberStatus {
    return this.members.get(userId)?.status ?? 'left';
  }

  toJson(): Fields {
    if (this.person !== undefined) {
      const { id, first_name, last_name, username } = this.person;
      return compact({ id, type: 'private', first_name, last_name, username });
    }
    const forum = this.forum ? true : undefined;
    const { id, type, title, username } = this;
    return compact({ id, type, title, username, is_forum: forum });
  }
}

/** A message as it stands in a chat now, after edits. */
export class ShownMessage {
  readonly id: number;
  readonly room: Room;
  readonly from: User | undefined;
  readonly date: number;
  readonly threadId: number | undefined;
  readonly replyTo: ShownMessage | undefined;
  /** What never changes: `via_bot`, `sender_chat`, `forward_origin`, service fields. */
  readonly extra: Fields;
  /** `{ text, entities }`, or a medium with its caption. */
  content: Fields;
  markup: Fields | undefined;
  editDate: number | undefined;
  edits = 0;
  deleted = false;

  constructor(
    room: Room,
    options: {
      /** The chat's next one unless said otherwise. */
      id?: number;
      from?: User | undefined;
      date: number;
      content: Fields;
      threadId?: number | undefined;
      replyTo?: ShownMessage | undefined;
      markup?: Fields | undefined;
      extra?: Fields | undefined;
    },
  ) {
    this.id = options.id ?? room.nextMessageId();
    this.room = room;
    this.from = options.from;
    this.date = options.date;
    this.threadId = options.threadId;
    this.replyTo = options.replyTo;
    this.content = options.content;
    this.markup = options.markup;
    this.extra = options.extra ?? {};
  }

  /** The text, or the caption of a medium. */
  get text(): string {
    const text = this.content['text'] ?? this.content['caption'];
    return typeof text === 'string' ? text : '';
  }

  /** The entities of `text`. */
  get entities(): Fields[] {
    const entities = this.content['entities'] ?? this.content['caption_entities'];
    return Array.isArray(entities) ? entities.filter(isObject) : [];
  }

  get rows(): Rows {
    return [...rowsOf(this.markup, 'inline_keyboard'), ...rowsOf(this.markup, 'keyboard')];
  }

  /** The words of all buttons below the message. */
  get buttons(): string[] {
    return this.rows.flat().map((button) => button.text);
  }

  /** The first button whose words contain these. */
  button(words: string | RegExp): Button | undefined {
    return this.rows
      .flat()
      .find(({ text }) => (typeof words === 'string' ? text.includes(words) : words.test(text)));
  }

  toJson(options: { withReply?: boolean } = {}): Fields {
    const inline = this.markup?.['inline_keyboard'] === undefined ? undefined : this.markup;
    const reply = options.withReply === false ? undefined : this.replyTo;
    return compact({
      message_id: this.id,
      message_thread_id: this.threadId,
      is_topic_message: this.room.forum && this.threadId !== undefined ? true : undefined,
      from: this.from,
      chat: this.room.toJson(),
      date: this.date,
      edit_date: this.editDate,
      reply_to_message: reply?.toJson({ withReply: false }),
      ...this.extra,
      ...this.content,
      reply_markup: inline,
    });
  }
}

/** The object without its undefined fields, as JSON would have it. */
export function compact(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
