import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lockOf, workerLockOf } from '../../../../src/cli/index';
import { serverKey } from '../../../../src/server/index';
import { siteTexts } from './checked';
import { SAMPLE, sampleWith } from '../../sample-policy';

const OPENS = serverKey(SAMPLE);
const PAGE = '<!doctype html><head><script src="/gatekeeper.js"></script></head>';
const SCRIPT = { 'Content-Type': 'text/javascript' };

describe('Check finds a cache that mixes visitors up', () => {
  let server: Server;
  let origin: URL;
  /** What the document has besides its type. */
  let headersOf: (request: IncomingMessage) => Record<string, string>;

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/gatekeeper.js') return response.writeHead(200, SCRIPT).end();
    if (request.url === '/gatekeeper-sw.js')
      return response
        .writeHead(200, {
          ...SCRIPT,
          'Content-Security-Policy': workerLockOf(SAMPLE),
          'Cache-Control': 'no-cache',
        })
        .end();
    return response.writeHead(200, { 'Content-Type': 'text/html', ...headersOf(request) }).end(PAGE);
  };
  /** What the server's key says, which some servers change. */
  const keyed = ({ headers }: IncomingMessage, changed: Record<string, string> = {}) => ({
    ...(OPENS({ cookie: headers.cookie }) as Record<string, string>),
    ...changed,
  });

  before(async () => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('where the document may be kept for all, and says nothing of the cookie', async () => {
    for (const caching of ['public, max-age=60', 's-maxage=60']) {
      headersOf = (request) => keyed(request, { 'Cache-Control': caching, Vary: 'Accept-Encoding' });
      const wrong = await siteTexts(SAMPLE, origin);
      assert.equal(wrong.length, 1, wrong.join('\n'));
      assert.match(wrong[0]!, new RegExp(`depends on the visitor's cookie.*${caching}.*Send "Cache-Control: private"`));
    }
  });

  it('where it has mixed them up', async () => {
    const kept = new Map<string, Record<string, string>>();
    headersOf = (request) => {
      const found = kept.get(request.url!);
      if (found) return { ...found, 'X-Cache': 'HIT' };
      kept.set(request.url!, keyed(request));
      return kept.get(request.url!)!;
    };
    const wrong = await siteTexts(SAMPLE, origin);
    assert.equal(wrong.length, 1, wrong.join('\n'));
    assert.match(wrong[0]!, /A cache mixes up what visitors have permitted.*x-cache: HIT.*empty it/);
    assert.ok(
      [...kept].every(([url, { 'Server-Timing': opened }]) => !opened || url.includes('cookie-gatekeeper-check=')),
      'and nothing is opened to visitors by being asked',
    );
  });

  it('where it keeps the lock of another policy', async () => {
    const other = lockOf(sampleWith((policy) => (policy.services[3].origins[0] = 'https://other.example')));
    headersOf = () => ({ 'Content-Security-Policy': other, Age: '3600' });
    const wrong = await siteTexts(SAMPLE, origin);
    assert.equal(wrong.length, 1, wrong.join('\n'));
    assert.match(wrong[0]!, /lock of another policy.*A cache has answered \(Age: 3600\): empty it/);
    headersOf = () => ({ 'Content-Security-Policy': other });
    assert.doesNotMatch((await siteTexts(SAMPLE, origin)).join(), /cache/);
  });

  it('and nothing, where each visitor gets a document of his own, or all get the same', async () => {
    headersOf = (request) => keyed(request);
    assert.deepEqual(await siteTexts(SAMPLE, origin), []);
    headersOf = (request) => keyed(request, { 'Cache-Control': 'public, max-age=60' });
    assert.deepEqual(await siteTexts(SAMPLE, origin), [], 'Vary names the cookie');
    headersOf = () => ({ 'Content-Security-Policy': lockOf(SAMPLE), 'Cache-Control': 'public, s-maxage=600' });
    assert.deepEqual(await siteTexts(SAMPLE, origin), []);
  });
});
