import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { previewIndex } from '../../src/indexing/index-library.ts';
import { isStale } from '../../src/indexing/stale.ts';
import { holdLock } from '../../src/library/lock.ts';
import { rollBack } from '../../src/library/roll-back.ts';
import { hashingEmbedder } from './hashing-embedder.ts';
import { Playground } from './playground.ts';

let place: Playground;
beforeEach(() => {
  place = new Playground();
  place.write(
    'tea.txt',
    '老城茶馆重新开张',
    '老城的茶馆昨日重新开张，街坊们都来道贺，门口排起了长队。',
  );
  place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥将于下月通车，两岸居民过江只需五分钟。');
  place.write(
    'school.txt',
    '小学迎来新操场',
    '育才小学的新操场昨日启用，孩子们在上面跑了第一场接力赛。',
  );
});
afterEach(() => place.close());

describe('what changed', () => {
  test('an unchanged folder makes no new generation and embeds nothing', async () => {
    const first = await place.index();
    place.embedder.embedded.clear();
    const second = await place.index();
    expect(second).toMatchObject({
      generation: first.generation,
      added: 0,
      changed: 0,
      removed: 0,
    });
    expect(place.embedder.embedded.size).toBe(0);
  });

  test('one edited file costs only its own new passages', async () => {
    await place.index();
    place.embedder.embedded.clear();
    place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥推迟到年底通车，因为引桥还没有完工。');
    const result = await place.index();
    expect(result).toMatchObject({
      generation: 2,
      articles: 3,
      added: 0,
      changed: 1,
      removed: 0,
      embedded: 1,
    });
    expect(result.difference.changed).toEqual([{ file: 'bridge.txt', title: '新桥下月通车' }]);
    expect([...place.embedder.embedded.keys()].join('')).toContain('年底通车');
  });

  test('a moved file is recognised by its content and embeds nothing', async () => {
    await place.index();
    place.embedder.embedded.clear();
    place.rename('tea.txt', 'culture/tea house.txt');
    const result = await place.index();
    expect(result).toMatchObject({ added: 0, changed: 0, removed: 0, embedded: 0, articles: 3 });
    expect(result.difference.renamed).toEqual([{ from: 'tea.txt', to: 'culture/tea house.txt' }]);
    const [article] = (await place.view()).articles({ titleContains: '茶館' });
    expect(article?.file).toBe('culture/tea house.txt');
    expect((await place.view()).article(article?.id ?? '')).toEqual(article);
  });

  test('a change that leaves size and times as they were is noticed all the same', async () => {
    place.age('tea.txt');
    await place.index();
    place.write(
      'tea.txt',
      '老城茶馆重新开张',
      '老城的茶馆昨日重新关门，街坊们都来告别，门口排起了长队。',
    );
    place.age('tea.txt');
    expect(await place.index()).toMatchObject({ changed: 1 });
  });

  test('what was edited is found by its new words and no longer by its old ones', async () => {
    await place.index();
    place.write('bridge.txt', '新桥下月通车', '通车典礼改在十月举行。');
    await place.index();
    const view = await place.view();
    const find = (term: string): number =>
      view.matchTerms({ terms: [term], bodyWeight: 1, headWeight: 1, limit: 10 }).length;
    expect([find('清江'), find('典礼')]).toEqual([0, 1]);
    expect(view.documentFrequencies(['清江', '典礼', '昨日'])).toEqual(
      new Map([
        ['清江', 0],
        ['典礼', 1],
        ['昨日', 2],
      ]),
    );
  });

  test('the same text at two paths is two articles and one passage', async () => {
    place.write('copy.txt', '新桥下月通车', '横跨清江的新桥将于下月通车，两岸居民过江只需五分钟。');
    expect(await place.index()).toMatchObject({ articles: 4, passages: 3 });
    const view = await place.view();
    const hits = view.matchTerms({ terms: ['清江'], bodyWeight: 1, headWeight: 1, limit: 10 });
    expect(view.passages(hits.map(({ id }) => id)).map(({ paragraph }) => paragraph.file)).toEqual([
      'bridge.txt',
    ]);
  });

  test('another model embeds everything again, and until then the old state is searched by words', async () => {
    await place.index();
    const other = hashingEmbedder({ fingerprint: 'another', dimensions: 32 });
    expect(await place.index({ embedder: other })).toMatchObject({ generation: 2, embedded: 3 });
    const view = await place.view();
    expect(view.nearest(await place.embedder.embedQuestion('新桥'), 5)).toEqual([]);
    expect(
      view.matchTerms({ terms: ['新桥'], bodyWeight: 1, headWeight: 1, limit: 5 }),
    ).toHaveLength(1);
  });
});

describe('what can not be read', () => {
  test('is named with its reason, and the rest goes on', async () => {
    place.writeBytes('empty.txt', '');
    place.writeBytes(
      'picture.txt',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]),
    );
    place.writeBytes('huge.txt', '字'.repeat(700));
    const result = await place.index({ maxFileBytes: 2000 });
    expect(result.articles).toBe(3);
    expect(Object.fromEntries(result.unreadable.map(({ file, reason }) => [file, reason]))).toEqual(
      {
        'empty.txt': 'it is empty',
        'picture.txt': 'it is a binary file, not text',
        'huge.txt': expect.stringContaining('too large'),
      },
    );
  });

  test('keeps what it held before: half a file must not cost its articles', async () => {
    await place.index();
    place.writeBytes('tea.txt', '');
    const result = await place.index();
    expect(result.unreadable).toEqual([{ file: 'tea.txt', reason: 'it is empty' }]);
    expect(await place.titles()).toContain('老城茶馆重新开张');
  });
});

