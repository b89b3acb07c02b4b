import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, constants, createGzip, gzipSync } from 'node:zlib';
import { gzipAsItComes } from '../../../src/server/content-codings';
import { gatewayBefore } from './gateway-before';

const TAG = '<script src="/gatekeeper.js"></script>';
const LONG = '<p>as the portal says it</p>'.repeat(1000);
const HTML = 'text/html; charset=utf-8';
let goOn: () => void;

const answer: RequestListener = (request, response) => {
  const zipped = (type: string, text: string, headers = {}) => {
    const body = gzipSync(text);
    const of = { 'Content-Type': type, 'Content-Encoding': 'gzip', 'Content-Length': body.length };
    response.writeHead(200, { ETag: '"1"', 'Accept-Ranges': 'bytes', ...of, ...headers }).end(body);
  };
  const slow = (type: string) => {
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    gzip.pipe(response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' }));
    gzip.write('<html><head><title>slow</title>');
    goOn = () => gzip.end('<p>end');
  };
  const { url = '' } = request;
  switch (url) {
    case '/style.css':
      return zipped('text/css', LONG, { Vary: 'Origin' });
    case '/varied.json':
      return zipped('application/geo+json', LONG, { Vary: 'accept-encoding' });
    case '/unasked':
      return void response
        .writeHead(200, { 'Content-Type': HTML, 'Content-Encoding': 'compress' })
        .end(Buffer.from([0x1f, 0x9d, 0x90]));
    case '/part':
      return void response
        .writeHead(206, { 'Content-Type': 'text/css', 'Content-Range': 'bytes 0-3/9', 'Content-Length': 4 })
        .end(/gzip|br/.test(String(request.headers['accept-encoding'])) ? 'gzip' : 'part');
    case '/picture':
      return zipped('image/png', LONG);
    case '/untransformed':
      return zipped('text/css', LONG, { 'Cache-Control': 'max-age=60, no-transform' });
    case '/brotli':
      return void response
        .writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Encoding': 'br', ETag: 'W/"2"' })
        .end(brotliCompressSync(LONG));
    case '/plain.css':
      return void response
        .writeHead(200, { 'Content-Type': 'text/css', ETag: '"3"', 'Content-Length': LONG.length })
        .end(LONG);
    case '/page':
      if (request.headers['if-none-match'] === 'W/"1"')
        return void response.writeHead(304, { ETag: '"1"', Vary: 'Accept-Encoding' }).end();
      return zipped(HTML, `<!doctype html><head>${LONG}`);
    case '/plain':
      return void response
        .writeHead(200, { 'Content-Type': HTML, ETag: '"1"', 'Accept-Ranges': 'bytes' })
        .end(`<!doctype html><head>${LONG}`);
    case '/slow':
      return slow(HTML);
    case '/events':
      return slow('text/event-stream');
    default:
      response.writeHead(404).end();
  }
};

describe('The gateway compresses what its portal did', () => {
  const guarded = gatewayBefore(answer);
  const ask = (path: string, encoding = 'gzip', init: { method?: string; headers?: Record<string, string> } = {}) =>
    guarded.ask(path, { ...init, headers: { 'Accept-Encoding': encoding, ...init.headers } });
  const says = ({ headers }: Response, ...names: string[]) => names.map((name) => headers.get(name));

  it('since it had to be opened, and names the bytes as others', async () => {
    const style = await ask('/style.css');
    assert.deepEqual(says(style, 'content-encoding', 'etag', 'accept-ranges', 'content-length'), [
      'gzip',
      'W/"1"',
      null,
      null,
    ]);
    assert.equal(style.headers.get('vary'), 'Origin, Accept-Encoding');
    assert.equal(await style.text(), LONG);
    const brotli = await ask('/brotli');
    assert.deepEqual(says(brotli, 'content-encoding', 'etag'), ['gzip', 'W/"2"']);
    assert.equal(await brotli.text(), LONG);
    assert.equal((await ask('/varied.json')).headers.get('vary'), 'accept-encoding', 'once is enough');
  });

  it('with the tag in its documents', async () => {
    const page = await ask('/page');
    assert.deepEqual(says(page, 'content-encoding', 'etag'), ['gzip', 'W/"1"']);
    assert.match(page.headers.get('vary')!, /Accept-Encoding/);
    assert.equal(await page.text(), `<!doctype html><head>${TAG}${LONG}`);
  });

  it('for nobody who does not accept it', async () => {
    const style = await ask('/style.css', 'identity');
    assert.deepEqual(says(style, 'content-encoding', 'etag', 'vary'), [null, 'W/"1"', 'Origin, Accept-Encoding']);
    assert.equal(await style.text(), LONG);
  });

  it('and neither what was sent plain, nor what is no text, nor what nothing may change', async () => {
    const plain = await ask('/plain.css');
    assert.deepEqual(says(plain, 'content-encoding', 'etag', 'vary', 'content-length'), [
      null,
      '"3"',
      null,
      String(LONG.length),
    ]);
    for (const path of ['/picture', '/untransformed']) {
      const opened = await ask(path);
      assert.deepEqual(says(opened, 'content-encoding', 'etag'), [null, 'W/"1"'], path);
      assert.equal(await opened.text(), LONG);
    }
  });

  it('and keeps nothing back: neither a document that comes slowly, nor an event', async () => {
    for (const [path, first, encoding] of [
      ['/slow', `<html><head>${TAG}<title>slow</title>`, 'gzip'],
      ['/events', '<html><head><title>slow</title>', null],
    ] as const) {
      const response = await ask(path);
      assert.equal(response.headers.get('content-encoding'), encoding);
      const reader = response.body!.getReader();
      const decoder = new TextDecoder();
      let text = '';
      while (text.length < first.length) text += decoder.decode((await reader.read()).value, { stream: true });
      assert.equal(text, first);
      goOn();
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read())
        text += decoder.decode(value, { stream: true });
      assert.equal(text, `${first}<p>end`);
    }
  });

  it('and who goes away meanwhile breaks nothing off but that', async () => {
    const { readable, writable } = gzipAsItComes();
    const reader = readable.getReader();
    const read = reader.read();
    const written = writable.getWriter().write(randomBytes(1_000_000));
    await reader.cancel(new Error('gone'));
    assert.deepEqual(await read, { done: true, value: undefined });
    await written.catch((error: unknown) => assert.ok(error instanceof Error));
    assert.equal((await ask('/page')).status, 200);
  });

  it('and HEAD says what GET would', async () => {
    const names = ['content-encoding', 'etag', 'accept-ranges', 'vary', 'content-type', 'content-length'];
    for (const path of ['/page', '/plain', '/style.css', '/plain.css'])
      for (const encoding of ['gzip', 'identity']) {
        const got = await ask(path, encoding);
        await got.text();
        assert.deepEqual(says(await ask(path, encoding, { method: 'HEAD' }), ...names), says(got, ...names), path);
      }
  });

  it('and what has not changed keeps the validator that it was sent with', async () => {
    const { status, headers } = await ask('/page', 'gzip', { headers: { 'If-None-Match': 'W/"1"' } });
    assert.deepEqual([status, headers.get('etag'), headers.get('content-encoding')], [304, 'W/"1"', null]);
  });

  it('but asks for parts as they are: of what is encoded, none can be decoded', async () => {
    const response = await guarded.ask('/part', { headers: { Range: 'bytes=0-3' } });
    assert.equal(response.status, 206);
    assert.equal(response.headers.get('content-range'), 'bytes 0-3/9');
    assert.equal(await response.text(), 'part');
  });

  it('and leaves alone what is encoded in a way that nobody decodes', async () => {
    const response = await guarded.ask('/unasked');
    assert.equal(response.headers.get('content-encoding'), 'compress');
    assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [0x1f, 0x9d, 0x90]);
  });

  it('and asks as it was asked whether anything has changed: with nothing that has all of it sent again', async () => {
    await guarded.ask('/page', { headers: { 'If-None-Match': 'W/"1"' }, cache: 'force-cache' });
    assert.equal(guarded.asked.headers['if-none-match'], 'W/"1"');
    assert.equal(guarded.asked.headers['cache-control'], undefined);
    assert.equal(guarded.asked.headers.pragma, undefined);
  });
});
