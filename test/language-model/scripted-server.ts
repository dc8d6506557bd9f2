import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user']), content: z.string() })).min(1),
  stream: z.literal(true),
  max_tokens: z.number().int().positive().optional(),
  temperature: z.number().optional(),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
});

/** A streaming chat completion as it was asked for. */
export type ChatRequest = z.infer<typeof chatRequest>;

/** What the server does with one request. */
export type Behaviour = (response: ServerResponse, request: ChatRequest) => void | Promise<void>;

/** A server on loopback that speaks OpenAI's streaming chat completions, and misbehaves on command. */
export class ScriptedServer {
  readonly requests: ChatRequest[] = [];
  readonly keys: Array<string | undefined> = [];
  #behaviours: Behaviour[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    await new Promise<void>((resolve) => {
      scripted.#server.listen(0, '127.0.0.1', resolve);
    });
    return scripted;
  }

  get baseUrl(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server is closed');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** One behaviour a request; the last one stays. Forgets earlier requests. */
  behave(...behaviours: Behaviour[]): void {
    this.#behaviours = behaviours;
    this.requests.length = 0;
    this.keys.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      refuse(response, 404, `no such route: ${request.method} ${request.url}`);
      return;
    }
    const parsed = chatRequest.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    if (!parsed.success) {
      refuse(response, 400, z.prettifyError(parsed.error));
      return;
    }
    this.requests.push(parsed.data);
    this.keys.push(request.headers.authorization);
    const behaviour = this.#behaviours.length > 1 ? this.#behaviours.shift() : this.#behaviours[0];
    await behaviour?.(response, parsed.data);
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'scripted', code: null, param: null } }));
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

function chunk(content: string | null, finish: string | null = null): string {
  const delta = content === null ? {} : { content };
  const data = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Pieces of a few characters, as tokens are; never half a surrogate pair. */
function pieces(text: string): string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / 3) }, (_, index) =>
    characters.slice(index * 3, index * 3 + 3).join(''),
  );
}

const usage = { prompt_tokens: 400, completion_tokens: 60, total_tokens: 460 };

/** The text, token by token, then usage and the end: what an honest server does. */
export function says(text: string): Behaviour {
  return (response) => {
    begin(response);
    for (const piece of pieces(text)) response.write(chunk(piece));
    response.write(chunk(null, 'stop'));
    response.write(`data: ${JSON.stringify({ id: 'chatcmpl-1', choices: [], usage })}\n\n`);
    response.end('data: [DONE]\n\n');
  };
}

/** The text, then a cut connection. */
export function cutAfter(text: string): Behaviour {
  return async (response) => {
    begin(response);
    for (const piece of pieces(text)) response.write(chunk(piece));
    await sleep(20);
    response.destroy();
  };
}

/** The text, then an orderly end of the stream, but no end of the reply. */
export function endsEarlyAfter(text: string): Behaviour {
  return (response) => {
    begin(response);
    for (const piece of pieces(text)) response.write(chunk(piece));
    response.end();
  };
}

/** The text again and again until the reader goes away. */
export function neverEnds(text: string): Behaviour {
  return async (response) => {
    begin(response);
    while (!response.destroyed) {
      for (let times = 0; times < 50; times += 1) response.write(chunk(text));
      await sleep(1);
    }
  };
}

/** One line of bytes that never ends. */
export function floods(): Behaviour {
  return async (response) => {
    begin(response);
    response.write('data: ');
    while (!response.destroyed) {
      response.write('x'.repeat(1 << 16));
      await sleep(1);
    }
  };
}

/** An error as servers send it. */
export function fails(
  status: number,
  message = 'out of order',
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    refuse(response, status, message);
  };
}

/** Whatever bytes, as a whole event stream. */
export function sends(bytes: string | Uint8Array): Behaviour {
  return (response) => {
    begin(response);
    response.end(bytes);
  };
}

/** An honest stream whose bytes are in another encoding than the one it promises. */
export function saysIn(encode: (text: string) => Uint8Array, text: string): Behaviour {
  return (response) => {
    begin(response);
    response.end(encode(`${chunk(text)}${chunk(null, 'stop')}data: [DONE]\n\n`));
  };
}

/** The few characters of `大桥通车。` and ASCII in GBK. */
export function gbk(text: string): Uint8Array {
  const codes = new Map([
    ['大', 0xb4f3],
    ['桥', 0xc7c5],
    ['通', 0xcda8],
    ['车', 0xb3b5],
    ['。', 0xa1a3],
  ]);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const code = codes.get(character);
      return code === undefined ? [character.charCodeAt(0)] : [code >> 8, code & 0xff];
    }),
  );
}

/** Nothing for a while, then another behaviour. */
export function waits(milliseconds: number, then: Behaviour): Behaviour {
  return async (response, request) => {
    await sleep(milliseconds);
    if (!response.destroyed) await then(response, request);
  };
}

/** An honest reply, as by `replies`, whose second part comes only once something has happened. */
export function repliesInParts(first: string, until: Promise<void>, second: string): Behaviour {
  return async (response, request) => {
    begin(response);
    response.write(chunk(withNumbers(first, request)));
    await until;
    response.write(chunk(withNumbers(second, request)));
    response.write(chunk(null, 'stop'));
    response.end('data: [DONE]\n\n');
  };
}

/** The text, then nothing any more. */
export function stallsAfter(text: string): Behaviour {
  return (response) => {
    begin(response);
    response.write(chunk(text));
  };
}

/** Refuses the parameters that some servers don't know. */
export function knowsOnly(
  parameters: ReadonlyArray<keyof ChatRequest>,
  then: Behaviour,
): Behaviour {
  return (response, request) => {
    const unknown = Object.keys(request).find((key) => !parameters.some((known) => known === key));
    if (unknown === undefined) return then(response, request);
    refuse(response, 400, `Unsupported parameter: '${unknown}'`);
    return undefined;
  };
}

/** An honest reply, in which `〈words〉` become the numbers of the prompt's sentence that holds the words. */
export function replies(text: string): Behaviour {
  return (response, request) => says(withNumbers(text, request))(response, request);
}

function withNumbers(text: string, { messages }: ChatRequest): string {
  const prompt = messages.at(-1)?.content ?? '';
  return text.replaceAll(/〈(.+?)〉/g, (_, words: string) => supportFor(words, prompt));
}

function supportFor(words: string, prompt: string): string {
  let passage = '';
  for (const line of prompt.split('\n')) {
    passage = /<passage id="(P\d+)"/.exec(line)?.[1] ?? passage;
    const [, sentence, text = ''] = /^(S\d+): (.*)$/.exec(line) ?? [];
    if (text.includes(words)) return `[${passage}.${sentence}]`;
  }
  throw new Error(`the prompt does not show ${words}`);
}
