import { inlineContent, startPayload } from './methods-queries.ts';
import type { Group } from './places.ts';
import { Offer, Press } from './press-and-offer.ts';
import { compact, Room } from './rooms.ts';
import type { ShownMessage, User } from './rooms.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';
import { findEntities } from './text.ts';
import { transcriptOf } from './transcript.ts';
import { TIMEOUT, until } from './wait.ts';
import type { CallbackQuery, World } from './world.ts';

export interface PersonOptions {
  readonly id?: number;
  readonly first_name?: string;
  readonly username?: string;
  readonly language_code?: string;
  /** True when the person has written to the bot before. */
  readonly started?: boolean;
}

/** Where and how something is said. */
export interface Saying {
  /** A group, or a private chat with the bot when left out. */
  readonly in?: Group;
  readonly thread?: number;
  readonly replyTo?: ShownMessage;
}

/** What a message must be like: words it contains, a pattern, or a question about it. */
export type Look = string | RegExp | ((message: ShownMessage) => boolean);

const names = ['Anna', 'Bo', 'Chen', 'Dora', 'Emil', 'Fang', 'Gül', 'Hana', 'Ivo', 'Jia'];

function matches(message: ShownMessage, look: Look): boolean {
  if (typeof look === 'string') return message.text.includes(look);
  return look instanceof RegExp ? look.test(message.text) : look(message);
}

/** Waits for a message of the bot in a room. */
function seen(
  world: World,
  room: Room,
  look: Look,
  after: number,
  timeout = TIMEOUT,
): Promise<ShownMessage> {
  return until(
    world,
    () =>
      room
        .shown()
        .find((shown) => shown.from === world.bot && shown.id > after && matches(shown, look)),
    timeout,
    () => `nobody saw ${String(look)} from the bot; this is the chat:\n${transcriptOf(room)}`,
  );
}

/** Somebody who talks with the bot. */
export class Person {
  readonly user: User;
  /** The private chat with the bot. */
  readonly room: Room;
  readonly #world: World;

  constructor(world: World, options: PersonOptions) {
    this.#world = world;
    const name = names[world.people.size % names.length] ?? 'Anna';
    const { started = false, id = world.nextId(), ...described } = options;
    this.user = { id, is_bot: false, first_name: name, ...described };
    world.people.set(this.user.id, this.user);
    this.room = new Room({ id: this.user.id, type: 'private', person: this.user });
    this.room.started = started;
    world.rooms.set(this.room.id, this.room);
  }

  get id(): number {
    return this.user.id;
  }

  /** Writes a text. Commands, mentions, links and hashtags are found in it as Telegram finds them. */
  says(text: string, saying: Saying = {}): ShownMessage {
    const entities = findEntities(text);
    return this.sends(
      compact({ text, entities: entities.length > 0 ? entities : undefined }),
      saying,
    );
  }

  /** Sends a message with any content: `{ voice: {…} }`. */
  sends(content: Fields, saying: Saying = {}): ShownMessage {
    const room = saying.in?.room ?? this.room;
    room.started = true;
    const { replyTo } = saying;
    const isThread = room.type === 'supergroup' && !room.forum && replyTo !== undefined;
    const threadId =
      saying.thread ?? (isThread ? (replyTo.threadId ?? replyTo.id) : replyTo?.threadId);
    const { date } = this.#world;
    return this.#world.post(room, { from: this.user, date, content, replyTo, threadId });
  }

