import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Thrown when another programme listens on the port already. */
export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} of 127.0.0.1 is taken by another programme.`);
    this.name = 'PortTaken';
  }
}

/**
 * Serves an application to this machine only.
 *
 * @param port TCP port; 0 takes any free one
 * @throws {PortTaken}
 */
export function listen(app: Pick<Hono, 'fetch'>, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port, close: () => close(server) });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    // Browsers keep connections open, and some responses here stream for seconds.
    server.closeAllConnections();
  });
}
