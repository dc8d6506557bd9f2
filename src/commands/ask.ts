import { writingApp } from './prepared-app.ts';

import { renderAnswer } from '../terminal/render.ts';
import { terminalColours, terminalLanguage, terminalWords } from '../terminal/words.ts';
import type { Command } from './command.ts';
import { FOLDER_FLAGS, UsageError, numberFlag, textFlag } from './command.ts';
import { readBatch } from './batch.ts';
import type { Answer } from '../types.ts';
import { configOf } from './settings.ts';

export const ask: Command = {
  summary: "Answers one question, or every question of a file, in the articles' own words.",
  usage: [
    'npm run ask -- "question" [--json] [--top N]',
    'npm run ask -- --batch FILE.jsonl --json [--top N]',
  ],
  flags: {
    json: { type: 'boolean', help: 'one JSON object a question' },
    top: { type: 'string', help: 'at most so many citations' },
    batch: { type: 'string', help: 'JSON Lines with a "question" each; other keys are copied' },
    ...FOLDER_FLAGS,
  },
  async run(flags, words, surroundings) {
    const { stdout } = surroundings;
    const batch = textFlag(flags, 'batch');
    const question = words.join(' ').trim();
    if ((batch === undefined) === (question === '')) {
      throw new UsageError('Give one question, or a file with --batch.');
    }
    const top = numberFlag(flags, 'top', 3);
    const app = await writingApp(configOf(flags, surroundings), surroundings);
    try {
      const asked = batch === undefined ? [{ question }] : readBatch(batch);
      for await (const line of asked) {
        surroundings.signal.throwIfAborted();
        const answer = await app.ask(line.question, {
          top,
          signal: surroundings.signal,
          language: terminalLanguage(surroundings.environment),
        });
        stdout.write(
          flags['json'] === true
            ? `${JSON.stringify({ ...line, ...answerJson(answer) })}\n`
            : `${renderAnswer(answer, terminalWords(answer.language), terminalColours(surroundings))}\n\n`,
        );
      }
      return 0;
    } finally {
      await app.close();
    }
  },
};

/** The answer in the words of the JSON contract. */
function answerJson(answer: Answer): Record<string, unknown> {
  const { question, answered, citations, nearest, timings, written } = answer;
  const contract = { question, answered, answer: answer.answer, citations, nearest, timings };
  return written === undefined ? contract : { ...contract, written };
}
