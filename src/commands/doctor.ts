import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { YuanwenError } from '../errors.ts';
import type { Config } from '../config.ts';
import type { Command } from './command.ts';
import { FOLDER_FLAGS, UsageError } from './command.ts';
import { configOf } from './settings.ts';

/** What a check found: a fact when all is well, a fault with what to do about it otherwise. */
type Finding = { readonly fact: string } | { readonly fault: string };

interface Check {
  readonly name: string;
  run(config: Config): Promise<Finding>;
}

export const doctor: Command = {
  summary: 'Checks everything that Yuanwen stands on and says what to do about each fault.',
  usage: ['npm run doctor'],
  flags: FOLDER_FLAGS,
  async run(flags, words, surroundings) {
    if (words.length > 0) throw new UsageError('It takes no words, only flags.');
    const config = configOf(flags, surroundings);
    let isWell = true;
    for (const check of CHECKS) {
      const finding = await check.run(config).catch((error: unknown) => ({ fault: told(error) }));
      if ('fault' in finding) isWell = false;
      surroundings.stdout.write(
        'fault' in finding
          ? `✗ ${check.name}: ${finding.fault}\n`
          : `✓ ${check.name}: ${finding.fact}\n`,
      );
    }
    return isWell ? 0 : 1;
  },
};

const REBUILD =
  'Run "npm rebuild"; where it has to build, it needs Python 3, make and a C++ compiler.';

/** Everything is loaded inside its check, so that one broken module does not silence the others. */
const CHECKS: readonly Check[] = [
  { name: 'Node', run: checkNode },
  { name: 'Native modules', run: checkNativeModules },
  { name: 'Embedding model', run: checkModel },
  { name: 'Reranking model', run: checkReranker },
  { name: 'Articles', run: checkArticles },
  { name: 'Data folder', run: checkDataFolder },
  { name: 'Library', run: checkLibrary },
  { name: 'Language model', run: checkLanguageModel },
  { name: 'Telegram', run: checkTelegram },
];

async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? { fact: process.versions.node }
    : { fault: `version ${process.versions.node} is too old. Install 20.19 or later.` };
}

async function checkNativeModules(): Promise<Finding> {
  try {
    const { nativeVersions } = await import('../library/native.ts');
    return { fact: nativeVersions() };
  } catch (error) {
    return { fault: `${firstLine(error)} ${REBUILD}` };
  }
}

async function checkModel(config: Config): Promise<Finding> {
  const { embedderOptions } = await import('../compose.ts');
  const { openEmbedder } = await import('../embedding/embedder.ts');
  const embedder = await openEmbedder(embedderOptions(config));
  try {
    const { model } = embedderOptions(config);
    const vector = await embedder.embedQuestion('天琴计划');
    return { fact: `${model} answers with ${vector.length} numbers a text` };
  } finally {
    await embedder.close();
  }
}

/** Asks it as much as a question would. */
async function checkReranker(config: Config): Promise<Finding> {
  const { rerankerOptions } = await import('../compose-second-look.ts');
  const options = rerankerOptions(config);
  if (options === null) return { fact: 'none, so nothing is looked at twice' };
  const { openReranker } = await import('../embedding/reranker.ts');
  const { LOOKED_AT } = await import('../search/second-look.ts');
  const reranker = await openReranker(options);
  try {
    const passages = Array.from({ length: LOOKED_AT }, (_, i) => `${i}${'天琴计划'.repeat(40)}`);
    const started = performance.now();
    await reranker.scores('天琴计划是什么？', passages);
    const ms = Math.round(performance.now() - started);
    return { fact: `${reranker.name} reads ${LOOKED_AT} passages in ${ms} ms` };
  } finally {
    await reranker.close();
  }
}

async function checkArticles(config: Config): Promise<Finding> {
  const { scanFolder } = await import('../indexing/scan.ts');
  const { files } = scanFolder(config.articlesDir);
  return files.length > 0
    ? { fact: `${files.length} files in ${config.articlesDir}` }
    : { fault: `${config.articlesDir} holds no .txt or .md files. Put some there.` };
}

async function checkDataFolder(config: Config): Promise<Finding> {
  try {
    await access(config.dataDir, constants.R_OK | constants.W_OK);
    return { fact: `${config.dataDir} can be written` };
  } catch (error) {
    if (isAbsent(error)) return { fact: `${config.dataDir} will be made by the first indexing` };
    return { fault: `${config.dataDir} can't be written. Check its permissions, or set DATA_DIR.` };
  }
}

async function checkLibrary(config: Config): Promise<Finding> {
  const { inspectLibrary } = await import('../library/inspect.ts');
  const { faults } = await inspectLibrary(config.dataDir);
  if (faults.length > 0) return { fault: `${faults.join('; ')}. Run "npm run index".` };
  const { needsIndexing, openApp } = await import('../compose.ts');
  const app = await openApp(config);
  try {
    const view = app.library.view();
    if (view === null) return { fault: 'it is empty. Run "npm run index".' };
    if (needsIndexing(app, config)) {
      return {
        fault: `generation ${view.generation} lacks the latest changes. Run "npm run index".`,
      };
    }
    const { articleCount, passageCount, generation } = view;
    return { fact: `generation ${generation}, ${articleCount} articles, ${passageCount} passages` };
  } finally {
    await app.close();
  }
}

/** Asks it for a word, as a question would. */
async function checkLanguageModel(config: Config): Promise<Finding> {
  const { languageModel: settings } = config;
  if (settings === undefined) return { fact: 'none, so answers are quotes alone' };
  const { readPrompts } = await import('../language-model/prompt-files.ts');
  const { openLanguageModel } = await import('../language-model/open-language-model.ts');
  const prompts = await readPrompts(settings.promptsDir);
  const model = await openLanguageModel(settings, { cacheDir: join(config.dataDir, 'models') });
  try {
    await model.write({
      instructions: 'Reply with one word.',
      message: 'Are you there?',
      maxTokens: 20,
    });
    return { fact: `${model.name} replies, with ${prompts.length} prompts` };
  } finally {
    await model.close();
  }
}

async function checkTelegram(config: Config): Promise<Finding> {
  if (config.botToken === undefined) {
    return { fact: 'no BOT_TOKEN, so "npm start" opens a chat in the terminal' };
  }
  const { whoAmI } = await import('../telegram/who-am-i.ts');
  return { fact: `the bot is @${await whoAmI(config.botToken, config.telegramApiRoot)}` };
}

function told(error: unknown): string {
  return error instanceof YuanwenError ? error.message : firstLine(error);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
