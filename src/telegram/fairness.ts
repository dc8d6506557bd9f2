import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { BotLimits } from './settings.ts';

/** `told` only for the first that is too much within a minute: the notice is given once. */
export type Verdict = 'go' | 'told' | 'silent';

const MINUTE = 60;
/** Presses and inline questions a person may make in a minute: they cost less than a question. */
const LIGHT_WORK = 120;

/** Keeps one person or one group from taking all of the bot's time. */
export class Fairness {
  private readonly people: RateLimiterMemory;
  private readonly groups: RateLimiterMemory;
  private readonly light = new RateLimiterMemory({ points: LIGHT_WORK, duration: MINUTE });
  private readonly notices = new RateLimiterMemory({ points: 1, duration: MINUTE });

  constructor({ questionsPerPerson, questionsPerGroup }: BotLimits) {
    this.people = new RateLimiterMemory({ points: questionsPerPerson, duration: MINUTE });
    this.groups = new RateLimiterMemory({ points: questionsPerGroup, duration: MINUTE });
  }

  /** May this person ask a question in this chat now? */
  async question(userId: number, chatId: number): Promise<Verdict> {
    const byPerson = await take(this.people, userId);
    const isGroup = chatId < 0;
    if (byPerson && (!isGroup || (await take(this.groups, chatId)))) return 'go';
    return (await this.once(`slow ${chatId}`)) ? 'told' : 'silent';
  }

  /** May this person press a button or ask inline now? */
  async lightWork(userId: number): Promise<boolean> {
    return await take(this.light, userId);
  }

  /** True the first time in a minute. */
  async once(key: string): Promise<boolean> {
    return await take(this.notices, key);
  }
}

async function take(limiter: RateLimiterMemory, key: string | number): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (error) {
    if (error instanceof RateLimiterRes) return false;
    throw error;
  }
}
