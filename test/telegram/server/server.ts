import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Endpoint } from './endpoint.ts';
import type { Call } from './endpoint.ts';
import { Faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { telegramLimits } from './limits.ts';
import type { SendLimits } from './limits.ts';
import { settingKey } from './methods-settings.ts';
import { Person } from './person.ts';
import type { PersonOptions } from './person.ts';
import { Channel, Group } from './places.ts';
import type { GroupOptions } from './places.ts';
import { Room } from './rooms.ts';
import type { Fields } from './schema.ts';
import { transcriptOf } from './transcript.ts';
import type { QueuedUpdate } from './updates-queue.ts';
import { until } from './wait.ts';
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

/**
 * A Bot API server on loopback that refuses what Telegram refuses, in Telegram's words, and a small
 * world of people and chats around it in which tests talk with the bot:
 *
 *     const server = await startBotApiServer();
 *     const anna = server.user({ language_code: 'zh-hans' });
 *     const answer = await anna.asks('望屿岛一年有多少天起雾？');
 *     await anna.presses(answer, '打开出处').answered();
 *     server.fail({ with: 502, times: 3 });
 *     await server.idle();
 *     expect(server.refusals).toEqual([]);
 */
export async function startBotApiServer(options: ServerOptions = {}): Promise<BotApiServer> {
  const server = new BotApiServer(options);
  await server.listen();
  return server;
}

export class BotApiServer {
  readonly token: string;
  readonly world: World;
  readonly #faults = new Faults();
  readonly #endpoint: Endpoint;
  readonly #sockets = new Set<Socket>();
  readonly #http = createServer((request, response) => {
    void this.#endpoint.handle(request, response);
  });
  #port = 0;

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
    const retryDelay = options.webhookRetryDelay ?? 100;
    this.#endpoint = new Endpoint(this.token, this.world, this.#faults, retryDelay);
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#http.keepAliveTimeout = 60_000;
  }

  /** Every call, oldest first. */
  get calls(): readonly Call[] {
    return this.#endpoint.calls;
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
    this.#endpoint.webhook.stop();
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
    const open = (): number => this.world.queue.pending.length + this.#endpoint.underWay;
    const calls = (): number => this.calls.filter(({ method }) => method !== 'getUpdates').length;
    for (;;) {
      await until(
        this.world,
        () => open() === 0,
        end - Date.now(),
        () => {
          const { length } = this.world.queue.pending;
          return `the bot did not come to rest: ${length} updates unconfirmed, ${this.#endpoint.underWay} calls under way`;
        },
      );
      const before = calls();
      await sleep(quiet);
      if (calls() === before && open() === 0) return;
    }
  }
}
