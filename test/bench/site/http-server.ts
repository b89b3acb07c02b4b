import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Answer {
  /** 200 without it. */
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Writes the body piece by piece, where that matters. */
  write?(response: ServerResponse): Promise<void>;
}

/** @returns undefined for what there is not */
export type Respond = (request: IncomingMessage) => Answer | undefined;

export interface HttpServer {
  port: number;
  close(): Promise<void>;
}

/** Longer than a run keeps any connection idle: one that ends while a browser reuses it would be measured. */
const KEEP_ALIVE_MS = 600_000;

/**
 * Serves to this machine only, with as little work as possible: it takes the time of what is measured.
 * @param delayMs added to every answer, as a network would
 */
export async function startServer(respond: Respond, delayMs = 0): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const answer = () => void send(respond(request), response);
    if (delayMs > 0) setTimeout(answer, delayMs);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function send(answer: Answer | undefined, response: ServerResponse): Promise<void> {
  const { status = 200, headers, body, write } = answer ?? { status: 404 };
  response.writeHead(status, headers);
  if (write) await write(response);
  response.end(body);
}

/** Writes the pieces of a body one after another, as a server does that is still making them. */
export async function writeSlowly(response: ServerResponse, pieces: string[], everyMs: number): Promise<void> {
  for (const piece of pieces) {
    response.write(piece);
    await pause(everyMs);
  }
}
