import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAsk } from '../../src/answers/ask.ts';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { openReranker } from '../../src/embedding/reranker.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { corpusLibrary } from '../../src/evaluation/corpus-library.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Embedder, Reranker } from '../../src/ports.ts';
import { search } from '../../src/search/search.ts';
import type { SearchOptions } from '../../src/search/search.ts';
import { LOOKED_AT, lookAgain } from '../../src/search/second-look.ts';
import { writeTinyCrossEncoder } from '../embedding/tiny-cross-encoder.ts';

const modelsDir = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-second-look-'));
const places = ['北城', '南城', '东城', '西城', '中城', '老城', '新城', '河城', '山城', '海城'];
const documents = places.flatMap((place, i) =>
  ['大桥', '茶园', '剧院'].map((thing) => ({
    id: `${place}${thing}`,
    title: '',
    text: `${place}的${thing}在${1980 + i}年建成，花了${i + 2}亿元。`,
  })),
);
const question = '大桥是哪年建成的？';

let embedder: Embedder;
let library: OpenLibrary;
let reranker: Reranker;

beforeAll(async () => {
  const cacheDir = join(scratch, 'models');
  const model = join(scratch, 'tiny');
  // In its opinion it is all about the sea, and the mountains are out of the question.
  writeTinyCrossEncoder(model, { weights: { 海: 40, 山: -40 } });
  reranker = await openReranker({ model, modelsDir, cacheDir, patience: 60_000 });
  embedder = await openEmbedder({ model: SHIPPED_MODEL, modelsDir, cacheDir, workers: 1 });
  library = await corpusLibrary(documents, { embedder, cacheDir: scratch });
});

afterAll(async () => {
  library.close();
  await Promise.all([embedder.close(), reranker.close()]);
  rmSync(scratch, { recursive: true });
});

async function ranked(options: Partial<SearchOptions> = {}) {
  const view = library.view()!;
  const { passages } = await search(question, { view, embedder, limit: 25, ...options });
  return passages;
}

type Ranked = Awaited<ReturnType<typeof ranked>>;
const filesOf = (passages: Ranked) => passages.map(({ passage }) => passage.paragraph.file);
const scoresOf = (passages: Ranked) => passages.map(({ score }) => score);

describe('a second look', () => {
  it('puts the best in the order that the model says, and leaves the scores where they were', async () => {
    const before = await ranked();
    const after = await ranked({ secondLook: { reranker } });
    const looked = filesOf(before).slice(0, LOOKED_AT);
    const isAt = (letter: string) => (file: string) => file.startsWith(letter);
    const rest = looked.filter((file) => !isAt('海')(file) && !isAt('山')(file));
    expect(filesOf(after)).toEqual([
      ...looked.filter(isAt('海')),
      ...rest,
      ...looked.filter(isAt('山')),
      ...filesOf(before).slice(LOOKED_AT),
    ]);
    expect(filesOf(after)[0]).toBe('海城大桥');
    expect(filesOf(after)).not.toEqual(filesOf(before));
    expect(scoresOf(after)).toEqual(scoresOf(before));
  });

  it('looks at as many however few are asked for, and gives the same each time', async () => {
    const all = await ranked({ secondLook: { reranker } });
    for (let round = 0; round < 2; round += 1) {
      const few = await ranked({ secondLook: { reranker }, limit: 3 });
      expect(filesOf(few)).toEqual(filesOf(all).slice(0, 3));
    }
  });

  it('decides which paragraph is quoted', async () => {
    const quoted = async (secondLook?: { reranker: Reranker }) => {
      const ask = createAsk({ library, embedder, secondLook, refusal: 'open' });
      const { citations, nearest } = await ask(question);
      return [...citations, ...nearest][0]?.article.file;
    };
    expect(await quoted()).not.toBe('海城大桥');
    expect(await quoted({ reranker })).toBe('海城大桥');
  });

  it('that fails is told, and the ranking without it stands', async () => {
    const cacheDir = join(scratch, 'models');
    const model = join(scratch, 'tiny');
    const closed = await openReranker({ model, modelsDir, cacheDir, patience: 60_000 });
    await closed.close();
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const after = await ranked({ secondLook: { reranker: closed, onFailure } });
    expect(after).toEqual(await ranked());
    expect(failures).toMatchObject([{ code: 'reranker-closed' }]);
    expect(await ranked({ secondLook: { reranker: closed } })).toEqual(after);
  });

  it('of nothing is nothing', async () => {
    expect(await lookAgain(question, [], { reranker })).toEqual([]);
  });
});
