import { expect } from 'vitest';
import { faultIn, schema } from './schema.ts';
import { startBotApiServer } from './server.ts';
import type { BotApiServer, ServerOptions } from './server.ts';

interface Answer {
  readonly ok: boolean;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: Record<string, number>;
  readonly result?: unknown;
}

/** A server with a hand-driven bot, for tests of the server itself. */
export interface Workbench {
  readonly server: BotApiServer;
  /** Calls a method with JSON. */
  readonly call: (method: string, parameters?: object) => Promise<Answer>;
  /** Calls a method. @returns `400 Bad Request: …` */
  readonly refusalOf: (method: string, parameters?: object) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openWorkbench(options: ServerOptions = {}): Promise<Workbench> {
  const server = await startBotApiServer({ limits: false, ...options });
  const call = async (method: string, parameters: object = {}): Promise<Answer> => {
    const response = await fetch(`${server.root}/bot${server.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    return JSON.parse(await response.text());
  };
  return {
    server,
    call,
    refusalOf: async (method, parameters = {}) => {
      const { error_code: code, description } = await call(method, parameters);
      return `${code} ${description}`;
    },
    close: async () => {
      expectTelegramsTypes(server);
      await server.close();
    },
  };
}

/** What the server itself says and does must be as Telegram's types have it. */
function expectTelegramsTypes(server: BotApiServer): void {
  for (const { update } of server.updates) expect(faultIn('Update', update, 'update')).toBeNull();
  for (const { method, result } of server.calls) {
    const returns = schema.methods[method]?.returns ?? 'Boolean';
    if (result !== undefined) expect(faultIn(returns, result, method)).toBeNull();
  }
}
