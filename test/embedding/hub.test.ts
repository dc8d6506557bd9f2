import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedder } from '../../src/embedding/embedder.ts';
import { downloadModel } from '../../src/embedding/hub.ts';
import type { DownloadProgress } from '../../src/embedding/hub.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { startHub } from './stand-in-hub.ts';
import type { StandInHub } from './stand-in-hub.ts';

const modelsDir = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const shipped = join(modelsDir, SHIPPED_MODEL);
const network = 'onnx/model_quantized.onnx';
const id = 'someone/small-model';

let hub: StandInHub;
let cacheDir: string;

beforeEach(async () => {
  hub = await startHub(id, shipped);
  cacheDir = mkdtempSync(join(tmpdir(), 'yuanwen-hub-'));
});

afterEach(async () => {
  await hub.close();
  rmSync(cacheDir, { recursive: true });
});

const options = () => ({ cacheDir, hubHost: hub.host, hubTimeout: 300 });
const download = async () => downloadModel(id, options());
const savedNetwork = () => join(cacheDir, id, network);
const savedWhole = () => readFileSync(savedNetwork()).equals(readFileSync(join(shipped, network)));

describe('a model of the hub', () => {
  it('is downloaded once, with progress up to its whole size, and gives the vectors of the same model on disk', async () => {
    const seen: DownloadProgress[] = [];
    const common = { modelsDir, cacheDir, workers: 1 };
    const remote = await openEmbedder({
      ...common,
      ...options(),
      model: id,
      onProgress: (progress) => seen.push(progress),
    });
    const local = await openEmbedder({ ...common, model: SHIPPED_MODEL });
    expect(await remote.embedQuestion('广州在哪里？')).toEqual(
      await local.embedQuestion('广州在哪里？'),
    );
    expect(remote.fingerprint).toBe(local.fingerprint);
    await Promise.all([remote.close(), local.close()]);

    const last = seen.findLast((progress) => progress.file === network);
    expect(last?.loaded).toBe(readFileSync(savedNetwork()).length);
    expect(last?.total).toBe(last?.loaded);

    const asked = hub.requests.length;
    await download();
    expect(hub.requests).toHaveLength(asked);
  });

  it('is carried on where the connection broke', async () => {
    hub.trouble.set(network, { breakAfter: 300_000 });
    await download();
    const asked = hub.requests.filter((request) => request.startsWith(`${network} from `));
    expect(asked).toHaveLength(1);
    expect(savedWhole()).toBe(true);
  });

  it('is carried on by a later start, and no half file is taken for whole', async () => {
    hub.trouble.set(network, { breakAfter: 200_000, always: true });
    await expect(download()).rejects.toThrow(/The embedding model someone\/small-model could not/);
    expect(existsSync(savedNetwork())).toBe(false);
    hub.trouble.clear();
    hub.requests.length = 0;
    await download();
    expect(hub.requests).not.toContain('tokenizer.json');
    expect(hub.requests.find((request) => request.startsWith(network))).toMatch(/from \d+$/);
    expect(savedWhole()).toBe(true);
  });

  it('survives a passing fault of the hub', async () => {
    hub.trouble.set('tokenizer.json', { status: 503 });
    await download();
    expect(hub.requests.filter((request) => request === 'tokenizer.json')).toHaveLength(2);
  });

  it('that does not exist is told in a sentence that names it', async () => {
    await expect(downloadModel('someone/nothing', options())).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/has no embedding model someone\/nothing.*EMBEDDING_MODEL/),
    });
  });

  it('without a network file for this machine is told so', async () => {
    hub.trouble.set(network, { status: 404, always: true });
    await expect(download()).rejects.toMatchObject({ code: 'model-unsupported' });
  });

  it.each([
    ['answers 500', { status: 500, always: true }, /answered 500/],
    ['hangs', { hangAfter: 1000, always: true }, /nothing came for 0\.3 seconds/],
  ])('ends in a clear sentence when the hub %s', async (_, trouble, reason) => {
    hub.trouble.set(network, trouble);
    await expect(download()).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(reason),
    });
  });

  it('ends in a clear sentence when there is no hub', async () => {
    const gone = { ...options(), hubHost: 'http://127.0.0.1:9/' };
    await expect(downloadModel(id, gone)).rejects.toMatchObject({
      code: 'hub-unreachable',
      message: expect.stringMatching(/can't be reached \(.+\)\. What has arrived is kept/),
    });
  });
});
