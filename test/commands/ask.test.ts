import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articles } from '../../src/commands/articles.ts';
import { ask } from '../../src/commands/ask.ts';
import { index } from '../../src/commands/index.ts';
import { search } from '../../src/commands/search.ts';
import type { Answer, Citation, Span } from '../../src/types.ts';
import { missing, sharedPath } from '../shared.ts';
import { folderWith } from '../support/folders.ts';
import { jsonLines, run } from '../support/surroundings.ts';

interface PrintedArticle {
  readonly file: string;
  readonly paragraphs: readonly { readonly text: string; readonly spans: readonly Span[] }[];
}

const TEXT =
  '青石桥重新开放\n\n青石桥经过八个月的维修，5月3日重新开放。桥长46米，工程花了320万元。\n';

/** What stands on disk at these offsets, decoded without its byte-order mark. */
function onDisk(folder: string, file: string, spans: readonly Span[]): string {
  const text = new TextDecoder('utf-8').decode(readFileSync(join(folder, file)));
  return spans.map(([start, end]) => text.slice(start, end)).join('');
}

function expectProven(
  folder: string,
  { quote, spans, paragraph, paragraphSpans, article }: Citation,
) {
  expect(onDisk(folder, article.file, spans)).toBe(quote);
  expect(onDisk(folder, article.file, paragraphSpans)).toBe(paragraph);
  expect(paragraph).toContain(quote);
}

describe('npm run ask', () => {
  it('fills an empty library first, and quotes with a citation', async () => {
    const folder = folderWith({ 'bridge.txt': TEXT });
    const flags = ['--articles', folder, '--data', folderWith()];
    const { code, stdout } = await run(ask, ['青石桥的工程花了多少万元？', '--json', ...flags]);
    const [answer] = jsonLines<Answer>(stdout);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      question: '青石桥的工程花了多少万元？',
      answered: true,
      nearest: [],
    });
    expect(answer?.citations[0]).toMatchObject({
      n: 1,
      quote: '桥长46米，工程花了320万元。',
      paragraphNumber: 1,
      article: { title: '青石桥重新开放', source: null, date: null, file: 'bridge.txt' },
    });
    expect(Object.keys(answer?.timings ?? {})).toEqual(['embedMs', 'searchMs', 'totalMs']);
  });

  it('answers a batch in order and copies what stood beside each question', async () => {
    const folder = folderWith({ 'bridge.txt': TEXT });
    const batch = join(folderWith(), 'questions.jsonl');
    writeFileSync(
      batch,
      '{"id":7,"question":"青石桥的工程花了多少万元？"}\n\n{"id":8,"question":"谁写了《哈姆雷特》？","kind":"x"}\n',
    );
    const flags = ['--articles', folder, '--data', folderWith()];
    const { stdout } = await run(ask, ['--batch', batch, '--json', ...flags]);
    expect(jsonLines(stdout)).toEqual([
      expect.objectContaining({ id: 7, answered: true }),
      expect.objectContaining({ id: 8, kind: 'x', answered: false, citations: [] }),
    ]);
  });

  it('names the line of a batch that can not be used', async () => {
    const batch = join(folderWith(), 'questions.jsonl');
    writeFileSync(batch, '{"question":"青石桥的工程花了多少万元？"}\n{"q":1}\n');
    const flags = ['--articles', folderWith({ 'bridge.txt': TEXT }), '--data', folderWith()];
    const { code, stdout, stderr } = await run(ask, ['--batch', batch, '--json', ...flags]);
    expect([code, jsonLines(stdout)]).toEqual([1, [expect.anything()]]);
    expect(stderr).toContain('questions.jsonl, line 2 is not a JSON object with a "question"');
  });

  it('wants one question', async () => {
    expect((await run(ask, [])).code).toBe(2);
    expect((await run(ask, ['x', '--top', '0'])).code).toBe(2);
  });
});

describe.skipIf(missing('seeds', 'eval/seed-questions.jsonl'))('on a real newspaper page', () => {
  it('every span of every citation is the quote, to the byte, in the file on disk', async () => {
    const folder = sharedPath('seeds');
    const flags = ['--articles', folder, '--data', folderWith()];
    const questions = sharedPath('eval/seed-questions.jsonl');
    const { stdout } = await run(ask, ['--batch', questions, '--json', '--top', '5', ...flags]);
    const answers = jsonLines<Answer>(stdout);
    const citations = answers.flatMap((answer) => [...answer.citations, ...answer.nearest]);
    expect(answers).toHaveLength(33);
    expect(citations.length).toBeGreaterThan(33);
    for (const citation of citations) expectProven(folder, citation);
  });

  it('search and articles print the JSON of the contract', async () => {
    const folder = sharedPath('seeds');
    const flags = ['--articles', folder, '--data', folderWith(), '--json'];
    await run(index, flags);
    const found = await run(search, ['天琴计划什么时候建成', '--top', '3', ...flags]);
    const [ranking] = jsonLines<{ passages: unknown[] }>(found.stdout);
    expect(ranking?.passages).toHaveLength(3);
    expect(ranking?.passages[0]).toEqual({
      paragraph: expect.stringContaining('2035年前后'),
      article: expect.objectContaining({ file: expect.any(String), title: expect.any(String) }),
      score: expect.any(Number),
      lexicalRank: expect.any(Number),
      denseRank: expect.any(Number),
    });
    const listed = jsonLines<PrintedArticle>((await run(articles, flags)).stdout);
    expect(listed).toHaveLength(5);
    for (const { file, paragraphs } of listed) {
      for (const { text, spans } of paragraphs) expect(onDisk(folder, file, spans)).toBe(text);
    }
  });
});
