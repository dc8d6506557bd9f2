import type { Database } from 'better-sqlite3';
import { keyOf } from './keys.ts';

/** Short keys for texts that do not fit into a button's 64 bytes. */
export class Links {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  keep(content: string): string {
    const key = keyOf('link', content);
    this.db
      .prepare<[string, string]>('INSERT OR IGNORE INTO links (key, content) VALUES (?, ?)')
      .run(key, content);
    return key;
  }

  follow(key: string): string | null {
    const row = this.db
      .prepare<[string], { content: string }>('SELECT content FROM links WHERE key = ?')
      .get(key);
    return row?.content ?? null;
  }
}
