import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { CrossEncoder, openReranker, rerankingErrors } from '../../src/embedding/reranker.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { ModelThread } from '../../src/embedding/thread.ts';
import type { Reranker } from '../../src/ports.ts';
import { startThread } from '../../src/threads.ts';
import { startHub } from './stand-in-hub.ts';
import { writeTinyCrossEncoder } from './tiny-cross-encoder.ts';
import type { TinyCrossEncoder } from './tiny-cross-encoder.ts';

const modelsDir = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-reranker-'));
const opened: Reranker[] = [];

afterAll(async () => {
  await Promise.all(opened.map(async (reranker) => reranker.close()));
  rmSync(scratch, { recursive: true });
});

async function open(model: string): Promise<Reranker> {
  const options = { model, modelsDir, cacheDir: join(scratch, 'cache'), patience: 60_000 };
  const reranker = await openReranker(options);
  opened.push(reranker);
  return reranker;
}

function written(name: string, model: TinyCrossEncoder): string {
  const folder = join(scratch, name);
  writeTinyCrossEncoder(folder, model);
  return folder;
}

const weights = { 茶: 2, 山: 0.5, 雨: -3, tea: 1 };

describe('a cross-encoder', () => {
  it('reads question and passage together, and gives the same scores each time', async () => {
    const reranker = await open(written('tea', { weights }));
    const passages = ['茶山', '下雨了', '', 'Green tea 茶'];
    expect(await reranker.scores('茶？', passages)).toEqual([4.5, -1, 2, 5]);
    expect(await reranker.scores('山？', passages)).toEqual([3, -2.5, 0.5, 3.5]);
    const again = await open(join(scratch, 'tea'));
    expect(await again.scores('茶？', passages.toReversed())).toEqual([5, 2, -1, 4.5]);
    expect(await again.scores('茶？', [])).toEqual([]);
  });

  it('with two scores, "no" and "yes", says what "yes" is ahead', async () => {
    const reranker = await open(written('two', { weights, labels: 2 }));
    expect(await reranker.scores('茶？', ['茶山', '下雨了'])).toEqual([4.5, -1]);
  });

  it('cuts what is too long at the end of the passage, and keeps the mark that ends it', async () => {
    const model = { weights: { 茶: 1 }, endWeight: 1000, maxTokens: 20 };
    const reranker = await open(written('short', model));
    const cut = (question: number, passage: number) =>
      reranker.scores('茶'.repeat(question), ['茶'.repeat(passage)]);
    // Three of the twenty are marks.
    expect(await cut(3, 14)).toEqual([2017]);
    expect(await cut(3, 50_000)).toEqual([2017]);
    expect(await cut(50_000, 50_000)).toEqual([2017]);
    expect(await cut(50_000, 1)).toEqual([2011]);
  });

  it('takes lone halves of characters and control characters', async () => {
    const reranker = await open(join(scratch, 'tea'));
    expect(await reranker.scores('\uD83C茶', ['茶\uDF0A\u0000', '🌊'])).toEqual([4, 2]);
  });

  it('is loaded from its smallest file', async () => {
    const folder = written('sizes', { weights: { 茶: 1 } });
    writeTinyCrossEncoder(folder, { weights: { 茶: 2 }, file: 'onnx/model.onnx' });
    expect(await (await open(folder)).scores('茶', ['茶'])).toEqual([2]);
    rmSync(join(folder, 'onnx/model_quantized.onnx'));
    expect(await (await open(folder)).scores('茶', ['茶'])).toEqual([4]);
  });

  it('of the hub is downloaded, and named when the hub has none', async () => {
    const hub = await startHub('someone/reranker', join(scratch, 'tea'));
    const options = { modelsDir, cacheDir: join(scratch, 'hub'), patience: 60_000 };
    const from = async (model: string) =>
      openReranker({ ...options, model, hubHost: hub.host, hubTimeout: 2000 });
    try {
      const reranker = await from('someone/reranker');
      opened.push(reranker);
      expect(await reranker.scores('茶？', ['茶山'])).toEqual([4.5]);
      expect(hub.requests).not.toContain('modules.json');
      await expect(from('someone/else')).rejects.toMatchObject({
        code: 'model-missing',
        message: expect.stringContaining('has no reranking model someone/else'),
      });
    } finally {
      await hub.close();
    }
  });

  it('closed during work fails what was waiting, and everything after', async () => {
    const reranker = await open(join(scratch, 'tea'));
    const work = reranker.scores(
      '茶',
      Array.from({ length: 500 }, () => '茶'),
    );
    const [outcome] = await Promise.allSettled([work, reranker.close()]);
    const failure = { code: 'reranker-closed' };
    expect(outcome).toMatchObject({ status: 'rejected', reason: failure });
    await expect(reranker.scores('山', ['茶'])).rejects.toMatchObject(failure);
  });
});

describe('a reranker that can’t be used', () => {
  it('is named with what to do when it is not there', async () => {
    await expect(open('./nope')).rejects.toMatchObject({
      code: 'model-missing',
      message:
        'There is no reranking model at ./nope. Correct RERANKER_MODEL, or leave RERANKER_MODEL empty to do without.',
    });
  });

  it.each([
    ['no tokenizer', (folder: string) => rmSync(join(folder, 'tokenizer.json')), 'model-damaged'],
    [
      'no network',
      (folder: string) => rmSync(join(folder, 'onnx/model_quantized.onnx')),
      'model-damaged',
    ],
    [
      'broken config',
      (folder: string) => writeFileSync(join(folder, 'config.json'), '{"a'),
      'model-damaged',
    ],
    [
      'cut network',
      (folder: string) => truncateSync(join(folder, 'onnx/model_quantized.onnx'), 60),
      'reranker-unusable',
    ],
  ])('(%s) is named with what to do', async (name, damage, code) => {
    const folder = written(name.replaceAll(' ', '-'), { weights });
    damage(folder);
    const message = expect.stringMatching(/^The reranking model .* RERANKER_MODEL/);
    await expect(open(folder)).rejects.toMatchObject({ code, message });
  });

  it('because it is something else says so', async () => {
    await expect(open(SHIPPED_MODEL)).rejects.toMatchObject({
      code: 'reranker-unusable',
      message: expect.stringContaining('it is no cross-encoder but a '),
    });
    await expect(open(written('three', { weights, labels: 3 }))).rejects.toMatchObject({
      code: 'reranker-unusable',
      message: expect.stringContaining('it gives 3 scores for two texts'),
    });
  });
});

describe('a reranker in trouble', () => {
  function fragile(patience: number): Reranker {
    const thread = new ModelThread<{ question: string; passage: string }>(
      () => startThread(new URL('./fragile-reranker-worker.ts', import.meta.url)),
      rerankingErrors('fragile'),
    );
    const reranker = new CrossEncoder('fragile', thread, patience);
    opened.push(reranker);
    return reranker;
  }

  it('whose thread dies says so, and scores the next question in a new one', async () => {
    const reranker = fragile(60_000);
    await expect(reranker.scores('?', ['live', 'die'])).rejects.toMatchObject({
      code: 'reranker-failed',
      message: expect.stringContaining('the worker was told to die'),
    });
    expect(await reranker.scores('?', ['live', 'on'])).toEqual([4, 2]);
  });

  it('that takes too long says so, and does not keep the next question waiting', async () => {
    const reranker = fragile(3000);
    await expect(reranker.scores('?', ['wait'])).rejects.toMatchObject({
      code: 'reranker-slow',
      message: expect.stringContaining('longer than 3 s'),
    });
    expect(await reranker.scores('?', ['go'])).toEqual([2]);
  });
});
