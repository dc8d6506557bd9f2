import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { listen } from './listen.ts';
import type { Telemetry } from './telemetry.ts';

interface Page {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

/** Serves /healthz, /readyz and /metrics for those who keep the bot running. */
export async function serveHealth(
  port: number,
  telemetry: Telemetry,
  isWebhook: boolean,
): Promise<Server> {
  const server = createServer((request, response) => {
    pageOf(request.url, telemetry, isWebhook)
      .catch((): Page => ({ status: 500 }))
      .then(({ status, type = 'text/plain', body = '' }) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      )
      .catch(() => undefined);
  });
  await listen(server, port, 'HTTP_PORT');
  return server;
}

async function pageOf(
  url: string | undefined,
  telemetry: Telemetry,
  isWebhook: boolean,
): Promise<Page> {
  if (url === '/healthz') return { status: telemetry.isHealthy(isWebhook) ? 200 : 503 };
  if (url === '/readyz') return { status: telemetry.isReady ? 200 : 503 };
  if (url !== '/metrics') return { status: 404 };
  const { registry } = telemetry;
  return { status: 200, type: registry.contentType, body: await registry.metrics() };
}
