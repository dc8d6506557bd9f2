import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The hub answers, and does not have the file (or hides it: it says 401 for models that do not exist). */
export class FileAbsent extends Error {}

/** The hub does not answer, or not with the whole file. The message completes "could not be downloaded: …". */
export class HubBroken extends Error {}

export interface FileDownload {
  readonly url: string;
  /** Where the file goes when it is whole. */
  readonly path: string;
  /** Longest wait for the next bytes, in milliseconds. */
  readonly timeout: number;
  readonly onProgress: (loaded: number, total: number | null) => void;
}

/** With pauses between them that double, from a thirtieth of the time limit. */
const attempts = 4;

/**
 * Downloads a file unless it is there. Bytes go to a part file named after the version that the
 * hub's ETag tells; a broken download is carried on from there, in this call or a later one.
 * @throws {FileAbsent | HubBroken}
 */
export async function downloadFile(download: FileDownload): Promise<void> {
  if (existsSync(download.path)) return;
  await mkdir(dirname(download.path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await carryOn(download);
      return;
    } catch (error) {
      if (!(error instanceof HubBroken) || attempt === attempts) throw error;
      await sleep((download.timeout / 60) * 2 ** attempt);
    }
  }
}

async function carryOn(download: FileDownload): Promise<void> {
  const part = await findPart(download.path);
  const watch = new Watch(download.timeout);
  try {
    const response = await request(download.url, part?.size ?? 0, watch);
    const version = versionOf(response);
    const resumes = response.status === 206 && part?.version === version;
    if (part && !resumes) {
      await rm(part.path);
      if (response.status !== 200) throw new HubBroken('the file has changed meanwhile');
    }
    const path = part && resumes ? part.path : `${download.path}.${version}.part`;
    const start = part && resumes ? part.size : 0;
    const total = totalOf(response, start);
    await save(response, path, start, (loaded) => {
      watch.rest();
      download.onProgress(loaded, total);
    });
    const { size } = await stat(path);
    if (total !== null && size > total) await rm(path);
    if (total !== null && size !== total) {
      throw new HubBroken(`${size} of ${total} bytes of ${basename(download.path)} came`);
    }
    await rename(path, download.path);
  } catch (error) {
    throw watch.explain(error, basename(download.path));
  } finally {
    watch.stop();
  }
}

async function request(url: string, from: number, watch: Watch): Promise<Response> {
  const response = await fetch(url, {
    signal: watch.signal,
    headers: {
      'accept-encoding': 'identity',
      ...(from > 0 ? { range: `bytes=${from}-` } : {}),
    },
  });
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  const told = `${response.status} for ${url}`;
  if ([401, 403, 404].includes(response.status)) throw new FileAbsent(told);
  throw new HubBroken(`it answered ${told}`);
}

async function save(
  response: Response,
  path: string,
  start: number,
  onBytes: (loaded: number) => void,
): Promise<void> {
  const file = await open(path, start > 0 ? 'a' : 'w');
  try {
    let loaded = start;
    for await (const bytes of response.body ?? []) {
      await file.writeFile(bytes);
      loaded += bytes.byteLength;
      onBytes(loaded);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function totalOf(response: Response, start: number): number | null {
  const length = response.headers.get('content-length');
  const encoded = response.headers.has('content-encoding');
  return length === null || encoded ? null : start + Number(length);
}

/** Parts of versions without an ETag are never carried on: each gets its own name. */
function versionOf(response: Response): string {
  const tag = response.headers.get('etag') ?? String(performance.now());
  return createHash('sha256').update(tag).digest('hex').slice(0, 16);
}

async function findPart(
  path: string,
): Promise<{ path: string; version: string; size: number } | undefined> {
  const prefix = `${basename(path)}.`;
  const name = (await readdir(dirname(path))).find(
    (name) => name.startsWith(prefix) && name.endsWith('.part'),
  );
  if (name === undefined) return undefined;
  const part = join(dirname(path), name);
  const version = name.slice(prefix.length, -'.part'.length);
  return { path: part, version, size: (await stat(part)).size };
}

/** Ends a request whose bytes stop coming. */
class Watch {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #timeout: number;

  constructor(timeout: number) {
    this.#timeout = timeout;
    this.#timer = setTimeout(() => this.#controller.abort(), timeout);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  rest(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Network faults as {@link HubBroken}; what the file system throws stays as it is. */
  explain(error: unknown, file: string): unknown {
    if (this.signal.aborted) {
      return new HubBroken(`nothing came for ${this.#timeout / 1000} seconds`, { cause: error });
    }
    if (!(error instanceof TypeError)) return error;
    const { cause } = error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
    return new HubBroken(
      code === 'UND_ERR_SOCKET' || code === 'terminated'
        ? `the connection broke during ${file}`
        : `it can't be reached (${code})`,
      { cause: error },
    );
  }
}
