import { TelegramError } from 'telegraf';

/** What Telegram answers, whatever the method. */
type Reply<R> =
  | { readonly ok: true; readonly result: R }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number };
    };

/** No answer came: refused or cut connections, unknown hosts, time-outs. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/**
 * One call over HTTP: JSON, or a form where the payload carries a file (`{ source: Buffer, filename }`).
 * Telegram's refusals become `TelegramError`; a page that is no JSON (a proxy's 502) counts as a 5xx.
 */
export async function post<R>(url: string, payload: object, signal: AbortSignal): Promise<R> {
  const { text, status } = await exchange(url, { method: 'POST', signal, ...bodyOf(payload) });
  const reply = parse<R>(text, status);
  if (!reply.ok) throw new TelegramError(reply);
  return reply.result;
}

async function exchange(url: string, request: RequestInit) {
  try {
    const response = await fetch(url, request);
    return { text: await response.text(), status: response.status };
  } catch (error) {
    throw new NetworkError('Telegram could not be reached', { cause: error });
  }
}

/** @throws NetworkError when there is no such file, it does not come, or it is larger than `maxBytes` */
export async function fetchBytes(
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw new NetworkError('the file could not be fetched from Telegram', { cause: error });
  }
}

function parse<R>(text: string, status: number): Reply<R> {
  try {
    const reply: Reply<R> = JSON.parse(text);
    if (typeof reply.ok === 'boolean') return reply;
  } catch {
    // Not Telegram's own words; told below.
  }
  const error_code = Math.max(status, 500);
  return { ok: false, error_code, description: `HTTP ${status} without a Bot API answer` };
}

interface Upload {
  readonly source: Uint8Array;
  readonly filename?: string;
}

function isUpload(value: unknown): value is Upload {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    value.source instanceof Uint8Array
  );
}

function bodyOf(payload: object): { body: string | FormData; headers?: Record<string, string> } {
  const fields = Object.entries(payload).filter(([, value]) => value !== undefined);
  if (!fields.some(([, value]) => isUpload(value))) {
    return {
      body: JSON.stringify(payload),
      headers: { 'content-type': 'application/json' },
    };
  }
  const form = new FormData();
  for (const [name, value] of fields) {
    if (isUpload(value)) form.append(name, new Blob([value.source]), value.filename ?? name);
    else form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return { body: form };
}
