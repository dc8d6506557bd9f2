import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFolder } from '../../src/indexing/watch-folder.ts';
import type { Watching } from '../../src/indexing/watch-folder.ts';
import { Playground } from './playground.ts';

let place: Playground;
let watching: Watching | null = null;
beforeEach(() => {
  place = new Playground();
});
afterEach(async () => {
  await watching?.close();
  place.close();
});

test('a file is indexed when it has been written to its end, once', async () => {
  const texts: string[] = [];
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const index = async (): Promise<void> => {
    await place.index();
    const [article] = (await place.view()).articles();
    texts.push(article?.paragraphs.map(({ text }) => text).join('') ?? '');
    settle();
  };
  watching = await watchFolder(place.folder, index, { quietMs: 300 });
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆');
  for (const part of ['昨日', '重新', '开张。']) {
    await setTimeout(50);
    appendFileSync(join(place.folder, 'tea.txt'), part);
  }
  await settled;
  expect(texts).toEqual(['老城的茶馆昨日重新开张。']);
});

test('a change during the indexing leads to another one after it, never two at a time', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const index = async (): Promise<void> => {
    most = Math.max(most, ++running);
    if (++runs === 1) place.write('late.txt', '新桥下月通车', '横跨清江的新桥将于下月通车。');
    await setTimeout(400);
    running--;
    if (runs === 2) settle();
  };
  watching = await watchFolder(place.folder, index, { quietMs: 100 });
  place.write('tea.txt', '老城茶馆重新开张', '老城的茶馆昨日重新开张。');
  await settled;
  expect(most).toBe(1);
});
