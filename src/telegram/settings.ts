import type { Paces } from './client/pacing.ts';

/** What the bot needs to know from the operator. */
export interface BotSettings {
  readonly token: string;
  /** Bot API server; Telegram's when left out. */
  readonly apiRoot?: string | undefined;
  /** People who may change the library. */
  readonly adminIds: readonly number[];
  /** People and chats that may use the bot; empty: everybody. Admins always may. */
  readonly allowedIds: readonly number[];
  /** Left out: the bot asks Telegram for updates itself. */
  readonly webhook?: WebhookSettings | undefined;
  /** Serves /healthz, /readyz and /metrics; left out: not at all. */
  readonly httpPort?: number | undefined;
  /** How long a follow-up may look back. */
  readonly conversationHours: number;
  /** Name of the embedding model, for /status. */
  readonly model?: string | undefined;
  /** The server of a language model that gets people's questions, for /privacy; left out: there is none. */
  readonly writerHost?: string | undefined;
  readonly limits?: Partial<BotLimits>;
}

export interface WebhookSettings {
  /** Public address that Telegram calls; its path is the path listened on. */
  readonly url: string;
  readonly port: number;
  /** Left out: derived from the token. */
  readonly secret?: string | undefined;
}

export interface BotLimits {
  /** Questions a person may ask in a minute, over all chats. */
  readonly questionsPerPerson: number;
  /** Questions a group may ask in a minute; Telegram lets a bot send 20 messages there. */
  readonly questionsPerGroup: number;
  /** Longest question, in UTF-16 code units. */
  readonly questionLength: number;
  /** Updates handled at once. */
  readonly cap: number;
  /** How long a stop waits for answers under way, in milliseconds. */
  readonly drainMs: number;
  /** Questions are kept this long for `/unanswered`. */
  readonly questionDays: number;
  readonly paces?: Paces;
}

export const DEFAULT_LIMITS: BotLimits = {
  questionsPerPerson: 60,
  questionsPerGroup: 20,
  questionLength: 500,
  cap: 64,
  drainMs: 20_000,
  questionDays: 180,
};
