import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bringUpToDate,
  embedderOptions,
  examineGolden,
  indexOptions,
  openApp,
} from '../compose.ts';
import type { App } from '../compose.ts';
import type { Config } from '../config.ts';
import { localModels, recommendations } from '../embedding/catalogue.ts';
import { SHIPPED_MODEL } from '../embedding/shipped-model.ts';
import { YuanwenError } from '../errors.ts';
import type { IndexResult } from '../indexing/options.ts';
import { rollBack } from '../library/roll-back.ts';
import { Progress } from '../terminal/progress.ts';
import type { Command, Surroundings } from './command.ts';
import { FOLDER_FLAGS, UsageError, textFlag } from './command.ts';
import { setVariable, variableIn } from './env-file.ts';
import { configOf } from './settings.ts';

export const model: Command = {
  summary: 'Shows embedding models, compares them on your questions, and changes to another.',
  usage: [
    'npm run model -- list',
    'npm run model -- compare ID…',
    'npm run model -- use ID [--anyway]',
  ],
  flags: {
    anyway: { type: 'boolean', help: 'change also when fewer golden questions are answered' },
    env: { type: 'string', help: 'the file that keeps the choice (.env)' },
    ...FOLDER_FLAGS,
  },
  async run(flags, [action, ...ids], surroundings) {
    const config = configOf(flags, surroundings);
    const [id] = ids;
    if (action === 'list' && id === undefined) return list(config, surroundings);
    if (action === 'compare' && id !== undefined) return compare(config, ids, surroundings);
    if (action === 'use' && id !== undefined && ids.length === 1) {
      const anyway = flags['anyway'] === true;
      return use(config, id, textFlag(flags, 'env') ?? '.env', anyway, surroundings);
    }
    throw new UsageError('Say list, compare with one or more models, or use with one.');
  },
};

async function list(config: Config, { stdout }: Surroundings): Promise<number> {
  const { model: inUse, modelsDir, cacheDir } = embedderOptions(config);
  const local = await localModels(modelsDir, cacheDir);
  const here = new Set(local.map(({ name }) => name));
  stdout.write('On this machine\n');
  for (const { name, bytes } of local) {
    const remarks = [
      `${Math.round(bytes / 1e6)} MB`,
      ...(name === SHIPPED_MODEL ? ['shipped'] : []),
      ...(name === inUse ? ['in use'] : []),
    ];
    stdout.write(`  ${name.padEnd(42)} ${remarks.join(', ')}\n`);
  }
  stdout.write('\nFrom the hub (size of the 8-bit file; published nDCG@10)\n');
  for (const { id, megabytes, serves, published } of recommendations) {
    if (here.has(id)) continue;
    stdout.write(`  ${id.padEnd(42)} ${megabytes} MB, ${serves}, ${published}\n`);
  }
  return 0;
}

/** Indexes the articles with each model in a folder of its own, and asks the golden questions. */
async function compare(
  config: Config,
  ids: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { stdout } = surroundings;
  stdout.write(`${'model'.padEnd(42)} golden  passages/s  ms a question\n`);
  for (const id of ids) {
    const folder = await mkdtemp(join(tmpdir(), 'yuanwen-trial-'));
    try {
      stdout.write(`${id.padEnd(42)} ${await trial(config, id, folder, surroundings)}\n`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return 0;
}

async function trial(
  config: Config,
  id: string,
  folder: string,
  surroundings: Surroundings,
): Promise<string> {
  const model = embedderOptions({ ...config, embeddingModel: id });
  const { app, result } = await indexed({ ...config, dataDir: folder }, surroundings, model);
  try {
    const share = await goldenShare(app, config);
    const golden = share === null ? '-' : percent(share);
    const speed = Math.round(result.embedded / result.seconds);
    const question = (await questionTime(app)).toFixed(1);
    return `${golden.padStart(6)}  ${String(speed).padStart(10)}  ${question.padStart(13)}`;
  } finally {
    await app.close();
  }
}

/** Changes to another model: a new generation beside the old, examined before the choice is kept. */
async function use(
  config: Config,
  id: string,
  envFile: string,
  anyway: boolean,
  surroundings: Surroundings,
): Promise<number> {
  const { stdout, environment } = surroundings;
  const present = embedderOptions(config).model;
  if (id === present) {
    stdout.write(`${id} is in use already.\n`);
    return 0;
  }
  const before = await presentShare(config);
  const { app, result } = await indexed({ ...config, embeddingModel: id }, surroundings);
  const after = await lastShare(app, config);
  if (before !== null && after !== null && after < before && !anyway) {
    rollBack(config.dataDir);
    throw new YuanwenError(
      'golden-drop',
      `${id} answers ${percent(after)} of the golden questions, ${present} ${percent(before)}: ${present} stays. To change all the same, add --anyway.`,
    );
  }
  const outside = environment['EMBEDDING_MODEL'];
  const isOverruled =
    outside !== undefined && outside !== (variableIn(envFile, 'EMBEDDING_MODEL') ?? '');
  setVariable(envFile, 'EMBEDDING_MODEL', id === SHIPPED_MODEL ? '' : id);
  stdout.write(
    `${id} is in use: ${result.passages} passages in generation ${result.generation}.\n`,
  );
  if (before !== null && after !== null) {
    stdout.write(`Golden questions answered: ${percent(after)}, before ${percent(before)}.\n`);
  }
  stdout.write(`Restart the bot. To go back: npm run model -- use ${present}\n`);
  if (isOverruled) {
    stdout.write(
      `EMBEDDING_MODEL is also set outside ${envFile}, which counts more: change it there.\n`,
    );
  }
  return 0;
}

/** The articles of these settings, indexed. */
async function indexed(
  config: Config,
  { stderr, signal }: Surroundings,
  model = embedderOptions(config),
): Promise<{ readonly app: App; readonly result: IndexResult }> {
  const progress = new Progress(stderr);
  const app = await openApp(config, {
    onDownload: (state) => progress.downloading(state),
    model,
  });
  try {
    const result = await bringUpToDate(
      app,
      { ...indexOptions(config), signal },
      { onProgress: (phase, done, total) => progress.indexing(phase, done, total) },
    );
    progress.stop();
    for (const { file, reason } of result.unreadable) stderr.write(`${file}: ${reason}\n`);
    return { app, result };
  } catch (error) {
    progress.stop();
    await app.close();
    throw error;
  }
}

/** Share of the golden questions that the library answers as it is; null without questions or library. */
async function presentShare(config: Config): Promise<number | null> {
  return lastShare(await openApp(config), config);
}

/** `goldenShare`, after which the app is closed. */
async function lastShare(app: App, config: Config): Promise<number | null> {
  try {
    return await goldenShare(app, config);
  } finally {
    await app.close();
  }
}

async function goldenShare(app: App, config: Config): Promise<number | null> {
  return (await examineGolden(app, config))?.score ?? null;
}

/** Milliseconds to embed a question, the mean of twenty. */
async function questionTime({ embedder }: App): Promise<number> {
  const times = 20;
  const start = performance.now();
  for (let i = 0; i < times; i += 1) await embedder.embedQuestion(`第${i}个问题是什么时候提出的？`);
  return (performance.now() - start) / times;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
