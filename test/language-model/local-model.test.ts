import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLanguageModel } from '../../src/language-model/open-language-model.ts';
import type { LanguageModel } from '../../src/ports.ts';
import { startHub } from '../embedding/stand-in-hub.ts';
import { rambling, reciting, writeTinyModel } from './tiny-model.ts';

const pieces = [
  '青龙大桥',
  '于2019年',
  '5月3日',
  '通车。',
  '[P1.S1]\n',
  '大桥',
  '很长。',
  '[P1.S2]',
];
const request = { instructions: 'Answer.', message: 'When?', maxTokens: 100 };

let root = '';
const opened: LanguageModel[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'language-models-'));
});
afterAll(async () => {
  await Promise.all(opened.map(async (model) => model.close()));
  await rm(root, { recursive: true });
});

async function open(name: string, timeout = 30_000): Promise<LanguageModel> {
  const settings = { model: join(root, name), baseUrl: undefined, apiKey: undefined, timeout };
  const model = await openLanguageModel(settings, { cacheDir: root });
  opened.push(model);
  return model;
}

describe('a language model inside the process', () => {
  it('writes in a thread of its own, and shows what it has so far', async () => {
    await writeTinyModel(join(root, 'reciting'), reciting(pieces));
    const model = await open('reciting');
    const seen: string[] = [];
    const { text, replyTokens, promptTokens } = await model.write({
      ...request,
      onText: (soFar) => seen.push(soFar),
    });
    expect(text).toBe(pieces.join(''));
    expect(seen.at(-1)).toBe(text);
    expect(seen.length).toBeGreaterThan(1);
    expect(replyTokens).toBe(pieces.length + 1);
    expect(promptTokens).toBe(3);
  });

  it('writes requests one after the other, and no more than it is asked for', async () => {
    const model = await open('reciting');
    const written = await Promise.all([
      model.write(request),
      model.write({ ...request, maxTokens: 2 }),
      model.write(request),
    ]);
    expect(written.map(({ text }) => text)).toEqual([
      pieces.join(''),
      '青龙大桥于2019年',
      pieces.join(''),
    ]);
  });

  it('may have a chat template without a system role, or none', async () => {
    const template =
      "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}{{ messages[0].content }} <reply>";
    await writeTinyModel(join(root, 'gentle'), { ...reciting(pieces), chatTemplate: template });
    await writeTinyModel(join(root, 'plain'), { ...reciting(pieces), chatTemplate: null });
    expect((await (await open('gentle')).write(request)).text).toBe(pieces.join(''));
    const plain = await open('plain');
    const asked = { ...request, message: 'When? <reply>' };
    expect((await plain.write(asked)).text).toBe(pieces.join(''));
  });

  it('with random weights ends when it has said enough', async () => {
    await writeTinyModel(join(root, 'rambling'), rambling(pieces));
    const { replyTokens, text } = await (await open('rambling')).write(request);
    expect(replyTokens).toBe(100);
    expect(text).not.toBe('');
  });

  it('stops when the question is withdrawn, or when it takes too long, and writes the next one', async () => {
    const model = await open('rambling', 400);
    const endless = { ...request, maxTokens: 1_000_000 };
    const withdrawn = new AbortController();
    const writing = model.write({
      ...endless,
      signal: withdrawn.signal,
      onText: () => withdrawn.abort(),
    });
    await expect(writing).rejects.toMatchObject({ code: 'language-model-cancelled' });
    await expect(model.write(endless)).rejects.toMatchObject({ code: 'language-model-slow' });
    expect((await model.write({ ...request, maxTokens: 3 })).replyTokens).toBe(3);
  });

  it('named by a hub id is downloaded once', async () => {
    const id = 'onnx-community/tiny-reciter';
    await writeTinyModel(join(root, 'served'), reciting(pieces));
    const hub = await startHub(id, join(root, 'served'));
    try {
      const settings = { model: id, baseUrl: undefined, apiKey: undefined, timeout: 30_000 };
      const place = { cacheDir: join(root, 'cache'), hubHost: hub.host };
      const model = await openLanguageModel(settings, place);
      opened.push(model);
      expect((await model.write(request)).text).toBe(pieces.join(''));
      const { length } = hub.requests;
      opened.push(await openLanguageModel(settings, place));
      expect(hub.requests).toHaveLength(length);
    } finally {
      await hub.close();
    }
  });

  it('that can’t be loaded is refused in a clear sentence', async () => {
    await writeTinyModel(join(root, 'broken'), reciting(pieces));
    await writeFile(join(root, 'broken', 'onnx', 'model.onnx'), 'no network');
    await expect(open('broken')).rejects.toThrow(/^The language model .*broken can't be loaded: /);
    await rm(join(root, 'broken', 'onnx', 'model.onnx'));
    await expect(open('broken')).rejects.toThrow('has no ONNX file');
    await expect(open('nowhere')).rejects.toThrow('There is no language model');
  });
});
