import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildFiles } from '../../example/built-files';

/** What the server sees of a request. */
export interface Seen {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Asked extends Seen {
  /** The address's query. */
  query: URLSearchParams;
  /** How often this path was asked for, with this time. */
  times: number;
}

/** Answers as a server can that knows no framework: odd statuses, answers that break off. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

export interface RawSite {
  origin: string;
  /** What it was asked for, but for the gatekeeper's own files. */
  seen: Seen[];
  close(): Promise<void>;
}

interface Gatekeeping {
  /** Undefined: the site as it is without us. */
  policy?: unknown;
  /** Whether the worker's script never comes: then every page is the first of a visit. */
  holdsWorker?: boolean;
}

/** A document of the site, with our script. Without us, there is an empty one in its place. */
export type Html = (body: string) => string;

/** @param lock as a line of what is sent by hand; empty without us */
export type Routes = (html: Html, lock: string) => Record<string, Answer>;

/**
 * Starts the site, on a free port of `localhost`.
 * @param routes by path; anything else is a 404
 * @throws {PolicyError} when the policy is not valid
 */
export async function startRawSite(routes: Routes, { policy, holdsWorker }: Gatekeeping): Promise<RawSite> {
  const built = policy ? await buildFiles(policy) : undefined;
  const lock = built ? `Content-Security-Policy: ${built.lock}\r\n` : '';
  const answers = routes(
    (body) =>
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Site</title><script src="/gatekeeper.js"></script></head><body>${body}</body></html>`,
    lock,
  );
  const seen: Seen[] = [];
  const times = new Map<string, number>();

  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url!, 'http://site');
    if (/^\/gatekeeper/.test(pathname)) {
      const name = pathname.slice(1) as keyof NonNullable<typeof built>['text'];
      const isWorker = name === 'gatekeeper-sw.js';
      if (isWorker && holdsWorker) return;
      const headers = {
        'Content-Type': 'text/javascript',
        'Cache-Control': 'no-cache',
        ...(isWorker && built && { 'Content-Security-Policy': built.workerLock }),
      };
      response.writeHead(200, headers).end(built?.text[name]);
      return;
    }
    const body = await read(request);
    times.set(pathname, (times.get(pathname) ?? 0) + 1);
    const one = { method: request.method!, path: pathname + search, headers: request.headers, body };
    seen.push(one);
    if (built) lockDocuments(response, built.lock);
    const answer =
      answers[pathname] ??
      (() => response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Not found</title>'));
    answer(response, { ...one, query: searchParams, times: times.get(pathname)! });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // Whoever gives up an upload breaks off the request as well.
  }
  return Buffer.concat(chunks).toString('latin1');
}

/** As a site's server adds the lock: to whatever is HTML, or may be, when its headers are written. */
function lockDocuments(response: ServerResponse, lock: string): void {
  const { writeHead } = response;
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    const headers = rest.at(-1) as Record<string, string | string[]> | undefined;
    const { 'Content-Type': type = 'text/html', 'Content-Security-Policy': own = [] } = headers ?? {};
    if (headers && /^text\/html/.test(String(type))) headers['Content-Security-Policy'] = [own, lock].flat();
    return (writeHead as (...all: unknown[]) => ServerResponse).call(this, status, ...rest);
  };
}
