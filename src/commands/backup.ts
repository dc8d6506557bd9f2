import { backUp, restore as restoreLibrary } from '../library/backup.ts';
import type { Command } from './command.ts';
import { FOLDER_FLAGS, UsageError } from './command.ts';
import { configOf } from './settings.ts';

function fileOf(words: readonly string[]): string {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0) throw new UsageError('Name one file.');
  return file;
}

export const backup: Command = {
  summary: 'Makes one consistent copy of the library, also while the bot runs.',
  usage: ['npm run backup -- FILE'],
  flags: FOLDER_FLAGS,
  async run(flags, words, surroundings) {
    const file = fileOf(words);
    const { articles, generation } = await backUp(configOf(flags, surroundings).dataDir, file);
    surroundings.stdout.write(`${file} holds generation ${generation}: ${articles} articles.\n`);
    return 0;
  },
};

export const restore: Command = {
  summary: 'Checks a copy made by backup and puts it in the place of the library.',
  usage: ['npm run restore -- FILE'],
  flags: FOLDER_FLAGS,
  async run(flags, words, surroundings) {
    const file = fileOf(words);
    const { articles, generation } = await restoreLibrary(
      configOf(flags, surroundings).dataDir,
      file,
    );
    surroundings.stdout.write(
      `Generation ${generation} of ${file} serves: ${articles} articles.\n`,
    );
    return 0;
  },
};
