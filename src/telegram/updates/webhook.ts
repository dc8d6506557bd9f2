import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';
import type { RawUpdate } from '../../library/chats/inbox.ts';
import { listen } from '../listen.ts';
import type { Reception } from './reception.ts';

/** Far above any update of the Bot API. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface WebhookOptions {
  readonly port: number;
  readonly path: string;
  /** What Telegram sends along in `X-Telegram-Bot-Api-Secret-Token`. */
  readonly secret: string;
  readonly reception: Reception;
  readonly log: Logger;
  readonly onContact: () => void;
}

/** Listens for updates that Telegram brings. They are on disk before Telegram gets its 200. */
export async function listenForUpdates(options: WebhookOptions): Promise<Server> {
  const server = createServer((request, response) => {
    takeIn(request, options)
      .catch((error: unknown) => {
        options.log.error({ err: error }, 'webhook failed');
        return 500;
      })
      .then((status) => response.writeHead(status).end())
      .catch(() => undefined);
  });
  await listen(server, options.port, 'WEBHOOK_PORT');
  return server;
}

/** @returns the HTTP status; Telegram comes again with an update after anything but 2xx */
async function takeIn(request: IncomingMessage, options: WebhookOptions): Promise<number> {
  const { path, secret, reception } = options;
  if (request.url?.split('?')[0] !== path) return 404;
  if (request.method !== 'POST') return 405;
  if (!sameSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return 401;
  const body = await read(request);
  if (body === null) return 413;
  const update = parse(body);
  if (update === null) return 400;
  if (!reception.hasRoom) return 503;
  await reception.receive([update]);
  options.onContact();
  return 200;
}

/** Compares in constant time: hashes have one length, so nothing of the secret can be measured. */
function sameSecret(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(secret));
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): RawUpdate | null {
  try {
    const update: unknown = JSON.parse(body);
    if (typeof update !== 'object' || update === null || !('update_id' in update)) return null;
    const { update_id } = update;
    return Number.isSafeInteger(update_id) ? { ...update, update_id: Number(update_id) } : null;
  } catch {
    return null;
  }
}
