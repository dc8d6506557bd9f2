import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import type { Command } from '../../src/commands/command.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { evaluate } from '../../src/commands/eval.ts';
import { start } from '../../src/commands/start.ts';
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

describe('a faulty prompt', () => {
  const token = '123456:abcdefghijklmnopqrstuvwxyz';
  it.each<[string, Command, string[], Record<string, string>]>([
    ['npm run ask', ask, [question], {}],
    ['npm start in the terminal', start, [], {}],
    ['npm start in Telegram', start, [], { BOT_TOKEN: token }],
    ['npm run eval', evaluate, ['FILE', '--answers', 'llm'], {}],
  ])('is told by file and line before %s does anything', async (_, command, words, more) => {
    const { flags, data, environment } = faultyWorkplace();
    const given = words.map((word) => (word === 'FILE' ? questionFile() : word));
    const told = await run(command, [...given, ...flags], {
      environment: { ...environment, ...more },
    });
    expect(told.code).toBe(1);
    expect(told.stdout).toBe('');
    expect(told.stderr).toMatch(/answer\.en\.md, line 31: \{\{qestion\}\} is not among/);
    expect(readdirSync(data)).toEqual([]);
  });

  it('is told by npm run doctor beside everything else', async () => {
    const { flags, environment } = faultyWorkplace();
    const { stdout } = await run(doctor, flags, { environment });
    expect(stdout).toMatch(/✗ Language model: .*answer\.en\.md, line 31: /);
  });

  it('hinders nobody who answers in quotes alone', async () => {
    const { flags, environment } = faultyWorkplace();
    const { PROMPTS_DIR } = environment;
    const told = await run(ask, [question, ...flags], { environment: { PROMPTS_DIR } });
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('320万元');
  });
});

function faultyWorkplace() {
  const shipped = readdirSync('prompts').map((name) => [
    name,
    readFileSync(join('prompts', name), 'utf8'),
  ]);
  const files: Record<string, string> = Object.fromEntries(shipped);
  const answer = files['answer.en.md'] ?? '';
  files['answer.en.md'] = answer.replace('<question>{{question}}', '\n<question>{{qestion}}');
  const [articles, data] = [folderWith({ 'bridge.txt': text }), folderWith()];
  return {
    data,
    flags: ['--articles', articles, '--data', data],
    environment: {
      PROMPTS_DIR: folderWith(files),
      LLM_BASE_URL: server.baseUrl,
      LLM_MODEL: 'scripted',
    },
  };
}

function questionFile(): string {
  const line = JSON.stringify({ id: '1', question, quote: '工程花了320万元' });
  return join(folderWith({ 'questions.jsonl': line }), 'questions.jsonl');
}

describe('the packages of language models', () => {
  /** Hooks that let nobody import them. */
  const forbidding = `export const resolve = (name, context, next) => {
    if (/^(openai|pinyin-pro)\\b/.test(name)) throw new Error('loaded ' + name);
    return next(name, context);
  }`;
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(url(forbidding))});`;

  async function askedForbidding(environment: Record<string, string>) {
    const folders = ['--articles', folderWith({ 'bridge.txt': text }), '--data', folderWith()];
    const words = ['--import', 'tsx', '--import', url(register), 'src/cli.ts', 'ask', question];
    const env = { PATH: process.env['PATH'], LLM_MODEL: '', ...environment };
    return promisify(execFile)(process.execPath, [...words, ...folders], { env });
  }

  it('are loaded when one is configured, and only then', async () => {
    const alone = await askedForbidding({});
    expect(alone.stdout).toContain('320万元');
    const served = { LLM_BASE_URL: server.baseUrl, LLM_MODEL: 'scripted' };
    await expect(askedForbidding(served)).rejects.toThrow('loaded openai');
  });
});
