import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLock } from '../../src/library/lock.ts';
import { Playground } from '../indexing/playground.ts';

let place: Playground;
beforeEach(async () => {
  place = new Playground();
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆昨日重新开张，街坊们都来道贺。');
  await place.index();
});
afterEach(() => place.close());

test('a view stays what it was while later generations come', async () => {
  const before = await place.view();
  const [article] = before.articles();
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆又关门了。');
  place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥将于下月通车。');
  await place.index();
  const after = await place.view();

  expect(before.articles()).toEqual([article]);
  expect(before.article(article?.id ?? '')).toEqual(article);
  const query = { terms: ['道贺', '新桥'], bodyWeight: 1, headWeight: 1, limit: 10 };
  expect(
    before
      .passages(before.matchTerms(query).map(({ id }) => id))
      .map(({ paragraph }) => paragraph.file),
  ).toEqual(['tea.txt']);
  expect(
    after
      .passages(after.matchTerms(query).map(({ id }) => id))
      .map(({ paragraph }) => paragraph.file),
  ).toEqual(['bridge.txt']);
  const vector = await place.embedder.embedQuestion('新桥');
  expect(before.nearest(vector, 10)).toHaveLength(1);
  expect(after.nearest(vector, 10)).toHaveLength(2);
});

test('slices are exact, across chunks too, and null where the text does not reach', async () => {
  const text = `长文一篇\n\n${'𠮷野家的牛肉饭。'.repeat(9000)}`;
  place.writeBytes('long.txt', text);
  await place.index();
  const view = await place.view();
  const fileId = view.articles({ titleContains: '长文' })[0]?.fileId ?? 0;
  for (const [start, end] of [
    [0, 4],
    [32_760, 32_780],
    [4095, 4097],
    [32_767, 32_769],
    [32_768, 65_536],
    [10, 80_000],
    [5, 5],
  ] as const) {
    expect(view.slice(fileId, [start, end])).toBe(text.slice(start, end));
  }
  expect(view.slice(fileId, [0, text.length])).toBe(text);
  for (const span of [
    [0, text.length + 1],
    [-1, 3],
    [9, 3],
  ] as const)
    expect(view.slice(fileId, span)).toBeNull();
  expect(view.slice(fileId + 1, [0, 1])).toBeNull();
});

test('articles come newest first, undated last, and are found by their titles in either script', async () => {
  place.writeBytes(
    'old.md',
    '---\ntitle: 旧闻一则\ndate: 2019-01-02\n---\n\n过去的事情已经过去了。',
  );
  place.writeBytes('new.md', '---\ntitle: 新闻一则\ndate: 2021-05-06\n---\n\n将来的事情还没有来。');
  await place.index();
  const view = await place.view();
  expect(view.articles().map(({ title }) => title)).toEqual([
    '新闻一则',
    '旧闻一则',
    '老城茶馆重新开张',
  ]);
  expect(view.articles({ titleContains: '舊聞' }).map(({ date }) => date)).toEqual(['2019-01-02']);
  expect(view.articles({ offset: 1, limit: 1 }).map(({ title }) => title)).toEqual(['旧闻一则']);
});

test('the lock of a process that was killed is free again', async () => {
  const child = fork(new URL('hold-lock.ts', import.meta.url), [place.dataDir], {
    execArgv: ['--import', 'tsx'],
  });
  await once(child, 'message');
  expect(() => holdLock(place.dataDir, 'indexing')).toThrow(
    new RegExp(`Process ${child.pid} is waiting to be killed`),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = holdLock(place.dataDir, 'indexing');
  expect(lock.wasAbandoned).toBe(true);
  lock.release();
  expect(holdLock(place.dataDir, 'indexing').wasAbandoned).toBe(false);
});
