import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** What the hub does instead of serving a file. */
export type Trouble =
  | { readonly status: number }
  /** Sends this many bytes, then breaks the connection. */
  | { readonly breakAfter: number }
  /** Sends this many bytes, then nothing more. */
  | { readonly hangAfter: number };

export interface StandInHub {
  readonly host: string;
  /** `GET`s so far, as `file` or `file from N`. */
  readonly requests: string[];
  /** The trouble to make, by file; each is made once and forgotten, unless `always`. */
  readonly trouble: Map<string, Trouble & { readonly always?: boolean }>;
  close(): Promise<void>;
}

/** A model hub on loopback that has one model, whose files lie in `folder`. */
export async function startHub(id: string, folder: string): Promise<StandInHub> {
  const requests: string[] = [];
  const trouble: StandInHub['trouble'] = new Map();
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const prefix = `/${id}/resolve/main/`;
    const file = request.url?.startsWith(prefix) ? request.url.slice(prefix.length) : undefined;
    // The real hub says 401 for models that do not exist.
    if (file === undefined) return void response.writeHead(401).end();
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    requests.push(start > 0 ? `${file} from ${start}` : file);
    const path = join(folder, file);
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    const problem = trouble.get(file);
    if (!problem?.always) trouble.delete(file);
    if (problem && 'status' in problem) return void response.writeHead(problem.status).end();
    if (size === undefined) return void response.writeHead(404).end();
    response.writeHead(range ? 206 : 200, {
      'content-length': size - start,
      etag: `"${size}"`,
      ...(range ? { 'content-range': `bytes ${start}-${size - 1}/${size}` } : {}),
    });
    if (!problem) return void createReadStream(path, { start }).pipe(response);
    const bytes = (await readFile(path)).subarray(start);
    const sent = 'breakAfter' in problem ? problem.breakAfter : problem.hangAfter;
    response.write(bytes.subarray(0, sent), () => {
      if ('breakAfter' in problem) setTimeout(() => response.destroy(), 20);
    });
  }

  const host = await listening(server);
  return {
    host,
    requests,
    trouble,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}
