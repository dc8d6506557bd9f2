import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';
import { TIMEOUT, until } from './wait.ts';
import type { CallbackQuery, World } from './world.ts';

/** A pressed button. */
export class Press {
  readonly #world: World;
  readonly #query: CallbackQuery | null;

  constructor(world: World, query: CallbackQuery | null) {
    this.#world = world;
    this.#query = query;
  }

  /** Waits until the bot has acknowledged the press. @returns what it showed */
  async answered(): Promise<{ text: string; alert: boolean }> {
    const answer = await until(
      this.#world,
      () => (this.#query === null ? {} : this.#query.answer),
      TIMEOUT,
      () => 'the bot did not acknowledge the press of a button',
    );
    return { text: this.shown, alert: answer['show_alert'] === true };
  }

  /** What the bot has shown so far; empty for nothing. */
  get shown(): string {
    const text = this.#query?.answer?.['text'];
    return typeof text === 'string' ? text : '';
  }
}

/** What the bot offers inline. */
export class Offer {
  readonly query: string;
  readonly results: readonly Fields[];
  readonly button: Fields | undefined;
  readonly nextOffset: string;
  readonly isPersonal: boolean;
  readonly cacheTime: number;

  constructor(query: string, answer: Fields) {
    const { results, button, next_offset: next, is_personal: personal, cache_time: time } = answer;
    this.query = query;
    this.results = Array.isArray(results) ? results.filter(isObject) : [];
    this.button = isObject(button) ? button : undefined;
    this.nextOffset = typeof next === 'string' ? next : '';
    this.isPersonal = personal === true;
    this.cacheTime = typeof time === 'number' ? time : 300;
  }
}
