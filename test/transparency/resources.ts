import type { ServerResponse } from 'node:http';
import { chime } from '../../example/chime';
import type { Answer, Html } from './raw-site';

const SCRIPT = { 'Content-Type': 'text/javascript' };
const PIECE_MS = 60;
const SOUND = chime();

/** What the pages of the site ask for: data, files, scripts of workers, what is in frames. */
export function resources(html: Html): Record<string, Answer> {
  const script =
    (text: string): Answer =>
    (response) =>
      void response.writeHead(200, SCRIPT).end(text);
  const redirect =
    (location: string, status = 302): Answer =>
    (response) =>
      void response.writeHead(status, { Location: location }).end();
  const page =
    (body: string, headers: Record<string, string> = {}): Answer =>
    (response) =>
      void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(html(body));
  const tellParent = `<script>parent.postMessage({ name: window.name, url: location.pathname, referrer: document.referrer.replace(/\\d+/, ''), origin: self.origin.replace(/\\d+/, ''), length: history.length > 0 }, '*')</script>`;
  const inWorker = (start: string) => `${start}
    const told = { place: self.location.pathname, base: new URL('x', self.location.href).pathname, origin: self.origin.replace(/\\d+/, ''), dependency: self.dependency };
    const tell = async (to) => to.postMessage({ ...told, own: await fetch('own.txt').then(async (response) => [response.status, new URL(response.url).pathname, await response.text()], String) });
    if ('onconnect' in self) onconnect = ({ ports: [port] }) => tell(port); else tell(self);`;
  const classic = inWorker(`importScripts('dependency.js');`);
  const module = inWorker(`import './dependency.js';`);

  let streamed: ServerResponse | undefined;

  return {
    '/echo': (response, { method, headers, body, query }) => {
      const status = Number(query.get('status') ?? 200);
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'X-Own': 'told',
        'Set-Cookie': 'echoed=1; Path=/busy',
      });
      response.end(
        [204, 205, 304].includes(status)
          ? undefined
          : JSON.stringify({
              method,
              // Firefox's boundaries are of several lengths.
              size: body.replaceAll(/-{4,}\w+/g, 'boundary').length,
              type: headers['content-type']?.replace(/boundary=.*/, 'boundary'),
            }),
      );
    },
    '/to-echo': redirect('/echo'),
    '/to-echo-307': redirect('/to-echo-308', 307),
    '/to-echo-308': redirect('/echo', 308),
    '/to-itself': redirect('/to-itself'),
    // The rest comes when the first piece has been read.
    '/stream': (response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).write('one\n');
      streamed = response;
    },
    '/stream/rest': (response) => {
      response.end();
      streamed?.end('two\n');
    },
    '/endless': (response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).write('begun\n');
    },
    '/given-up': (response, { times }) =>
      void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(String(times)),
    '/cut-off': (response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('cut');
      setTimeout(() => response.socket!.destroy(), PIECE_MS);
    },
    '/refused-connection': ({ socket }) => void socket!.destroy(),
    '/events': (response, { headers, times }) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      // Closed after the first: an EventSource comes again by itself, and says what it had last.
      response.write(
        `retry: 10\nid: ${times}\nevent: news\ndata: ${times} after ${headers['last-event-id'] ?? 'nothing'}\n\n`,
      );
      if (times === 1) setTimeout(() => response.end(), PIECE_MS);
    },
    '/no-events': (response) => void response.writeHead(204).end(),
    '/sound.wav': (response, { headers }) => {
      const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(headers.range ?? '') ?? [];
      const [first, last] = [Number(from), to ? Number(to) : SOUND.length - 1];
      const all = { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes', ETag: '"sound"' };
      if (!headers.range) response.writeHead(200, all).end(SOUND);
      else
        response
          .writeHead(206, { ...all, 'Content-Range': `bytes ${first}-${last}/${SOUND.length}` })
          .end(SOUND.subarray(first, last + 1));
    },
    '/revalidated': (response, { headers, times }) => {
      const isSame = headers['if-none-match'] === '"same"';
      response
        .writeHead(isSame ? 304 : 200, { ETag: '"same"', 'Cache-Control': 'no-cache', 'Content-Type': 'text/plain' })
        .end(isSame ? undefined : `sent ${times}`);
    },
    '/minute': (response, { times }) =>
      void response
        .writeHead(200, { 'Cache-Control': 'max-age=60', 'Content-Type': 'text/plain' })
        .end(`sent ${times}`),
    '/busy': page('<p>busy</p>'),
    '/own.txt': (response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end('own'),
    '/v2/own.txt': (response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end('own of v2'),
    '/image.svg': (response) =>
      void response
        .writeHead(200, { 'Content-Type': 'image/svg+xml' })
        .end('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="7"/>'),
    '/style.css': (response) =>
      void response
        .writeHead(200, { 'Content-Type': 'text/css' })
        .end('@import "/imported.css"; :root { --own: applied }'),
    '/imported.css': (response) =>
      void response.writeHead(200, { 'Content-Type': 'text/css' }).end(':root { --imported: applied }'),
    '/classic.js': script(`self.ranClassic = document.currentScript.src.replace(/.*\\//, '')`),
    '/module.js': script(`import { where } from './v2/where.js'; self.ranModule = where.replace(/.*\\d\\//, '')`),
    '/v2/where.js': script('export const where = import.meta.url'),

    '/dependency.js': script(`self.dependency = 'first'`),
    '/v2/dependency.js': script(`self.dependency = 'v2'`),
    '/worker-classic.js': script(classic),
    '/worker-module.js': script(module),
    '/worker-shared.js': script(classic),
    '/worker-nested.js': script(
      `const inner = new Worker('/worker-classic.js'); inner.onmessage = ({ data }) => postMessage(data); inner.onerror = () => postMessage('failed');`,
    ),
    '/worker-moved-classic.js': redirect('/v2/classic.js'),
    '/worker-moved-module.js': redirect('/v2/module.js'),
    '/worker-moved-shared.js': redirect('/v2/shared.js'),
    '/v2/classic.js': script(classic),
    '/v2/module.js': script(module),
    '/v2/shared.js': script(classic),
    '/worker-throws.js': script(`throw new Error('thrown in the worker')`),
    '/worker-typed-wrongly.js': (response) =>
      void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('postMessage(1)'),
    '/worker-gone.js': (response) => void response.writeHead(404, SCRIPT).end(),

    '/inner': page(tellParent),
    '/inner-by-redirect': redirect('/inner'),
    '/inner-denied': page(tellParent, { 'X-Frame-Options': 'DENY' }),
    '/inner-gone': (response) =>
      void response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(html(tellParent)),
    '/inner-odd-status': (response) =>
      void response.writeHead(600, { 'Content-Type': 'text/html; charset=utf-8' }).end(html(tellParent)),
    '/inner-posted': (response, { method, body, headers }) =>
      void response
        .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
        .end(
          html(
            `<script>parent.postMessage(${JSON.stringify({ method, body, origin: headers.origin?.replace(/\d+/, '') })}, '*')</script>`,
          ),
        ),
    '/embeddable': page(
      `<script>parent.postMessage({ referrer: document.referrer.replace(/\\d+\\//, ''), cookies: document.cookie.replace(/cookies_preferences=[^;]*(; )?/, ''), ancestors: [...(location.ancestorOrigins ?? [])].length, top: top === parent }, '*')</script>`,
    ),
  };
}
