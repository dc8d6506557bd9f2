import { Context } from 'telegraf';
import type { Update, UserFromGetMe } from 'telegraf/types';
import type { Language } from '../types.ts';
import type { PoliteTelegram } from './client/polite-telegram.ts';
import type { Delivery } from './deliver.ts';
import type { ExampleQuestions } from './example-questions.ts';
import type { Fairness } from './fairness.ts';
import type { IndexingJobs } from './indexing-jobs.ts';
import { readMessage } from './incoming.ts';
import type { Incoming } from './incoming.ts';
import type { Speech } from './messages/source.ts';
import type { BotDependencies } from './ports.ts';
import type { BotLimits, BotSettings } from './settings.ts';
import type { Telemetry } from './telemetry.ts';
import { languageOfTag } from './words.ts';
import type { Vocabulary, Words } from './words.ts';
import type { Writings } from './writings.ts';

/** What every feature may use: one for the whole process. */
export interface Desk extends BotDependencies {
  readonly settings: BotSettings;
  readonly limits: BotLimits;
  readonly telegram: PoliteTelegram;
  readonly vocabulary: Vocabulary;
  readonly fairness: Fairness;
  readonly examples: ExampleQuestions;
  readonly jobs: IndexingJobs;
  readonly telemetry: Telemetry;
  readonly writings: Writings;
  /** Aborted when the process stops. */
  readonly ending: AbortSignal;
}

/** One update on its way through the features. */
export class BotContext extends Context {
  readonly desk: Desk;
  /** Chosen with /language for the chat or by the person, else the client's. */
  language: Language;
  /** The message, new or edited, that the update brings; null when it is none of the bot's business. */
  readonly incoming: Incoming | null;
  /** Set with the first message that is sent for this update. */
  delivery: Delivery | undefined;

  constructor(update: Update, desk: Desk, me: UserFromGetMe) {
    // telegraf makes a new client for each update; the shared one keeps the pace.
    super(update, desk.telegram, me);
    this.desk = desk;
    this.language =
      chosenLanguage(desk, [this.chat?.id, this.from?.id]) ??
      languageOfTag(this.from?.language_code);
    const message = this.message ?? this.editedMessage;
    this.incoming = message === undefined ? null : readMessage(message, me);
  }

  get words(): Words {
    return this.desk.vocabulary[this.language];
  }

  get speech(): Speech {
    return { words: this.words, language: this.language };
  }

  /** Whether this person or chat may use the bot. */
  get isAllowed(): boolean {
    const { allowedIds } = this.desk.settings;
    const ids = [this.from?.id, this.chat?.id].filter((id) => id !== undefined);
    return allowedIds.length === 0 || this.isAdmin || ids.some((id) => allowedIds.includes(id));
  }

  get isAdmin(): boolean {
    return this.from !== undefined && this.desk.settings.adminIds.includes(this.from.id);
  }
}

function chosenLanguage(desk: Desk, ids: readonly (number | undefined)[]): Language | undefined {
  for (const id of ids) {
    const language = id === undefined ? null : desk.chats.people.language(id);
    if (language !== null) return language;
  }
  return undefined;
}

/** The class telegraf makes its contexts from. */
export function contextTypeFor(desk: Desk) {
  return class extends BotContext {
    constructor(update: Update, _client: unknown, me: UserFromGetMe) {
      super(update, desk, me);
    }
  };
}
