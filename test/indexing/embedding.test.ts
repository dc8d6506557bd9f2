import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexLibrary } from '../../src/indexing/index-library.ts';
import { hashingEmbedder } from './hashing-embedder.ts';
import { Playground } from './playground.ts';

/** Enough for several steps of reading and several batches. */
const ARTICLES = 600;
const FILLER = '街坊们都来道贺，门口排起了长队。'.repeat(14);

let place: Playground;
beforeEach(() => {
  place = new Playground();
  for (let i = 0; i < ARTICLES; i++)
    place.write(`${i}.txt`, `第${i}号茶馆开张`, `第${i}号茶馆昨日开张。${FILLER}`);
});
afterEach(() => place.close());

test('texts are embedded while others are still read, each once', async () => {
  const { folder, dataDir, embedder } = place;
  let embeddedWhileReading = 0;
  const result = await indexLibrary(
    { folder, dataDir, embedder },
    {
      onProgress: (phase) => {
        if (phase === 'read') embeddedWhileReading = embedder.embedded.size;
      },
    },
  );
  expect(embeddedWhileReading).toBeGreaterThan(0);
  expect(result.embedded).toBe(embedder.embedded.size);
  expect(Math.max(...embedder.embedded.values())).toBe(1);
});

test('a model that fails on the way ends the run with its error, and what was embedded is kept', async () => {
  const { embedder } = place;
  let calls = 0;
  const failing = {
    ...embedder,
    embedPassages: (texts: readonly string[]) =>
      ++calls > 1 ? Promise.reject(new Error('out of order')) : embedder.embedPassages(texts),
  };
  await expect(place.index({ embedder: failing })).rejects.toThrow('out of order');
  const kept = embedder.embedded.size;
  expect(kept).toBeGreaterThan(0);
  const { embedded, passages } = await place.index();
  expect(embedded).toBe(passages - kept);
  expect(Math.max(...embedder.embedded.values())).toBe(1);
});

test('another model embeds from what is stored, without reading again', async () => {
  await place.index({ embedder: hashingEmbedder({ fingerprint: 'another' }) });
  const { embedded, passages } = await place.index();
  expect(embedded).toBe(passages);
});
