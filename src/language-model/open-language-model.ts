import type { HubOptions } from '../embedding/hub.ts';
import type { LanguageModel } from '../ports.ts';
import { ChatCompletions } from './chat-completions.ts';
import { findLocalModel } from './find-local-model.ts';
import { openLocalModel } from './local-model.ts';

export interface LanguageModelSettings {
  /** The server's name for it; without a server a folder or a hub id. */
  readonly model: string;
  readonly baseUrl: string | undefined;
  /** Secret. */
  readonly apiKey: string | undefined;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
}

/** A server that is only busy for a moment is worth waiting for; a reader is not to wait twice. */
const RETRY = { attempts: 3, pause: 500, longestPause: 5000 };
/** Of the whole time, for the first word: a model that has not begun by then won't finish either. */
const FIRST_WORD = 0.5;

/**
 * The language model of these settings: behind a server, or inside the process.
 * @throws YuanwenError when a local one can't be found or loaded; a server is first asked with a question
 */
export async function openLanguageModel(
  settings: LanguageModelSettings,
  hub: Omit<HubOptions, 'wanted'>,
): Promise<LanguageModel> {
  const { model, baseUrl, apiKey, timeout } = settings;
  const limits = { firstWord: timeout * FIRST_WORD, whole: timeout };
  if (baseUrl !== undefined) {
    return new ChatCompletions({ baseUrl, model, apiKey, limits, retry: RETRY });
  }
  return openLocalModel({ ...(await findLocalModel(model, hub)), name: model, limits });
}
