import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command, Surroundings } from '../../src/commands/command.ts';
import { runCommand } from '../../src/commands/run-command.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as `npm run` would, without a terminal, and collects what it prints. */
export async function run(
  command: Command,
  words: readonly string[],
  { stdin = '', environment = {} }: { stdin?: string; environment?: Record<string, string> } = {},
): Promise<Outcome> {
  const input = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  input.end(stdin);
  const printed = Promise.all([text(stdout), text(stderr)]);
  const surroundings: Surroundings = {
    environment,
    stdin: input,
    stdout,
    stderr,
    signal: new AbortController().signal,
  };
  const code = await runCommand(command, words, surroundings);
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { code, stdout: out, stderr: err };
}

/** The objects of JSON Lines. */
export function jsonLines<T>(printed: string): T[] {
  return printed
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line));
}
