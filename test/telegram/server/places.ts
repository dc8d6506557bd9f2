import type { Person } from './person.ts';
import { compact, Room } from './rooms.ts';
import type { ShownMessage, User } from './rooms.ts';
import type { Fields } from './schema.ts';
import { findEntities } from './text.ts';
import type { World } from './world.ts';

export interface GroupOptions {
  readonly title?: string;
  readonly username?: string;
  /** A supergroup unless said otherwise. */
  readonly type?: 'group' | 'supergroup';
  /** Whether the supergroup has topics. */
  readonly forum?: boolean;
}

/** A group or supergroup. The bot is not in it until it is added. */
export class Group {
  readonly room: Room;
  readonly #world: World;

  constructor(world: World, options: GroupOptions) {
    this.#world = world;
    const { type = 'supergroup', title = 'The group', username, forum = false } = options;
    const number = world.nextId();
    const id = type === 'group' ? -number : -1_000_000_000_000 - number;
    this.room = new Room({ id, type, title, username, forum });
    world.rooms.set(id, this.room);
  }

  get id(): number {
    return this.room.id;
  }

  /** Lets people in, without a word to the bot. */
  add(...people: Person[]): this {
    for (const { user } of people) this.room.members.set(user.id, { user, status: 'member' });
    return this;
  }

  /** Somebody adds the bot: it hears of its membership, and the group's members see it come. */
  addsBot(by: Person): this {
    this.#world.setStatus(this.room, this.#world.bot, 'member', by.user);
    this.#service(by, { new_chat_members: [this.#world.bot] });
    return this;
  }

  promotesBot(by: Person): this {
    this.#world.setStatus(this.room, this.#world.bot, 'administrator', by.user);
    return this;
  }

  kicksBot(by: Person): this {
    this.#world.setStatus(this.room, this.#world.bot, 'kicked', by.user);
    return this;
  }

  restrictsBot(by: Person): this {
    this.#world.setStatus(this.room, this.#world.bot, 'restricted', by.user);
    return this;
  }

  /** Opens a topic. @returns its `message_thread_id` */
  topic(name: string): number {
    const threadId = this.room.nextMessageId();
    this.room.topics.set(threadId, { name, closed: false });
    return threadId;
  }

  closes(thread: number): void {
    const topic = this.room.topics.get(thread);
    if (topic !== undefined) topic.closed = true;
  }

  /** The group becomes a supergroup with another id, as groups do when they get topics or a name. */
  migrates(by: Person): Group {
    const { title, members } = this.room;
    const next = new Group(this.#world, { title, type: 'supergroup' });
    for (const [id, member] of members) next.room.members.set(id, member);
    this.#service(by, { migrate_to_chat_id: next.id });
    this.room.migratedTo = next.room;
    next.#service(by, { migrate_from_chat_id: this.id });
    return next;
  }

  /** An admin who stays anonymous writes in the group's name. */
  says(text: string): ShownMessage {
    return this.#world.post(this.room, {
      from: anonymousAdmin,
      date: this.#world.date,
      content: compact({ text, entities: findEntities(text) }),
      extra: { sender_chat: this.room.toJson() },
    });
  }

  #service(by: Person, content: Fields): void {
    this.#world.post(this.room, { from: by.user, date: this.#world.date, content });
  }
}

/** A channel, possibly with a discussion group. */
export class Channel {
  readonly room: Room;
  readonly #world: World;

  constructor(world: World, options: { title?: string; username?: string }) {
    this.#world = world;
    const id = -1_000_000_000_000 - world.nextId();
    const { title = 'The channel', username } = options;
    this.room = new Room({ id, type: 'channel', title, username });
    world.rooms.set(id, this.room);
  }

  addsBot(by: Person): this {
    this.#world.setStatus(this.room, this.#world.bot, 'administrator', by.user);
    return this;
  }

  /** Lets people comment on posts in this group. */
  discussesIn(group: Group): this {
    this.room.linked = group.room;
    group.room.linked = this.room;
    return this;
  }

  /** Publishes a text; it is forwarded into the discussion group. @returns the post, and the forwarded one */
  posts(text: string): { post: ShownMessage; forwarded: ShownMessage | undefined } {
    const { date } = this.#world;
    const extra = { sender_chat: this.room.toJson() };
    const content = { text };
    const post = this.#world.post(this.room, { date, content, extra });
    const group = this.room.linked;
    if (group === undefined) return { post, forwarded: undefined };
    const forwarded = this.#world.post(group, {
      from: telegramItself,
      date,
      content,
      extra: {
        ...extra,
        is_automatic_forward: true,
        forward_origin: { type: 'channel', chat: this.room.toJson(), message_id: post.id, date },
      },
    });
    return { post, forwarded };
  }
}

/** In whose name anonymous admins write, for programs that know no sender_chat. */
const anonymousAdmin: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** In whose name channel posts come into discussion groups. */
const telegramItself: User = { id: 777_000, is_bot: false, first_name: 'Telegram' };
