import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Answer, Html } from './raw-site';

const HTML = 'text/html; charset=utf-8';
const PIECES = 4;
const PIECE_MS = 60;

/** The least that a viewer of PDFs takes. */
const PDF =
  '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Drawn</title></svg>';

/** Statuses that HTTP names, and those that only servers know. */
const STATUSES = [203, 304, 401, 403, 404, 410, 429, 500, 503, 599, 600, 999];
const REDIRECTS = [301, 302, 303, 307, 308];

/** Addresses of the site that a visitor may open. Cookies are for one path each, since they are opened beside each other. */
export function documents(html: Html, lock: string): Record<string, Answer> {
  const page =
    (text: string, status = 200, headers: Record<string, string | string[]> = {}): Answer =>
    (response) =>
      void response.writeHead(status, { 'Content-Type': HTML, ...headers }).end(html(`<p>${text}</p>`));
  const file =
    (type: string, body: string | Uint8Array, headers: Record<string, string> = {}): Answer =>
    (response) =>
      void response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
  const redirect =
    (status: number, location: string): Answer =>
    (response) =>
      void response
        .writeHead(status, { Location: location, 'Set-Cookie': `redirected${status}=1; Path=/arrived` })
        .end();
  const byHand =
    (head: string, body: string): Answer =>
    ({ socket }) =>
      void socket!.end(
        `HTTP/1.1 ${head}\r\nContent-Type: ${HTML}\r\n${lock}Connection: close\r\n\r\n${body}`,
        'latin1',
      );

  return {
    ...Object.fromEntries(
      STATUSES.map((status) => [
        `/status/${status}`,
        page(`status ${status}`, status, status === 429 || status === 503 ? { 'Retry-After': '60' } : {}),
      ]),
    ),
    ...Object.fromEntries(
      REDIRECTS.map((status) => [`/redirect/${status}`, redirect(status, `/arrived?by=${status}#there`)]),
    ),
    '/redirect/chain': redirect(302, '/redirect/307'),
    '/redirect/loop': redirect(302, '/redirect/loop'),
    '/redirect/nowhere': (response) =>
      void response.writeHead(302, { 'Content-Type': HTML }).end(html('<p>no address</p>')),
    '/redirect/multiple-choices': page('choose', 300),
    '/arrived': page('arrived'),
    '/plain': page('plain', 200, {
      'Content-Language': 'fr',
      'X-Own': 'kept',
      'Last-Modified': 'Sat, 01 Jan 2022 00:00:00 GMT',
      'Set-Cookie': [
        'plain=1; Path=/plain',
        'hidden=1; Path=/plain; HttpOnly',
        'strict=1; Path=/plain; SameSite=Strict',
      ],
    }),
    '/reason/accents': byHand('200 Tout va bien, \xe9t\xe9', html('<p>accents</p>')),
    '/reason/control': byHand('200 O\x01K\x7f', html('<p>control characters</p>')),
    '/reason/tab': byHand('200 O\tK', html('<p>tab</p>')),
    '/reason/none': byHand('200', html('<p>none</p>')),
    '/reason/long': byHand(`404 ${'long '.repeat(500)}`, html('<p>long</p>')),
    '/after/102': (response) => {
      response.writeProcessing();
      page('after 102')(response, undefined!);
    },
    '/after/103': (response) => {
      response.writeEarlyHints({ link: '</hinted.css>; rel=preload; as=style' });
      page('after 103')(response, undefined!);
    },
    '/broken/nothing': ({ socket }) => void socket!.destroy(),
    '/broken/gibberish': ({ socket }) => void socket!.end('\x16\x03\x01gibberish\r\n\r\n'),
    '/broken/short': byHand('200 OK\r\nContent-Length: 5000', html('<p>short</p>')),
    '/broken/chunked': (response) => {
      response.writeHead(200, { 'Content-Type': HTML }).write(html('<p>chunked</p>'));
      setTimeout(() => response.socket!.destroy(), PIECE_MS);
    },
    '/slow': async (response) => {
      response.writeHead(200, { 'Content-Type': HTML });
      for (let piece = 1; piece <= PIECES; piece++) {
        response.write(piece === 1 ? html('<p>1</p>').replace('</body></html>', '') : `<p>${piece}</p>`);
        await pause(PIECE_MS);
      }
      response.end();
    },
    '/file/json': file('application/json', '{"is":"json"}'),
    '/file/xml': file('application/xml', '<?xml version="1.0"?><is>xml</is>'),
    '/file/xslt': file(
      'text/xml',
      '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title></channel></rss>',
    ),
    '/file/xhtml': file(
      'application/xhtml+xml',
      '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Strict</title></head><body><p>xhtml</p></body></html>',
    ),
    '/file/svg': file('image/svg+xml', SVG),
    '/file/text': file('text/plain; charset=utf-8', 'été'),
    '/file/script': file('text/javascript', 'alert(1)'),
    '/file/pdf': file('application/pdf', PDF),
    '/file/untyped': (response) => void response.writeHead(200, {}).end(html('<p>untyped</p>')),
    '/file/unsniffed': file('text/plain', '<p>not sniffed</p>', { 'X-Content-Type-Options': 'nosniff' }),
    '/file/odd-type': file('Text/HTML;charset="UTF-8";level=1', '<!doctype html><title>Odd</title><p>odd type</p>'),
    '/file/empty': file(HTML, ''),
    '/file/gzip': file(HTML, gzipSync(html('<p>gzip</p>')), { 'Content-Encoding': 'gzip' }),
    '/file/latin1': file(
      'text/html; charset=iso-8859-1',
      Buffer.from('<!doctype html><title>Latin</title><p>\xe9t\xe9</p>', 'latin1'),
    ),
    '/file/utf-16': file('text/html', Buffer.from('\ufeff<!doctype html><title>Wide</title><p>été</p>', 'utf16le')),
    '/file/no-content': (response) => void response.writeHead(204).end(),
    '/file/reset-content': (response) => void response.writeHead(205).end(),
    '/isolated': page('isolated', 200, {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
    '/restricted': page('restricted', 200, {
      'Permissions-Policy': 'geolocation=(), camera=()',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex',
    }),
    '/own-policy': page('own policy<script>document.title = "inline ran"</script>', 200, {
      'Content-Security-Policy': "script-src 'self'; img-src 'none'",
    }),
    '/back-office': (response) =>
      void response
        .writeHead(200, { 'Content-Type': 'Text/html' })
        .end('<!doctype html><title>Back office</title><p>unguarded</p><iframe name="own" src="/inner"></iframe>'),
    '/challenge': (response) =>
      void response
        .writeHead(403, { 'Content-Type': 'Text/html', 'CF-Mitigated': 'challenge' })
        .end(
          '<!doctype html><title>Just a moment...</title><script>document.cookie = "cleared=1; path=/challenge"; document.title = "Solved"</script>',
        ),
  };
}

/** Documents that are asked for twice: a browser may keep the first answer, or ask whether it still holds. */
export function keptDocuments(html: Html): Record<string, Answer> {
  const kept =
    (headers: Record<string, string>): Answer =>
    (response, { headers: asked, times }) => {
      const isSame = asked['if-none-match'] !== undefined || asked['if-modified-since'] !== undefined;
      if (isSame) response.writeHead(304, { ...headers, 'Content-Type': HTML }).end();
      else response.writeHead(200, { ...headers, 'Content-Type': HTML }).end(html(`<p>sent ${times} times</p>`));
    };
  return {
    '/kept/etag': kept({ ETag: '"v1"', 'Cache-Control': 'no-cache' }),
    '/kept/modified': kept({
      'Last-Modified': 'Sat, 01 Jan 2022 00:00:00 GMT',
      'Cache-Control': 'max-age=0, must-revalidate',
    }),
    '/kept/minute': kept({ 'Cache-Control': 'max-age=60' }),
    '/kept/never': kept({ 'Cache-Control': 'no-store' }),
  };
}
