import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';

/** The portal's own policy. */
export const OWN = "frame-ancestors 'self'";
/** More than the line of a header that servers take when nobody has told them to. */
export const LONG_OWN = `img-src 'self' ${Array.from({ length: 600 }, (_, n) => `https://i${n}.example`).join(' ')}`;

const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** Scripts have words in them that look like the beginning of a document. */
const SCRIPT = '<script>print("<head><title>", "<head lang=x>")</script>';
export const PAGES = {
  '/': latin1(
    `<!doctype html>\n<html lang=fr>\n<HEAD prefix="og: x">\n<title>\u00e9</title>${SCRIPT}\n<header>${'x'.repeat(2000)}`,
  ),
  '/admin/': latin1('<!doctype html><html><head><title>admin'),
  '/broken': latin1('<!DOCTYPE html><html><head>\n<title>500</title></head>\n'),
  '/missing': latin1(`<!DOCTYPE html><html><head\nlang=fr><title>404</title><body>${SCRIPT}`),
  '/without-head': latin1(`<!doctype html>\n<meta charset=iso-8859-1><title>\u00e9</title>${SCRIPT}\n`),
  '/without-line': latin1(`<!doctype html><title>\u00e9</title>${SCRIPT}`),
  '/older': latin1(
    `<!doctype html public "-//W3C//DTD XHTML 1.0 Strict//EN"\n"x">\n<html>\n<head>\n<title>\u00e9</title>${SCRIPT}`,
  ),
  '/fragment': latin1('<li><svg><title>an icon</title></svg>\n'),
};
export const PDF = Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 251));
export const JSON_TEXT = JSON.stringify({ title: '<head><title>é', rows: 'x'.repeat(5000) });
export const COOKIES = ['sessionid=1; Path=/; HttpOnly', 'csrftoken=2; Path=/; SameSite=Lax'];

const COMMON = {
  'Content-Security-Policy': OWN,
  NEL: '{"report_to":"x","max_age":60}',
  'Report-To': '{"group":"x","max_age":60,"endpoints":[{"url":"https://reports.example/"}]}',
  'Reporting-Endpoints': 'default="https://reports.example/"',
};
const STATUS: Record<string, number> = { '/missing': 404, '/broken': 500 };

export interface MessyPortal {
  origin: string;
  /** All that it was asked, as it was asked. */
  asked: IncomingMessage[];
  /** Sends more of `/slow` or `/events`, then its end. */
  goOn(): void;
  stop(): void;
}

/**
 * Starts a portal as there are: it compresses what it may, has a policy, redirects and cookies of its own, pages that a validator
 * would not like, downloads and WebSockets.
 * @param secured what it is served by https with
 */
export async function startMessyPortal(secured?: { key: Buffer; cert: Buffer }): Promise<MessyPortal> {
  const asked: IncomingMessage[] = [];
  let origin = '';
  let slow: ServerResponse | undefined;
  let rest: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(request);
    const { url = '/', method, headers } = request;
    if (method === 'POST') return void request.pipe(response.writeHead(201, { 'Content-Type': 'text/plain' }));
    if (url === '/moved') return void response.writeHead(302, { ...COMMON, Location: `${origin}/there?a=1` }).end();
    if (url === '/report.pdf') return sendRange(response, headers.range);
    if (url === '/data.json') return send(request, response, 200, 'application/json', Buffer.from(JSON_TEXT));
    if (url === '/reporting') {
      const own = `${OWN}; report-uri https://reports.example/csp`;
      return void response.writeHead(200, { ...COMMON, 'Content-Security-Policy': own }).end();
    }
    if (url === '/long') return void response.setHeader('X-Other', LONG_OWN).end();
    if (url === '/slow' || url === '/events') {
      // Ends where the connection does, as HTTP/1.0 has it.
      if (url === '/events') response.useChunkedEncodingByDefault = false;
      rest = ['<p>more\n<p>and more\n', '<p>end\n'];
      slow = response.writeHead(200, {
        ...COMMON,
        'Content-Type': url === '/slow' ? 'text/html' : 'text/event-stream',
      });
      return void slow.write('<!doctype html><html><head>\n<title>slow</title>\n');
    }
    const page = PAGES[url as keyof typeof PAGES] ?? Buffer.from('<p>another');
    send(request, response, STATUS[url] ?? 200, 'text/html; charset=iso-8859-1', page);
  };
  const server: Server = secured ? createSecureServer(secured, listener) : createServer(listener);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    asked.push(request);
    socket.on('message', (message) => socket.send(String(message)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  origin = secured ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return {
    origin,
    asked,
    goOn: () => {
      slow?.write(rest.shift());
      if (rest.length === 0) slow?.end();
    },
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(request: IncomingMessage, response: ServerResponse, status: number, type: string, bytes: Buffer): void {
  // Who says nothing takes everything (RFC 9110, 12.5.3).
  const { 'accept-encoding': accepted = 'br' } = request.headers;
  const encoding = ['br', 'gzip'].find((name) => accepted.includes(name));
  response
    .writeHead(status, {
      ...COMMON,
      'Content-Type': type,
      'Set-Cookie': COOKIES,
      ETag: '"1"',
      ...(encoding && { 'Content-Encoding': encoding, Vary: 'Accept-Encoding' }),
    })
    .end(encoded(bytes, encoding));
}

function encoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (!encoding) return bytes;
  return encoding === 'br' ? brotliCompressSync(bytes) : gzipSync(bytes);
}

function sendRange(response: ServerResponse, range: string | undefined): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const part = first ? PDF.subarray(Number(first), Number(last) + 1) : PDF;
  response
    .writeHead(first ? 206 : 200, {
      ...COMMON,
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment',
      'Content-Length': part.length,
      'Accept-Ranges': 'bytes',
      ...(first && { 'Content-Range': `bytes ${first}-${last}/${PDF.length}` }),
    })
    .end(part);
}
