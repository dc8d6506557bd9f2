import { setTimeout as sleep } from 'node:timers/promises';

export interface Paces {
  /** Milliseconds a message in one chat, and how many may go at once after a pause. */
  readonly chat: { readonly intervalMs: number; readonly burst: number };
  /** At most `count` messages in one group within any `ms` milliseconds. */
  readonly group: { readonly count: number; readonly ms: number };
  readonly all: { readonly intervalMs: number; readonly burst: number };
}

/**
 * Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
 * one message a second in a chat with short bursts, 20 a minute in a group, 30 a second in all.
 * Kept with a little room, because what leaves evenly may arrive closer together.
 */
export const TELEGRAM_PACES: Paces = {
  chat: { intervalMs: 1_050, burst: 3 },
  group: { count: 20, ms: 61_000 },
  // Hardly a burst: with one, the first second would see twice as many as Telegram allows.
  all: { intervalMs: 35, burst: 3 },
};

/** A limit on how fast calls go out. */
interface Limit {
  /** Milliseconds to wait at time `now`; 0 when a call may go out. */
  wait(now: number): number;
  record(now: number): void;
}

/** One call an interval in the long run, a few at once after a pause. */
class Steady implements Limit {
  private readonly intervalMs: number;
  private readonly allowance: number;
  /** When all calls so far would have gone out at the steady pace. */
  private caughtUpAt = 0;

  constructor({ intervalMs, burst }: Paces['chat']) {
    this.intervalMs = intervalMs;
    this.allowance = (burst - 1) * intervalMs;
  }

  wait(now: number): number {
    return Math.max(0, this.caughtUpAt - this.allowance - now);
  }

  record(now: number): void {
    this.caughtUpAt = Math.max(this.caughtUpAt, now) + this.intervalMs;
  }
}

/** So many calls within any stretch of time. */
class Stretch implements Limit {
  private readonly count: number;
  private readonly ms: number;
  private sent: number[] = [];

  constructor({ count, ms }: Paces['group']) {
    this.count = count;
    this.ms = ms;
  }

  wait(now: number): number {
    this.sent = this.sent.filter((time) => time > now - this.ms);
    const oldest = this.sent[this.sent.length - this.count];
    return oldest === undefined ? 0 : oldest + this.ms - now;
  }

  record(now: number): void {
    this.sent.push(now);
  }
}

interface ChatLine {
  readonly limits: readonly Limit[];
  /** When the last call went out. */
  sentAt: number;
  /** Calls to one chat go out in the order in which they came. */
  last: Promise<void>;
  waiting: number;
  /** Telegram said 429 for this chat: nothing goes out before this time. */
  notBefore: number;
}

/** Chats above which those that are idle are forgotten. */
const REMEMBERED_CHATS = 1_000;
/** Longer than any limit looks back. */
const IDLE_MS = 120_000;

/** What time it is and how it passes; tests have their own. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => await sleep(ms, undefined, { signal }),
};

/** Lets calls to Telegram go out no faster than Telegram takes them. */
export class Pacer {
  private readonly paces: Paces;
  private readonly clock: Clock;
  private readonly all: Limit;
  private readonly chats = new Map<string, ChatLine>();
  private allNotBefore = 0;
  private lastInLine: Promise<void> = Promise.resolve();

  constructor(paces: Paces = TELEGRAM_PACES, clock: Clock = REAL_CLOCK) {
    this.paces = paces;
    this.clock = clock;
    this.all = new Steady(paces.all);
  }

  /**
   * Resolves when a message to this chat may go out; calls to one chat are let through in order.
   * Rejects with the signal's reason when aborted.
   */
  async turn(chatId: string, signal: AbortSignal): Promise<void> {
    const line = this.line(chatId);
    line.waiting += 1;
    const before = line.last;
    const turn = before.then(() => this.waitFor(line, signal));
    line.last = turn.catch(() => undefined);
    try {
      await turn;
    } finally {
      line.waiting -= 1;
    }
  }

  /** Telegram asked to wait: for this chat, or for everything when it names none. */
  pause(chatId: string | undefined, seconds: number): void {
    const until = this.clock.now() + seconds * 1_000;
    if (chatId === undefined) this.allNotBefore = Math.max(this.allNotBefore, until);
    else {
      const line = this.line(chatId);
      line.notBefore = Math.max(line.notBefore, until);
    }
  }

  private async waitFor(line: ChatLine, signal: AbortSignal): Promise<void> {
    for (let isOut = false; !isOut;) {
      await this.sleepOut(() => this.chatWait(line), signal);
      // Those whose chats are free line up: without order, some would wait for long while others pass.
      isOut = await this.inTurn(async () => {
        await this.sleepOut(() => this.commonWait(), signal);
        return this.goOut(line);
      });
    }
  }

  /** @returns false when Telegram has meanwhile asked to leave the chat alone */
  private goOut(line: ChatLine): boolean {
    if (this.chatWait(line) > 0) return false;
    line.sentAt = this.clock.now();
    for (const limit of [...line.limits, this.all]) limit.record(line.sentAt);
    return true;
  }

  private chatWait({ limits, notBefore }: ChatLine): number {
    const now = this.clock.now();
    return Math.max(notBefore - now, ...limits.map((limit) => limit.wait(now)));
  }

  private commonWait(): number {
    const now = this.clock.now();
    return Math.max(this.allNotBefore - now, this.all.wait(now));
  }

  private async sleepOut(wait: () => number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    for (let left = wait(); left > 0; left = wait()) {
      await this.clock.sleep(Math.ceil(left), signal);
      signal.throwIfAborted();
    }
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastInLine.then(work);
    this.lastInLine = turn.then(
      () => undefined,
      () => undefined,
    );
    return await turn;
  }

  private line(chatId: string): ChatLine {
    const known = this.chats.get(chatId);
    if (known !== undefined) return known;
    if (this.chats.size >= REMEMBERED_CHATS) this.forgetIdle();
    // Groups and channels have negative ids, channels may be named.
    const isGroup = chatId.startsWith('-') || chatId.startsWith('@');
    const steady = new Steady(this.paces.chat);
    const line: ChatLine = {
      limits: isGroup ? [steady, new Stretch(this.paces.group)] : [steady],
      sentAt: 0,
      last: Promise.resolve(),
      waiting: 0,
      notBefore: 0,
    };
    this.chats.set(chatId, line);
    return line;
  }

  private forgetIdle(): void {
    const now = this.clock.now();
    for (const [chatId, line] of this.chats) {
      const idle = line.waiting === 0 && line.notBefore <= now;
      if (idle && line.sentAt < now - IDLE_MS) this.chats.delete(chatId);
    }
  }
}
