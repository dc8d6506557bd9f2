import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/commands/eval.ts';
import { runCommand } from '../../src/commands/run-command.ts';
import { ScriptedServer, fails, says } from '../language-model/scripted-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-questions-'));
const articles = join(scratch, 'articles');
const questions = join(scratch, 'questions.jsonl');
const BRIDGE = '青龙大桥于2019年5月3日通车，全长1200米。';

const lines = (rows: readonly object[]): string =>
  rows.map((row) => JSON.stringify(row)).join('\n');

beforeAll(() => {
  mkdirSync(articles);
  writeFileSync(join(articles, 'bridge.txt'), `青龙大桥通车\n\n${BRIDGE}\n`);
  writeFileSync(
    join(articles, 'tea.txt'),
    '茶园丰收\n\n海雾茶今年产量达到三千吨，比去年增加一成。\n',
  );
  writeFileSync(
    questions,
    lines([
      {
        id: 'a',
        kind: '日期',
        question: '青龙大桥哪天通车？',
        quote: BRIDGE,
        answer: '2019年5月3日',
      },
      {
        id: 'b',
        kind: '数量',
        question: '海雾茶今年产量多少吨？',
        quote: '海雾茶今年产量达到三千吨',
        answer: ['3000吨', '三千吨'],
      },
      { id: 'c', kind: '无答案', question: '莎士比亚出生在哪个国家？', quote: null, answer: null },
    ]),
  );
});

afterAll(() => rmSync(scratch, { recursive: true }));

async function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; errors: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCommand(evaluate, [...words], {
    environment: { ARTICLES_DIR: articles, DATA_DIR: join(scratch, 'data'), ...environment },
    stdin: new PassThrough(),
    stdout,
    stderr,
    signal: new AbortController().signal,
  });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: text(stdout), errors: text(stderr) };
}

describe('npm run eval -- FILE.jsonl', () => {
  it('measures each kind and all', async () => {
    const { code, out } = await run([questions, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      questions: 3,
      answerable: 2,
      unanswerable: 1,
      'hit@1': 1,
      'hit@3': 1,
      mrr: 1,
      answerInQuote: 1,
      falseAnswers: 0,
      falseRefusals: 0,
      auc: 1,
      kinds: {
        日期: { questions: 1, 'hit@1': 1 },
        数量: { questions: 1, answerInQuote: 1 },
        无答案: { questions: 1, 'hit@1': null, falseAnswers: 0 },
      },
    });
  });

  it('asks the articles as they are now', async () => {
    const quote = '检修队昨天清洗了桥面的四百盏路灯。';
    const later = join(scratch, 'later.jsonl');
    writeFileSync(later, lines([{ question: '检修队清洗了多少盏路灯？', quote }]));
    const before = await run([later, '--json']);
    expect(JSON.parse(before.out)).toMatchObject({ 'hit@1': 0 });
    writeFileSync(join(articles, 'lamps.txt'), `桥梁检修\n\n${quote}\n`);
    const after = await run([later, '--json']);
    expect(JSON.parse(after.out)).toMatchObject({ 'hit@1': 1 });
  });

  it('shows each failed question with what was expected and what was quoted', async () => {
    const wrong = join(scratch, 'wrong.jsonl');
    const page = join(scratch, 'page.html');
    writeFileSync(
      wrong,
      lines([
        { id: 'w', question: '青龙大桥哪天通车？', quote: '<b>别的段落</b>', answer: '明年' },
      ]),
    );
    const { out, errors } = await run([wrong, '--report', page]);
    expect(out).toMatch(/^all +1 +0\.000/m);
    expect(errors).toContain(page);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('Failed questions: 1');
    expect(html).toContain('&lt;b&gt;别的段落&lt;/b&gt; / 明年');
    expect(html).toContain('2019年5月3日通车');
  });

  it('holds dialogues', async () => {
    const dialogues = join(scratch, 'dialogues.jsonl');
    const turns = [
      { question: '青龙大桥哪天通车？', quote: BRIDGE },
      { question: '它有多长？', quote: BRIDGE },
    ];
    writeFileSync(dialogues, lines([{ id: 'd', turns }]));
    const { out } = await run(['--dialogues', dialogues, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      questions: 2,
      kinds: { 'first turn': { 'hit@1': 1 }, 'follow-up': { 'hit@1': 1 } },
    });
  });
});

/** The figures of a run without those that differ each time. */
function timeless(out: string): Record<string, unknown> {
  const isTime = (name: string): boolean => /^ms|Ms$/.test(name);
  return JSON.parse(out, (name, value) => (isTime(name) ? undefined : value));
}

describe('npm run eval -- FILE.jsonl --answers llm', () => {
  it('also says what the language model wrote', async () => {
    const server = await ScriptedServer.start();
    try {
      server.behave(says('NONE'), says('NONE'));
      const { out } = await run([questions, '--answers', 'llm', '--json'], {
        LLM_BASE_URL: server.baseUrl,
        LLM_MODEL: 'scripted',
      });
      expect(JSON.parse(out)).toMatchObject({
        'hit@1': 1,
        writing: { questions: 3, quotesProven: 1, outcomes: { declined: 2, quoted: 1 } },
      });
    } finally {
      await server.close();
    }
  });

  it.each([
    ['fails', fails(401)],
    ['finds no answer', says('NONE')],
    ['lies', says('大桥在1999年通车。[P1.S1]')],
  ])('a model that %s leaves every other figure as it is without one', async (_, behaviour) => {
    const server = await ScriptedServer.start();
    try {
      server.behave(behaviour);
      const environment = { LLM_BASE_URL: server.baseUrl, LLM_MODEL: 'scripted' };
      const quoting = await run([questions, '--json'], environment);
      expect(server.requests).toEqual([]);
      const written = await run([questions, '--answers', 'llm', '--json'], environment);
      expect(server.requests.length).toBeGreaterThan(0);
      const { writing, ...figures } = timeless(written.out);
      expect(writing).toBeDefined();
      expect(figures).toEqual(timeless(quoting.out));
    } finally {
      await server.close();
    }
  });

  it.each([
    [[questions, '--answers', 'llm'], /set LLM_MODEL/],
    [[questions, '--answers', 'poems'], /quotes or llm/],
    [['--beir', scratch, '--answers', 'llm'], /not for --beir/],
    [['--beir', scratch, '--limit', '0'], /--limit takes a whole number from 1/],
  ] as const)('tells what is wrong with %j', async (words, message) => {
    const { code, errors } = await run(words);
    expect(errors).toMatch(message);
    expect(code).toBe(2);
  });
});
