import OpenAI, { BadRequestError } from 'openai';
import type { LanguageModel, WritingRequest, WrittenText } from '../ports.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { ReplyBounds } from './bounded-fetch.ts';
import { explained } from './explained.ts';
import { failure } from './failure.ts';
import type { LanguageModelFailure } from './failure.ts';
import { Patience } from './patience.ts';
import type { TimeLimits } from './patience.ts';
import { withRetry } from './retry.ts';
import type { RetryRules } from './retry.ts';

export interface ChatServer {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Secret. Local servers need none. */
  readonly apiKey: string | undefined;
  readonly limits: TimeLimits;
  readonly retry: RetryRules;
}

/** An answer has a few sentences; a server that sends more than this never ends. */
const MOST_CHARACTERS = 16_000;
const BOUNDS: ReplyBounds = { mostBytes: 8 * 1024 * 1024, longestLine: 256 * 1024 };
/** Of text, for servers that don't count. */
const CHARACTERS_PER_TOKEN = 3;

type Parameters = Omit<
  OpenAI.Chat.ChatCompletionCreateParamsStreaming,
  'model' | 'messages' | 'stream'
>;

/** A language model behind any server that speaks OpenAI's streaming chat completions. */
export class ChatCompletions implements LanguageModel {
  readonly name: string;
  readonly #server: ChatServer;
  readonly #client: OpenAI;
  /** Some servers refuse parameters that others need; one refusal is enough to know. */
  #isPlain = false;

  constructor(server: ChatServer) {
    this.name = server.model;
    this.#server = server;
    this.#client = new OpenAI({
      baseURL: server.baseUrl,
      apiKey: server.apiKey ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      timeout: server.limits.whole,
      logLevel: 'off',
      fetch: boundedFetch(BOUNDS),
    });
  }

  async write(request: WritingRequest): Promise<WrittenText> {
    const patience = new Patience(this.name, this.#server.limits, request.signal);
    try {
      return await withRetry(this.#server.retry, patience.signal, async () =>
        this.#attempt(request, patience),
      );
    } finally {
      patience.end();
    }
  }

  async close(): Promise<void> {}

  async #attempt(request: WritingRequest, patience: Patience): Promise<WrittenText> {
    patience.signal.throwIfAborted();
    patience.begin();
    try {
      const stream = await this.#open(request, patience.signal);
      return await this.#read(stream, request, patience);
    } catch (error) {
      if (patience.signal.aborted) throw patience.signal.reason;
      throw explained(error, this.#server);
    } finally {
      patience.heard();
    }
  }

  async #open(request: WritingRequest, signal: AbortSignal) {
    try {
      return await this.#create(request, signal);
    } catch (error) {
      if (this.#isPlain || !(error instanceof BadRequestError)) throw error;
      this.#isPlain = true;
      return this.#create(request, signal);
    }
  }

  async #create({ instructions, message, maxTokens }: WritingRequest, signal: AbortSignal) {
    const parameters: Parameters = this.#isPlain
      ? {}
      : { max_tokens: maxTokens, temperature: 0, stream_options: { include_usage: true } };
    const messages: OpenAI.Chat.ChatCompletionMessageParam[] = [
      { role: 'system', content: instructions },
      { role: 'user', content: message },
    ];
    const { model } = this.#server;
    return this.#client.chat.completions.create(
      { ...parameters, model, messages, stream: true },
      { signal },
    );
  }

  async #read(
    stream: AsyncIterable<OpenAI.Chat.ChatCompletionChunk>,
    request: WritingRequest,
    patience: Patience,
  ): Promise<WrittenText> {
    let text = '';
    let end: string | null = null;
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      usage = chunk.usage ?? usage;
      const choice = chunk.choices[0];
      const piece: unknown = choice?.delta.content;
      end = choice?.finish_reason ?? end;
      if (typeof piece !== 'string' || piece === '') continue;
      patience.heard();
      text += piece;
      if (text.length > MOST_CHARACTERS) throw this.#broken('does not end its reply', false);
      request.onText?.(text);
    }
    // A cut connection may look like an orderly end; only the reason tells them apart.
    patience.signal.throwIfAborted();
    if (end === null) throw this.#broken('broke off its reply', true);
    if (text.trim() === '') throw this.#broken('replied nothing', false);
    return {
      text,
      promptTokens: usage?.prompt_tokens ?? tokens(request.instructions + request.message),
      replyTokens: usage?.completion_tokens ?? tokens(text),
    };
  }

  #broken(what: string, isPassing: boolean): LanguageModelFailure {
    return failure('language-model-broken', `The language model ${this.name} ${what}`, {
      isPassing,
    });
  }
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
