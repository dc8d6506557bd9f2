import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { runIndexing, runPreview } from '../../src/indexing/run-indexing.ts';
import { openLibrary } from '../../src/library/library.ts';
import { Playground } from './playground.ts';

let place: Playground;
beforeEach(() => {
  place = new Playground();
  place.write(
    'tea.txt',
    '老城茶馆重新开张',
    '老城的茶馆昨日重新开张，街坊们都来道贺，门口排起了长队。',
  );
});
afterEach(() => place.close());

function options() {
  const { folder, dataDir } = place;
  const embedder = {
    model: SHIPPED_MODEL,
    modelsDir: fileURLToPath(new URL('../../embeddings/models', import.meta.url)),
    cacheDir: join(place.root, 'cache'),
    workers: 1,
  };
  return { folder, dataDir, embedder, refusal: 'balanced' } as const;
}

describe('in a thread of its own', () => {
  test('indexing with the shipped model reports its progress, and a library that is open sees the result', async () => {
    const phases = new Set<string>();
    const preview = await runPreview(options());
    expect(preview.difference.added).toHaveLength(1);
    const result = await runIndexing(options(), { onProgress: (phase) => phases.add(phase) });
    expect(result).toMatchObject({ generation: 1, articles: 1, embedded: 1 });
    expect([...phases]).toEqual(expect.arrayContaining(['read', 'embed', 'finish']));

    const library = await openLibrary({ dataDir: place.dataDir, fingerprint: 'whatever' });
    expect(
      library
        .view()
        ?.articles()
        .map(({ title }) => title),
    ).toEqual(['老城茶馆重新开张']);
    place.write('bridge.txt', '新桥下月通车', '横跨清江的新桥将于下月通车。');
    await runIndexing(options());
    expect(library.view()?.articleCount).toBe(2);
    library.close();
  });

  test('what a person can do something about keeps its code, and a cancelled run ends', async () => {
    const missing = { ...options(), folder: join(place.root, 'nowhere') };
    await expect(runIndexing(missing)).rejects.toMatchObject({ code: 'articles-folder-missing' });
    await expect(runIndexing({ ...options(), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'indexing-cancelled',
    });
  });
});
