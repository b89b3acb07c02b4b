import assert from 'node:assert/strict';
import { get, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { gateway } from '../../../src/server/index';
import { SAMPLE } from '../sample-policy';
import { gatewayBefore } from './gateway-before';

const TAG = '<script src="/gatekeeper.js"></script>';

/** Longer than Node's `fetch` waits in this test; it looks about once a second. */
const SLOW_MS = 2_500;

/** Text of a byte each. */
const inUtf16 = (text: string, isBigEndian: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};

const DOCUMENTS: Record<string, { type: string; body: Buffer }> = {
  '/little-endian': { type: 'text/html', body: inUtf16('\ufeff<html><head>', false) },
  '/big-endian': { type: 'text/html', body: inUtf16('\ufeff<html><head>', true) },
  '/declared': { type: 'text/html; charset="UTF-16LE"', body: inUtf16('<html><head>', false) },
};

const answer: RequestListener = ({ url = '' }, response) => {
  if (url === '/phrase')
    return void response.socket!.end(
      Buffer.from('HTTP/1.1 200 Tr\xe8s bien\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok', 'latin1'),
    );
  if (url === '/odd')
    return void response.writeHead(999, { 'Content-Type': 'text/plain', 'X-Said': 'by the portal' }).end('odd');
  if (url === '/export') return void setTimeout(() => response.end('rows'), SLOW_MS);
  if (url === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
    return void setTimeout(() => response.end('data: 2\n\n'), SLOW_MS);
  }
  const document = DOCUMENTS[url];
  if (!document) return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><head>');
  response.writeHead(200, { 'Content-Type': document.type, ETag: '"1"' });
  // The first byte alone says nothing yet.
  response.write(document.body.subarray(0, 1));
  setImmediate(() => response.end(document.body.subarray(1)));
};

/** What a gateway of this site makes of a cookie of the portal. */
async function passedOn(cookies: readonly string[], portal: string, site: string): Promise<string[]> {
  const { fetch } = globalThis;
  globalThis.fetch = () =>
    Promise.resolve(new Response('', { headers: cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]) }));
  try {
    const response = await gateway({ origin: portal, policy: SAMPLE })(new Request(site));
    return response.headers.getSetCookie();
  } finally {
    globalThis.fetch = fetch;
  }
}

describe('The gateway stands for its portal', () => {
  const guarded = gatewayBefore(answer);
  const { ask } = guarded;
  const preserved = gatewayBefore(answer, { originHeader: 'preserve' });

  it('waits for what takes it long, and for what comes after long, though Node would give up', async () => {
    const place = globalThis as Record<symbol, unknown>;
    const name = Symbol.for('undici.globalDispatcher.1');
    const patient = place[name] as object;
    const Agent = patient.constructor as new (options: object) => object;
    place[name] = new Agent({ headersTimeout: 100, bodyTimeout: 100 });
    const texts: Promise<string>[] = [];
    try {
      for (const path of ['/export', '/events'])
        texts.push(
          new Promise((resolve, reject) =>
            get(guarded.front + path, (response) => text(response).then(resolve, reject)).on('error', reject),
          ),
        );
      assert.deepEqual(await Promise.all(texts), ['rows', 'data: 1\n\ndata: 2\n\n']);
    } finally {
      place[name] = patient;
    }
  });

  it('keeps the portal’s cookies for the site, where a browser would drop them', async () => {
    const of = 'session=1; Path=/; Domain=';
    const dropped = ['portal.internal', '.Portal.Internal', 'internal'].map((domain) => `${of}${domain}; HttpOnly`);
    assert.deepEqual(await passedOn(dropped, 'https://portal.internal', 'https://data.example.fr/'), [
      'session=1; Path=/; HttpOnly',
      'session=1; Path=/; HttpOnly',
      'session=1; Path=/; HttpOnly',
    ]);
    const kept = [`${of}example.fr; Secure`, `${of}other.example`, 'a=Domain=portal.example.fr; Path=/'];
    assert.deepEqual(await passedOn(kept, 'https://portal.example.fr', 'https://data.example.fr/'), kept);
    assert.deepEqual(
      await passedOn([`${of}portal.example.fr`], 'https://portal.example.fr', 'https://data.example.fr/'),
      ['session=1; Path=/'],
    );
    assert.deepEqual(await passedOn([`${of}ample.fr`], 'https://portal.example.fr', 'https://data.test/'), [
      `${of}ample.fr`,
    ]);
  });

  it('passes on what is answered with words that no header may have', async () => {
    const response = await ask('/phrase');
    assert.deepEqual([response.status, await response.text()], [200, 'ok']);
  });

  it('and what is answered with a status that is none, as the failure that it means', async () => {
    const response = await ask('/odd');
    assert.deepEqual(
      [response.status, response.headers.get('x-said'), await response.text()],
      [500, 'by the portal', 'odd'],
    );
  });

  it('tells the portal who asks, behind what whoever asks has said himself', async () => {
    await ask('/');
    assert.equal(guarded.asked.headers['x-forwarded-for'], '127.0.0.1');
    await ask('/', { headers: { 'X-Forwarded-For': '203.0.113.7' } });
    assert.equal(guarded.asked.headers['x-forwarded-for'], '203.0.113.7, 127.0.0.1');
  });

  it('and where from, as the portal’s framework wants it', async () => {
    const origins = async ({ ask, front }: typeof guarded) => {
      const asked = [];
      for (const origin of [front, 'https://other.example']) {
        await ask('/', { headers: { Origin: origin } });
        asked.push((front === guarded.front ? guarded : preserved).asked.headers.origin);
      }
      return asked;
    };
    assert.deepEqual(await origins(guarded), [guarded.portal, 'https://other.example']);
    assert.deepEqual(await origins(preserved), [preserved.front, 'https://other.example']);
    for (const originHeader of ['keep', true, null] as never[])
      assert.throws(() => gateway({ origin: 'https://portal.example', policy: SAMPLE, originHeader }), {
        name: 'TypeError',
        message: /gateway: originHeader .* is neither "rewrite" nor "preserve".*Write/,
      });
  });

  it('answers no WebSocket with a document, and says where that has to go', async () => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'a',
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${guarded.front}/socket`, { headers }, resolve).on('error', reject),
    );
    let text = '';
    for await (const chunk of response) text += String(chunk);
    assert.deepEqual([response.statusCode, response.headers['content-type']], [501, 'text/plain; charset=utf-8']);
    assert.match(text, /no WebSockets.*portal/);
  });

  it('and puts no tag into a document whose letters are not those of the tag', async () => {
    for (const [path, { body }] of Object.entries(DOCUMENTS))
      assert.deepEqual(Buffer.from(await (await ask(path)).arrayBuffer()), body, path);
    assert.equal((await ask('/declared')).headers.get('etag'), '"1"', 'nor takes it for another');
    assert.equal(await (await ask('/')).text(), `<html><head>${TAG}`);
  });
});
