import { YuanwenError } from '../errors.ts';
import { ContentWriter } from './content.ts';
import type { Db } from './database.ts';
import { servingGeneration } from './state.ts';

/** Fewer would leave nothing to go back to. */
const LEAST_KEPT = 2;
/** Files removed in one transaction, so that nobody waits long for the disk. */
const BATCH = 200;

/**
 * Makes a generation of the places in `temp.upcoming`, not serving yet. Its articles are counted by
 * place, its passages by text: what lies twice in the folder is found once.
 */
export function stageGeneration(db: Db, model: number): number {
  return db
    .transaction(() => {
      db.exec('DELETE FROM generation WHERE NOT served');
      const parent = servingGeneration(db)?.id ?? null;
      const { lastInsertRowid } = db
        .prepare(
          `INSERT INTO generation (model, parent, created, articles, passages) VALUES (?, ?, ?,
          (SELECT count(*) FROM temp.upcoming u JOIN article_id a ON a.place = u.place),
          (SELECT coalesce(sum(passage_count), 0) FROM file WHERE id IN
            (SELECT file FROM temp.upcoming u JOIN place ON place.id = u.place)))`,
        )
        .run(model, parent, new Date().toISOString());
      db.prepare('INSERT INTO listing (generation, place) SELECT ?, place FROM temp.upcoming').run(
        lastInsertRowid,
      );
      return Number(lastInsertRowid);
    })
    .immediate();
}

/** The swap: from this commit on the generation answers. */
export function serveGeneration(db: Db, generation: number): void {
  db.transaction(() => {
    db.prepare('UPDATE generation SET served = 1 WHERE id = ?').run(generation);
    db.prepare('UPDATE state SET serving = ?').run(generation);
  }).immediate();
}

/** Lets the generation serve that served before the present one. Returns its id. */
export function goBack(db: Db): number {
  return db
    .transaction(() => {
      const parent = db
        .prepare<[], number | null>(
          'SELECT parent FROM generation WHERE id = (SELECT serving FROM state)',
        )
        .pluck()
        .get();
      if (parent === undefined || parent === null) {
        throw new YuanwenError(
          'no-previous-generation',
          'There is no earlier state of the library to go back to. Change the articles and index them instead.',
        );
      }
      db.prepare('UPDATE state SET serving = ?').run(parent);
      return parent;
    })
    .immediate();
}

/**
 * Removes what no kept generation needs: kept are the serving one, those it came from, `keep` in all,
 * and later ones that were gone back from.
 */
export function collectGarbage(db: Db, keep: number): void {
  db.transaction(() => {
    db.prepare(
      `WITH RECURSIVE line (id, parent, depth) AS (
        SELECT generation.id, parent, 1 FROM generation JOIN state ON serving = generation.id
        UNION ALL
        SELECT generation.id, generation.parent, depth + 1 FROM generation JOIN line ON generation.id = line.parent
        WHERE depth < ?
      )
      DELETE FROM generation WHERE id NOT IN (SELECT id FROM line)
        AND NOT (served AND id > (SELECT serving FROM state))`,
    ).run(Math.max(keep, LEAST_KEPT));
    db.exec('DELETE FROM place WHERE id NOT IN (SELECT place FROM listing)');
  }).immediate();
  removeFiles(db);
  db.exec(
    'DELETE FROM input WHERE NOT EXISTS (SELECT 1 FROM passage WHERE passage.input = input.id)',
  );
}

function removeFiles(db: Db): void {
  const content = new ContentWriter(db);
  const select = db.prepare<[number], { id: number; firstPassage: number; passageCount: number }>(
    `SELECT id, first_passage AS firstPassage, passage_count AS passageCount FROM file
    WHERE NOT EXISTS (SELECT 1 FROM place WHERE place.file = file.id) LIMIT ?`,
  );
  const removeSome = db.transaction(() => {
    const unused = select.all(BATCH);
    for (const file of unused) content.remove(file);
    return unused.length;
  });
  while (removeSome.immediate() === BATCH);
}
