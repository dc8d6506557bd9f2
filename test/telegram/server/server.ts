import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Faults, gatewayPage, refusalOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { telegramLimits } from './limits.ts';
import type { SendLimits } from './limits.ts';
import { carryOut } from './methods.ts';
import { Parameters } from './parameters.ts';
import { Channel, Group, Person } from './people.ts';
import type { GroupOptions, PersonOptions } from './people.ts';
import { badRequest, Refusal } from './refusal.ts';
import { readParameters, readPath } from './request.ts';
import type { RawParameters } from './request.ts';
import { Room } from './rooms.ts';
import { schema } from './schema.ts';
import type { Fields } from './schema.ts';
import { settingKey } from './methods-settings.ts';
import { transcriptOf } from './transcript.ts';
import type { QueuedUpdate } from './updates-queue.ts';
import { until } from './wait.ts';
import { Webhook } from './webhook.ts';
import { World } from './world.ts';

export interface ServerOptions {
  readonly token?: string;
  readonly botUsername?: string;
  readonly botName?: string;
  /** Whether the bot hears in groups only what is meant for it; true unless said otherwise. */
  readonly privacy?: boolean;
  /** Telegram's own limits unless said otherwise; false for none. */
  readonly limits?: Partial<SendLimits> | false;
  /** Milliseconds within which callback and inline queries must be answered; 15 s unless said otherwise. */
  readonly queryLifetime?: number;
  /** Milliseconds before an update that a webhook did not take is sent again. */
  readonly webhookRetryDelay?: number;
  readonly firstUpdateId?: number;
  /** The clock of limits, lifetimes and dates, in milliseconds. */
  readonly now?: () => number;
}

/** One call of the bot and what came of it. */
export interface Call {
  readonly method: string;
  readonly parameters: Fields;
  /** Milliseconds, of the server's clock, when the call came. */
  readonly at: number;
  /** The HTTP status; 0 while the call is held or after the connection was cut. */
  status: number;
  result?: unknown;
  /** The description, when the call was refused. */
  refusal?: string;
  /** The commanded fault that hit the call. */
  fault?: Fault;
}

/**
 * A Bot API server on loopback that refuses what Telegram refuses, and a small world of people and
 * chats around it in which tests talk with the bot.
 */
export async function startBotApiServer(options: ServerOptions = {}): Promise<BotApiServer> {
  const server = new BotApiServer(options);
  await server.listen();
  return server;
}

export class BotApiServer {
  readonly token: string;
  readonly world: World;
  /** Every call, oldest first. */
  readonly calls: Call[] = [];
  readonly #faults = new Faults();
  readonly #webhook: Webhook;
  readonly #sockets = new Set<Socket>();
  readonly #http = createServer((request, response) => void this.#handle(request, response));
  #port = 0;
  #underWay = 0;

  constructor(options: ServerOptions) {
    this.token = options.token ?? '7000000001:AAE-test-token_0123456789abcdefghij';
    this.world = new World({
      botId: Number(this.token.split(':')[0]),
      botUsername: options.botUsername ?? 'yuanwen_bot',
      botName: options.botName ?? 'Yuanwen',
      privacy: options.privacy ?? true,
      queryLifetime: options.queryLifetime ?? 15_000,
      firstUpdateId: options.firstUpdateId ?? 100_000_001,
      limits: options.limits === false ? null : { ...telegramLimits, ...options.limits },
      now: options.now ?? Date.now,
    });
    this.#webhook = new Webhook(
      this.world.queue,
      async (method, fields) => {
        await this.#call(method, { fields, files: new Map() }, new AbortController().signal);
      },
      options.webhookRetryDelay ?? 100,
    );
    this.world.watch(() => this.#webhook.serve());
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#http.keepAliveTimeout = 60_000;
  }

