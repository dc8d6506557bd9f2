import { bringUpToDate, indexOptions, openApp, previewIndexing } from '../compose.ts';
import type { App } from '../compose.ts';
import type { Config } from '../config.ts';
import type { IndexResult } from '../indexing/options.ts';
import { rollBack } from '../library/roll-back.ts';
import { Progress } from '../terminal/progress.ts';
import type { Command, Flags, Surroundings } from './command.ts';
import { FOLDER_FLAGS, UsageError } from './command.ts';
import { differenceLines, resultLine, unreadableLines } from './index-report.ts';
import { setAsideNotice } from './prepared-app.ts';
import { configOf } from './settings.ts';

export const index: Command = {
  summary: 'Brings the library up to date with the articles folder.',
  usage: [
    'npm run index -- [--full] [--allow-removals] [--json]',
    'npm run index -- --dry-run [--json]',
    'npm run index -- --rollback',
  ],
  flags: {
    full: { type: 'boolean', help: 'read every file, whatever its size and times say' },
    'dry-run': { type: 'boolean', help: 'say what would change, and change nothing' },
    'allow-removals': { type: 'boolean', help: 'go on though most of the articles are gone' },
    rollback: { type: 'boolean', help: 'let the state before the present one serve again' },
    json: { type: 'boolean', help: 'one JSON object' },
    ...FOLDER_FLAGS,
  },
  async run(flags, words, surroundings) {
    if (words.length > 0) throw new UsageError('It takes no words, only flags.');
    const config = configOf(flags, surroundings);
    if (flags['rollback'] === true) return goBack(config, flags, surroundings);

    const progress = new Progress(surroundings.stderr);
    const app = await openApp(config, {
      onDownload: (state) => progress.downloading(state),
      onRepaired: (aside) => surroundings.stderr.write(`${setAsideNotice(config, aside)}\n`),
    });
    try {
      return flags['dry-run'] === true
        ? await preview(app, config, flags, surroundings, progress)
        : await bring(app, config, flags, surroundings, progress);
    } finally {
      progress.stop();
      await app.close();
    }
  },
};

function goBack(config: Config, flags: Flags, { stdout }: Surroundings): number {
  const generation = rollBack(config.dataDir);
  stdout.write(
    flags['json'] === true
      ? `${JSON.stringify({ generation })}\n`
      : `Generation ${generation} serves again. It stays until the articles change.\n`,
  );
  return 0;
}

async function preview(
  app: App,
  config: Config,
  flags: Flags,
  { stdout, signal }: Surroundings,
  progress: Progress,
): Promise<number> {
  const found = await previewIndexing(
    app,
    { ...indexOptions(config), full: flags['full'] === true, signal },
    { onProgress: (phase, done, total) => progress.indexing(phase, done, total) },
  );
  progress.stop();
  if (flags['json'] === true) {
    stdout.write(`${JSON.stringify(found)}\n`);
    return 0;
  }
  const time = found.seconds === null ? '' : `, about ${Math.ceil(found.seconds)} seconds`;
  const lines = [
    ...differenceLines(found.difference),
    ...unreadableLines(found.unreadable),
    `Passages to embed: ${found.toEmbed}${time}`,
    ...(found.losesTooMuch
      ? ['More than a third of the articles would go: indexing will need --allow-removals.']
      : []),
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

async function bring(
  app: App,
  config: Config,
  flags: Flags,
  { stdout, stderr, signal }: Surroundings,
  progress: Progress,
): Promise<number> {
  const result = await bringUpToDate(
    app,
    {
      ...indexOptions(config),
      full: flags['full'] === true,
      allowRemovals: flags['allow-removals'] === true,
      signal,
    },
    { onProgress: (phase, done, total) => progress.indexing(phase, done, total) },
  );
  progress.stop();
  if (result.setAside !== null) stderr.write(`${setAsideNotice(config, result.setAside)}\n`);
  const lines = [
    ...differenceLines(result.difference),
    ...unreadableLines(result.unreadable),
    resultLine(result),
  ];
  stdout.write(
    flags['json'] === true ? `${JSON.stringify(resultJson(result))}\n` : `${lines.join('\n')}\n`,
  );
  return 0;
}

/** The result in the words of the JSON contract. */
function resultJson(result: IndexResult): Omit<IndexResult, 'difference' | 'setAside'> {
  const { difference: _difference, setAside: _setAside, ...contract } = result;
  return contract;
}
