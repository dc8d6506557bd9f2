import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { YuanwenError } from '../errors.ts';
import type { Ask } from '../ports.ts';
import { holds, judge } from './outcome.ts';
import type { Expectation, Outcome } from './outcome.ts';

const Line = z.object({
  id: z.coerce.string().optional(),
  kind: z.string().default('question'),
  question: z.string().trim().min(1),
  quote: z.string().nullable(),
  answer: z.union([z.string(), z.array(z.string())]).nullish(),
});

/** Reads a file of questions with known answers, one JSON object a line. */
export function readQuestions(file: string): Expectation[] {
  return textOf(file)
    .split('\n')
    .flatMap((text, index) => (text.trim() === '' ? [] : [questionOf(text, file, index + 1)]));
}

function questionOf(text: string, file: string, number: number): Expectation {
  const parsed = Line.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new YuanwenError(
      'questions-broken',
      `Line ${number} of ${file} is not a question: it needs {"question": "…", "quote": "…" or null}. Correct or remove it.`,
    );
  }
  const { id, kind, question, quote, answer } = parsed.data;
  return {
    id: id ?? String(number),
    kind,
    question,
    answerable: quote !== null,
    quote,
    answers: typeof answer === 'string' ? [answer] : (answer ?? []),
  };
}

/** Asks every question, one after another. */
export async function askQuestions(
  questions: readonly Expectation[],
  ask: Ask,
  onAsked?: (done: number) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const expected of questions) {
    const { quote } = expected;
    const answer = await ask(expected.question, { top: 10 });
    outcomes.push(
      judge(expected, answer, ({ paragraph }) => quote !== null && holds(paragraph, quote)),
    );
    onAsked?.(outcomes.length);
  }
  return outcomes;
}

/** The text of a file of questions. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YuanwenError(
      'questions-missing',
      `The questions in ${file} cannot be read (${reason}). Check the file's name.`,
      { cause },
    );
  }
}

/** Undefined where the text is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
