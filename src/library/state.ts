import type { Db } from './database.ts';
import type { GenerationRow } from './view.ts';

/** The library's identity: what was derived from another one never fits. */
export function identityOf(db: Db): string {
  const identity = db.prepare<[], string>('SELECT identity FROM state').pluck().get();
  if (identity === undefined) throw new Error('the library has no state row');
  return identity;
}

/** The generation that answers; null when nothing has been indexed yet. */
export function servingGeneration(db: Db): GenerationRow | null {
  return generationWhere(db, 'generation.id = (SELECT serving FROM state)');
}

/** The generation that served last, or was gone back from. */
export function newestGeneration(db: Db): GenerationRow | null {
  return generationWhere(db, 'generation.id = (SELECT max(id) FROM generation WHERE served)');
}

/** The generation with this id. */
export function generationById(db: Db, id: number): GenerationRow | null {
  return generationWhere(db, `generation.id = ${id}`);
}

function generationWhere(db: Db, condition: string): GenerationRow | null {
  const row = db
    .prepare<[], GenerationRow>(
      `SELECT generation.id, model, fingerprint, dimensions, articles, passages
      FROM generation JOIN model ON model.id = generation.model WHERE ${condition}`,
    )
    .get();
  return row ?? null;
}

/** The highest id a vector ever had. */
export function lastVector(db: Db): number {
  const select = db.prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'vector'`);
  return select.pluck().get() ?? 0;
}