describe('guards', () => {
  test('a folder that lost more than a third of its articles is asked about first', async () => {
    await place.index();
    place.remove('tea.txt');
    place.remove('bridge.txt');
    await expect(place.index()).rejects.toMatchObject({ code: 'removals-guard' });
    expect(await place.titles()).toHaveLength(3);
    expect(await place.index({ allowRemovals: true })).toMatchObject({ articles: 1, removed: 2 });
  });

  test('a missing folder is told as such', async () => {
    await expect(place.index({ folder: join(place.root, 'nowhere') })).rejects.toMatchObject({
      code: 'articles-folder-missing',
    });
  });

  test('a second indexer is told who holds the lock', async () => {
    const lock = holdLock(place.dataDir, 'indexing');
    await expect(place.index()).rejects.toThrow(new RegExp(`Process ${process.pid} is indexing`));
    lock.release();
    expect(await place.index()).toMatchObject({ articles: 3 });
  });

  test('a cancelled run leaves the old state serving, and the next one does not embed again', async () => {
    const controller = new AbortController();
    const embedder = {
      ...place.embedder,
      embedPassages: (texts: readonly string[]) => {
        controller.abort();
        return place.embedder.embedPassages(texts);
      },
    };
    await expect(place.index({ embedder, signal: controller.signal })).rejects.toMatchObject({
      code: 'indexing-cancelled',
    });
    expect(await place.index()).toMatchObject({ articles: 3, embedded: 0 });
    expect(Math.max(...place.embedder.embedded.values())).toBe(1);
  });

  test('a drop in the golden questions stops the swap and names them', async () => {
    await place.index();
    place.write('bridge.txt', '新桥下月通车', '典礼改期。');
    const examine = (view: { generation: number }) =>
      Promise.resolve(
        view.generation === 1
          ? { score: 1, failed: [] }
          : { score: 0.5, failed: ['新桥几分钟过江？'] },
      );
    await expect(place.index({ examine })).rejects.toThrow(/新桥几分钟过江/);
    expect((await place.view()).generation).toBe(1);
  });
});

describe('preview', () => {
  test('says what would change, and changes nothing', async () => {
    await place.index();
    place.write('park.txt', '公园新添凉亭', '人民公园新添了三座凉亭。');
    place.remove('tea.txt');
    const { folder, dataDir, embedder } = place;
    const preview = await previewIndex({ folder, dataDir, embedder });
    expect(preview).toMatchObject({
      toEmbed: 1,
      difference: {
        added: [{ file: 'park.txt', title: '公园新添凉亭' }],
        removed: [{ file: 'tea.txt', title: '老城茶馆重新开张' }],
      },
    });
    expect((await place.view()).generation).toBe(1);
    expect(await place.titles()).toContain('老城茶馆重新开张');
  });
});

describe('going back', () => {
  test('the previous state serves at once, and an unchanged folder does not undo it', async () => {
    await place.index();
    place.write('park.txt', '公园新添凉亭', '人民公园新添了三座凉亭。');
    await place.index();
    expect(rollBack(place.dataDir)).toBe(1);
    expect(await place.titles()).not.toContain('公园新添凉亭');
    const { folder, dataDir, embedder } = place;
    expect(isStale({ folder, dataDir, embedder })).toBe(false);

    place.write('tea.txt', '老城茶馆重新开张', '茶馆又关了。');
    expect(isStale({ folder, dataDir, embedder })).toBe(true);
    expect(await place.index()).toMatchObject({ generation: 3, articles: 4 });
    expect(rollBack(place.dataDir)).toBe(1);
  });

  test('with nothing to go back to, it says so', async () => {
    await place.index();
    expect(() => rollBack(place.dataDir)).toThrow(/no earlier state/);
  });

  test('what is removed with them makes the library smaller on disk', async () => {
    const long = '街坊们都来道贺，门口排起了长队。'.repeat(40);
    for (let i = 0; i < 200; i++) place.write(`${i}.txt`, `第${i}号茶馆`, `${i}${long}`);
    await place.index();
    const file = join(place.dataDir, 'library.db');
    const before = statSync(file).size;
    for (let i = 0; i < 200; i++) place.remove(`${i}.txt`);
    for (const title of ['甲', '乙', '丙']) {
      place.write('tea.txt', '老城茶馆', `老城的茶馆又换了主人，${title}。`);
      await place.index({ allowRemovals: true, keepGenerations: 2 });
    }
    expect(statSync(file).size).toBeLessThan(before * 0.75);
  });

  test('old generations are removed with what only they needed', async () => {
    for (let i = 0; i < 5; i++) {
      place.write('tea.txt', '老城茶馆重新开张', `茶馆的第${i}次开张。`);
      await place.index({ keepGenerations: 2 });
    }
    expect(rollBack(place.dataDir)).toBe(4);
    expect(() => rollBack(place.dataDir)).toThrow(/no earlier state/);
    writeFileSync(join(place.folder, 'tea.txt'), '老城茶馆重新开张\n\n茶馆的第1次开张。');
    expect(await place.index()).toMatchObject({ embedded: 1 });
  });
});
