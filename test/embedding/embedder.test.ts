import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import type { Embedder } from '../../src/ports.ts';

const modelsDir = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-embedder-'));
const open = async (model: string) =>
  openEmbedder({ model, modelsDir, cacheDir: join(scratch, 'cache'), workers: 2 });

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

afterAll(() => rmSync(scratch, { recursive: true }));

describe('the shipped model', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await open(SHIPPED_MODEL);
  });
  afterAll(async () => embedder.close());

  it.each([
    ['ordinary text', '广东省气象局发布台风预警。'],
    ['nothing', ''],
    ['white space', ' \n\t　'],
    ['a lone high surrogate', '台风\uD83C来了'],
    ['a lone low surrogate', '\uDF0A台风'],
    ['emoji and control characters', '🌊\u0000\u200B🀄'],
    ['200,000 characters without a break', '台风'.repeat(100_000)],
    ['200,000 equal letters', 'a'.repeat(200_000)],
  ])('gives a unit vector for %s', async (_, text) => {
    for (const vector of [
      await embedder.embedQuestion(text),
      (await embedder.embedPassages([text]))[0]!,
    ]) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('knows what belongs together', async () => {
    const [weather, football] = await embedder.embedPassages([
      '受台风影响，今天夜间到明天广州市有大暴雨，学校停课一天。',
      '昨晚的足球比赛中，主队以三比一获胜，球迷庆祝到深夜。',
    ]);
    for (const question of ['为什么学校停课？', '為什麼學校停課？', 'Will it rain tomorrow?']) {
      const asked = await embedder.embedQuestion(question);
      expect(dot(asked, weather!)).toBeGreaterThan(dot(asked, football!));
    }
  });

  it('gives Traditional and full-width text the vector of its plain form', async () => {
    const plain = await embedder.embedQuestion('2023年广州的气温是多少?');
    const other = await embedder.embedQuestion('２０２３年廣州的氣溫是多少？');
    expect(dot(plain, other)).toBeGreaterThan(0.999);
  });

  it('embeds 2,000 texts in order, each as if alone, and answers questions meanwhile', async () => {
    const texts = Array.from(
      { length: 2000 },
      (_, i) => `第${i}号台风：${'风雨很大，'.repeat(i % 40)}`,
    );
    let finished = false;
    const all = embedder.embedPassages(texts).finally(() => (finished = true));
    for (let i = 0; i < 5; i += 1) await embedder.embedQuestion(`第${i}个问题`);
    expect(finished).toBe(false);
    const vectors = await all;
    expect(vectors).toHaveLength(texts.length);
    for (const i of [0, 1, 39, 40, 777, 1999]) {
      const [alone] = await embedder.embedPassages([texts[i]!]);
      expect(dot(vectors[i]!, alone!)).toBeGreaterThan(0.9999);
    }
  });

  it('embeds single words alike, at first and when they are remembered, however many came between', async () => {
    const words = ['图书馆', 'library', '桥', 'bridge', 'library'];
    const first = await embedder.embedWords?.(words);
    expect(first).toEqual(await embedder.embedPassages(words));
    expect(await embedder.embedWords?.(words.toReversed())).toEqual(first?.toReversed());
    await embedder.embedWords?.(Array.from({ length: 9000 }, (_, i) => `第${i}`));
    expect(await embedder.embedWords?.(words)).toEqual(first);
  });

  it('gives no vectors for no texts', async () => {
    expect(await embedder.embedPassages([])).toEqual([]);
  });
});

describe('an embedder', () => {
  it('closed during work fails what was waiting, and everything after, in a clear sentence', async () => {
    const embedder = await open(SHIPPED_MODEL);
    const work = embedder.embedPassages(Array.from({ length: 3000 }, (_, i) => `第${i}段`));
    const [outcome] = await Promise.allSettled([work, embedder.close()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'embedder-closed' } });
    await expect(embedder.embedQuestion('还在吗？')).rejects.toMatchObject({
      code: 'embedder-closed',
    });
  });

  it.each(['./nope', 'no-such-model', '/nowhere/at/all'])(
    'of a model that is not there (%s) names it and says what to do',
    async (model) => {
      await expect(open(model)).rejects.toMatchObject({
        code: 'model-missing',
        message: expect.stringMatching(
          /^There is no embedding model at \S+\. Correct EMBEDDING_MODEL, or leave EMBEDDING_MODEL empty for the shipped model\.$/,
        ),
      });
    },
  );

  describe('of a damaged model', () => {
    const damagedCopy = (name: string, damage: (folder: string) => void) => {
      const folder = join(scratch, name);
      cpSync(join(modelsDir, SHIPPED_MODEL), folder, { recursive: true });
      damage(folder);
      return folder;
    };

    it.each([
      [
        'cut network',
        (folder: string) => truncateSync(join(folder, network), 5000),
        /does not load/,
      ],
      ['no network', (folder: string) => rmSync(join(folder, network)), /model_quantized\.onnx/],
      [
        'no tokenizer',
        (folder: string) => rmSync(join(folder, 'tokenizer.json')),
        /tokenizer\.json/,
      ],
      [
        'broken config',
        (folder: string) => writeFileSync(join(folder, 'config.json'), '{"a'),
        /config\.json/,
      ],
      [
        'broken tokenizer',
        (folder: string) => writeFileSync(join(folder, 'tokenizer.json'), '{}'),
        /does not load/,
      ],
    ])('(%s) names model and fault', async (name, damage, fault) => {
      const folder = damagedCopy(name.replace(' ', '-'), damage);
      await expect(open(folder)).rejects.toMatchObject({
        code: 'model-damaged',
        message: expect.stringMatching(fault),
      });
    });
  });

  it('has another fingerprint when the model is used in another way, and the same after a move', async () => {
    const folder = join(scratch, 'moved');
    cpSync(join(modelsDir, SHIPPED_MODEL), folder, { recursive: true });
    const [original, moved] = await Promise.all([open(SHIPPED_MODEL), open(folder)]);
    writeFileSync(
      join(folder, 'config_sentence_transformers.json'),
      JSON.stringify({ prompts: { query: 'query: ', document: 'passage: ' } }),
    );
    const prefixed = await open(folder);
    expect(moved.fingerprint).toBe(original.fingerprint);
    expect(prefixed.fingerprint).not.toBe(original.fingerprint);
    await Promise.all([original, moved, prefixed].map(async (embedder) => embedder.close()));
  });
});

const network = 'onnx/model_quantized.onnx';