  /** What to set `TELEGRAM_API_ROOT` to. */
  get root(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Opens the port; the same one again after `goesDown`. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#http.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = this.#http.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  /** Cuts all connections and accepts no new ones until `listen`. */
  async goesDown(): Promise<void> {
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.dropConnections();
    await closed;
  }

  /** Cuts every connection, also those of held polls. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.#webhook.stop();
    this.world.queue.release();
    await this.goesDown();
  }

  /** A person; the first names and ids are given in order unless said otherwise. */
  user(options: PersonOptions = {}): Person {
    return new Person(this.world, options);
  }

  group(options: GroupOptions = {}): Group {
    return new Group(this.world, options);
  }

  channel(options: { title?: string; username?: string } = {}): Channel {
    return new Channel(this.world, options);
  }

  /** Commands a fault, which hits the next calls that it fits. */
  fail(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Takes back all faults that have not happened yet. */
  heal(): void {
    this.#faults.clear();
  }

  /** Commanded faults that have not happened yet. */
  get faultsLeft(): number {
    return this.#faults.left;
  }

  /** Calls that were refused by the server's own judgement; commanded faults are left out. */
  get refusals(): Call[] {
    return this.calls.filter((call) => call.refusal !== undefined && call.fault === undefined);
  }

  /** Gives the bot an update as it stands, of a kind that may be unknown. */
  pushUpdate(kind: string, payload: unknown): QueuedUpdate | null {
    return this.world.queue.push(kind, payload);
  }

  /** All updates that ever were, with what became of them. */
  get updates(): readonly QueuedUpdate[] {
    return this.world.queue.all;
  }

  /** The command menu of a scope and language, as `setMyCommands` left it. */
  commands(language = '', scope?: Fields): unknown {
    return this.world.settings.get(settingKey('commands', scope, language));
  }

  /** What people see in a chat, as text. */
  transcript(place: Room | Person | Group | Channel): string {
    return transcriptOf(place instanceof Room ? place : place.room);
  }

  /** Waits until a bot asks for updates, or has given an address for them, from now on. */
  async nextListener(timeout = 60_000): Promise<void> {
    const before = this.calls.length;
    const isListening = ({ method, status }: Call): boolean =>
      method === 'getUpdates' || (method === 'setWebhook' && status === 200);
    await until(
      this.world,
      () => this.calls.slice(before).some(isListening),
      timeout,
      () => 'no bot has asked for updates',
    );
  }

  /**
   * Waits until the bot has confirmed every update and has called nothing for a while.
   * @param quiet - milliseconds without a call other than the held poll
   */
  async idle(options: { quiet?: number; timeout?: number } = {}): Promise<void> {
    const { quiet = 150, timeout = 20_000 } = options;
    const end = Date.now() + timeout;
    for (;;) {
      const pending = (): number => this.world.queue.pending.length + this.#underWay;
      await until(
        this.world,
        () => pending() === 0,
        end - Date.now(),
        () => {
          const { length } = this.world.queue.pending;
          return `the bot did not come to rest: ${length} updates unconfirmed, ${this.#underWay} calls under way`;
        },
      );
      const before = this.#activity;
      await new Promise((resolve) => setTimeout(resolve, quiet));
      if (this.#activity === before && pending() === 0) return;
    }
  }

  #activity = 0;

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = readPath(request.url ?? '/');
    if (path.kind === 'file') return this.#download(path.token, path.rest, response);
    if (path.kind === 'other') return answer(response, new Refusal(404, 'Not Found'));
    if (path.token !== this.token) return answer(response, new Refusal(401, 'Unauthorized'));
    const method = methodNames.get(path.rest.toLowerCase());
    if (method === undefined) {
      this.#record(path.rest, {}, { refusal: 'Not Found', status: 404 });
      return answer(response, new Refusal(404, 'Not Found'));
    }
    const fault = this.#faults.next(method);
    if (fault?.with === 'drop') {
      this.#record(method, {}, { fault });
      request.socket.destroy();
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      const raw = await readParameters(request);
      await this.#answerCall(method, raw, gone.signal, fault, response);
    } catch (error) {
      if (error instanceof Refusal) {
        this.#record(method, {}, { refusal: error.message, status: error.code });
        answer(response, error);
      } else if (!gone.signal.aborted) throw error;
    }
  }

  async #answerCall(
    method: string,
    raw: RawParameters,
    gone: AbortSignal,
    fault: Fault | undefined,
    response: ServerResponse,
  ): Promise<void> {
    if (fault?.with === 502) {
      this.#record(method, raw.fields, { fault, status: 502 });
      response.writeHead(502, { 'content-type': 'text/html' }).end(gatewayPage);
      return;
    }
    const commanded = fault === undefined ? null : refusalOf(fault);
    if (fault !== undefined && commanded !== null) {
      const refusal = commanded.message;
      this.#record(method, raw.fields, { fault, refusal, status: commanded.code });
      answer(response, commanded);
      return;
    }
    if (fault?.with === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? 500));
    }
    const outcome = await this.#call(method, raw, gone, fault);
    if (fault?.with === 'cut') cut(response, outcome);
    else answer(response, outcome);
  }

  /** Carries out a call and records it; a refusal is an outcome like another. */
  async #call(
    method: string,
    raw: RawParameters,
    gone: AbortSignal,
    fault?: Fault,
  ): Promise<Outcome | Refusal> {
    const call = this.#record(method, raw.fields, fault === undefined ? {} : { fault });
    const isPoll = method === 'getUpdates';
    if (!isPoll) this.#underWay += 1;
    try {
      const parameters = Parameters.read(method, raw);
      const result = await this.#result(method, parameters, gone);
      call.status = 200;
      call.result = result;
      return { result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.status = error.code;
      call.refusal = error.message;
      return error;
    } finally {
      if (!isPoll) this.#underWay -= 1;
      this.world.changed();
    }
  }

  #result(method: string, parameters: Parameters, gone: AbortSignal): unknown {
    const { queue } = this.world;
    switch (method) {
      case 'getUpdates':
        return this.#getUpdates(parameters, gone);
      case 'setWebhook':
      case 'deleteWebhook':
        if (parameters.fields['allowed_updates'] !== undefined) {
          queue.allow(parameters.list('allowed_updates').map(String));
        }
        if (parameters.flag('drop_pending_updates')) queue.forgetPending();
        this.#webhook.set(parameters);
        return true;
      case 'getWebhookInfo':
        return this.#webhook.info();
      default:
        return carryOut(this.world, method, parameters);
    }
  }

  #getUpdates(parameters: Parameters, gone: AbortSignal): Promise<readonly Fields[]> {
    if (this.#webhook.url !== '') {
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const limit = parameters.integer('limit') ?? 100;
    const timeout = parameters.integer('timeout') ?? 0;
    if (limit < 1 || limit > 100) throw badRequest('limit must be between 1 and 100');
    if (timeout < 0 || timeout > 50) throw badRequest('timeout must be between 0 and 50');
    const { queue } = this.world;
    if (parameters.fields['allowed_updates'] !== undefined) {
      queue.allow(parameters.list('allowed_updates').map(String));
    }
    return queue.get(parameters.integer('offset') ?? 0, limit, timeout, gone);
  }

  #download(token: string, path: string, response: ServerResponse): void {
    const file = [...this.world.files.values()].find((stored) => stored.path === path);
    if (token !== this.token) answer(response, new Refusal(401, 'Unauthorized'));
    else if (file === undefined) answer(response, new Refusal(404, 'Not Found'));
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  #record(method: string, parameters: Fields, outcome: Partial<Call>): Call {
    const call: Call = { method, parameters, at: this.world.now, status: 0, ...outcome };
    this.calls.push(call);
    if (method !== 'getUpdates') this.#activity += 1;
    this.world.changed();
    return call;
  }
}

/** Telegram does not mind capitals in a method's name. */
const methodNames = new Map(
  Object.keys(schema.methods).map((method) => [method.toLowerCase(), method]),
);

interface Outcome {
  readonly result: unknown;
}

function bodyOf(outcome: Outcome | Refusal): string {
  if (!(outcome instanceof Refusal)) return JSON.stringify({ ok: true, result: outcome.result });
  const { code, message, parameters } = outcome;
  return JSON.stringify({ ok: false, error_code: code, description: message, parameters });
}

function answer(response: ServerResponse, outcome: Outcome | Refusal): void {
  const isRefusal = outcome instanceof Refusal;
  const retryAfter = isRefusal ? outcome.parameters?.['retry_after'] : undefined;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response
    .writeHead(isRefusal ? outcome.code : 200, { 'content-type': 'application/json' })
    .end(bodyOf(outcome));
}

/** Sends half of the answer and hangs up. */
function cut(response: ServerResponse, outcome: Outcome | Refusal): void {
  const body = bodyOf(outcome);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length * 2,
  });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}
