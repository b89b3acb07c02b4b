import assert from 'node:assert/strict';
import { sampleWith } from '../sample-policy';
import { gateway } from '../../../src/server/index';
import { gatewayBefore } from './gateway-before';

const SCRIPT = `/* é */ ${'long();'.repeat(500)}`;
const FILES = { 'gatekeeper.js': SCRIPT, 'gatekeeper-sw.js': 'worker' };

describe('The gateway sends its files once', () => {
  const { ask } = gatewayBefore((_, response) => void response.writeHead(404).end(), { files: FILES });
  const script = (headers: Record<string, string> = {}, method = 'GET') =>
    ask('/gatekeeper.js', { method, headers: { 'Accept-Encoding': 'identity', ...headers } });

  it('with a strong validator, by which they are not sent again', async () => {
    const first = await script();
    const etag = first.headers.get('etag')!;
    assert.match(etag, /^"[\w-]+"$/);
    assert.equal(await first.text(), SCRIPT);
    for (const known of [etag, `W/${etag}`, `"other", W/${etag}`, `"a,b",${etag}`, '*']) {
      const again = await script({ 'If-None-Match': known });
      assert.deepEqual([again.status, await again.text(), again.headers.get('etag')], [304, '', etag], known);
      assert.equal(again.headers.get('cache-control'), 'no-cache');
      assert.equal(again.headers.get('content-length'), null);
    }
    assert.equal((await script({ 'If-None-Match': '"other"' })).status, 200);
    assert.equal((await script({ 'If-None-Match': etag.slice(0, -3) + '"' })).status, 200);
  });

  it('and another one where the file, or the worker’s own lock, is another', async () => {
    const etagOf = async (options: { files?: Record<string, string>; policy?: unknown }, name = 'gatekeeper-sw.js') => {
      const guard = gateway({
        origin: 'https://portal.example',
        policy: sampleWith(() => {}),
        files: FILES,
        ...options,
      });
      return (await guard(new Request(`https://front.example/${name}`))).headers.get('etag');
    };
    const etag = await etagOf({});
    assert.equal(await etagOf({}), etag, 'the same when it is started again');
    assert.notEqual(await etagOf({ files: { ...FILES, 'gatekeeper-sw.js': 'newer' } }), etag);
    assert.notEqual(await etagOf({ policy: sampleWith((written) => (written.mode = 'report')) }), etag);
  });

  it('compressed for who accepts that, under a validator of its own', async () => {
    const plain = await script();
    assert.deepEqual([plain.headers.get('content-encoding'), plain.headers.get('vary')], [null, 'Accept-Encoding']);
    for (const accepted of ['gzip', 'br, GZIP;q=0.5', '*', 'x-gzip']) {
      const zipped = await script({ 'Accept-Encoding': accepted });
      assert.equal(zipped.headers.get('content-encoding'), 'gzip', accepted);
      assert.equal(zipped.headers.get('vary'), 'Accept-Encoding');
      assert.ok(Number(zipped.headers.get('content-length')) < SCRIPT.length / 5);
      assert.equal(await zipped.text(), SCRIPT);
      const etag = zipped.headers.get('etag')!;
      assert.notEqual(etag, plain.headers.get('etag'));
      assert.equal((await script({ 'Accept-Encoding': accepted, 'If-None-Match': etag })).status, 304);
      assert.equal((await script({ 'If-None-Match': etag })).status, 200, 'those are other bytes');
    }
    for (const accepted of ['br', 'gzip;q=0', 'gzip; q=0.000, br', '*, gzip;q=0', 'notgzip'])
      assert.equal((await script({ 'Accept-Encoding': accepted })).headers.get('content-encoding'), null, accepted);
  });

  it('says of them by HEAD what it would by GET, and nothing by other methods', async () => {
    const headersOf = ({ headers }: Response) =>
      Object.fromEntries([...headers].filter(([name]) => !/^(date|connection|keep-alive)$/.test(name)));
    for (const encoding of ['gzip', 'identity']) {
      const [got, headed] = [
        await script({ 'Accept-Encoding': encoding }),
        await script({ 'Accept-Encoding': encoding }, 'HEAD'),
      ];
      assert.deepEqual([headed.status, headersOf(headed), await headed.text()], [200, headersOf(got), '']);
    }
    const posted = await script({}, 'POST');
    assert.deepEqual(
      [posted.status, posted.headers.get('allow'), posted.headers.get('etag')],
      [405, 'GET, HEAD', null],
    );
    assert.match(await posted.text(), /only be read.*GET/);
  });
});
