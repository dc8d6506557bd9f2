import { setTimeout as sleep } from 'node:timers/promises';

/** At most `count` calls within any `ms` milliseconds. */
export interface Pace {
  readonly count: number;
  readonly ms: number;
}

export interface Paces {
  readonly chat: Pace;
  readonly group: Pace;
  readonly all: Pace;
}

/**
 * Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
 * one message a second in a chat with short bursts, 20 a minute in a group, 30 a second in all.
 * The periods are a little longer than Telegram's, because what leaves evenly may arrive closer together.
 */
export const TELEGRAM_PACES: Paces = {
  chat: { count: 3, ms: 3_200 },
  group: { count: 20, ms: 61_000 },
  all: { count: 30, ms: 1_050 },
};

/** When the last few calls went out; knows when the next may. */
class Window {
  private readonly pace: Pace;
  private sent: number[] = [];

  constructor(pace: Pace) {
    this.pace = pace;
  }

  /** Milliseconds to wait at time `now`; 0 when a call may go out. */
  wait(now: number): number {
    this.sent = this.sent.filter((time) => time > now - this.pace.ms);
    const oldest = this.sent[this.sent.length - this.pace.count];
    return oldest === undefined ? 0 : oldest + this.pace.ms - now;
  }

  record(now: number): void {
    this.sent.push(now);
  }

  isIdle(now: number): boolean {
    return this.wait(now) === 0 && this.sent.length === 0;
  }
}

interface ChatLine {
  readonly windows: readonly Window[];
  /** Calls to one chat go out in the order in which they came. */
  last: Promise<void>;
  waiting: number;
  /** Telegram said 429 for this chat: nothing goes out before this time. */
  notBefore: number;
}

/** Chats above which those that are idle are forgotten. */
const REMEMBERED_CHATS = 1_000;

/** Lets calls to Telegram go out no faster than Telegram takes them. */
export class Pacer {
  private readonly paces: Paces;
  private readonly all: Window;
  private readonly chats = new Map<string, ChatLine>();
  private allNotBefore = 0;

  constructor(paces: Paces = TELEGRAM_PACES) {
    this.paces = paces;
    this.all = new Window(paces.all);
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
    const until = Date.now() + seconds * 1_000;
    if (chatId === undefined) this.allNotBefore = Math.max(this.allNotBefore, until);
    else {
      const line = this.line(chatId);
      line.notBefore = Math.max(line.notBefore, until);
    }
  }

  private async waitFor(line: ChatLine, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = Date.now();
      const windows = [...line.windows, this.all];
      const waits = windows.map((window) => window.wait(now));
      const wait = Math.max(...waits, line.notBefore - now, this.allNotBefore - now);
      if (wait <= 0) {
        for (const window of windows) window.record(now);
        return;
      }
      await sleep(Math.ceil(wait), undefined, { signal });
    }
  }

  private line(chatId: string): ChatLine {
    const known = this.chats.get(chatId);
    if (known !== undefined) return known;
    if (this.chats.size >= REMEMBERED_CHATS) this.forgetIdle();
    // Groups and channels have negative ids, channels may be named.
    const isGroup = chatId.startsWith('-') || chatId.startsWith('@');
    const paces = isGroup ? [this.paces.chat, this.paces.group] : [this.paces.chat];
    const line: ChatLine = {
      windows: paces.map((pace) => new Window(pace)),
      last: Promise.resolve(),
      waiting: 0,
      notBefore: 0,
    };
    this.chats.set(chatId, line);
    return line;
  }

  private forgetIdle(): void {
    const now = Date.now();
    for (const [chatId, line] of this.chats) {
      const idle = line.waiting === 0 && line.notBefore <= now;
      if (idle && line.windows.every((window) => window.isIdle(now))) this.chats.delete(chatId);
    }
  }
}
