import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/commands/eval.ts';
import { runCommand } from '../../src/commands/run-command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'yuanwen-beir-'));
const folder = join(scratch, 'set');

const corpus = [
  { _id: 'd1', title: '', text: '港珠澳大桥全长55公里,2018年10月24日开通。' },
  { _id: 'd2', title: '地铁', text: '广州地铁十八号线全长58.3公里,设九座车站。' },
  { _id: 'd3', title: '熊猫', text: '大熊猫“和花”三岁生日,成都基地准备了竹笋蛋糕。' },
];
const queries = [
  { _id: 'q1', text: '港珠澳大桥哪天开通', answers: ['2018年10月24日'], answerable: true },
  { _id: 'q2', text: '十八号线有几座车站', answers: ['九座'], answerable: true },
  { _id: 'q3', text: '美元兑人民币汇率是多少', answers: [], answerable: false },
];

beforeAll(() => {
  mkdirSync(join(folder, 'qrels'), { recursive: true });
  const lines = (rows: readonly object[]): string =>
    rows.map((row) => JSON.stringify(row)).join('\n');
  writeFileSync(join(folder, 'corpus.jsonl'), lines(corpus));
  writeFileSync(join(folder, 'queries.jsonl'), lines(queries));
  writeFileSync(
    join(folder, 'qrels', 'test.tsv'),
    'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n',
  );
});

afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs `npm run eval` in this process. */
async function run(...words: string[]): Promise<{ code: number; out: string; errors: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCommand(evaluate, words, {
    environment: { DATA_DIR: scratch },
    stdin: new PassThrough(),
    stdout,
    stderr,
    signal: new AbortController().signal,
  });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: text(stdout), errors: text(stderr) };
}

describe('npm run eval -- --beir', () => {
  it('prints the figures of ranking and answers as one JSON object', async () => {
    const { code, out } = await run('--beir', folder, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      docs: 3,
      queries: 3,
      'ndcg@10': 1,
      'recall@1': 1,
      'recall@100': 1,
      'mrr@10': 1,
      msMedian: expect.any(Number),
      msP95: expect.any(Number),
      auc: 1,
      falseAnswers: expect.any(Number),
      falseRefusals: expect.any(Number),
      answerInQuote: expect.any(Number),
    });
  });

  it.each(['lexical', 'dense', 'fused'])('measures the %s side apart', async (ranking) => {
    const { out } = await run('--beir', folder, '--ranking', ranking, '--json');
    const json = JSON.parse(out);
    expect(json).toMatchObject({ ranking, queries: 2, 'recall@5': 1 });
    expect(json).not.toHaveProperty('auc');
  });

  it('asks only so many queries', async () => {
    const { out } = await run('--beir', folder, '--limit', '2', '--json');
    expect(JSON.parse(out)).toMatchObject({ docs: 3, queries: 2 });
  });

  it('prints a table, and writes a page that needs nothing else', async () => {
    const page = join(scratch, 'report.html');
    const { out } = await run('--beir', folder, '--report', page);
    expect(out).toMatch(/^ranking +docs +queries +ndcg@10/);
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).not.toMatch(/src=|href=/);
  });

  it('compares saved runs', async () => {
    const save = async (ranking: string): Promise<string> => {
      const file = join(scratch, `${ranking}.json`);
      const { out } = await run('--beir', folder, '--ranking', ranking, '--json');
      writeFileSync(file, out);
      return file;
    };
    const [a, b] = [await save('lexical'), await save('fused')];
    const { code, out } = await run('--compare', a, b, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ pairs: 2, difference: 0, p: 1 });
  });

  it.each([
    [['--beir', join(scratch, 'nowhere')], 1, /corpus\.jsonl cannot be read/],
    [['--beir', 'x', '--ranking', 'best'], 2, /--ranking is one of/],
    [['--compare', 'a.json'], 2, /two saved runs/],
    [[], 2, /Give one file of questions/],
    [[join(scratch, 'none.jsonl')], 1, /none\.jsonl cannot be read/],
  ] as const)('tells what is wrong with %j', async (words, code, message) => {
    const result = await run(...words);
    expect(result.code).toBe(code);
    expect(result.errors).toMatch(message);
  });

  it('names the line that is broken', async () => {
    const broken = join(scratch, 'broken.jsonl');
    writeFileSync(broken, '{"question":"一","quote":null}\n{"question":""}\n');
    const { code, errors } = await run(broken);
    expect(code).toBe(1);
    expect(errors).toContain(`Line 2 of ${broken}`);
  });
});
