import type { Parameters } from './parameters.ts';
import { badRequest } from './refusal.ts';
import { compact } from './rooms.ts';
import { parseJson } from './request.ts';
import { isObject } from './schema.ts';
import type { Fields } from './schema.ts';
import type { QueuedUpdate, UpdatesQueue } from './updates-queue.ts';

/** Carries out a method that the bot put into its answer to a webhook request. */
export type Reply = (method: string, fields: Fields) => Promise<void>;

/** Sends updates to the bot's own address until they are taken. */
export class Webhook {
  url = '';
  #secret: string | undefined;
  #connections = 40;
  #lastError: { readonly date: number; readonly message: string } | undefined;
  readonly #queue: UpdatesQueue;
  readonly #reply: Reply;
  readonly #retryDelay: number;
  /** One chat's updates come one after the other. */
  readonly #underWay = new Set<string>();
  readonly #stopped = new AbortController();

  /** @param retryDelay - milliseconds between two tries of one update */
  constructor(queue: UpdatesQueue, reply: Reply, retryDelay: number) {
    this.#queue = queue;
    this.#reply = reply;
    this.#retryDelay = retryDelay;
  }

  /**
   * `setWebhook`. Like a Bot API server of one's own, this one takes plain HTTP on loopback.
   * @throws Refusal
   */
  set(parameters: Parameters): void {
    const url = parameters.string('url') ?? '';
    const secret = parameters.string('secret_token');
    if (url !== '' && !isAllowed(url)) {
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    }
    if (secret !== undefined && secret.length > 256) throw badRequest('secret token is too long');
    if (secret !== undefined && !/^[\w-]*$/u.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    const connections = parameters.integer('max_connections') ?? 40;
    if (connections < 1 || connections > 100) throw badRequest('invalid max_connections specified');
    this.url = url;
    this.#secret = secret;
    this.#connections = connections;
    if (url !== '') this.#queue.endPoll('Conflict: terminated by setWebhook request');
    this.serve();
  }

  info(): Fields {
    return compact({
      url: this.url,
      has_custom_certificate: false,
      pending_update_count: this.#queue.pending.length,
      max_connections: this.url === '' ? undefined : this.#connections,
      allowed_updates: this.#queue.allowed ?? undefined,
      last_error_date: this.#lastError?.date,
      last_error_message: this.#lastError?.message,
    });
  }

  stop(): void {
    this.url = '';
    this.#stopped.abort();
  }

  /** Sends what waits, as many at once as the bot allows. */
  serve(): void {
    if (this.url === '') return;
    for (const entry of this.#queue.pending) {
      if (this.#underWay.size >= this.#connections) return;
      const lane = laneOf(entry);
      if (this.#underWay.has(lane)) continue;
      this.#underWay.add(lane);
      void this.#deliver(entry, lane);
    }
  }

  async #deliver(entry: QueuedUpdate, lane: string): Promise<void> {
    entry.deliveries += 1;
    const problem = await this.#post(entry.update);
    if (problem === null) entry.confirmed = true;
    else {
      this.#lastError = { date: Math.floor(Date.now() / 1000), message: problem };
      await new Promise((resolve) => setTimeout(resolve, this.#retryDelay));
    }
    this.#underWay.delete(lane);
    this.#queue.settle();
    this.serve();
  }

  /** @returns null when the bot took it, else what went wrong */
  async #post(update: Fields): Promise<string | null> {
    const secret = this.#secret;
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
        signal: this.#stopped.signal,
      });
      const body = await response.text();
      if (!response.ok) {
        return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      }
      const answer = parseJson(body);
      if (isObject(answer) && typeof answer['method'] === 'string') {
        const { method, ...fields } = answer;
        await this.#reply(method, fields);
      }
      return null;
    } catch {
      return 'Connection refused';
    }
  }
}

function laneOf({ update, kind }: QueuedUpdate): string {
  const payload = update[kind];
  if (!isObject(payload)) return kind;
  const message = isObject(payload['message']) ? payload['message'] : payload;
  const place = message['chat'] ?? payload['from'];
  return isObject(place) ? String(place['id']) : kind;
}

function isAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(?:127\.0\.0\.1|localhost)$/u.test(hostname))
  );
}
