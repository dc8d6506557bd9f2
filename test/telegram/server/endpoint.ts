import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayPage, refusalOf } from './faults.ts';
import type { Fault, Faults } from './faults.ts';
import { carryOut } from './methods.ts';
import { Parameters } from './parameters.ts';
import { badRequest, Refusal } from './refusal.ts';
import { readParameters, readPath } from './request.ts';
import type { RawParameters } from './request.ts';
import { schema } from './schema.ts';
import type { Fields } from './schema.ts';
import { Webhook } from './webhook.ts';
import type { World } from './world.ts';

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

interface Success {
  readonly result: unknown;
}

/** Telegram does not mind capitals in a method's name. */
const methodNames = new Map(
  Object.keys(schema.methods).map((method) => [method.toLowerCase(), method]),
);

/** The HTTP side: takes calls, lets the world carry them out, and answers, or fails as commanded. */
export class Endpoint {
  readonly calls: Call[] = [];
  readonly webhook: Webhook;
  /** Calls other than `getUpdates` that have not been answered. */
  underWay = 0;
  readonly #token: string;
  readonly #world: World;
  readonly #faults: Faults;

  constructor(token: string, world: World, faults: Faults, webhookRetryDelay: number) {
    this.#token = token;
    this.#world = world;
    this.#faults = faults;
    const reply = async (method: string, fields: Fields): Promise<void> => {
      await this.#call(method, { fields, files: new Map() }, new AbortController().signal);
    };
    this.webhook = new Webhook(world.queue, reply, webhookRetryDelay);
    world.watch(() => this.webhook.serve());
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = readPath(request.url ?? '/');
    if (path.kind === 'other') return answer(response, new Refusal(404, 'Not Found'));
    if (path.token !== this.#token) return answer(response, new Refusal(401, 'Unauthorized'));
    if (path.kind === 'file') return this.#download(path.rest, response);
    const method = methodNames.get(path.rest.toLowerCase());
    if (method === undefined) {
      this.#record(path.rest, {}, { refusal: 'Not Found', status: 404 });
      return answer(response, new Refusal(404, 'Not Found'));
    }
    await this.#take(method, request, response);
  }

  async #take(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    if (fault?.with === 'slow') await sleep(fault.milliseconds ?? 500);
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
  ): Promise<Success | Refusal> {
    const call = this.#record(method, raw.fields, fault === undefined ? {} : { fault });
    const isPoll = method === 'getUpdates';
    if (!isPoll) this.underWay += 1;
    try {
      const result = await this.#result(method, Parameters.read(method, raw), gone);
      call.status = 200;
      call.result = result;
      return { result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      call.status = error.code;
      call.refusal = error.message;
      return error;
    } finally {
      if (!isPoll) this.underWay -= 1;
      this.#world.changed();
    }
  }

  #result(method: string, parameters: Parameters, gone: AbortSignal): unknown {
    switch (method) {
      case 'getUpdates':
        return this.#getUpdates(parameters, gone);
      case 'setWebhook':
      case 'deleteWebhook':
        this.#allow(parameters);
        if (parameters.flag('drop_pending_updates')) this.#world.queue.forgetPending();
        this.webhook.set(parameters);
        return true;
      case 'getWebhookInfo':
        return this.webhook.info();
      default:
        return carryOut(this.#world, method, parameters);
    }
  }

  #getUpdates(parameters: Parameters, gone: AbortSignal): Promise<readonly Fields[]> {
    if (this.webhook.url !== '') {
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const limit = parameters.integer('limit') ?? 100;
    const timeout = parameters.integer('timeout') ?? 0;
    if (limit < 1 || limit > 100) throw badRequest('limit must be between 1 and 100');
    if (timeout < 0 || timeout > 50) throw badRequest('timeout must be between 0 and 50');
    this.#allow(parameters);
    return this.#world.queue.get(parameters.integer('offset') ?? 0, limit, timeout, gone);
  }

  #allow(parameters: Parameters): void {
    if (parameters.fields['allowed_updates'] === undefined) return;
    this.#world.queue.allow(parameters.list('allowed_updates').map(String));
  }

  #download(path: string, response: ServerResponse): void {
    const file = [...this.#world.files.values()].find((stored) => stored.path === path);
    if (file === undefined) return answer(response, new Refusal(404, 'Not Found'));
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  #record(method: string, parameters: Fields, outcome: Partial<Call>): Call {
    const call: Call = { method, parameters, at: this.#world.now, status: 0, ...outcome };
    this.calls.push(call);
    this.#world.changed();
    return call;
  }
}

function bodyOf(outcome: Success | Refusal): string {
  if (!(outcome instanceof Refusal)) return JSON.stringify({ ok: true, result: outcome.result });
  const { code, message, parameters } = outcome;
  return JSON.stringify({ ok: false, error_code: code, description: message, parameters });
}

function answer(response: ServerResponse, outcome: Success | Refusal): void {
  const isRefusal = outcome instanceof Refusal;
  const retryAfter = isRefusal ? outcome.parameters?.['retry_after'] : undefined;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response
    .writeHead(isRefusal ? outcome.code : 200, { 'content-type': 'application/json' })
    .end(bodyOf(outcome));
}

/** Sends half of the answer and hangs up. */
function cut(response: ServerResponse, outcome: Success | Refusal): void {
  const body = bodyOf(outcome);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length * 2,
  });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}
