import type { Database } from 'better-sqlite3';

/** An update as it came from Telegram; what else is in it is for the bot to judge. */
export interface RawUpdate {
  readonly update_id: number;
}

/** An update that was received and is not handled yet. */
export interface WaitingUpdate {
  readonly updateId: number;
  readonly lane: string;
}

/** An update that is being handled. */
export interface BegunUpdate {
  readonly payload: string;
  /** This one among them. */
  readonly attempts: number;
  /** Unix time in milliseconds. */
  readonly receivedAt: number;
}

/** After a week without updates Telegram numbers them anew; a little earlier the old number is dropped. */
const OFFSET_LIFE_MS = 6 * 24 * 3_600_000;
/** How long handled updates are remembered to recognise repetitions; Telegram repeats for a day. */
const MEMORY_MS = 48 * 3_600_000;

/**
 * Received updates, on disk before Telegram is told that they arrived, so that a crash loses none and
 * a repetition is not handled again.
 */
export class Inbox {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /**
   * Says whose updates these are. Every bot's are numbered apart: with another bot's token the inbox
   * begins anew, or the old numbers would hide the new bot's updates.
   */
  claim(botId: number): void {
    const owner = this.db
      .prepare<[], { botId: number }>('SELECT bot_id AS botId FROM inbox_owner')
      .get();
    if (owner?.botId === botId) return;
    this.db.transaction(() => {
      if (owner !== undefined) this.db.exec('DELETE FROM inbox; DELETE FROM polling;');
      this.db
        .prepare<[number]>('INSERT OR REPLACE INTO inbox_owner (id, bot_id) VALUES (1, ?)')
        .run(botId);
    })();
  }

  /** The number to ask Telegram for next; undefined to take whatever is there. */
  offset(now = Date.now()): number | undefined {
    const row = this.db
      .prepare<[number], { next: number }>(
        'SELECT next_update_id AS next FROM polling WHERE moved_at > ?',
      )
      .get(now - OFFSET_LIFE_MS);
    return row?.next;
  }

  /**
   * Keeps the updates and moves the offset behind them, in one transaction.
   * @returns those that are new, in order
   */
  receive(
    updates: readonly RawUpdate[],
    laneOf: (update: RawUpdate) => string,
    now = Date.now(),
  ): WaitingUpdate[] {
    const insert = this.db.prepare<[number, string, string, number]>(
      'INSERT OR IGNORE INTO inbox (update_id, lane, payload, received_at) VALUES (?, ?, ?, ?)',
    );
    const keep = this.db.transaction(() => {
      const fresh = updates
        .map((update) => ({ update, lane: laneOf(update) }))
        .filter(
          ({ update, lane }) =>
            insert.run(update.update_id, lane, JSON.stringify(update), now).changes > 0,
        );
      this.moveOffset(Math.max(...updates.map((update) => update.update_id)) + 1, now);
      return fresh.map(({ update, lane }) => ({ updateId: update.update_id, lane }));
    });
    return updates.length === 0 ? [] : keep();
  }

  /** Updates that an earlier run of the process received and did not finish, in order. */
  waiting(): WaitingUpdate[] {
    return this.db
      .prepare<[], WaitingUpdate>(
        'SELECT update_id AS updateId, lane FROM inbox WHERE payload IS NOT NULL ORDER BY update_id',
      )
      .all();
  }

  /**
   * Counts an attempt and hands out the update as JSON. An attempt that comes to no end, because the
   * process did, stays counted.
   * @returns null when it is handled already
   */
  begin(updateId: number): BegunUpdate | null {
    const row = this.db
      .prepare<[number], BegunUpdate>(
        `UPDATE inbox SET attempts = attempts + 1 WHERE update_id = ? AND payload IS NOT NULL
         RETURNING payload, attempts, received_at AS receivedAt`,
      )
      .get(updateId);
    return row ?? null;
  }

  /** The attempt failed for a reason that has nothing to do with the update; it does not count. */
  postpone(updateId: number): void {
    this.db
      .prepare<[number]>('UPDATE inbox SET attempts = attempts - 1 WHERE update_id = ?')
      .run(updateId);
  }

  /** Ids of the messages that have been sent for this update, over all attempts, in order. */
  delivered(updateId: number): number[] {
    const row = this.db
      .prepare<[number], { delivered: string }>('SELECT delivered FROM inbox WHERE update_id = ?')
      .get(updateId);
    return JSON.parse(row?.delivered ?? '[]');
  }

  /** One more message has been sent for this update; a repeated attempt goes on behind it. */
  addDelivered(updateId: number, messageId: number): void {
    this.db
      .prepare<[number, number]>(
        "UPDATE inbox SET delivered = json_insert(delivered, '$[#]', ?) WHERE update_id = ?",
      )
      .run(messageId, updateId);
  }

  /** Handled: its words are dropped, its number is remembered for a while. */
  finish(updateId: number): void {
    this.db.prepare<[number]>('UPDATE inbox SET payload = NULL WHERE update_id = ?').run(updateId);
  }

  prune(now: number): void {
    this.db
      .prepare<[number]>('DELETE FROM inbox WHERE received_at < ? AND payload IS NULL')
      .run(now - MEMORY_MS);
  }

  private moveOffset(next: number, now: number): void {
    this.db
      .prepare<[number, number]>(
        `INSERT INTO polling (id, next_update_id, moved_at) VALUES (1, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
           next_update_id = excluded.next_update_id, moved_at = excluded.moved_at`,
      )
      .run(next, now);
  }
}
