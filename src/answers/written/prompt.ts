import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { YuanwenError } from '../../errors.ts';

/** What a language model is asked to do, and with which data. The message must name all of it. */
const tasks = {
  /** Numbered passages and a question → sentences that name their passages. */
  answer: ['passages', 'question', 'language'],
  /** Earlier turns and a question that leans on them → a question that stands alone. */
  'follow-up': ['turns', 'question'],
  /** A question → the same in the language of the articles, to search with. */
  'search-words': ['question', 'language'],
  /** A quote → the same in the language of the reader. */
  translation: ['quote', 'language'],
} as const;

export type Task = keyof typeof tasks;
export const TASKS = [
  'answer',
  'follow-up',
  'search-words',
  'translation',
] as const satisfies Task[];

/** A file of `prompts/`, checked. */
export interface Prompt {
  readonly name: Task;
  /** The language in which it is written. */
  readonly language: 'zh' | 'en';
  readonly version: number;
  readonly instructions: string;
  readonly message: string;
}

const head = z.strictObject({
  name: z.enum(TASKS),
  language: z.enum(['zh', 'en']),
  version: z.int().positive(),
  variables: z.array(z.string()),
});

type Head = z.infer<typeof head>;

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Reads a prompt: front matter, then `# Instructions` and `# Message`, with `{{variables}}` in them.
 * @param file - for messages
 * @throws YuanwenError `prompt-faulty` that names file and line
 */
export function parsePrompt(text: string, file: string): Prompt {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    throw faulty(file, 1, 'a prompt begins with front matter between two lines "---"');
  }
  const { name, language, version, variables } = parseHead(lines.slice(1, end), file);
  const instructionsAt = headingAt(lines, end, '# Instructions', file);
  const messageAt = headingAt(lines, instructionsAt, '# Message', file);
  checkVariables({ lines, end, messageAt, file, name, variables });
  return {
    name,
    language,
    version,
    instructions: lines
      .slice(instructionsAt + 1, messageAt)
      .join('\n')
      .trim(),
    message: lines
      .slice(messageAt + 1)
      .join('\n')
      .trim(),
  };
}

/**
 * The prompt with data in place of its variables. Data is put in once and never looked at again, so a
 * `{{question}}` within an article stays what it is.
 */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(variable, (_, name: string) => values[name] ?? '');
}

function parseHead(lines: readonly string[], file: string): Head {
  const lineCounter = new LineCounter();
  const document = parseDocument(lines.join('\n'), { lineCounter });
  const [error] = document.errors;
  if (error !== undefined) {
    throw faulty(
      file,
      lineCounter.linePos(error.pos[0]).line + 1,
      `no YAML: ${firstLine(error.message)}`,
    );
  }
  const parsed = head.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? unknownKey(issue));
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  throw faulty(file, at < 0 ? 1 : at + 2, `${key}: ${issue?.message ?? 'not as expected'}`);
}

function unknownKey(issue: z.core.$ZodIssue | undefined): string {
  return issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : 'front matter';
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function headingAt(lines: readonly string[], after: number, heading: string, file: string): number {
  const at = lines.findIndex((line, index) => index > after && line.trim() === heading);
  if (at < 0) throw faulty(file, lines.length, `the heading "${heading}" is missing`);
  return at;
}

interface Checked {
  readonly lines: readonly string[];
  /** Line index of the front matter's end, and of the message's heading. */
  readonly end: number;
  readonly messageAt: number;
  readonly file: string;
  readonly name: Task;
  readonly variables: readonly string[];
}

function checkVariables({ lines, end, messageAt, file, name, variables }: Checked): void {
  const known: readonly string[] = tasks[name];
  const declaredAt = 1 + lines.findIndex((line) => line.startsWith('variables:'));
  const unknown = variables.find((declared) => !known.includes(declared));
  if (unknown !== undefined) {
    const sentence = `there is no variable "${unknown}" for ${name}; it has ${known.join(', ')}`;
    throw faulty(file, declaredAt, sentence);
  }
  for (const [index, line] of lines.entries()) {
    for (const [, used = ''] of index > end ? line.matchAll(variable) : []) {
      if (!variables.includes(used)) {
        throw faulty(
          file,
          index + 1,
          `{{${used}}} is not among the variables in line ${declaredAt}`,
        );
      }
    }
  }
  const body = lines.slice(messageAt).join('\n');
  const missing = known.find((needed) => needed !== 'language' && !body.includes(`{{${needed}}}`));
  if (missing !== undefined) {
    throw faulty(file, messageAt + 1, `the message must hold {{${missing}}}`);
  }
}

function faulty(file: string, line: number, what: string): YuanwenError {
  return new YuanwenError('prompt-faulty', `${file}, line ${line}: ${what}. Correct the prompt.`);
}
