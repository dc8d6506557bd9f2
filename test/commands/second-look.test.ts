import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from '../../src/commands/ask.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { evaluate } from '../../src/commands/eval.ts';
import { search } from '../../src/commands/search.ts';
import type { Answer } from '../../src/types.ts';
import { writeTinyCrossEncoder } from '../embedding/tiny-cross-encoder.ts';
import { folderWith } from '../support/folders.ts';
import { jsonLines, run } from '../support/surroundings.ts';

const articles = {
  'north.txt': '北城大桥开放\n\n北城大桥在1991年建成，花了三亿元。\n',
  'south.txt': '南城大桥开放\n\n南城大桥在1992年建成，花了四亿元。\n',
};

/** A model to which everything that says this is right. */
function modelFor(letter: string): string {
  const folder = folderWith();
  writeTinyCrossEncoder(folder, { weights: { [letter]: 30 } });
  return folder;
}

interface Found {
  readonly passages: ReadonlyArray<{ readonly article: { readonly file: string } }>;
}

const question = '大桥是哪年建成的？';
const library = () => ['--articles', folderWith(articles), '--data', folderWith()];

describe('RERANKER_MODEL', () => {
  it.each([
    ['北', 'north.txt'],
    ['南', 'south.txt'],
  ])('that is for %s lets npm run ask quote %s first', async (letter, file) => {
    const environment = { RERANKER_MODEL: modelFor(letter) };
    const words = [question, '--json', ...library()];
    const { code, stdout, stderr } = await run(ask, words, { environment });
    expect(code).toBe(0);
    expect(stderr).not.toContain('reranking model');
    expect(jsonLines<Answer>(stdout)[0]?.citations[0]?.article.file).toBe(file);
  });

  it.each([
    ['北', 'north.txt'],
    ['南', 'south.txt'],
  ])('that is for %s lets npm run search put %s first', async (letter, file) => {
    const environment = { RERANKER_MODEL: modelFor(letter) };
    const { stdout } = await run(search, [question, '--json', ...library()], { environment });
    expect(jsonLines<Found>(stdout)[0]?.passages[0]?.article.file).toBe(file);
  });

  it('of a model that is not there ends with a sentence that names it', async () => {
    const { code, stderr } = await run(ask, [question, ...library()], {
      environment: { RERANKER_MODEL: './nowhere' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('There is no reranking model at ./nowhere. Correct RERANKER_MODEL');
  });

  it('is tried by npm run doctor', async () => {
    const flags = library();
    const environment = { RERANKER_MODEL: modelFor('北') };
    const well = await run(doctor, flags, { environment });
    expect(well.stdout).toMatch(/✓ Reranking model: \S+ reads 20 passages in \d+ ms/);
    const ill = await run(doctor, flags, { environment: { RERANKER_MODEL: './nowhere' } });
    expect(ill.stdout).toContain('✗ Reranking model: There is no reranking model at ./nowhere.');
    const none = await run(doctor, flags);
    expect(none.stdout).toContain('✓ Reranking model: none');
  });
});

describe('npm run eval -- --beir with RERANKER_MODEL', () => {
  function collection(): string {
    const folder = folderWith();
    mkdirSync(join(folder, 'qrels'));
    const texts = Object.values(articles).map((text) => text.split('\n\n')[1] ?? '');
    const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
    const corpus = texts.map((text, i) => ({ _id: `d${i}`, title: '', text }));
    writeFileSync(join(folder, 'corpus.jsonl'), lines(corpus));
    writeFileSync(join(folder, 'queries.jsonl'), lines([{ _id: 'q', text: '北城大桥哪年建成' }]));
    writeFileSync(join(folder, 'qrels', 'test.tsv'), 'query-id\tcorpus-id\tscore\nq\td0\t1\n');
    return folder;
  }

  it('shows the figures without and with it, side by side', async () => {
    const environment = { RERANKER_MODEL: modelFor('南'), DATA_DIR: folderWith() };
    const words = ['--beir', collection()];
    const { stdout } = await run(evaluate, words, { environment });
    expect(stdout).toMatch(/^full +2 +1 +1\.0000/m);
    expect(stdout).toMatch(/^reranked +2 +1 +0\.6309/m);
    expect(stdout).toContain('without the second look (A) and with it (B)');
    const json = JSON.parse((await run(evaluate, [...words, '--json'], { environment })).stdout);
    expect(json).toMatchObject({
      ranking: 'reranked',
      'recall@1': 0,
      withoutSecondLook: { 'recall@1': 1 },
    });
    const full = await run(evaluate, [...words, '--ranking', 'full', '--json'], { environment });
    expect(JSON.parse(full.stdout)).toMatchObject({ ranking: 'full', 'recall@1': 1 });
  });

  it('can’t be asked for without', async () => {
    const { code, stderr } = await run(evaluate, ['--beir', 'x', '--ranking', 'reranked']);
    expect(code).toBe(2);
    expect(stderr).toContain('set RERANKER_MODEL');
  });
});
