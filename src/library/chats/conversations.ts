import type { Database } from 'better-sqlite3';
import type { Turn } from '../../types.ts';

/** Turns that a follow-up may look back on. */
const TURNS = 5;

/** The last turns of a person in a chat, so that "那它呢？" is understood. */
export class Conversations {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  add(chatId: number, userId: number, turn: Turn, now = Date.now()): void {
    this.db
      .prepare<[number, number, string, number]>(
        'INSERT INTO turns (chat_id, user_id, turn, asked_at) VALUES (?, ?, ?, ?)',
      )
      .run(chatId, userId, JSON.stringify(turn), now);
    this.db
      .prepare<[number, number, number, number, number]>(
        `DELETE FROM turns WHERE chat_id = ? AND user_id = ? AND id NOT IN
           (SELECT id FROM turns WHERE chat_id = ? AND user_id = ? ORDER BY id DESC LIMIT ?)`,
      )
      .run(chatId, userId, chatId, userId, TURNS);
  }

  /** Turns since `after`, oldest first. */
  recent(chatId: number, userId: number, after: number): Turn[] {
    return this.db
      .prepare<[number, number, number], { turn: string }>(
        'SELECT turn FROM turns WHERE chat_id = ? AND user_id = ? AND asked_at > ? ORDER BY id',
      )
      .all(chatId, userId, after)
      .map(({ turn }) => JSON.parse(turn));
  }

  /** Begins anew in this chat. */
  end(chatId: number, userId: number): void {
    this.db
      .prepare<[number, number]>('DELETE FROM turns WHERE chat_id = ? AND user_id = ?')
      .run(chatId, userId);
  }

  forget(userId: number): void {
    this.db.prepare<[number]>('DELETE FROM turns WHERE user_id = ?').run(userId);
  }

  prune(before: number): void {
    this.db.prepare<[number]>('DELETE FROM turns WHERE asked_at <= ?').run(before);
  }
}
