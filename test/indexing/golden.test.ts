import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addGoldenQuestion,
  compareExaminations,
  readGoldenQuestions,
} from '../../src/indexing/golden.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  file = join(folder, 'golden.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const bridge = { question: '新桥几时通车？', quote: '新桥将于下月通车' };

test('no file is no questions', () => {
  expect(readGoldenQuestions(file)).toEqual([]);
});

test('questions are read a line each, and one asked again gets the new quote', () => {
  writeFileSync(file, `${JSON.stringify({ ...bridge, by: 'admin' })}\n\n`);
  addGoldenQuestion(file, { question: '茶馆在哪里？', quote: '老城的茶馆' });
  addGoldenQuestion(file, { ...bridge, quote: '年底通车' });
  expect(readGoldenQuestions(file)).toEqual([
    { question: '茶馆在哪里？', quote: '老城的茶馆' },
    { ...bridge, quote: '年底通车' },
  ]);
});

test.each(['not JSON', '{"question": ""}', '["a"]'])(
  'the line %s is named by its number',
  (line) => {
    writeFileSync(file, `${JSON.stringify(bridge)}\n${line}\n`);
    expect(() => readGoldenQuestions(file)).toThrow(/Line 2 of .*golden\.jsonl/);
  },
);

test('a drop within the margin passes, a larger one names only what got worse', () => {
  const before = { score: 0.9, failed: ['a'] };
  expect(() => compareExaminations(before, { score: 0.85, failed: ['a', 'b'] }, 0.1)).not.toThrow();
  expect(() => compareExaminations(before, { score: 0.7, failed: ['a', 'b', 'c'] }, 0.1)).toThrow(
    /70 %.*90 %.*Worse: b \| c$/,
  );
});
