import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { hostResolverRules } from '../browsers';
import { selfSigned } from './self-signed';

/** A site, and all hosts of others that its pages ask, by the names that they really have. */
export interface MappedSite {
  origin: string;
  /** Has Chromium take every name with a dot for the test's own server. */
  chromiumFlags: string[];
  /** What each host of others has received, by its name: `POST /collect`. */
  hits: Map<string, string[]>;
  /** Serves the gatekeeper's files, and these headers with every document. */
  guard(files: ReadonlyMap<string, string>, locks: { documents: string; worker: string }): void;
  close(): Promise<void>;
}

interface SiteAnswers {
  /** Pages and scripts of the site, by path; a page has our tag where it is guarded, and its head begins with `<head>`. */
  own: Readonly<Record<string, string>>;
  /** Answers for somebody else. */
  answer(host: string, request: IncomingMessage, response: ServerResponse): void;
}

/** Loopback delivers within a few milliseconds, also on a busy machine. */
const QUIET_MS = 150;
const TAG = '<script src="/gatekeeper.js"></script>';
const SESSION = 'sessionid=1; HttpOnly; Path=/';

/** Starts a site, and one server that answers for all others, by the name that it is asked as. It takes every socket, and says nothing. */
export async function startMappedSite({ own, answer }: SiteAnswers): Promise<MappedSite> {
  const hits: MappedSite['hits'] = new Map();
  let files: ReadonlyMap<string, string> = new Map();
  let locks: { documents: string; worker: string } | undefined;
  const count = ({ headers, method, url }: IncomingMessage) => {
    const host = headers.host!.split(':')[0]!;
    if (isBrowsersOwn(headers)) return host;
    hits.set(host, [...(hits.get(host) ?? []), `${method} ${url!.split('?')[0]}`]);
    return host;
  };
  const others = createSecureServer(selfSigned(), (request, response) => answer(count(request), request, response));
  const sockets = new WebSocketServer({ noServer: true });
  others.on('upgrade', (request, socket, head) => {
    count(request);
    sockets.handleUpgrade(request, socket, head, () => {});
  });
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!;
    const file = files.get(path.slice(1)) ?? (/\.js$/.test(path) ? own[path] : undefined);
    if (file !== undefined) {
      const lock = path === '/gatekeeper-sw.js' && locks ? { 'Content-Security-Policy': locks.worker } : {};
      response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache', ...lock }).end(file);
    } else if (own[path] !== undefined) {
      const lock = locks ? { 'Content-Security-Policy': locks.documents } : {};
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': SESSION, ...lock });
      response.end(locks ? own[path].replace('<head>', `<head>${TAG}`) : own[path]);
    } else response.writeHead(404, { 'Content-Type': 'text/html' }).end();
  });
  const portOf = async (listening: typeof server | typeof others) => {
    await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
    return (listening.address() as AddressInfo).port;
  };
  const rules = hostResolverRules([`MAP *.* 127.0.0.1:${await portOf(others)}`]);
  return {
    origin: `http://localhost:${await portOf(server)}`,
    chromiumFlags: [rules, '--ignore-certificate-errors'],
    hits,
    guard: (guarding, sent) => {
      files = guarding;
      locks = sent;
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const listening of [server, others]) {
        listening.closeAllConnections();
        await new Promise((resolve) => listening.close(resolve));
      }
    },
  };
}

/** Waits until nothing new has arrived anywhere for a while. */
export async function settled({ hits }: MappedSite): Promise<void> {
  const total = () => [...hits.values()].flat().length;
  let before: number;
  do {
    before = total();
    await pause(QUIET_MS);
  } while (total() > before);
}

/** What Chromium asks for itself, whether it is up to date for one, comes from no page. Sockets do not say where they come from. */
function isBrowsersOwn(headers: IncomingMessage['headers']): boolean {
  return (headers['sec-fetch-site'] ?? 'none') === 'none' && headers.upgrade === undefined;
}
