import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';
import type { Document } from './corpus-library.ts';

export interface BeirQuery {
  readonly id: string;
  readonly text: string;
  /** Acceptable answer texts; null when the data set gives none. */
  readonly answers: readonly string[] | null;
  /** Null when the data set does not say. */
  readonly answerable: boolean | null;
  /** Ids of the documents that answer, with their grade (above 0). */
  readonly relevant: ReadonlyMap<string, number>;
}

/** A test collection in the layout of the BEIR benchmark. */
export interface BeirFolder {
  readonly documents: readonly Document[];
  readonly queries: readonly BeirQuery[];
}

const DocumentLine = z.object({
  _id: z.coerce.string(),
  title: z.string().default(''),
  text: z.string(),
});

const QueryLine = z.object({
  _id: z.coerce.string(),
  text: z.string(),
  answers: z.array(z.string()).optional(),
  answerable: z.boolean().optional(),
});

/** `count` of the queries, evenly spread over all of them; all where there are no more. */
export function spread<T>(queries: readonly T[], count: number): T[] {
  const taken = (before: number): number => Math.floor((before * count) / queries.length);
  return queries.filter((_, place) => taken(place + 1) > taken(place));
}

/** Reads `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`. */
export function readBeir(folder: string): BeirFolder {
  const documents = readLines(folder, 'corpus.jsonl', DocumentLine);
  const queries = readLines(folder, 'queries.jsonl', QueryLine);
  const judged = readJudgements(folder);
  return {
    documents: documents.map(({ _id, title, text }) => ({ id: _id, title, text })),
    queries: queries.map(({ _id, text, answers, answerable }) => ({
      id: _id,
      text,
      answers: answers ?? null,
      answerable: answerable ?? null,
      relevant: judged.get(_id) ?? new Map<string, number>(),
    })),
  };
}

function readLines<T>(folder: string, name: string, line: z.ZodType<T>): T[] {
  const file = join(folder, name);
  return textOf(file)
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return [];
      const parsed = line.safeParse(jsonOf(text));
      if (parsed.success) return [parsed.data];
      throw broken(file, index + 1);
    });
}

function readJudgements(folder: string): Map<string, Map<string, number>> {
  const file = join(folder, 'qrels', 'test.tsv');
  const judged = new Map<string, Map<string, number>>();
  const [, ...rows] = textOf(file).split('\n');
  rows.forEach((row, index) => {
    if (row.trim() === '') return;
    const [query, document, grade] = row.trim().split('\t');
    const value = Number(grade);
    if (query === undefined || document === undefined || !Number.isFinite(value)) {
      throw broken(file, index + 2);
    }
    if (value <= 0) return;
    judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(document, value));
  });
  return judged;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new YuanwenError(
      'beir-missing',
      `${file} cannot be read. A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv.`,
      { cause },
    );
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function broken(file: string, line: number): YuanwenError {
  return new YuanwenError(
    'beir-broken',
    `Line ${line} of ${file} is not what a BEIR folder has there. Correct or remove it.`,
  );
}
