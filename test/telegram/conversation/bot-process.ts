import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BotApiServer } from '../server/server.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Who may change the library in these tests. */
export const ADMIN = 4242;

/** How a process ended. */
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The real bot in a process of its own. */
export interface BotProcess {
  /** All that it wrote to stdout and stderr. */
  readonly output: () => string;
  /** Sends a signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<Exit>;
  readonly exited: Promise<Exit>;
}

/** A folder with the sample articles and a place for the library. */
interface Workplace {
  readonly articles: string;
  readonly data: string;
  readonly remove: () => void;
}

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'yuanwen-'));
  const articles = join(folder, 'articles');
  cpSync(join(root, 'data/articles'), articles, { recursive: true });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { articles, data: join(folder, 'data'), remove };
}

/** Starts the process of `npm start` with a Bot API server. */
export function spawnBot(
  api: { readonly root: string; readonly token: string },
  { articles, data }: Workplace,
  environment: NodeJS.ProcessEnv = {},
): BotProcess {
  const child = spawn(process.execPath, ['--import', './src/loader.mjs', 'src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      ADMIN_IDS: String(ADMIN),
      ARTICLES_DIR: articles,
      DATA_DIR: data,
      ...environment,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exited = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const end = async (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };
  return { output: () => output, end, exited };
}

/** Starts the bot and waits until it takes updates. */
export async function startBot(
  server: BotApiServer,
  workplace: Workplace,
  environment: NodeJS.ProcessEnv = {},
): Promise<BotProcess> {
  // Menus for an admin who never wrote to the bot would be refused.
  if (!server.world.people.has(ADMIN)) {
    server.user({ id: ADMIN, first_name: 'Ada', language_code: 'zh-hans', started: true });
  }
  const listening = server.nextListener();
  const bot = spawnBot(server, workplace, environment);
  const ended = bot.exited.then(({ code }) => {
    throw new Error(`the bot ended with ${code} before it took updates:\n${bot.output()}`);
  });
  await Promise.race([listening, ended]);
  // A later end is for the test to judge.
  ended.catch(() => undefined);
  return bot;
}

/** What the bot did that it should not have done: refused calls, unanswered presses, a told secret. */
export function lapsesOf(server: BotApiServer, bot: BotProcess): string[] {
  const refused = server.refusals
    // Telegram has no other way to tell where a group went.
    .filter(({ refusal }) => refusal?.includes('was upgraded to a supergroup') !== true)
    .map(
      ({ method, parameters, refusal }) => `${method}: ${refusal}\n${JSON.stringify(parameters)}`,
    );
  const ignored = [...server.world.callbacks.values()].filter(({ answer }) => answer === undefined);
  return [
    ...refused,
    ...ignored.map(({ id }) => `nobody acknowledged the press ${id}`),
    ...(bot.output().includes(server.token) ? ['the token stands in the output'] : []),
  ];
}
