import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import { doctor } from '../../src/commands/doctor.ts';
import type { Answer } from '../../src/types.ts';
import { ScriptedServer, fails, replies, says } from '../language-model/scripted-server.ts';
import { folderWith } from '../support/folders.ts';
import { jsonLines, run } from '../support/surroundings.ts';

const text =
  '青石桥重新开放\n\n青石桥经过八个月的维修，5月3日重新开放。桥长46米，工程花了320万元。\n';
const question = '青石桥的工程花了多少万元？';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(async () => server.close());

async function asked(environment: Record<string, string>) {
  const folder = folderWith({ 'bridge.txt': text });
  const flags = [question, '--json', '--articles', folder, '--data', folderWith()];
  const { code, stdout, stderr } = await run(ask, flags, { environment });
  return { code, answer: jsonLines<Answer>(stdout)[0], stderr };
}

describe('npm run ask with a language model', () => {
  it('prints what was written beside the citations', async () => {
    server.behave(replies('维修工程花费了320万元。〈工程花了320万元〉\n'));
    const { code, answer } = await asked({ LLM_BASE_URL: server.baseUrl, LLM_MODEL: 'scripted' });
    expect(code).toBe(0);
    expect(answer?.written).toEqual({
      model: 'scripted',
      sentences: [{ text: '维修工程花费了320万元。', citations: [1] }],
      dropped: 0,
      translations: [],
    });
    expect(answer?.citations[0]?.quote).toBe('桥长46米，工程花了320万元。');
  });

  it('prints the quoting answer, with no error, when the model fails', async () => {
    server.behave(fails(401));
    const { code, answer, stderr } = await asked({
      LLM_BASE_URL: server.baseUrl,
      LLM_MODEL: 'scripted',
      LLM_API_KEY: 'sk-secret-1234567890',
    });
    expect(code).toBe(0);
    expect(answer?.answered).toBe(true);
    expect(answer).not.toHaveProperty('written');
    expect(stderr).not.toContain('secret');
  });

  it('says what is wrong with a local model that is not there', async () => {
    const { code, stderr } = await asked({ LLM_MODEL: './no-such-model' });
    expect(code).toBe(1);
    expect(stderr).toContain('There is no language model ./no-such-model');
  });
});

describe('npm run doctor with a language model', () => {
  it('says that it replies, or what to do about it', async () => {
    server.behave(says('Yes.'), fails(404, 'model "scripted" not found'));
    const environment = { LLM_BASE_URL: server.baseUrl, LLM_MODEL: 'scripted' };
    const flags = ['--articles', folderWith({ 'bridge.txt': text }), '--data', folderWith()];
    const well = await run(doctor, flags, { environment });
    expect(well.stdout).toContain('✓ Language model: scripted replies, with 6 prompts');
    const ill = await run(doctor, flags, { environment });
    expect(ill.stdout).toMatch(/✗ Language model: .*not found.*check LLM_MODEL and LLM_API_KEY/);
  });
});
