import type { Database } from 'better-sqlite3';

/** How many answers a language model has written for each person today. */
export class WritingBudget {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /**
   * Takes one answer out of a person's budget; the counts of earlier days are let go of.
   * @param day - `YYYY-MM-DD`
   * @param most - answers a day
   * @returns false when nothing is left
   */
  take(person: string, day: string, most: number): boolean {
    this.db.prepare<[string]>('DELETE FROM writings WHERE day < ?').run(day);
    const { changes } = this.db
      .prepare<[string, string, number]>(
        `INSERT INTO writings (person, day, answers) VALUES (?, ?, 1)
         ON CONFLICT (person, day) DO UPDATE SET answers = answers + 1 WHERE answers < ?`,
      )
      .run(person, day, most);
    return changes > 0;
  }
}
