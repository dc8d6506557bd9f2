import { createAsk } from './answers/ask.ts';
import { embedderOptions } from './compose.ts';
import type { App } from './compose.ts';
import type { Config } from './config.ts';
import type { RerankerOptions } from './embedding/reranker.ts';
import type { SecondLook } from './search/second-look.ts';

/** How long a question may wait for the second look, in milliseconds. A reader has seen no answer yet. */
const PATIENCE = 8000;

/** How the reranker of these settings is opened; null without one. */
export function rerankerOptions(config: Config): RerankerOptions | null {
  const { rerankerModel: model } = config;
  if (model === undefined) return null;
  const { modelsDir, cacheDir, hubHost } = embedderOptions(config);
  const hub = hubHost === undefined ? {} : { hubHost };
  return { model, modelsDir, cacheDir, patience: PATIENCE, ...hub };
}

/**
 * Lets a reranker look at what `app` finds, and closes it with `app`. Golden questions are asked without
 * it: they guard the library.
 */
export function lookingTwice(app: App, config: Config, secondLook: SecondLook): App {
  return {
    ...app,
    ask: createAsk({ ...app, refusal: config.refusal, secondLook }),
    secondLook,
    close: async () => {
      await secondLook.reranker.close();
      await app.close();
    },
  };
}
