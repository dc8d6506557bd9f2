import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import { model } from '../../src/commands/model.ts';
import { SHIPPED_MODEL } from '../../src/embedding/shipped-model.ts';
import { startHub } from '../embedding/stand-in-hub.ts';
import type { StandInHub } from '../embedding/stand-in-hub.ts';
import { folderWith } from '../support/folders.ts';
import { run } from '../support/surroundings.ts';

const BRIDGE =
  '青石桥重新开放\n\n青石桥经过八个月的维修，5月3日重新开放。桥长46米，工程花了320万元。\n';
const QUESTION = '青石桥工程花了多少钱？';
const id = 'someone/other-model';

/** The shipped model, used in another way: a model of its own, for all that the library knows. */
function otherModel(): string {
  const folder = folderWith();
  const shipped = fileURLToPath(
    new URL(`../../embeddings/models/${SHIPPED_MODEL}`, import.meta.url),
  );
  cpSync(shipped, folder, { recursive: true });
  const settings = { prompts: { query: '问题：', document: '' }, yuanwen: { fold: true } };
  writeFileSync(join(folder, 'config_sentence_transformers.json'), JSON.stringify(settings));
  return folder;
}

describe('npm run model', () => {
  let hub: StandInHub;
  beforeEach(async () => {
    hub = await startHub(id, otherModel());
  });
  afterEach(async () => hub.close());

  function house(golden: readonly object[] = []) {
    const articles = folderWith({ 'bridge.txt': BRIDGE });
    const data = folderWith();
    mkdirSync(data, { recursive: true });
    if (golden.length > 0) {
      writeFileSync(join(data, 'golden.jsonl'), golden.map((q) => JSON.stringify(q)).join('\n'));
    }
    const env = join(data, '.env');
    writeFileSync(env, '# mine\nEMBEDDING_MODEL=\nBOT_TOKEN=7:x\n');
    const environment = { HF_ENDPOINT: hub.host, INDEX_WORKERS: '1' };
    const folders = ['--articles', articles, '--data', data];
    return {
      env,
      call: async (words: readonly string[], present = '') =>
        run(model, [...words, ...folders, '--env', env], {
          environment: { ...environment, EMBEDDING_MODEL: present },
        }),
      answers: async (embedding: string) =>
        run(ask, [QUESTION, ...folders], {
          environment: { ...environment, EMBEDDING_MODEL: embedding },
        }),
    };
  }

  const good = { question: QUESTION, quote: '工程花了320万元' };

  it('lists what is here, and what the hub has for whom', async () => {
    const { code, stdout } = await house().call(['list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${SHIPPED_MODEL} +\\d+ MB, shipped, in use`));
    expect(stdout).toMatch(/Xenova\/multilingual-e5-small +118 MB, questions across languages/);
  });

  it('changes to a model of the hub: downloads, indexes, examines, and keeps the choice', async () => {
    const { call, env, answers } = house([good]);
    const changed = await call(['use', id]);
    expect(changed.stderr).toContain(`Downloading ${id} onnx/model_quantized.onnx`);
    expect(changed.stdout).toContain(`${id} is in use: 1 passages in generation 1.`);
    expect(changed.stdout).toContain(`To go back: npm run model -- use ${SHIPPED_MODEL}`);
    expect(readFileSync(env, 'utf8')).toBe(`# mine\nEMBEDDING_MODEL=${id}\nBOT_TOKEN=7:x\n`);
    expect((await answers(id)).stdout).toContain('320万元');
    expect((await call(['list'])).stdout).toContain(id);
  });

  it('goes back by naming the model before, which costs no embedding', async () => {
    const { call, env } = house();
    await call(['use', id]);
    const back = await call(['use', SHIPPED_MODEL], id);
    expect(back.stdout).toContain(`${SHIPPED_MODEL} is in use`);
    expect(readFileSync(env, 'utf8')).toContain('EMBEDDING_MODEL=\n');
  });

  it('compares models on the golden questions without touching the library', async () => {
    const { call, env } = house([good, { question: '谁修的桥？', quote: '没有这句话' }]);
    const { code, stdout } = await call(['compare', SHIPPED_MODEL, id]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${SHIPPED_MODEL} +50 % +\\d+ +[\\d.]+\\n`));
    expect(stdout).toMatch(new RegExp(`${id} +50 % `));
    expect(readFileSync(env, 'utf8')).toContain('EMBEDDING_MODEL=\n');
  });

  it('tells in a sentence what is wrong with the model, and changes nothing', async () => {
    const { call, env } = house();
    const { code, stderr } = await call(['use', 'someone/nothing']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('no embedding model someone/nothing'),
    ]);
    expect(readFileSync(env, 'utf8')).toContain('EMBEDDING_MODEL=\n');
  });

  it('explains its usage', async () => {
    expect((await house().call(['use'])).code).toBe(2);
    expect((await house().call(['polish'])).code).toBe(2);
  });
});
