import { inflateSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { libraryFile } from '../../src/library/database.ts';
import { Playground } from '../indexing/playground.ts';

const LONG = `长文一篇\n\n${'𠮷野家的牛肉饭。'.repeat(9000)}`;
const CHUNKS_PER_FILE = 65_536;
/** Bytes of a chunk as the first schema had it. */
const LONG_CHUNK = 65_536;

let place: Playground;
beforeEach(() => {
  place = new Playground();
  place.writeBytes('long.txt', LONG);
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆昨日重新开张，街坊们都来道贺。');
});
afterEach(() => place.close());

/** Puts the texts back as the first schema had them. */
function downgrade(dataDir: string): void {
  const db = new Database(libraryFile(dataDir));
  const texts = new Map<number, Buffer[]>();
  const chunks = db.prepare<[], { id: number; deflated: Buffer }>(
    'SELECT * FROM chunk ORDER BY id',
  );
  for (const { id, deflated } of chunks.iterate()) {
    const file = Math.floor(id / CHUNKS_PER_FILE);
    texts.set(file, [...(texts.get(file) ?? []), inflateSync(deflated)]);
  }
  db.exec('DROP TABLE chunk; CREATE TABLE chunk (id INTEGER PRIMARY KEY, units BLOB NOT NULL)');
  const insert = db.prepare('INSERT INTO chunk VALUES (?, ?)');
  for (const [file, parts] of texts) {
    const text = Buffer.concat(parts);
    for (let number = 0; number * LONG_CHUNK < text.length; number++) {
      const part = text.subarray(number * LONG_CHUNK, (number + 1) * LONG_CHUNK);
      insert.run(file * CHUNKS_PER_FILE + number, part);
    }
  }
  db.pragma('user_version = 1');
  db.close();
}

test('the texts of a library of the first schema are read as they were', async () => {
  await place.index();
  downgrade(place.dataDir);
  const view = await place.view();
  const long = view.articles({ titleContains: '长文' })[0]?.fileId ?? 0;
  const tea = view.articles({ titleContains: '茶馆' })[0];
  expect(view.slice(long, [0, LONG.length])).toBe(LONG);
  expect(view.slice(long, [4090, 4100])).toBe(LONG.slice(4090, 4100));
  expect(tea?.paragraphs[0]?.text).toBe('老城的茶馆昨日重新开张，街坊们都来道贺。');
});

test('indexing goes on from a library of the first schema without embedding again', async () => {
  await place.index();
  downgrade(place.dataDir);
  place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥将于下月通车。');
  expect(await place.index()).toMatchObject({ articles: 3, added: 1, embedded: 1 });
});
