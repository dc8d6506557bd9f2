import type { Database } from 'better-sqlite3';
import type { Language } from '../../types.ts';

/** What is remembered of people and groups: the language they chose and whether they want the bot. */
export class People {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** The language chosen by this person or group. */
  language(id: number): Language | null {
    const row = this.db
      .prepare<[number], { language: Language }>('SELECT language FROM languages WHERE id = ?')
      .get(id);
    return row?.language ?? null;
  }

  setLanguage(id: number, language: Language): void {
    this.db
      .prepare<[number, string]>(
        `INSERT INTO languages (id, language) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET language = excluded.language`,
      )
      .run(id, language);
  }

  /** How many people and groups have blocked or removed the bot. */
  countBlocked(): number {
    const row = this.db
      .prepare<[], { count: number }>('SELECT count(*) AS count FROM blocked')
      .get();
    return row?.count ?? 0;
  }

  setBlocked(chatId: number, blocked: boolean, now = Date.now()): void {
    if (blocked) {
      this.db
        .prepare<[number, number]>('INSERT OR IGNORE INTO blocked (chat_id, since) VALUES (?, ?)')
        .run(chatId, now);
    } else this.db.prepare<[number]>('DELETE FROM blocked WHERE chat_id = ?').run(chatId);
  }

  /** A group became a supergroup: everything kept under its old id moves to the new one. */
  moveChat(from: number, to: number): void {
    const parameters = { from, to };
    for (const change of [
      'UPDATE answers SET chat_id = :to WHERE chat_id = :from',
      'UPDATE turns SET chat_id = :to WHERE chat_id = :from',
      'UPDATE OR REPLACE languages SET id = :to WHERE id = :from',
      'UPDATE OR REPLACE blocked SET chat_id = :to WHERE chat_id = :from',
    ]) {
      this.db.prepare<[typeof parameters]>(change).run(parameters);
    }
  }

  forget(userId: number): void {
    this.db.prepare<[number]>('DELETE FROM languages WHERE id = ?').run(userId);
  }
}
