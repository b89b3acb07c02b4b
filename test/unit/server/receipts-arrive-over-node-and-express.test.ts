import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createStorage, type Storage } from 'unstorage';
import { nodeListener, receiveReceipts } from '../../../src/server/index';
import { receiptOf } from './sample-receipt';

type Parsed = IncomingMessage & { body?: unknown };

describe('Receipts arrive over Node and Express', () => {
  let storage: Storage;
  let server: Server;
  let origin: string;

  const serve = async (listener: RequestListener) => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${origin}/consent-receipts`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body as BodyInit,
    });
  /** What the server says to a request that no browser would make. */
  const say = async (request: string) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(request);
    return text(socket);
  };

  beforeEach(() => {
    storage = createStorage();
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('from the request itself', async () => {
    await serve(nodeListener(receiveReceipts(storage)));
    const receipt = receiptOf({ text: 'é 😀' });
    assert.equal((await send(JSON.stringify(receipt))).status, 201);
    assert.equal((await send(JSON.stringify(receipt))).status, 200);
    assert.deepEqual(await storage.getItem(`${receipt.id}.json`), receipt);
  });

  const PARSERS: Record<string, (body: string) => unknown> = {
    'an object': JSON.parse,
    'a text': (body) => body,
    bytes: (body) => Buffer.from(body),
  };
  for (const [title, parse] of Object.entries(PARSERS)) {
    it(`from a parser that has read it before, as ${title}`, async () => {
      const listener = nodeListener(receiveReceipts(storage));
      await serve((request, response) => {
        void text(request).then((body) => {
          (request as Parsed).body = parse(body);
          return listener(request, response);
        });
      });
      const receipt = receiptOf();
      assert.equal((await send(JSON.stringify(receipt))).status, 201);
      assert.deepEqual(await storage.getItem(`${receipt.id}.json`), receipt);
    });
  }

  it('but not from a parser that has made something else of it, which is said', async () => {
    let handled = 0;
    const listener = nodeListener(() => Promise.resolve(new Response(String(++handled))));
    await serve((request, response) => {
      void text(request).then((body) => {
        (request as Parsed).body = Object.fromEntries(new URLSearchParams(body));
        return listener(request, response);
      });
    });
    const { error } = console;
    const said: string[] = [];
    console.error = (message: unknown) => void said.push(String(message));
    try {
      const response = await send('user=a&password=b', { 'Content-Type': 'application/x-www-form-urlencoded' });
      assert.deepEqual([response.status, handled], [500, 0]);
    } finally {
      console.error = error;
    }
    assert.match(said.join(), /body.*application\/x-www-form-urlencoded.*before.*nodeListener/);
  });

  it('though an Express that parses nothing sets an empty body', async () => {
    const listener = nodeListener(receiveReceipts(storage));
    await serve((request, response) => {
      (request as Parsed).body = {};
      void listener(request, response);
    });
    assert.equal((await send(JSON.stringify(receiptOf()))).status, 201);
  });

  it('in many parts', async () => {
    await serve(nodeListener(receiveReceipts(storage)));
    const bytes = Buffer.from(JSON.stringify(receiptOf({ text: 'é😀' })));
    const parts = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: parts,
      duplex: 'half',
    } as RequestInit;
    assert.equal((await fetch(origin, init)).status, 201);
  });

  it('and the refusal of one that is too large is read by who sent it; the next is taken', async () => {
    await serve(nodeListener(receiveReceipts(storage)));
    for (const size of [70_000, 1_000_000]) {
      const response = await send('x'.repeat(size));
      assert.equal(response.status, 413);
      assert.match(await response.text(), /65536 bytes/);
    }
    assert.equal((await send(JSON.stringify(receiptOf()))).status, 201);
  });

  it('and pages of other sites are told no, also where the path looks like an address', async () => {
    await serve(nodeListener(receiveReceipts(storage)));
    const { host } = new URL(origin);
    const body = JSON.stringify(receiptOf());
    const request = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.example\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
    for (const path of ['/', '//evil.example/', 'https://evil.example/'])
      assert.match(await say(request(path)), /^HTTP\/1\.1 403 /);
    assert.deepEqual(await storage.getKeys(), []);
  });

  it('and nonsense is answered with 400', async () => {
    await serve(nodeListener(receiveReceipts(storage)));
    assert.match(await say('TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /);
    assert.match(
      await say('POST / HTTP/1.1\r\nHost: [\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      /^HTTP\/1\.1 400 /,
    );
  });
});
