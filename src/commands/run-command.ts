import { YuanwenError } from '../errors.ts';
import type { Command, Surroundings } from './command.ts';
import { UsageError, helpText, parseWords } from './command.ts';

/**
 * Runs one command and turns everything that can happen into an exit code: 0 success, 1 a failure told
 * in one clear sentence, 2 wrong usage. Results go to stdout, everything else to stderr.
 */
export async function runCommand(
  command: Command,
  words: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, stderr } = surroundings;
  try {
    const { flags, rest } = parseWords(command, words);
    if (flags['help'] === true) {
      stdout.write(helpText(command));
      return 0;
    }
    return await command.run(flags, rest, surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`${error.message}\n\nUsage\n`);
      for (const line of command.usage) stderr.write(`  ${line}\n`);
      return 2;
    }
    if (surroundings.signal.aborted) return 130;
    // A known failure is told in its own words; an unknown one keeps its stack, for a report.
    const told =
      error instanceof YuanwenError
        ? error.message
        : `Something unexpected happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    stderr.write(`${told}\n`);
    return 1;
  }
}
