import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { buildInMemory } from '../../src/cli/build';
import { checkServed, checkSite } from '../../src/cli/index';
import { commandLine, MAIN } from './command-line';
import { sampleWith } from '../unit/sample-policy';

const TAG_ALONE = sampleWith((policy) => (policy.lock = 'tag'));
const SHARED = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };

describe('Check asks for no worker where the tag is enough', () => {
  const { write, path } = commandLine();
  const servers: Server[] = [];
  let files: ReadonlyMap<string, string>;
  let headers: Record<string, string>;
  let page: string;
  let site: URL;
  let host: string;

  before(async () => {
    ({ files } = await buildInMemory(TAG_ALONE, {}));
    // The files on one host, and the pages, with none of the files, on another.
    for (const listener of [
      (name: string) => (files.has(name) ? { headers, text: files.get(name)! } : undefined),
      (name: string) => (name === '' ? { headers: { 'Content-Type': 'text/html' }, text: page } : undefined),
    ]) {
      const server = createServer(({ url }, response) => {
        const sent = listener(url!.slice(1));
        response.writeHead(sent ? 200 : 404, sent?.headers).end(sent?.text);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
    }
    const [other, own] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    [host, site] = [other!, new URL(own!)];
  });
  beforeEach(() => {
    headers = SHARED;
    page = `<!doctype html><head><script src="${host}/gatekeeper.js" crossorigin></script></head>`;
  });
  after(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  const codes = async () => (await checkSite(TAG_ALONE, site)).map(({ code, fails }) => `${fails ? '!' : ''}${code}`);

  it('and says as a note what is open without one, for files of another host', async () => {
    assert.deepEqual(await codes(), ['worker-optional']);
    const [found] = await checkSite(TAG_ALONE, site);
    assert.match(found!.says, /^There is no worker: .*on another origin.*ahead of the first script.*in the history\.$/);
    assert.match(found!.remedy!, /data-worker="\/gatekeeper-sw\.js".*inert markup/);
  });

  it('nor for files of its own, also where only the script tells the policy', async () => {
    page = '<!doctype html><head><script src="/gatekeeper.js"></script></head>';
    assert.deepEqual(await codes(), ['!file-missing', 'worker-optional']);
    page = `<!doctype html><head><script src="${host}/gatekeeper.js" crossorigin></script></head>`;
    assert.deepEqual(
      (await checkServed(site)).found.map(({ code }) => code),
      ['worker-optional'],
    );
  });

  it('but finds what keeps the files of another host from being run', async () => {
    headers = { 'Content-Type': 'text/javascript' };
    assert.deepEqual(await codes(), ['!file-not-shared', 'worker-optional']);
    headers = SHARED;
    page = page.replace(' crossorigin', '');
    assert.deepEqual(await codes(), ['!tag-without-crossorigin', 'worker-optional']);
    page = '<!doctype html><head><script src="http://127.0.0.1:1/gatekeeper.js" crossorigin></script></head>';
    assert.deepEqual(await codes(), ['!file-unreachable', 'worker-optional']);
  });

  it('and with any other lock, the worker has to be there', async () => {
    const found = await checkSite(
      sampleWith(() => {}),
      site,
    );
    assert.ok(found.some(({ code, fails }) => code === 'worker-other-origin' && fails));
  });

  it('as a command, which is no failure then', async () => {
    write('policy.json', JSON.stringify(TAG_ALONE));
    const args = [MAIN, 'check', 'policy.json', site.href];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: path() });
    assert.match(stdout, /^http\S+: everything is as it should be\.\nNote: There is no worker: /);
  });
});
