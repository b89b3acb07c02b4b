import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { constants, createGzip } from 'node:zlib';
import { Miniflare } from 'miniflare';
import { SAMPLE } from '../unit/sample-policy';
import { bundledWorker, GATEWAY } from './bundled-worker';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = 'long();'.repeat(1000);
const TAG = '<script src="/gatekeeper.js"></script>';
const GZIP = { headers: { 'Accept-Encoding': 'gzip' } };

describe('The gateway compresses once in workerd, which compresses, too', () => {
  let portal: Server;
  let workerd: Miniflare;
  let front: string;
  let goOn: () => void;

  before(async () => {
    portal = createServer((_, response) => {
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.pipe(response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }));
      gzip.write('<html><head><title>slow');
      goOn = () => gzip.end('<p>end');
    }).listen(0, '127.0.0.1');
    await once(portal, 'listening');
    workerd = new Miniflare({
      modules: true,
      script: await bundledWorker(GATEWAY, PACKAGE),
      compatibilityDate: '2026-04-01',
      compatibilityFlags: ['nodejs_compat'],
      bindings: {
        ORIGIN: `http://127.0.0.1:${(portal.address() as AddressInfo).port}`,
        POLICY: SAMPLE,
        FILES: { 'gatekeeper.js': SCRIPT },
      },
      // Or it would ask Cloudflare where it is.
      cf: false,
    });
    front = (await workerd.ready).origin;
  });
  after(async () => {
    await workerd?.dispose();
    portal.closeAllConnections();
    portal.close();
  });

  it('its files, which are not sent again', async () => {
    const address = `${front}/gatekeeper.js`;
    const zipped = await fetch(address, GZIP);
    assert.equal(zipped.headers.get('content-encoding'), 'gzip');
    assert.equal(await zipped.text(), SCRIPT);
    const etag = zipped.headers.get('etag')!;
    const known = await fetch(address, { headers: { ...GZIP.headers, 'If-None-Match': etag } });
    assert.deepEqual([known.status, await known.text(), known.headers.get('etag')], [304, '', etag]);
    const plain = await fetch(address, { headers: { 'Accept-Encoding': 'identity' } });
    assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, SCRIPT]);
  });

  it('and documents, as they come', async () => {
    const response = await fetch(front, GZIP);
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (!text.includes('slow')) text += decoder.decode((await reader.read()).value, { stream: true });
    assert.equal(text, `<html><head>${TAG}<title>slow`);
    goOn();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read())
      text += decoder.decode(value, { stream: true });
    assert.equal(text, `<html><head>${TAG}<title>slow<p>end`);
  });
});
