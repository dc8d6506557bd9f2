import { setTimeout as sleep } from 'node:timers/promises';
import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as ApiMethods } from 'telegraf/types';
import { backoff } from './backoff.ts';
import { failureOf } from './failures.ts';
import { Pacer } from './pacing.ts';
import { withoutToken } from './redact.ts';
import { fetchBytes, post } from './transport.ts';
import { within } from '../../within.ts';

export interface PoliteOptions {
  /** Bot API server; Telegram's when left out. */
  readonly apiRoot?: string | undefined;
  /** Aborted when the process stops: waiting calls end at once. */
  readonly signal: AbortSignal;
  readonly pacer?: Pacer;
  /** How long a call may be tried again before it fails, in milliseconds. */
  readonly patienceMs?: number;
  /** Told of every 429, for the metrics. */
  readonly onTooFast?: (method: string) => void;
  /** Told when a group has become a supergroup, so that its state moves along. */
  readonly onMoved?: (from: number, to: number) => void;
}

/** Longest silence of a call: a request for updates is held for half of it, and a backup takes its time. */
const CALL_TIMEOUT_MS = 60_000;
const PATIENCE_MS = 180_000;
/** Edits of inline messages name no chat; they share one line. */
const INLINE = 'inline';
/** The loops around these have their own back-off; a late "typing" is worse than none. */
const TRIED_ONCE = new Set<string>([
  'getMe',
  'getUpdates',
  'setWebhook',
  'deleteWebhook',
  'sendChatAction',
]);
/** Methods that count against Telegram's limits on messages. */
const PACED = /^(send(?!ChatAction)|edit|forward|copy)/;

/**
 * Telegram's methods with manners: messages go out no faster than Telegram takes them, calls that
 * failed for a passing reason are tried again, and no error carries the token. One instance serves
 * the whole process, so that its pace is the bot's pace.
 */
export class PoliteTelegram extends Telegram {
  /** False once the server has said that it does not know them. */
  hasDrafts = true;
  private readonly manners: PoliteOptions;
  private readonly pacer: Pacer;

  constructor(token: string, manners: PoliteOptions) {
    super(token, {
      webhookReply: false,
      ...(manners.apiRoot === undefined ? {} : { apiRoot: manners.apiRoot }),
    });
    this.manners = manners;
    this.pacer = manners.pacer ?? new Pacer();
  }

  override async callApi<M extends keyof ApiMethods>(
    method: M,
    payload: Opts<M>,
    options: { signal?: object | undefined } = {},
  ): Promise<ReturnType<ApiMethods[M]>> {
    const giveUpAt = Date.now() + (this.manners.patienceMs ?? PATIENCE_MS);
    let request = payload;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.callOnce<ReturnType<ApiMethods[M]>>(method, request, options.signal);
      } catch (error) {
        const wait = this.waitAfter(error, method, chatOf(request), attempt);
        if (wait === null || Date.now() + wait > giveUpAt) throw withoutToken(error, this.token);
        await sleep(wait, undefined, { signal: this.manners.signal });
        request = this.redirected(error, request);
      }
    }
  }

  /**
   * Shows the text of a message that is still being written; a later one with the same id takes its
   * place. Tried once. telegraf's types do not know the method yet (Bot API 9.3).
   * @param draftId - not 0
   */
  async sendMessageDraft(
    { chatId, threadId }: { readonly chatId: number; readonly threadId?: number | undefined },
    draftId: number,
    html: string,
  ): Promise<void> {
    const payload = {
      chat_id: chatId,
      draft_id: draftId,
      text: html,
      parse_mode: 'HTML',
      ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    };
    try {
      await this.callOnce('sendMessageDraft', payload, undefined);
    } catch (error) {
      if (error instanceof TelegramError && error.code === 404) this.hasDrafts = false;
      throw withoutToken(error, this.token);
    }
  }

  private async callOnce<R>(
    method: string,
    payload: object,
    signal: object | undefined,
  ): Promise<R> {
    if (PACED.test(method)) {
      await this.pacer.turn(chatOf(payload) ?? INLINE, this.manners.signal);
    }
    const url = `${this.root}/bot${this.token}/${method}`;
    const given = signal instanceof AbortSignal ? signal : undefined;
    return await within(CALL_TIMEOUT_MS, given, async (end) => await post(url, payload, end));
  }

  /**
   * Fetches a file that somebody sent.
   * @throws NetworkError when it does not come, or is larger than `maxBytes`
   */
  async download(fileId: string, maxBytes: number): Promise<Uint8Array> {
    const { file_path: path = '' } = await this.getFile(fileId);
    const url = `${this.root}/file/bot${this.token}/${path}`;
    try {
      return await within(
        CALL_TIMEOUT_MS,
        this.manners.signal,
        async (end) => await fetchBytes(url, maxBytes, end),
      );
    } catch (error) {
      throw withoutToken(error, this.token);
    }
  }

  private get root(): string {
    return this.options.apiRoot.replace(/\/$/, '');
  }

  /** Milliseconds until the same call may work; null when it should not be tried again. */
  private waitAfter(
    error: unknown,
    method: string,
    chatId: string | undefined,
    attempt: number,
  ): number | null {
    const failure = failureOf(error);
    if (failure.kind === 'too-fast') {
      this.manners.onTooFast?.(method);
      if (PACED.test(method)) this.pacer.pause(chatId, failure.seconds);
    }
    if (this.manners.signal.aborted || TRIED_ONCE.has(method)) return null;
    if (failure.kind === 'too-fast') return failure.seconds * 1_000;
    if (failure.kind === 'moved') return 0;
    return failure.kind === 'unreachable' ? backoff(attempt) : null;
  }

  /** The request with the supergroup's id, when that is what the error was about. */
  private redirected<P extends object>(error: unknown, request: P): P {
    const failure = failureOf(error);
    if (failure.kind !== 'moved') return request;
    this.manners.onMoved?.(Number(chatOf(request)), failure.chatId);
    return { ...request, chat_id: failure.chatId };
  }
}

function chatOf(payload: object): string | undefined {
  return 'chat_id' in payload ? String(payload.chat_id) : undefined;
}
