import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexLibrary, previewIndex } from '../../src/indexing/index-library.ts';
import { backUp, restore } from '../../src/library/backup.ts';
import { openLibrary } from '../../src/library/library.ts';
import { rollBack } from '../../src/library/roll-back.ts';
import type { LibraryView } from '../../src/ports.ts';
import { indexTokens } from '../../src/text/tokens.ts';
import { Playground } from './playground.ts';

const PARAGRAPHS = [
  '老城的茶馆昨日重新开张，街坊们都来道贺，门口排起了长队。',
  '横跨清江的新桥将于下月通车，两岸居民过江只需五分钟。',
  '育才小学的新操场昨日启用，孩子们在上面跑了第一场接力赛。',
  '人民公园新添了三座凉亭，游人可以在里面喝茶。',
  '茶叶来自山里。',
  'The bridge opens next month, the mayor said on Monday.',
];
const TITLES = ['老城茶馆重新开张', '新桥下月通车', '小学迎来新操场', 'Bridge to open'];
const FILES = ['a.txt', 'b.txt', 'c.txt', 'sub/d.txt', 'sub/e.md'];

const file = fc.constantFrom(...FILES);
const content = fc.record({
  title: fc.constantFrom(...TITLES),
  paragraphs: fc.subarray(PARAGRAPHS, { minLength: 1 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), file, content }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), file }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), file, to: file }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('index' as const), full: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('interrupted index' as const), after: fc.nat(4) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'preview' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'roll back' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'back up' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(place: Playground, step: Step): Promise<void> {
  const { folder, dataDir, embedder } = place;
  const backup = join(place.root, 'backup.db');
  const isThere = (name: string): boolean => existsSync(join(folder, name));
  switch (step.do) {
    case 'write':
      place.write(step.file, step.content.title, ...step.content.paragraphs);
      break;
    case 'remove':
      if (isThere(step.file)) place.remove(step.file);
      break;
    case 'rename':
      if (isThere(step.file)) place.rename(step.file, step.to);
      break;
    case 'index':
      await place.index({ full: step.full, allowRemovals: true });
      break;
    case 'interrupted index':
      await interrupt(place, step.after);
      break;
    case 'preview':
      await previewIndex({ folder, dataDir, embedder });
      break;
    case 'roll back':
      await ignoring('no-previous-generation', () => rollBack(dataDir));
      break;
    case 'back up':
      await ignoring('no-library', () => backUp(dataDir, backup));
      break;
    case 'restore':
      await ignoring('backup-missing', () => restore(dataDir, backup));
      break;
  }
}

/** Stops an indexing at its first sign of life after so many others. */
async function interrupt(place: Playground, after: number): Promise<void> {
  const controller = new AbortController();
  const { folder, dataDir } = place;
  let signs = 0;
  const tick = (): void => {
    if (signs++ === after) controller.abort();
  };
  const embedder = {
    ...place.embedder,
    embedPassages: (texts: readonly string[]) => {
      tick();
      return place.embedder.embedPassages(texts);
    },
  };
  await ignoring('indexing-cancelled', () =>
    indexLibrary(
      { folder, dataDir, embedder, allowRemovals: true, signal: controller.signal },
      { onProgress: tick },
    ),
  );
}

async function ignoring(code: string, action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    expect(error).toMatchObject({ code });
  }
}

/** Everything that readers can learn of a generation, without the ids that number its rows. */
async function everythingIn(view: LibraryView, place: Playground): Promise<unknown> {
  const questions = [...TITLES, ...PARAGRAPHS];
  const vectors = await Promise.all(
    questions.map((question) => place.embedder.embedQuestion(question)),
  );
  const named = (hits: ReadonlyArray<{ id: number; score: number }>): string[] =>
    hits
      .map(({ id, score }) => {
        const [passage] = view.passages([id]);
        const { file, articleId, number } = passage?.paragraph ?? {};
        return `${score.toFixed(4)} ${file} ${articleId} ${number} ${passage?.start}-${passage?.end}`;
      })
      .sort();
  return {
    counts: [view.articleCount, view.passageCount],
    articles: view.articles().map(({ fileId: _fileId, ...article }) => article),
    frequencies: questions.map((question) => [...view.documentFrequencies(indexTokens(question))]),
    byWords: questions.map((question) =>
      named(
        view.matchTerms({
          terms: indexTokens(question),
          bodyWeight: 1,
          headWeight: 0.5,
          limit: 50,
        }),
      ),
    ),
    byVector: vectors.map((vector) => named(view.nearest(vector, 50))),
  };
}

test('after any additions, edits, renames, removals, interruptions, rollbacks and restores, the library equals one built from scratch', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 4, maxLength: 12 }),
    async (steps) => {
      const place = new Playground();
      try {
        place.write('z.txt', '公园新添凉亭', PARAGRAPHS[3] ?? '');
        for (const step of steps) await take(place, step);
        await place.index({ allowRemovals: true });

        const { folder, embedder, root } = place;
        const dataDir = join(root, 'scratch');
        await indexLibrary({ folder, dataDir, embedder });
        const scratch = await openLibrary({ dataDir, fingerprint: embedder.fingerprint });
        const expected = scratch.view();
        if (expected === null)
          throw new Error(`nothing was indexed of ${readdirSync(folder).join()}`);
        expect(await everythingIn(await place.view(), place)).toEqual(
          await everythingIn(expected, place),
        );
        scratch.close();
      } finally {
        place.close();
      }
    },
  );
  await fc.assert(property, { seed: 77, numRuns: 120 });
}, 900_000);
