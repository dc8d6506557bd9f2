import type { Logger } from 'pino';
import type { Update } from 'telegraf/types';
import type { Inbox, RawUpdate, WaitingUpdate } from '../../library/chats/inbox.ts';
import { failureOf } from '../client/failures.ts';
import { concernOf, laneOf } from './lane-of.ts';
import { Lanes } from './lanes.ts';

export interface ReceptionOptions {
  readonly inbox: Inbox;
  readonly flush: () => Promise<void>;
  /** Does what the update asks for. */
  readonly handle: (update: Update) => Promise<void>;
  readonly log: Logger;
  /** Updates handled at once, over all chats. */
  readonly cap: number;
  /** Aborted when there is no more time: what is under way will be done again after the next start. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: unknown) => void;
  /** Told of every update as it comes in and when it is done with. */
  readonly watcher?: { arrived(lane: string): void; handled(lane: string): void };
  /** Makes a name for the log that does not tell which chat or person it is. */
  readonly pseudonym: (id: string) => string;
}

/** An update that broke the process or could not be answered this often is given up. */
const MAX_ATTEMPTS = 4;
const RETRY_MS = 60_000;
/** Updates waiting in memory (only their numbers) above which no more are fetched. */
const ROOM = 10_000;

/** Takes updates in, on disk first, and sees to it that each is handled once. */
export class Reception {
  private readonly options: ReceptionOptions;
  private readonly lanes: Lanes;
  private readonly retries = new Set<NodeJS.Timeout>();
  private open = true;

  constructor(options: ReceptionOptions) {
    this.options = options;
    this.lanes = new Lanes(options.cap);
  }

  /** Updates waiting or under way. */
  get size(): number {
    return this.lanes.size;
  }

  /** False while so much is waiting that new updates are better left with Telegram. */
  get hasRoom(): boolean {
    return this.open && this.size < ROOM;
  }

  /** When this resolves, the updates are on disk and Telegram may be told so. */
  async receive(updates: readonly RawUpdate[]): Promise<void> {
    const fresh = this.options.inbox.receive(updates, laneOf);
    this.queue(fresh);
    if (fresh.length > 0) await this.options.flush();
  }

  /** Goes on with what an earlier run of the process left. */
  resume(): void {
    const waiting = this.options.inbox.waiting();
    if (waiting.length > 0) this.options.log.info({ updates: waiting.length }, 'resuming');
    this.queue(waiting);
  }

  /** Takes nothing more on and waits for what is under way. The rest stays in the inbox. */
  async close(): Promise<void> {
    this.open = false;
    for (const retry of this.retries) clearTimeout(retry);
    this.lanes.clear();
    await this.lanes.idle();
  }

  private queue(updates: readonly WaitingUpdate[]): void {
    for (const update of updates) {
      this.options.watcher?.arrived(update.lane);
      this.lanes.add(update.lane, async () => await this.process(update));
    }
  }

  private async process(waiting: WaitingUpdate): Promise<void> {
    const { inbox, handle, log, signal, onFailure, pseudonym } = this.options;
    const { updateId } = waiting;
    const started = performance.now();
    try {
      const begun = inbox.begin(updateId);
      if (begun === null) return;
      if (begun.attempts > MAX_ATTEMPTS) throw new Error(`given up after ${MAX_ATTEMPTS} attempts`);
      const update: Update = JSON.parse(begun.payload);
      await handle(update);
      inbox.finish(updateId);
      const ms = Math.round(performance.now() - started);
      const { kind, whom } = concernOf(update);
      log.info({ update: updateId, kind, chat: pseudonym(whom), ms }, 'handled');
    } catch (error) {
      if (signal.aborted) return;
      const { kind } = failureOf(error);
      const passing = kind === 'unreachable' || kind === 'too-fast';
      log.error({ update: updateId, err: error, again: passing }, 'update failed');
      onFailure(error);
      if (passing) this.retryLater(waiting);
      else inbox.finish(updateId);
    } finally {
      this.options.watcher?.handled(waiting.lane);
    }
  }

  private retryLater(waiting: WaitingUpdate): void {
    if (!this.open) return;
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.queue([waiting]);
    }, RETRY_MS);
    this.retries.add(timer);
  }
}
