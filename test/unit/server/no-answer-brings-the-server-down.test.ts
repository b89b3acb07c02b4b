import assert from 'node:assert/strict';
import { createServer, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gateway, nodeListener } from '../../../src/server/index';
import { gatewayBefore } from './gateway-before';
import { SAMPLE } from '../sample-policy';

interface Answered {
  status: number | undefined;
  headers: IncomingHttpHeaders;
}

/** What portals say of their connection to the gateway, and may not say over another. */
const OF_CONNECTION: Record<string, OutgoingHttpHeaders> = {
  'an offer of HTTP/2, as Apache makes it': { Connection: 'Upgrade', Upgrade: 'h2,h2c' },
  'a connection of a proxy’s': { 'Proxy-Connection': 'keep-alive' },
  'fields that come after the body': { Trailer: 'X-Sum', 'Transfer-Encoding': 'chunked' },
  'what else it names as the connection’s': { Connection: 'close, X-Hop', 'X-Hop': '1' },
};

/** What no server of Node can send. */
const UNSENDABLE: Record<string, () => Response> = {
  'of HTTP/2, a header that it has not': () => new Response('', { headers: { 'Proxy-Connection': 'keep-alive' } }),
  'a body that has been read': () => {
    const response = new Response('read');
    void response.text();
    return response;
  },
  'a handler that rejects': () => {
    throw new Error('of the handler');
  },
};

const over = (front: string, method: string): Promise<Answered> =>
  new Promise((resolve, reject) =>
    request(front, { method }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    })
      .on('error', reject)
      .end(),
  );

/** Asks a listener over HTTP/2. */
async function overHttp2(listener: ReturnType<typeof nodeListener>, method: string): Promise<Answered> {
  const server = createHttp2Server(listener);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const session = connect(`http://localhost:${(server.address() as AddressInfo).port}`);
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request({ ':path': '/', ':method': method });
      stream.on('error', reject).on('close', () => reject(new Error('no answer')));
      stream.on('response', (headers) => resolve({ status: headers[':status'], headers }));
      stream.resume().end();
    });
  } finally {
    session.destroy();
    server.close();
  }
}

/** What is said on standard error meanwhile is not the reader's. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { error } = console;
  console.error = () => {};
  try {
    return await run();
  } finally {
    console.error = error;
  }
}

describe('No answer brings the server down', () => {
  let sent: OutgoingHttpHeaders = {};
  const guarded = gatewayBefore((_, response) => void response.writeHead(200, sent).end());

  for (const [title, headers] of Object.entries(OF_CONNECTION)) {
    for (const method of ['GET', 'HEAD']) {
      it(`of a portal that sends ${title}, asked by ${method}: nothing of it is passed on`, async () => {
        sent = { 'Content-Type': 'text/plain', 'X-Kept': '1', ...headers };
        const names = Object.keys(headers).filter((name) => !/^(connection|transfer-encoding)$/i.test(name));
        const listener = nodeListener(gateway({ origin: guarded.portal, policy: SAMPLE }));
        for (const answered of [await over(guarded.front, method), await overHttp2(listener, method)]) {
          assert.equal(answered.status, 200);
          assert.equal(answered.headers['x-kept'], '1');
          for (const name of names) assert.equal(answered.headers[name.toLowerCase()], undefined, name);
        }
      });
    }
  }

  it('nor is what a visitor says of the connection to the gateway, but who asks is', async () => {
    const headers = { Connection: 'close, X-Hop, X-Forwarded-For', 'X-Hop': '1' };
    await new Promise((resolve) => request(guarded.front, { headers }, (response) => resolve(response.resume())).end());
    assert.equal(guarded.asked.headers['x-hop'], undefined);
    assert.equal(guarded.asked.headers['x-forwarded-for'], '127.0.0.1');
  });

  for (const [title, answer] of Object.entries(UNSENDABLE)) {
    it(`that cannot be sent: ${title}`, async () => {
      const listener = nodeListener(async () => answer());
      const answered = await quietly(() => overHttp2(listener, 'GET'));
      assert.equal(answered.status, 500);
      assert.equal(answered.headers['content-type'], 'text/plain; charset=utf-8');
    });
  }

  it('nor does a handler that throws at once', async () => {
    const server = createServer(
      nodeListener(() => {
        throw new Error('of the handler');
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, resolve));
    try {
      const front = `http://localhost:${(server.address() as AddressInfo).port}`;
      assert.equal((await quietly(() => over(front, 'GET'))).status, 500);
    } finally {
      server.close();
    }
  });
});
