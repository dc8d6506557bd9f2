import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { corpusLibrary } from '../../src/evaluation/corpus-library.ts';
import type { OpenLibrary } from '../../src/library/library.ts';
import type { Embedder } from '../../src/ports.ts';
import { search } from '../../src/search/search.ts';
import type { SearchOptions } from '../../src/search/search.ts';
import type { RankedPassage } from '../../src/search/types.ts';

const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-search-'));
const rain = '8月23日,广东省气象局发布暴雨橙色预警,广州、深圳等地降雨量超过100毫米。';
const documents = [
  { id: 'rain', title: '暴雨', text: rain },
  { id: 'rain-again', title: '天气', text: `${rain}。` },
  { id: 'metro', title: '地铁', text: '广州地铁十八号线全长58.3公里,设九座车站,时速160公里。' },
  { id: 'bridge', title: '大桥', text: '港珠澳大桥全长55公里,2018年10月24日开通。' },
  { id: 'school', title: '教育', text: '北京大学新图书馆昨天开放,藏书八百万册,学生可以通宵自习。' },
  { id: 'panda', title: '熊猫', text: '大熊猫“和花”三岁生日,成都基地为它准备了竹笋蛋糕。' },
  { id: 'chip', title: '芯片', text: '该公司发布新款手机芯片,采用5纳米工艺,功耗降低三成。' },
  { id: 'price', title: '物价', text: '7月居民消费价格同比上涨2.7%,猪肉价格上涨85.7%。' },
];

let embedder: Embedder;
let library: OpenLibrary;

beforeAll(async () => {
  embedder = await openEmbedder({
    model: SHIPPED_MODEL,
    modelsDir: fileURLToPath(new URL('../../embeddings/models', import.meta.url)),
    cacheDir: join(scratch, 'models'),
    workers: 1,
  });
  library = await corpusLibrary(documents, { embedder, cacheDir: scratch });
});

afterAll(async () => {
  library.close();
  await embedder.close();
  rmSync(scratch, { recursive: true });
});

async function found(
  question: string,
  options: Partial<SearchOptions> = {},
): Promise<readonly RankedPassage[]> {
  const view = library.view()!;
  const { passages } = await search(question, { view, embedder, limit: 5, ...options });
  return passages;
}

const file = (passages: readonly RankedPassage[]): string | undefined =>
  passages[0]?.passage.paragraph.file;

describe('a question in another language', () => {
  it.each([
    ['How long is the bridge to Macao?', 'bridge'],
    ['When did the university library open?', 'school'],
    ['By how much did the price of pork rise?', 'price'],
    ['What did the giant panda get for its birthday?', 'panda'],
    ['How fast is the subway in Guangzhou?', 'metro'],
  ])('is compared word by word: %s', async (question, document) => {
    const passages = await found(question);
    expect(file(passages)).toBe(document);
    expect(passages[0]?.features.meaning).toBeGreaterThan(0.2);
  });

  it('about something else comes near nothing', async () => {
    const [about, nothing] = await Promise.all([
      found('How long is the bridge to Macao?'),
      found('Who painted the ceiling of the chapel?'),
    ]);
    expect(nothing[0]?.score).toBeLessThan(0.5 * (about[0]?.score ?? 0));
  });

  it('goes by whole texts with a model that knows no single words', async () => {
    const passages = await found('How long is the bridge to Macao?', {
      embedder: { ...embedder, embedWords: null },
    });
    expect(passages.map(({ features }) => features.meaning)).toEqual(passages.map(() => 0));
  });
});

describe('search', () => {
  it.each([
    ['地铁十八号线有多长?', 'metro'],
    ['港珠澳大橋是哪天開通的?', 'bridge'],
    ['北大图书馆有多少书', 'school'],
    ['猪肉涨了多少', 'price'],
    ['What is the giant panda given for its birthday?', 'panda'],
  ])('finds for %s the paragraph about %s', async (question, expected) => {
    expect(file(await found(question))).toBe(expected);
  });

  it('shows a paragraph that was printed twice once, with the other under it', async () => {
    const passages = await found('广东暴雨预警');
    const files = passages.map(({ passage }) => passage.paragraph.file);
    expect(files.filter((name) => name.startsWith('rain'))).toHaveLength(1);
    expect(passages[0]?.duplicates).toHaveLength(1);
  });

  it('gives scores in 0…1, best first, higher for what is there than for what is not', async () => {
    const there = await found('港珠澳大桥全长多少公里');
    const absent = await found('如何学好弹钢琴');
    for (const passages of [there, absent]) {
      const scores = passages.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    }
    expect(there[0]!.score).toBeGreaterThan(absent[0]!.score + 0.3);
  });

  it('tells by which side a passage was found', async () => {
    const [first] = await found('港珠澳大桥');
    expect(first).toMatchObject({ lexicalRank: 1, denseRank: 1 });
    const byWords = await found('港珠澳大桥', { ranking: 'lexical' });
    expect(byWords.every(({ denseRank }) => denseRank === null)).toBe(true);
  });

  it('finds nothing by words where no word is shared', async () => {
    expect(await found('Hamlet', { ranking: 'lexical' })).toEqual([]);
  });

  it.each(['', '?', '的', '多少', '🙂', ' \n', '\ud800', '"OR" NEAR(*)'])(
    'takes %j without failing',
    async (question) => {
      expect((await found(question)).every(({ score }) => Number.isFinite(score))).toBe(true);
    },
  );

  it('ranks in the same order with a model that the weights were not made for', async () => {
    const foreign = { ...embedder, fingerprint: 'another' };
    expect(file(await found('港珠澳大桥是哪天开通的', { embedder: foreign }))).toBe('bridge');
  });

  it('understands numbers, names and the language of the question', async () => {
    const view = library.view()!;
    const { question } = await search('iPhone 12 在2018年賣了多少?', { view, embedder, limit: 1 });
    expect(question.language).toBe('zh-Hant');
    expect(question.numbers).toEqual(expect.arrayContaining(['12', '2018年']));
    expect(question.names).toEqual(['iphone']);
    expect(question.dates?.range).toEqual(['2018-01-01', '2018-12-31']);
    expect(question.terms.map(({ text }) => text)).not.toContain('多少');
  });
});
