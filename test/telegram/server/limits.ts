/** How fast a bot may send. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
export interface SendLimits {
  /** Messages a second in one chat, in the long run. */
  readonly perChatPerSecond: number;
  /** How many may come at once in one chat after a pause. */
  readonly burst: number;
  readonly perGroupPerMinute: number;
  /** In all chats together. */
  readonly overallPerSecond: number;
}

export const telegramLimits: SendLimits = {
  perChatPerSecond: 1,
  burst: 3,
  perGroupPerMinute: 20,
  overallPerSecond: 30,
};

/** A bucket that fills at a steady rate and holds so much; sending takes from it. */
class Bucket {
  readonly #perSecond: number;
  readonly #size: number;
  #level: number;
  #at: number;

  constructor(perSecond: number, size: number, now: number) {
    this.#perSecond = perSecond;
    this.#size = size;
    this.#level = size;
    this.#at = now;
  }

  /** Milliseconds until so many can be taken. */
  wait(count: number, now: number): number {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    return Math.max(0, ((Math.min(count, this.#size) - this.#level) / this.#perSecond) * 1000);
  }

  take(count: number): void {
    this.#level -= count;
  }
}

/** At most so many in any stretch of a minute. */
class Minute {
  readonly #most: number;
  #taken: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  wait(count: number, now: number): number {
    this.#taken = this.#taken.filter((at) => at > now - 60_000);
    const over = this.#taken.length + Math.min(count, this.#most) - this.#most;
    return over <= 0 ? 0 : (this.#taken[over - 1] ?? now) + 60_000 - now;
  }

  take(count: number, now: number): void {
    for (let taken = 0; taken < count; taken += 1) this.#taken.push(now);
  }
}

/** Says how long a bot that is too fast must wait. */
export class Pace {
  readonly #limits: SendLimits;
  readonly #now: () => number;
  readonly #chats = new Map<number, (Bucket | Minute)[]>();
  readonly #overall: Bucket;

  constructor(limits: SendLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#overall = new Bucket(limits.overallPerSecond, limits.overallPerSecond, now());
  }

  /**
   * Counts messages that are about to be sent; refused ones do not count.
   * @returns 0, or whole seconds to wait
   */
  secondsToWait(chatId: number, isGroup: boolean, count: number): number {
    const now = this.#now();
    const buckets = [this.#overall, ...this.#bucketsOf(chatId, isGroup, now)];
    const wait = Math.max(...buckets.map((bucket) => bucket.wait(count, now)));
    if (wait > 0) return Math.ceil(wait / 1000);
    for (const bucket of buckets) bucket.take(count, now);
    return 0;
  }

  #bucketsOf(chatId: number, isGroup: boolean, now: number): (Bucket | Minute)[] {
    const known = this.#chats.get(chatId);
    if (known !== undefined) return known;
    const { perChatPerSecond, burst, perGroupPerMinute } = this.#limits;
    const buckets: (Bucket | Minute)[] = [new Bucket(perChatPerSecond, burst, now)];
    if (isGroup) buckets.push(new Minute(perGroupPerMinute));
    this.#chats.set(chatId, buckets);
    return buckets;
  }
}
