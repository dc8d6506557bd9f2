import type { Logger } from 'pino';
import type { Update } from 'telegraf/types';
import type { BegunUpdate, Inbox, RawUpdate, WaitingUpdate } from '../../library/chats/inbox.ts';
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

/** An update at which the process ended this often is given up. */
const MAX_ATTEMPTS = 4;
/** Nobody waits for an answer this long. */
const STALE_MS = 24 * 3_600_000;
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
    const { inbox, watcher, log } = this.options;
    try {
      const begun = inbox.begin(waiting.updateId);
      if (begun !== null) await this.attempt(waiting, begun);
    } catch (error) {
      // The inbox itself failed; what is in it is taken up by the next run.
      log.error({ update: waiting.updateId, err: error }, 'inbox failed');
    } finally {
      watcher?.handled(waiting.lane);
    }
  }

  private async attempt(waiting: WaitingUpdate, begun: BegunUpdate): Promise<void> {
    const { inbox, handle, log, pseudonym } = this.options;
    const { updateId } = waiting;
    const started = performance.now();
    try {
      if (begun.attempts > MAX_ATTEMPTS) throw new Error(`given up after ${MAX_ATTEMPTS} attempts`);
      const update: Update = JSON.parse(begun.payload);
      await handle(update);
      inbox.finish(updateId);
      const ms = Math.round(performance.now() - started);
      const { kind, whom } = concernOf(update);
      log.info({ update: updateId, kind, chat: pseudonym(whom), ms }, 'handled');
    } catch (error) {
      this.settle(waiting, begun, error);
    }
  }

  /** What Telegram or the way to it could not do now is tried again; a fault of the update's own ends it. */
  private settle(waiting: WaitingUpdate, { receivedAt }: BegunUpdate, error: unknown): void {
    const { inbox, log, signal, onFailure } = this.options;
    const { updateId } = waiting;
    if (signal.aborted) return inbox.postpone(updateId);
    const failure = failureOf(error);
    const isPassing = failure.kind === 'unreachable' || failure.kind === 'too-fast';
    const again = isPassing && Date.now() - receivedAt < STALE_MS;
    log.error({ update: updateId, err: error, again }, 'update failed');
    onFailure(error);
    if (!again) return inbox.finish(updateId);
    inbox.postpone(updateId);
    this.retryLater(waiting, failure.kind === 'too-fast' ? failure.seconds * 1_000 : RETRY_MS);
  }

  private retryLater(waiting: WaitingUpdate, ms: number): void {
    if (!this.open) return;
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.queue([waiting]);
    }, ms);
    this.retries.add(timer);
  }
}
