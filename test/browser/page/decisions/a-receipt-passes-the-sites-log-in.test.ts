import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStorage } from 'unstorage';
import { receiveReceipts } from '../../../../src/server/index';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { until } from '../../third-party-hits';

const PATH = '/consent-receipts';
const USER = `Basic ${btoa('visitor:secret')}`;
const CHALLENGE = 'Basic realm="Portal", charset="UTF-8"';

describe('A receipt passes the site’s log-in, and takes along who only there', () => {
  forEachEngine(({ start }) => {
    it('where the whole site asks for a name and a password', async () => {
      const { tab, posted, kept, example } = await withReceipts(start);
      const site = await behindBasic(example.origin);
      try {
        // As visitors get there who have typed it in.
        await tab.page.goto(site.origin.replace('//', '//visitor:secret@') + PLAIN);
        await tab.page.goto(site.origin + PLAIN);
        await tab.set({ youtube: true });
        await until(async () => (await kept()).length === 1, 'the receipt was stored');
        await tab.set({ youtube: false });
        await until(async () => (await kept()).length === 2, 'the next as well');
        assert.deepEqual(
          posted.map(({ headers }) => headers.get('authorization')),
          [USER, USER],
        );
        assert.ok(
          site.refused.some((request) => request === `POST ${PATH}`),
          'without them first',
        );
      } finally {
        site.close();
      }
    });

    for (const [what, refuse] of Object.entries<() => Response>({
      'answers 401': () => new Response(null, { status: 401 }),
      'answers 403': () => new Response(null, { status: 403 }),
      'sends elsewhere': () => new Response(null, { status: 302, headers: { Location: '/log-in' } }),
    })) {
      it(`where a log-in with a cookie ${what} without it`, async () => {
        const { tab, posted, kept } = await withReceipts(start, ({ headers }) =>
          /session=1/.test(headers.get('cookie') ?? '') ? undefined : refuse(),
        );
        await tab.visit(PLAIN);
        await tab.page.evaluate(() => void (document.cookie = 'session=1; Path=/'));
        await tab.set({ youtube: true });
        await until(async () => (await kept()).length === 1, 'the receipt was stored');
        assert.deepEqual(
          posted.map(({ headers }) => headers.has('cookie')),
          [false, true],
        );
      });
    }

    it('and not where the path asks for others than the page: the browser would ask the visitor', async () => {
      const { tab, posted, kept } = await withReceipts(
        start,
        () => new Response(null, { status: 401, headers: { 'WWW-Authenticate': CHALLENGE } }),
      );
      await tab.visit(PLAIN);
      await tab.page.evaluate(() => void (document.cookie = 'session=1; Path=/'));
      await tab.set({ youtube: true });
      await until(() => posted.length >= 2, 'it was sent again');
      assert.ok(posted.every(({ headers }) => !headers.has('cookie') && !headers.has('authorization')));
      assert.deepEqual(await kept(), []);
    });
  });
});

async function withReceipts(
  start: StartVisit,
  elsewhere: (request: Request) => Response | undefined = () => undefined,
) {
  const { example, tab } = await start({ lock: 'none', policy: { receipts: PATH, wall: 'off' } });
  const storage = createStorage();
  const receive = receiveReceipts(storage);
  const posted: Request[] = [];
  example.route(PATH, (request) => {
    posted.push(request.clone());
    return elsewhere(request) ?? receive(request);
  });
  return { example, tab, posted, kept: () => storage.getKeys() };
}

/** The site, as a proxy shows it to who knows the name and the password. */
async function behindBasic(origin: string) {
  const refused: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    if (headers.authorization !== USER) {
      refused.push(`${method} ${url}`);
      outgoing.writeHead(401, { 'WWW-Authenticate': CHALLENGE }).end();
      return;
    }
    const answered = forward(origin + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    answered.on('error', () => outgoing.destroy());
    incoming.pipe(answered);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    refused,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
