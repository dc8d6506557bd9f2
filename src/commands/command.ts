import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { YuanwenError } from '../errors.ts';

/** What a command may use of the process around it, so that tests can stand in for a terminal. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** Flags as they were given: `true` for a switch, text for a value. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** One sentence that says what it does. */
  readonly summary: string;
  /** The lines under "Usage". */
  readonly usage: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** Ends with the exit code: 0 done, 1 failed. Throws `UsageError` for wrong usage. */
  run(flags: Flags, words: readonly string[], surroundings: Surroundings): Promise<number>;
}

interface Flag {
  readonly type: 'boolean' | 'string';
  readonly help: string;
}

/** The command was called in a way that it does not know; ends with exit code 2. */
export class UsageError extends YuanwenError {
  constructor(message: string) {
    super('usage', message);
  }
}

/** Flags that every command takes. */
export const FOLDER_FLAGS = {
  articles: { type: 'string', help: 'the folder of articles (ARTICLES_DIR)' },
  data: { type: 'string', help: 'where the library and the index are kept (DATA_DIR)' },
} as const satisfies Record<string, Flag>;

/** The value of a flag that takes text. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** The value of a flag that takes a whole number from `low`. @throws UsageError */
export function numberFlag(flags: Flags, name: string, preset: number, low = 1): number {
  const value = textFlag(flags, name);
  if (value === undefined) return preset;
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= low) return parsed;
  throw new UsageError(`--${name} takes a whole number from ${low}, not "${value}".`);
}

/** Splits the words after a command's name into its flags and the rest. @throws UsageError */
export function parseWords(
  command: Command,
  words: readonly string[],
): { flags: Flags; rest: string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, flag] of Object.entries(command.flags)) options[name] = { type: flag.type };
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const flags: Record<string, string | boolean> = {};
    for (const [name, value] of Object.entries(parsed.values)) {
      if (typeof value === 'string' || typeof value === 'boolean') flags[name] = value;
    }
    return { flags, rest: parsed.positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${reason}.`);
  }
}

/** What `--help` prints. */
export function helpText(command: Command): string {
  const help: Flag = { type: 'boolean', help: 'show this' };
  const rows = Object.entries({ ...command.flags, help }).map(
    ([name, flag]) => [`--${name}${flag.type === 'string' ? ' …' : ''}`, flag.help] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    command.summary,
    '',
    'Usage',
    ...command.usage.map((line) => `  ${line}`),
    '',
    'Flags',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`),
    '',
  ].join('\n');
}
