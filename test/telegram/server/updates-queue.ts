import { badRequest, POLLED_TWICE, Refusal } from './refusal.ts';
import { schema } from './schema.ts';
import type { Fields } from './schema.ts';

/** An update and what became of it. */
export interface QueuedUpdate {
  readonly update: Fields & { readonly update_id: number };
  readonly kind: string;
  /** How many times it was handed to the bot. */
  deliveries: number;
  /** True once the bot has said with an offset, or a webhook with 200, that it has it. */
  confirmed: boolean;
}

/** Not delivered unless asked for by name: https://core.telegram.org/bots/api#getupdates */
const onRequest = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

const knownKinds = Object.keys(schema.types['Update'] ?? {}).map((name) => name.replace('?', ''));

interface Poll {
  readonly offset: number;
  readonly limit: number;
  answer(updates: readonly Fields[]): void;
  refuse(refusal: Refusal): void;
}

/** Keeps updates until the bot has confirmed them, and holds one long poll. */
export class UpdatesQueue {
  /** Everything that ever happened, confirmed or not. */
  readonly all: QueuedUpdate[] = [];
  /** The kinds the bot wants; null for Telegram's default. */
  allowed: readonly string[] | null = null;
  #pending: QueuedUpdate[] = [];
  #nextId: number;
  #poll: Poll | undefined;
  readonly #onChange: () => void;

  constructor(firstId: number, onChange: () => void) {
    this.#nextId = firstId;
    this.#onChange = onChange;
  }

  /** What the bot has not confirmed, oldest first. */
  get pending(): readonly QueuedUpdate[] {
    return this.#pending;
  }

  /** @returns the queued update, or null when the bot does not want this kind */
  push(kind: string, payload: unknown): QueuedUpdate | null {
    const wanted = this.allowed ?? knownKinds.filter((known) => !onRequest.has(known));
    return knownKinds.includes(kind) && !wanted.includes(kind) ? null : this.deliver(kind, payload);
  }

  /** Queues an update of any kind, as may happen for a while after the bot has changed its wishes. */
  deliver(kind: string, payload: unknown): QueuedUpdate {
    const update = { update_id: this.#nextId, [kind]: payload };
    this.#nextId += 1;
    const entry = { update, kind, deliveries: 0, confirmed: false };
    this.all.push(entry);
    this.#pending.push(entry);
    this.#serve();
    this.#onChange();
    return entry;
  }

  allow(kinds: readonly string[]): void {
    const unknown = kinds.find((kind) => !knownKinds.includes(kind));
    if (unknown !== undefined) throw badRequest(`unknown update type "${unknown}" is allowed`);
    this.allowed = kinds.length === 0 ? null : kinds;
  }

  forgetPending(): void {
    this.confirmBelow(this.#nextId);
  }

  /**
   * One `getUpdates`. An earlier one that is still held loses.
   * @param seconds - how long to hold the poll when there is nothing to tell
   * @param gone - aborts when the bot has hung up
   */
  get(
    offset: number,
    limit: number,
    seconds: number,
    gone: AbortSignal,
  ): Promise<readonly Fields[]> {
    this.endPoll(POLLED_TWICE);
    this.confirmBelow(offset < 0 ? (this.#pending.at(offset)?.update.update_id ?? 0) : offset);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        if (this.#poll === poll) this.#poll = undefined;
      };
      const timer = setTimeout(() => poll.answer([]), seconds * 1000);
      const poll: Poll = {
        offset,
        limit,
        answer: (updates) => {
          end();
          resolve(updates);
        },
        refuse: (refusal) => {
          end();
          reject(refusal);
        },
      };
      gone.addEventListener('abort', () => poll.answer([]), { once: true });
      this.#poll = poll;
      this.#serve();
    });
  }

  endPoll(conflict: string): void {
    this.#poll?.refuse(new Refusal(409, conflict));
  }

  /** Ends the held poll with an empty answer. */
  release(): void {
    this.#poll?.answer([]);
  }

  get isPolled(): boolean {
    return this.#poll !== undefined;
  }

  /** The bot has all updates before this id. */
  confirmBelow(updateId: number): void {
    for (const entry of this.#pending) entry.confirmed ||= entry.update.update_id < updateId;
    this.settle();
  }

  /** Leaves out what has been confirmed. */
  settle(): void {
    this.#pending = this.#pending.filter((entry) => !entry.confirmed);
    this.#onChange();
  }

  #serve(): void {
    const poll = this.#poll;
    if (poll === undefined) return;
    const entries = this.#pending.slice(0, poll.limit);
    if (entries.length === 0) return;
    for (const entry of entries) entry.deliveries += 1;
    poll.answer(entries.map((entry) => entry.update));
  }
}
