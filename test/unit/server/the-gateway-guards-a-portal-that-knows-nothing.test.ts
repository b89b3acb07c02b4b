import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { closedCsp, workerScriptCsp } from '../../../src/csp/document-csp';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { parsePolicy } from '../../../src/policy/index';
import { gateway, nodeListener } from '../../../src/server/index';
import { lets } from '../content-security-policy';
import { SAMPLE, sampleWith } from '../sample-policy';

const LOCK = closedCsp(compilePolicy(parsePolicy(SAMPLE)));
const TAG = '<script src="/gatekeeper.js"></script>';
const HTML = { 'Content-Type': 'text/html; charset=iso-8859-1' };
const FILES = { 'gatekeeper.js': 'page', 'gatekeeper-sw.js': 'worker' };
/** Neither is where the document begins. */
const WRITES = '<script>frame.document.write("<head><title>")</script>';
const COMMENTED = '<!-- <head> --><!doctype html><html data-of="a > b">';

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('The gateway guards a portal that knows nothing', () => {
  const servers: Server[] = [];
  let portal: string;
  let front: string;
  let asked: IncomingMessage;
  let goOn: () => void;

  before(async () => {
    const origin = createServer((request, response) => {
      asked = request;
      const { url } = request;
      if (url === '/zipped')
        return response
          .writeHead(200, { ...HTML, 'Content-Encoding': 'gzip', ETag: '"1"', 'Set-Cookie': ['a=1', 'b=2; Path=/'] })
          .end(gzipSync(Buffer.from('<!doctype html><HTML><Head lang=fr><title>\u00e9</title>', 'latin1')));
      if (url === '/slow') {
        response.writeHead(200, HTML).write('<html><he');
        return setImmediate(() => {
          response.write('ad><title>slow</title>');
          goOn = () => response.end('<p>end');
        });
      }
      if (url === '/never') {
        goOn();
        return request.socket.on('close', () => goOn());
      }
      if (url === '/moved') return response.writeHead(302, { Location: `${portal}/there?a=1` }).end();
      if (url === '/moved-without-scheme')
        return response.writeHead(302, { Location: portal.replace('http:', '') + '/there' }).end();
      if (url === '/folder/moved-beside') return response.writeHead(302, { Location: 'there' }).end();
      if (url === '/moved-away') return response.writeHead(302, { Location: 'https://other.example/a' }).end();
      if (url === '/refreshed')
        return response.writeHead(200, { ...HTML, Refresh: `0; url='${portal}/there'` }).end('<p>');
      if (url === '/data.csv')
        return response
          .writeHead(206, { 'Content-Type': 'text/csv', 'Content-Range': 'bytes 0-2/9', 'Content-Length': 3 })
          .end('a,b');
      if (url === '/writes-a-head')
        return response.writeHead(200, HTML).end(`<!doctype html><title>x</title>${WRITES}`);
      if (url === '/commented')
        return response.writeHead(200, HTML).end(Buffer.from(`\xef\xbb\xbf${COMMENTED}<head><title>x`, 'latin1'));
      if (url === '/admin/') return response.writeHead(200, HTML).end('<html><head>');
      if (url === '/nonce')
        return response.writeHead(200, { ...HTML, 'Content-Security-Policy': "script-src 'nonce-abc'" }).end('<p>');
      if (url === '/own')
        return response.writeHead(200, { ...HTML, 'Content-Security-Policy': "img-src 'self'" }).end('<p>');
      if (request.method === 'POST') return request.pipe(response.writeHead(201, { 'Content-Type': 'text/plain' }));
      response.writeHead(404, HTML).end('<!doctype html>\n<title>no head');
    });
    portal = await listening(origin);
    const policy = sampleWith((written) => (written.exclude = ['/admin/']));
    const guarded = createServer(nodeListener(gateway({ origin: portal, policy, files: FILES })));
    front = await listening(guarded);
    servers.push(origin, guarded);
  });
  after(() => servers.forEach((server) => server.closeAllConnections() ?? server.close()));

  const ask = (path: string, init?: RequestInit) => fetch(front + path, { redirect: 'manual', ...init });

  it('its documents have the lock, and the tag first in their head, whatever their encoding', async () => {
    const response = await ask('/zipped', { headers: { Cookie: 'session=1', Origin: front } });
    assert.equal(response.headers.get('content-security-policy'), LOCK);
    assert.equal(response.headers.get('etag'), 'W/"1"');
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2; Path=/']);
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
    assert.equal(text, `<!doctype html><HTML><Head lang=fr>${TAG}<title>\u00e9</title>`);
    assert.equal(asked.headers.cookie, 'session=1');
    assert.equal(asked.headers.origin, portal);
    assert.equal(asked.headers['x-forwarded-host'], front.slice('http://'.length));
  });

  it('by a tag that is made for each, where the site’s own policy wants a nonce', async () => {
    const nonceOf = (headers: Headers) => /'nonce-(\w+)'/.exec(headers.get('content-security-policy')!)![1];
    const tag = ({ method }: Request, headers: Headers) =>
      `<script nonce="${nonceOf(headers)}" src="/${method}"></script>`;
    const response = await gateway({ origin: portal, policy: SAMPLE, tag })(new Request('http://front.example/nonce'));
    assert.equal(await response.text(), '<script nonce="abc" src="/GET"></script><p>');
  });

  it('also those that have no head, or are no success', async () => {
    const response = await ask('/missing');
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('content-security-policy'), LOCK);
    assert.equal(await response.text(), `<!doctype html>\n${TAG}<title>no head`);
  });

  it('and where scripts or comments have a head in them, which are left as they are', async () => {
    assert.equal(await (await ask('/writes-a-head')).text(), `<!doctype html>${TAG}<title>x</title>${WRITES}`);
    assert.match(await (await ask('/commented')).text(), new RegExp(`${COMMENTED}<head>${TAG}<title>x$`));
  });

  it('say to a portal that they came by https, where a proxy in front says so', async () => {
    const secure = front.replace('http:', 'https:');
    // Of several proxies, each has added what it was asked by.
    for (const said of ['https', 'https, http', 'HTTPS,https']) {
      const { headers } = await ask('/moved', { headers: { 'X-Forwarded-Proto': said, Origin: secure } });
      assert.equal(headers.get('location'), `${secure}/there?a=1`, said);
      assert.equal(asked.headers['x-forwarded-proto'], 'https', said);
      assert.equal(asked.headers.origin, portal, said);
    }
  });

  it('or where the gateway’s own server has https', async () => {
    const listener = nodeListener(gateway({ origin: portal, policy: sampleWith(() => {}) }));
    // What is said of a connection by TLS; the rest of it is none of the gateway's matters.
    const server = createServer(listener).on('connection', (socket) => Object.assign(socket, { encrypted: true }));
    servers.push(server);
    const plain = await listening(server);
    const secure = plain.replace('http:', 'https:');
    const redirected = async (headers: Record<string, string>) =>
      (await fetch(`${plain}/moved`, { redirect: 'manual', headers })).headers.get('location');
    assert.equal(await redirected({ Origin: secure }), `${secure}/there?a=1`);
    assert.deepEqual([asked.headers['x-forwarded-proto'], asked.headers.origin], ['https', portal]);
    assert.equal(await redirected({ 'X-Forwarded-Proto': 'http' }), `${plain}/there?a=1`);
  });

  it('and nobody else’s: an address that begins with two slashes names no other server', async () => {
    const others: string[] = [];
    const other = createServer(({ url }, response) => void (others.push(url!), response.end()));
    servers.push(other);
    const host = (await listening(other)).slice('http:'.length);
    await gateway({ origin: portal, policy: SAMPLE })(new Request(`http://front.example${host}/secret`));
    assert.equal(asked.url, `${host}/secret`);
    await ask(`${host}/secret`);
    assert.equal(asked.url, `${host}/secret`);
    assert.deepEqual(others, []);
  });

  it('and what it is asked for as a proxy is, by a whole address', async () => {
    const { hostname, port } = new URL(front);
    const [response] = (await once(get({ hostname, port, path: `${front}/own` }), 'response')) as [IncomingMessage];
    response.resume();
    assert.deepEqual([response.statusCode, asked.url], [200, '/own']);
  });

  it('and the site’s own policy beside the lock', async () => {
    const { headers } = await ask('/own');
    assert.equal(headers.get('content-security-policy'), `img-src 'self', ${LOCK}`);
  });

  it('are opened by the mirror cookie, for that visitor alone', async () => {
    const { origins } = SAMPLE.services.find(({ id }) => id === 'youtube')!;
    const mirror = { matomo: false, youtube: true, timestamp: Date.now() - 1000, expires: Date.now() + 1e9 };
    const headers = { Cookie: `cookies_preferences=${encodeURIComponent(JSON.stringify(mirror))}` };
    const response = await ask('/missing', { headers });
    assert.ok(lets(response.headers.get('content-security-policy')!, 'frame-src', `${origins![0]}/`));
    assert.match(response.headers.get('cache-control')!, /private/);
    assert.match(response.headers.get('vary')!, /Cookie/);
  });

  it('arrive as they are sent', async () => {
    const response = await ask('/slow');
    const reader = response.body!.getReader();
    let text = '';
    while (!text.includes('slow</title>')) text += Buffer.from((await reader.read()).value!).toString();
    assert.equal(text, `<html><head>${TAG}<title>slow</title>`);
    goOn();
    assert.equal(Buffer.from((await reader.read()).value!).toString(), '<p>end');
  });

  it('and everything else passes as it is', async () => {
    const part = await ask('/data.csv', { headers: { Range: 'bytes=0-2' } });
    assert.deepEqual([part.status, part.headers.get('content-length'), await part.text()], [206, '3', 'a,b']);
    assert.equal(asked.headers.range, 'bytes=0-2');
    assert.equal((await ask('/moved')).headers.get('location'), `${front}/there?a=1`);
    const posted = await ask('/form', { method: 'POST', body: 'x'.repeat(100_000) });
    assert.deepEqual([posted.status, (await posted.text()).length], [201, 100_000]);
    const left = await ask('/admin/');
    assert.deepEqual([left.headers.get('content-security-policy'), await left.text()], [null, '<html><head>']);
  });

  it('and nobody is led to the portal itself, however it writes its address', async () => {
    const led = async (path: string, name: string) => (await ask(path)).headers.get(name);
    assert.equal(await led('/moved-without-scheme', 'location'), `${front}/there`);
    assert.equal(await led('/refreshed', 'refresh'), `0; url=${front}/there`);
    assert.equal(await led('/folder/moved-beside', 'location'), 'there', 'what leads nowhere else stays as it is');
    assert.equal(await led('/moved-away', 'location'), 'https://other.example/a');
  });

  it('and an address that is none of a portal is refused, with what to write', () => {
    for (const [origin, said] of [
      ['nope', /gateway: origin "nope" is no address of a server\. Write one such as https:\/\/portal\.example/],
      ['ftp://portal.example', /origin "ftp:\/\/portal\.example" is no address of a server/],
      ['https://portal.example/fr/', /has a path.*Write https:\/\/portal\.example$/],
      ['https://portal.example?a', /has a path.*Write https:\/\/portal\.example$/],
    ] as const)
      assert.throws(() => gateway({ origin, policy: SAMPLE }), { name: 'TypeError', message: said });
  });

  it('and a portal that has not the files is said to, once', async () => {
    const { warn } = console;
    const said: string[] = [];
    console.warn = (text: string) => said.push(text);
    try {
      const guard = gateway({ origin: portal, policy: SAMPLE });
      for (const path of ['/gatekeeper.js', '/gatekeeper.js', '/missing'])
        await guard(new Request(`http://front.example${path}`));
    } finally {
      console.warn = warn;
    }
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0]!, /answers 404 for \/gatekeeper\.js.*`files`/);
  });

  it('and one that is down is answered for, and ends nothing; nor does who goes away', async () => {
    const failed: unknown[] = [];
    const said: string[] = [];
    const { error } = console;
    console.error = (text: string) => said.push(String(text));
    const note = (error: unknown) => failed.push(error);
    process.on('unhandledRejection', note);
    const listeners = process.listeners('unhandledRejection').filter((listener) => listener !== note);
    for (const listener of listeners) process.off('unhandledRejection', listener);
    try {
      const down = createServer(nodeListener(gateway({ origin: 'http://127.0.0.1:1', policy: SAMPLE })));
      servers.push(down);
      const response = await fetch(await listening(down));
      assert.equal(response.status, 502);
      assert.match(response.headers.get('content-type')!, /^text\/plain/);
      assert.match(await response.text(), /^The server behind this one could not be reached/);
      const socket = connect(Number(new URL(front).port), '127.0.0.1');
      socket.write('POST /form HTTP/1.1\r\nHost: front.example\r\nContent-Length: 1000\r\n\r\nabc');
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal((await ask('/moved')).status, 302);
    } finally {
      console.error = error;
      for (const listener of listeners) process.on('unhandledRejection', listener);
      process.off('unhandledRejection', note);
    }
    assert.deepEqual(failed, []);
    assert.equal(said.length, 1, 'only whoever runs it is told where the portal is');
    assert.match(said[0]!, /^cookie-gatekeeper: http:\/\/127\.0\.0\.1:1 could not be reached: /);
  });

  it('and what nobody waits for any more is asked for no longer, though nothing of it was answered yet', async () => {
    const { error } = console;
    const said: unknown[] = [];
    console.error = (text: unknown) => said.push(text);
    try {
      const next = () => new Promise<void>((resolve) => (goOn = resolve));
      const asked = next();
      const socket = connect(Number(new URL(front).port), '127.0.0.1');
      socket.write('GET /never HTTP/1.1\r\nHost: front.example\r\n\r\n');
      await asked;
      const givenUp = next();
      socket.destroy();
      await givenUp;
      assert.equal((await ask('/moved')).status, 302);
    } finally {
      console.error = error;
    }
    assert.deepEqual(said, []);
  });

  it('with the built files, and the worker’s own lock', async () => {
    assert.equal(await (await ask('/gatekeeper.js')).text(), 'page');
    const worker = await ask('/gatekeeper-sw.js');
    assert.equal(worker.headers.get('content-security-policy'), workerScriptCsp(compilePolicy(parsePolicy(SAMPLE))));
    assert.match(worker.headers.get('content-type')!, /^text\/javascript/);
    assert.match(worker.headers.get('cache-control')!, /no-cache/);
  });
});
