import { join } from 'node:path';
import type { App } from './compose.ts';
import type { Config } from './config.ts';
import type { HubOptions } from './embedding/hub.ts';
import type { Ask, Budget } from './ports.ts';

/** How questions are answered with these settings: by a language model over quotes, or by quotes alone. */
export interface Writing {
  readonly ask: Ask;
  close(): Promise<void>;
}

export interface WritingOptions {
  readonly budget?: Budget;
  readonly onDownload?: NonNullable<HubOptions['onProgress']>;
}

/**
 * Puts the configured language model over `app.ask`. Without one, `app.ask` is given back as it is, and
 * nothing of a language model is loaded.
 * @throws YuanwenError for a faulty prompt, or a local model that can't be loaded
 */
export async function openWriting(
  app: App,
  config: Config,
  { budget, onDownload }: WritingOptions = {},
): Promise<Writing> {
  const settings = config.languageModel;
  if (settings === undefined) return { ask: app.ask, close: async () => {} };
  const { openLanguageModel } = await import('./language-model/open-language-model.ts');
  const { readPrompts } = await import('./language-model/prompt-files.ts');
  const { createWrittenAsk } = await import('./answers/written/written-ask.ts');
  const prompts = await readPrompts();
  const languageModel = await openLanguageModel(settings, {
    cacheDir: join(config.dataDir, 'models'),
    ...(config.hubRoot === undefined ? {} : { hubHost: config.hubRoot }),
    ...(onDownload === undefined ? {} : { onProgress: onDownload }),
  });
  const ask = createWrittenAsk({
    ...app,
    languageModel,
    prompts,
    patience: settings.timeout,
    ...(budget === undefined ? {} : { budget }),
  });
  return { ask, close: async () => languageModel.close() };
}
