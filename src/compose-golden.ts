import { join } from 'node:path';
import { createAsk } from './answers/ask.ts';
import type { Refusal } from './answers/answerability.ts';
import { goldenExaminer } from './evaluation/golden-examiner.ts';
import { readGoldenQuestions } from './indexing/golden.ts';
import type { Examine } from './indexing/golden.ts';
import type { Embedder } from './ports.ts';

export interface GoldenSettings {
  readonly dataDir: string;
  readonly refusal: Refusal;
}

/** Where the golden questions of a data folder stand. */
export function goldenFile(dataDir: string): string {
  return join(dataDir, 'golden.jsonl');
}

/** What `IndexOptions` takes to ask the golden questions before a new generation serves; nothing without any. */
export function goldenExamination(
  { dataDir, refusal }: GoldenSettings,
  embedder: Embedder,
): { readonly examine?: Examine } {
  const questions = readGoldenQuestions(goldenFile(dataDir));
  if (questions.length === 0) return {};
  return {
    examine: goldenExaminer(questions, (view) =>
      createAsk({ library: { view: () => view }, embedder, refusal }),
    ),
  };
}
