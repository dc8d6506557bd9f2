import { once } from 'node:events';
import type { Server } from 'node:http';
import { YuanwenError } from '../errors.ts';

/**
 * Opens a port and resolves when it is open.
 * @param setting - the variable the port comes from
 * @throws YuanwenError `port-unavailable`
 */
export async function listen(server: Server, port: number, setting: string): Promise<void> {
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new YuanwenError(
      'port-unavailable',
      `Port ${port} (${setting}) can't be opened: ${reason}. Choose another, or stop what uses it.`,
      { cause: error },
    );
  }
}
