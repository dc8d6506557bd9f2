import { TelegramError } from 'telegraf';
import { NetworkError } from './transport.ts';

/** What a failed call to Telegram means for the caller. */
export type Failure =
  /** Too fast: wait this long (seconds). */
  | { readonly kind: 'too-fast'; readonly seconds: number }
  /** A group became a supergroup: the same call works with the new id. */
  | { readonly kind: 'moved'; readonly chatId: number }
  /** Telegram's servers or the way to them: the same call may work later. */
  | { readonly kind: 'unreachable' }
  /** Another process reads this bot's updates. */
  | { readonly kind: 'conflict' }
  /** The token is not (or no longer) valid. */
  | { readonly kind: 'unauthorized' }
  /** The person blocked the bot, or it may not write there. */
  | { readonly kind: 'forbidden' }
  /** Not of Telegram's making: a fault of ours, or the end of the process. */
  | { readonly kind: 'other' }
  /** Telegram understood and said no; the same call will never work. */
  | { readonly kind: 'refused'; readonly description: string };

/** Sorts whatever a call threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NetworkError) return { kind: 'unreachable' };
  if (!(error instanceof TelegramError)) return { kind: 'other' };
  const { code, parameters } = error;
  if (code === 429) return { kind: 'too-fast', seconds: parameters?.retry_after ?? 1 };
  if (code >= 500) return { kind: 'unreachable' };
  if (code === 409) return { kind: 'conflict' };
  // Telegram answers 404 when the token has not even the form of one.
  if (code === 401 || (code === 404 && error.description === 'Not Found')) {
    return { kind: 'unauthorized' };
  }
  if (code === 403) return { kind: 'forbidden' };
  if (parameters?.migrate_to_chat_id !== undefined) {
    return { kind: 'moved', chatId: parameters.migrate_to_chat_id };
  }
  return { kind: 'refused', description: error.description };
}

/** Refusals that mean that somebody was quicker, not that something is wrong. */
const HARMLESS = [
  'message is not modified',
  'query is too old',
  'message to edit not found',
  'message to delete not found',
  "message can't be edited",
];

/** True for refusals that need neither an answer nor a log line. */
export function isHarmless(error: unknown): boolean {
  const failure = failureOf(error);
  return (
    failure.kind === 'refused' && HARMLESS.some((words) => failure.description.includes(words))
  );
}
