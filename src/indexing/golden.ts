import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';
import type { LibraryView } from '../ports.ts';

/** A question whose answer must not get worse. */
export interface GoldenQuestion {
  readonly question: string;
  /** What the answer quotes, word for word. */
  readonly quote: string;
}

/** How a generation answers the golden questions. */
export interface Examination {
  /** Share of the questions that were answered as expected, 0…1. */
  readonly score: number;
  /** The questions that were not. */
  readonly failed: readonly string[];
}

/** Asks a generation the golden questions. */
export type Examine = (view: LibraryView) => Promise<Examination>;

const Line = z.object({ question: z.string().trim().min(1), quote: z.string().trim().min(1) });

/** Reads `data/golden.jsonl`: one question a line; no file is no questions. */
export function readGoldenQuestions(file: string): GoldenQuestion[] {
  return linesOf(file).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = Line.safeParse(jsonOf(line));
    if (parsed.success) return [parsed.data];
    throw new YuanwenError(
      'golden-unreadable',
      `Line ${index + 1} of ${file} is not a golden question: it needs {"question": "…", "quote": "…"}. Correct or remove it.`,
    );
  });
}

/** Adds a question; one that is there already gets the new quote. */
export function addGoldenQuestion(file: string, added: GoldenQuestion): void {
  const others = readGoldenQuestions(file).filter(({ question }) => question !== added.question);
  const lines = [...others, added].map((golden) => `${JSON.stringify(golden)}\n`);
  const partial = `${file}.partial`;
  writeFileSync(partial, lines.join(''));
  renameSync(partial, file);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Stops a swap that would make the answers worse.
 * @param margin - how far the score may fall
 * @throws YuanwenError `golden-drop`, naming the questions
 */
export function compareExaminations(before: Examination, after: Examination, margin: number): void {
  if (after.score >= before.score - margin) return;
  const failedBefore = new Set(before.failed);
  const worse = after.failed.filter((question) => !failedBefore.has(question));
  throw new YuanwenError(
    'golden-drop',
    `The new state answers ${percent(after.score)} of the golden questions, the present one ${percent(before.score)}; ` +
      `the present one stays. Worse: ${worse.join(' | ')}`,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
