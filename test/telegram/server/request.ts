import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { badRequest } from './refusal.ts';
import { isObject } from './schema.ts';
import type { Fields, UploadedFile } from './schema.ts';

export interface ApiRequest {
  /** The first part of the path: `bot<token>`, or `file/bot<token>` for a download. */
  readonly kind: 'call' | 'file' | 'other';
  readonly token: string;
  /** The method's name, or the path of a file. */
  readonly rest: string;
}

/** Reads the path: `/bot<token>/<method>` or `/file/bot<token>/<path>`. */
export function readPath(url: string): ApiRequest {
  const path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
  const found = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(path);
  const [, file, token, rest] = found ?? [];
  if (token === undefined || rest === undefined) return { kind: 'other', token: '', rest: path };
  return { kind: file === undefined ? 'call' : 'file', token, rest };
}

/** The parameters as they came: strings, or JSON values when the body is JSON. */
export interface RawParameters {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

const noFiles: ReadonlyMap<string, UploadedFile> = new Map();

/**
 * Reads parameters from the query string and from the body in any of the forms that Telegram takes:
 * JSON, urlencoded, multipart.
 * @throws Refusal when the body is not what it says it is
 */
export async function readParameters(request: IncomingMessage): Promise<RawParameters> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams);
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return { fields: query, files: noFiles };
  if (type.startsWith('multipart/form-data')) {
    const { fields, files } = await readMultipart(body, type);
    return { fields: { ...query, ...fields }, files };
  }
  if (type.startsWith('application/json')) {
    return { fields: { ...query, ...readJson(body.toString('utf8')) }, files: noFiles };
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    return { fields: { ...query, ...form }, files: noFiles };
  }
  throw badRequest(`content type "${type}" is not supported`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function readJson(text: string): Fields {
  const value = parseJson(text);
  if (!isObject(value)) throw badRequest("can't parse JSON object");
  return value;
}

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readMultipart(body: Buffer, type: string): Promise<RawParameters> {
  const fields: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { fields, files };
}
