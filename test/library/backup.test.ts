import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp, restore } from '../../src/library/backup.ts';
import { inspectLibrary } from '../../src/library/inspect.ts';
import { Playground } from '../indexing/playground.ts';

let place: Playground;
let backup: string;
beforeEach(async () => {
  place = new Playground();
  backup = join(place.root, 'backup.db');
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆昨日重新开张，街坊们都来道贺。');
  await place.index();
});
afterEach(() => place.close());

test('a backup brings back what was, for readers who have the library open too', async () => {
  expect(await backUp(place.dataDir, backup)).toMatchObject({ generation: 1, articles: 1 });
  place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥将于下月通车。');
  await place.index();
  expect(await place.titles()).toHaveLength(2);

  expect(await restore(place.dataDir, backup)).toMatchObject({ generation: 1, articles: 1 });
  expect(await place.titles()).toEqual(['老城茶馆重新开张']);
  // The vectors of the replaced library had the same numbers as these will get.
  place.write('school.txt', '小学迎来新操场', '育才小学的新操场昨日启用。');
  place.remove('bridge.txt');
  await place.index();
  const view = await place.view();
  const [nearest] = view.nearest(
    await place.embedder.embedQuestion('小学迎来新操场 育才小学的新操场昨日启用。'),
    1,
  );
  expect(view.passages([nearest?.id ?? 0])[0]?.paragraph.file).toBe('school.txt');
  expect((await inspectLibrary(place.dataDir)).faults).toEqual([]);
});

test('a backup taken while an indexer writes is whole, and one file', async () => {
  for (let i = 0; i < 40; i++)
    place.write(`${i}.txt`, `第${i}号新闻`, `今天发生了第${i}件事，大家都很高兴。`);
  const [, summary] = await Promise.all([place.index(), backUp(place.dataDir, backup)]);
  expect(summary.articles).toBe(1);
  expect(readdirSync(place.root).filter((name) => name.startsWith('backup'))).toEqual([
    'backup.db',
  ]);
  const db = new Database(backup, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

describe('refuses, and changes nothing:', () => {
  /** The code of the error, and what is served after it. */
  async function outcomeOf(attempt: Promise<unknown>): Promise<unknown> {
    const code = await attempt.then(
      () => 'none',
      (error: { code?: string }) => error.code,
    );
    return [code, ...(await place.titles())];
  }

  test('a backup that is not there', async () => {
    expect(await outcomeOf(restore(place.dataDir, backup))).toEqual([
      'backup-missing',
      '老城茶馆重新开张',
    ]);
  });

  test('a file that is no database', async () => {
    writeFileSync(backup, 'not a database '.repeat(1000));
    expect(await outcomeOf(restore(place.dataDir, backup))).toEqual([
      'backup-damaged',
      '老城茶馆重新开张',
    ]);
  });

  test("a stranger's database", async () => {
    const db = new Database(backup);
    db.exec('CREATE TABLE article (id INTEGER)');
    db.close();
    expect(await outcomeOf(restore(place.dataDir, backup))).toEqual([
      'not-a-library',
      '老城茶馆重新开张',
    ]);
  });

  test('a library of a later version', async () => {
    await backUp(place.dataDir, backup);
    const db = new Database(backup);
    db.pragma('user_version = 99');
    db.close();
    expect(await outcomeOf(restore(place.dataDir, backup))).toEqual([
      'library-too-new',
      '老城茶馆重新开张',
    ]);
  });

  test('a backup that was cut off', async () => {
    await backUp(place.dataDir, backup);
    truncateSync(backup, 60_000);
    expect(await outcomeOf(restore(place.dataDir, backup))).toEqual([
      'backup-damaged',
      '老城茶馆重新开张',
    ]);
  });

  test('a backup into a folder that is not there, or onto the library itself', async () => {
    expect(await outcomeOf(backUp(place.dataDir, join(place.root, 'no', 'b.db')))).toEqual([
      'backup-folder-missing',
      '老城茶馆重新开张',
    ]);
    expect(await outcomeOf(backUp(place.dataDir, join(place.dataDir, 'library.db')))).toEqual([
      'backup-onto-library',
      '老城茶馆重新开张',
    ]);
    mkdirSync(backup);
    expect(await outcomeOf(backUp(place.dataDir, backup))).toEqual([
      'backup-onto-folder',
      '老城茶馆重新开张',
    ]);
  });
});

describe('a damaged library', () => {
  /** Overwrites the middle of the file, or its beginning. */
  function damage(from: number, bytes: number): void {
    const file = join(place.dataDir, 'library.db');
    const content = readFileSync(file);
    content.fill(0xa5, from, from + bytes);
    writeFileSync(file, content);
  }

  beforeEach(async () => {
    for (let i = 0; i < 40; i++)
      place.write(`${i}.txt`, `第${i}号新闻`, `今天发生了第${i}件事，大家都很高兴。`);
    await place.index();
    place.embedder.embedded.clear();
  });

  test('whose header is gone is told as such, set aside and rebuilt from the articles', async () => {
    damage(0, 100);
    await expect(place.view()).rejects.toMatchObject({ code: 'library-damaged' });
    const result = await place.index();
    expect(result.articles).toBe(41);
    expect(existsSync(result.setAside ?? '')).toBe(true);
    expect(await place.titles()).toHaveLength(41);
    expect((await inspectLibrary(place.dataDir)).faults).toEqual([]);
  });

  test('with broken pages is rebuilt with the vectors that can be read', async () => {
    const size = readFileSync(join(place.dataDir, 'library.db')).length;
    damage(size - 3 * 8192, 2 * 8192);
    // Whoever was writing when it broke did not come to say that all was well.
    const lock = new Database(join(place.dataDir, 'index.lock'));
    lock.exec("INSERT INTO holder VALUES (1, 'here', '2026-01-01T00:00:00Z', 'indexing')");
    lock.close();
    const result = await place.index();
    expect(result.articles).toBe(41);
    expect(result.setAside).not.toBeNull();
    expect(result.embedded).toBeLessThan(41);
    expect((await inspectLibrary(place.dataDir)).faults).toEqual([]);
  });

  test('is replaced by a backup', async () => {
    await backUp(place.dataDir, backup);
    damage(0, 100);
    await restore(place.dataDir, backup);
    expect(await place.titles()).toHaveLength(41);
  });

  test("another program's database of that name is left alone", async () => {
    const other = join(place.root, 'other');
    mkdirSync(other);
    const db = new Database(join(other, 'library.db'));
    db.exec('CREATE TABLE books (id INTEGER)');
    db.close();
    copyFileSync(join(other, 'library.db'), backup);
    await expect(place.index({ dataDir: other })).rejects.toMatchObject({ code: 'not-a-library' });
    expect(readFileSync(join(other, 'library.db'))).toEqual(readFileSync(backup));
  });
});
