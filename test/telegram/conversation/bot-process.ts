import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { BotApiServer } from '../server/server.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Who may change the library in these tests. */
export const ADMIN = 4242;

/** How a process ended. */
export interface Exit {
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

/** A folder with the sample articles and a place for the library, removed by `remove`. */
export interface Workplace {
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

/** Starts `npm start`'s process against a server and waits until it takes updates. */
export async function startBotProcess(
  server: BotApiServer,
  { articles, data }: Workplace,
  environment: NodeJS.ProcessEnv = {},
): Promise<BotProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', process.env['YW_MAIN'] ?? 'src/main.ts'],
    {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        BOT_TOKEN: server.token,
        TELEGRAM_API_ROOT: server.root,
        ADMIN_IDS: String(ADMIN),
        ARTICLES_DIR: articles,
        DATA_DIR: data,
        ...environment,
      },
    },
  );
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
  const ready = server.nextListener();
  const tooEarly = exited.then(({ code }) => {
    throw new Error(`the bot ended with ${code} before it took updates:\n${output}`);
  });
  await Promise.race([ready, tooEarly]);
  // Its later end is for the test to judge.
  tooEarly.catch(() => undefined);
  return { output: () => output, end, exited };
}

/** No call was refused, every pressed button was acknowledged, and the token stands nowhere. */
export function expectGoodManners(server: BotApiServer, bot: BotProcess): void {
  const refused = server.refusals.map(
    ({ method, parameters, refusal }) => `${method}: ${refusal}\n${JSON.stringify(parameters)}`,
  );
  expect(refused).toEqual([]);
  const ignored = [...server.world.callbacks.values()].filter(({ answer }) => answer === undefined);
  expect(ignored).toEqual([]);
  expect(bot.output()).not.toContain(server.token);
}
