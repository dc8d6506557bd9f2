import { join } from 'node:path';
import type { App } from './compose.ts';
import type { Config } from './config.ts';
import type { HubOptions } from './embedding/hub.ts';
import type { Ask, Budget } from './ports.ts';

/** How questions are answered with some settings: by a language model over quotes, or by quotes alone. */
export interface Writing {
  over(app: App, budget?: Budget): Ask;
  close(): Promise<void>;
}

const QUOTES_ALONE: Writing = { over: ({ ask }) => ask, close: async () => {} };

/**
 * Opens the configured language model. Without one, `over` gives back `app.ask` as it is, and nothing
 * of a language model is loaded. Needs no library, so that faults are told before anything is indexed.
 * @throws YuanwenError for a faulty prompt, or a local model that can't be loaded
 */
export async function openWriting(
  config: Config,
  onDownload?: HubOptions['onProgress'],
): Promise<Writing> {
  const settings = config.languageModel;
  if (settings === undefined) return QUOTES_ALONE;
  const { openLanguageModel } = await import('./language-model/open-language-model.ts');
  const { readPrompts } = await import('./language-model/prompt-files.ts');
  const { createWrittenAsk } = await import('./answers/written/written-ask.ts');
  const prompts = await readPrompts(settings.promptsDir);
  const languageModel = await openLanguageModel(settings, {
    cacheDir: join(config.dataDir, 'models'),
    ...(config.hubRoot === undefined ? {} : { hubHost: config.hubRoot }),
    ...(onDownload === undefined ? {} : { onProgress: onDownload }),
  });
  return {
    over: (app, budget) =>
      createWrittenAsk({
        ...app,
        languageModel,
        prompts,
        patience: settings.timeout,
        ...(budget === undefined ? {} : { budget }),
      }),
    close: async () => languageModel.close(),
  };
}
