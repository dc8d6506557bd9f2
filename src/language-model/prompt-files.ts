import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TASKS, parsePrompt } from '../answers/written/prompt.ts';
import type { Prompt } from '../answers/written/prompt.ts';
import { YuanwenError } from '../errors.ts';

/** The prompts that are shipped; operators may edit them. */
const shipped = fileURLToPath(new URL('../../prompts', import.meta.url));

/**
 * All prompts of a folder (`*.md`), at least one for each task.
 * @throws YuanwenError that names every faulty file with its line, or the task that has no file
 */
export async function readPrompts(folder = shipped): Promise<Prompt[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    const sentence = `The prompts folder ${folder} can't be read. Restore it from the repository.`;
    throw new YuanwenError('prompts-missing', sentence, { cause });
  });
  const prompts: Prompt[] = [];
  const faults: string[] = [];
  for (const name of files.filter((file) => file.endsWith('.md')).sort()) {
    const file = join(folder, name);
    try {
      prompts.push(parsePrompt(await readFile(file, 'utf8'), file));
    } catch (error) {
      if (!(error instanceof YuanwenError)) throw error;
      faults.push(error.message);
    }
  }
  if (faults.length > 0) throw new YuanwenError('prompt-faulty', faults.join('\n'));
  const missing = TASKS.find((task) => !prompts.some(({ name }) => name === task));
  if (missing !== undefined) {
    const sentence = `The folder ${folder} has no prompt named "${missing}". Restore it from the repository.`;
    throw new YuanwenError('prompts-missing', sentence);
  }
  return prompts;
}
