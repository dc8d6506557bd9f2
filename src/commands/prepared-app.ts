import { openWriting } from '../compose-writing.ts';
import type { Writing } from '../compose-writing.ts';
import { bringUpToDate, indexOptions, needsIndexing, openApp } from '../compose.ts';
import type { App } from '../compose.ts';
import type { Config } from '../config.ts';
import { YuanwenError } from '../errors.ts';
import { Progress } from '../terminal/progress.ts';
import type { Surroundings } from './command.ts';
import { withSecondLook } from './second-look.ts';

/** Indexing failed in a way that leaves what was there before to answer from. */
const STILL_ANSWERS: ReadonlySet<string> = new Set([
  'articles-folder-missing',
  'data-read-only',
  'disk-full',
  'disk-nearly-full',
  'golden-drop',
  'library-locked',
  'removals-guard',
]);

/** What the library must lack to be brought up to date first; each lack includes those before it. */
export type Lack = 'articles' | 'another-model' | 'the-latest';

/**
 * Everything that answering takes, with the library brought up to date first, with progress on stderr,
 * when it lacks as much as `before` says. Where that fails but there is a library to answer from, the
 * reason is told and that library answers.
 */
export async function preparedApp(
  config: Config,
  surroundings: Surroundings,
  before: Lack = 'another-model',
): Promise<App> {
  const { stderr, signal } = surroundings;
  const progress = new Progress(stderr);
  const app = await openApp(config, {
    onDownload: (state) => progress.downloading(state),
    onRepaired: (aside) => stderr.write(`${setAsideNotice(config, aside)}\n`),
  });
  try {
    if (isLacking(app, config, before)) {
      const result = await bringUpToDate(
        app,
        { ...indexOptions(config), signal },
        { onProgress: (phase, done, total) => progress.indexing(phase, done, total) },
      );
      progress.stop();
      for (const { file, reason } of result.unreadable) stderr.write(`${file}: ${reason}\n`);
      if (result.setAside !== null) stderr.write(`${setAsideNotice(config, result.setAside)}\n`);
    }
    return app;
  } catch (error) {
    progress.stop();
    const answersStill =
      error instanceof YuanwenError && STILL_ANSWERS.has(error.code) && app.library.view() !== null;
    if (!answersStill) {
      await app.close();
      throw error;
    }
    stderr.write(`${error.message} Answering from what is there.\n`);
    return app;
  }
}

function isLacking(app: App, config: Config, before: Lack): boolean {
  const view = app.library.view();
  if (view === null) return true;
  if (before === 'articles') return false;
  // Its vectors are another model's, so half of the search would be blind.
  if (view.fingerprint !== app.embedder.fingerprint) return true;
  return before === 'the-latest' && needsIndexing(app, config);
}

/**
 * `preparedApp`, with the configured reranker, where there is one, over what is found.
 * @param onFailure - as in `withSecondLook`
 */
export async function searchingApp(
  config: Config,
  surroundings: Surroundings,
  before?: Lack,
  onFailure?: (error: unknown) => void,
): Promise<App> {
  const open = async (): Promise<App> => preparedApp(config, surroundings, before);
  return withSecondLook(config, surroundings, open, onFailure);
}

/** `searchingApp`, with the configured language model, where there is one, over the quotes. */
export async function writingApp(
  config: Config,
  surroundings: Surroundings,
  before?: Lack,
): Promise<App> {
  const writing = await openWritingWithProgress(config, surroundings);
  try {
    const app = await searchingApp(config, surroundings, before);
    const close = async (): Promise<void> => {
      await writing.close();
      await app.close();
    };
    return { ...app, ask: writing.over(app), close };
  } catch (error) {
    await writing.close();
    throw error;
  }
}

async function openWritingWithProgress(config: Config, { stderr }: Surroundings): Promise<Writing> {
  const progress = new Progress(stderr);
  try {
    return await openWriting(config, (state) => progress.downloading(state));
  } finally {
    progress.stop();
  }
}

/** What a person is told when a damaged library was replaced. */
export function setAsideNotice(config: Config, setAside: string): string {
  return `The library in ${config.dataDir} was damaged. It was moved to ${setAside}; the articles were read again and what could be saved was kept.`;
}