  /** Says something and waits for the bot's next message in that chat. */
  async asks(text: string, saying: Saying = {}): Promise<ShownMessage> {
    const question = this.says(text, saying);
    return seen(this.#world, question.room, () => true, question.id);
  }

  sendsFile(name: string, bytes: Uint8Array, caption?: string): ShownMessage {
    const { id: file_id } = this.#world.storeFile(name, bytes);
    const document = {
      file_id,
      file_unique_id: `u${file_id}`,
      file_name: name,
      file_size: bytes.length,
    };
    return this.sends(compact({ document, caption }));
  }

  /** Opens the bot by a link with `?start=`. */
  starts(payload = ''): ShownMessage {
    if (payload !== '' && !startPayload.test(payload)) {
      throw new Error(`"${payload}" cannot be the payload of a link to a bot`);
    }
    return this.says(`/start ${payload}`.trim());
  }

  /** Changes the text of a message of this person. */
  edits(message: ShownMessage, text: string): void {
    const entities = findEntities(text);
    message.content = compact({ text, entities: entities.length > 0 ? entities : undefined });
    message.editDate = this.#world.date;
    message.edits += 1;
    if (this.#world.reaches(message)) this.#world.queue.push('edited_message', message.toJson());
    this.#world.changed();
  }

  /** Removes a message for everybody. Bots are not told. */
  deletes(message: ShownMessage): void {
    message.deleted = true;
    this.#world.changed();
  }

  /**
   * Presses the first button whose words contain these.
   * A link to the bot starts it; a button of a reply keyboard says its words.
   */
  presses(message: ShownMessage, words: string | RegExp): Press {
    const button = message.button(words);
    if (button === undefined) {
      const there = message.buttons.map((text) => `[${text}]`).join(' ');
      throw new Error(`there is no button ${String(words)} among ${there || 'no buttons'}`);
    }
    const { callback_data: data, url, switch_inline_query_current_chat: query } = button;
    if (typeof data === 'string') {
      const press = this.pressesData(message, data);
      const position = message.room.messages.length;
      const shown = (): string => press.shown;
      message.room.presses.push({ by: this.user, words: button.text, position, shown });
      return press;
    }
    if (typeof url === 'string') this.opens(url);
    else if (typeof query === 'string') void this.asksInline(query);
    else this.says(button.text);
    return new Press(this.#world, null);
  }

  /** Sends a callback query as a client may, whether or not a button with this data is still there. */
  pressesData(message: ShownMessage, data: string): Press {
    const id = String(this.#world.nextId());
    const query: CallbackQuery = { id, from: this.user, at: this.#world.now, answer: undefined };
    this.#world.callbacks.set(id, query);
    const inlineId = [...this.#world.inlineMessages].find(([, shown]) => shown === message)?.[0];
    const where =
      inlineId === undefined ? { message: message.toJson() } : { inline_message_id: inlineId };
    const chat_instance = String(message.room.id);
    this.#world.queue.push('callback_query', {
      id,
      from: this.user,
      ...where,
      chat_instance,
      data,
    });
    return new Press(this.#world, query);
  }

  /** Follows a link; one to the bot with `?start=` starts it. */
  opens(url: string): void {
    const link = new URL(url);
    const start = link.searchParams.get('start');
    if (link.pathname === `/${this.#world.bot.username}` && start !== null) this.starts(start);
  }

  /** Types `@bot query` into some chat. @returns what the bot offers, once it has answered */
  async asksInline(query: string, offset = ''): Promise<Offer> {
    const id = String(this.#world.nextId());
    const { user: from } = this;
    const asked = { id, from, query, at: this.#world.now, answer: undefined };
    this.#world.inlineQueries.set(id, asked);
    this.#world.queue.push('inline_query', { id, from, query, offset, chat_type: 'sender' });
    const answer = await until(
      this.#world,
      () => this.#world.inlineQueries.get(id)?.answer,
      TIMEOUT,
      () => `the bot did not answer the inline query "${query}"`,
    );
    return new Offer(query, answer);
  }

  /** Sends one of the offered results into a chat. */
  chooses(offer: Offer, index: number, saying: Saying = {}): ShownMessage {
    const result = offer.results[index];
    if (result === undefined) throw new Error(`there is no result ${index}`);
    const room = saying.in?.room ?? this.room;
    const markup = isObject(result['reply_markup']) ? result['reply_markup'] : undefined;
    const message = this.#world.post(room, {
      from: this.user,
      date: this.#world.date,
      content: inlineContent(result),
      threadId: saying.thread,
      markup,
      extra: { via_bot: this.#world.bot },
    });
    const inlineId = markup === undefined ? undefined : `inline${this.#world.nextId()}`;
    if (inlineId !== undefined) this.#world.inlineMessages.set(inlineId, message);
    const chosen = { result_id: result['id'], from: this.user, query: offer.query };
    this.#world.queue.push(
      'chosen_inline_result',
      compact({ ...chosen, inline_message_id: inlineId }),
    );
    return message;
  }

  blocks(): void {
    this.#tellOfBlock('member', 'kicked');
    this.room.blocked = true;
  }

  unblocks(): void {
    this.room.blocked = false;
    this.#tellOfBlock('kicked', 'member');
  }

  #tellOfBlock(before: string, after: string): void {
    const { bot, date, queue } = this.#world;
    const member = (status: string): Fields =>
      status === 'kicked' ? { status, user: bot, until_date: 0 } : { status, user: bot };
    queue.push('my_chat_member', {
      chat: this.room.toJson(),
      from: this.user,
      date,
      old_chat_member: member(before),
      new_chat_member: member(after),
    });
  }

  /**
   * Waits until a message of the bot in this chat is like that, also by an edit.
   * @param options.after - only messages after this one
   */
  sees(
    look: Look,
    options: { in?: Group; after?: ShownMessage; timeout?: number } = {},
  ): Promise<ShownMessage> {
    const room = options.in?.room ?? this.room;
    return seen(this.#world, room, look, options.after?.id ?? 0, options.timeout);
  }

  /** The bot's newest message here; undefined when it has said nothing. */
  get lastAnswer(): ShownMessage | undefined {
    return this.room.shown().findLast((message) => message.from === this.#world.bot);
  }
}
