import { APIConnectionError, APIError } from 'openai';
import { EndlessReply } from './bounded-fetch.ts';
import { LanguageModelFailure, failure } from './failure.ts';

interface Named {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

/**
 * What went wrong between us and a server, as one sentence for the operator. Never holds the key: of an
 * error's own words only the server's message is kept, with the key and what looks like one taken out.
 */
export function explained(error: unknown, server: Named): LanguageModelFailure {
  if (error instanceof LanguageModelFailure) return error;
  const where = `The language model ${server.model} at ${new URL(server.baseUrl).host}`;
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof EndlessReply || cause instanceof EndlessReply) {
    return failure('language-model-broken', `${where} does not end its reply`);
  }
  if (error instanceof APIConnectionError) {
    const sentence = `${where} can't be reached; check LLM_BASE_URL and that the server runs`;
    return failure('language-model-unreachable', sentence, { isPassing: true });
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    return refused(where, error, error.status, server.apiKey);
  }
  const isCut = error instanceof TypeError;
  const what = isCut ? 'broke off its reply' : 'sent something that is no chat completion';
  return failure('language-model-broken', `${where} ${what}`, { isPassing: true });
}

function refused(
  where: string,
  error: APIError,
  status: number,
  apiKey: string | undefined,
): LanguageModelFailure {
  const said = `${status}: ${withoutKeys(error.message, apiKey)}`;
  if (status === 429) {
    const sentence = `${where} has too much to do (${said})`;
    const retryAfter = secondsOf(error.headers?.get('retry-after'));
    return failure('language-model-busy', sentence, { isPassing: true, retryAfter });
  }
  if (status >= 500 || status === 408) {
    return failure('language-model-broken', `${where} failed (${said})`, { isPassing: true });
  }
  const sentence = `${where} refused (${said}); check LLM_MODEL and LLM_API_KEY`;
  return failure('language-model-refused', sentence);
}

function withoutKeys(message: string, apiKey: string | undefined): string {
  const hidden = apiKey === undefined ? message : message.replaceAll(apiKey, '***');
  return hidden
    .replaceAll(/\b(?:sk|key|Bearer)[-_ ][\w*.-]{4,}/gi, '***')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
}

function secondsOf(retryAfter: string | null | undefined): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
