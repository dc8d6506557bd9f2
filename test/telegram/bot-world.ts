import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { botDesk } from '../../src/bot-desk.ts';
import { bringUpToDate, indexOptions, openApp } from '../../src/compose.ts';
import type { App } from '../../src/compose.ts';
import { parseConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { openChats } from '../../src/library/chats/open-chats.ts';
import type { ChatStore } from '../../src/library/chats/open-chats.ts';
import type { Ask } from '../../src/ports.ts';
import { startBot } from '../../src/telegram/bot.ts';
import type { RunningBot } from '../../src/telegram/bot.ts';
import type { BotSettings } from '../../src/telegram/settings.ts';
import { FAST } from './paces.ts';
import { startBotApiServer } from './server/server.ts';
import type { BotApiServer, ServerOptions } from './server/server.ts';

const SAMPLES = fileURLToPath(new URL('../../data/articles', import.meta.url));

/** A folder with the sample articles, indexed by the real model into a real library. */
export class Samples {
  readonly dir = mkdtempSync(join(tmpdir(), 'yuanwen-bot-'));
  readonly articles = join(this.dir, 'articles');
  readonly config: Config;
  private opened: App | null = null;

  /** @param from - another folder of articles */
  constructor(from = SAMPLES) {
    mkdirSync(this.articles);
    cpSync(from, this.articles, { recursive: true });
    this.config = parseConfig({
      ARTICLES_DIR: this.articles,
      DATA_DIR: this.dir,
      INDEX_WORKERS: '1',
    });
  }

  async open(): Promise<this> {
    this.opened = await openApp(this.config);
    await bringUpToDate(this.opened, indexOptions(this.config));
    return this;
  }

  get app(): App {
    if (this.opened === null) throw new Error('not opened yet');
    return this.opened;
  }

  async close(): Promise<void> {
    await this.opened?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export interface BotWorldOptions extends Partial<Omit<BotSettings, 'token' | 'apiRoot'>> {
  readonly server?: ServerOptions;
  /** A server that is up already. */
  readonly at?: BotApiServer;
  /** `:memory:` when left out. */
  readonly chatsFile?: string;
  /** By a language model over quotes; none when left out. */
  readonly askWriter?: Ask;
}

/** The real bot on the samples, talking with the strict Bot API server. */
export class BotWorld {
  readonly server: BotApiServer;
  readonly samples: Samples;
  readonly log: string[] = [];
  chats!: ChatStore;
  bot!: RunningBot;
  private readonly options: BotWorldOptions;

  private constructor(server: BotApiServer, samples: Samples, options: BotWorldOptions) {
    this.server = server;
    this.samples = samples;
    this.options = options;
  }

  static async open(samples: Samples, options: BotWorldOptions = {}): Promise<BotWorld> {
    const server = options.at ?? (await startBotApiServer({ limits: false, ...options.server }));
    const world = new BotWorld(server, samples, options);
    await world.start();
    return world;
  }

  async start(): Promise<void> {
    const {
      server: _server,
      at: _at,
      chatsFile = ':memory:',
      askWriter = this.samples.app.ask,
      limits,
      ...settings
    } = this.options;
    const { app, config } = this.samples;
    this.chats = openChats(chatsFile);
    const log = pino({ base: null }, { write: (line: string) => void this.log.push(line) });
    this.bot = await startBot(
      {
        ask: app.ask,
        askWriter,
        library: app.library,
        chats: this.chats,
        log,
        ...botDesk(app, config),
      },
      {
        token: this.server.token,
        apiRoot: this.server.root,
        adminIds: [],
        allowedIds: [],
        conversationHours: 24,
        ...settings,
        limits: { paces: FAST, ...limits },
      },
    );
  }

  async stop(): Promise<void> {
    await this.bot.stop();
    this.chats.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.server.close();
  }
}
