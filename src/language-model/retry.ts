import { setTimeout as sleep } from 'node:timers/promises';
import { LanguageModelFailure } from './failure.ts';

export interface RetryRules {
  /** How often in all. */
  readonly attempts: number;
  /** The first pause, in milliseconds; each next one is twice as long. Up to half is left to chance. */
  readonly pause: number;
  /** A server that asks for a longer one is not asked again. */
  readonly longestPause: number;
}

/**
 * Tries again after a failure that may pass, as long as `signal` allows, and after the pause that the
 * server asks for.
 */
export async function withRetry<T>(
  rules: RetryRules,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const mayPass = error instanceof LanguageModelFailure && error.isPassing;
      if (!mayPass || tried >= rules.attempts || signal.aborted) throw error;
      const usual = rules.pause * 2 ** (tried - 1) * (0.5 + Math.random() / 2);
      const pause = error.retryAfter ?? usual;
      if (pause > rules.longestPause) throw error;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw signal.reason;
    }
  }
}
