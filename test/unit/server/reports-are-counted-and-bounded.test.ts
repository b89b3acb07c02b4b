import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, type Storage } from 'unstorage';
import type { ReportedRequest } from '../../../src/reports/report';
import { readReports, receiveReports, reportFolder } from '../../../src/server/index';

const PATH = 'https://data.example.fr/gatekeeper-reports';
const VIDEO = { origin: 'https://www.youtube.com', kind: 'frame', page: '/explore/' } as const;
const SOCKET = { origin: 'wss://live.example.com:8443', kind: 'connect', page: '/' } as const;

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(PATH, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('Reports are counted by origin, kind and page, and bounded', () => {
  let storage: Storage;
  let receive: (request: Request) => Promise<Response>;

  beforeEach(() => {
    storage = createStorage();
    receive = receiveReports(storage);
  });

  const tell = async (...requests: ReportedRequest[]) => assert.equal((await receive(post({ requests }))).status, 204);
  const refused = async (request: Request, status: number) => {
    const response = await receive(request);
    const { detail } = (await response.json()) as { detail: string };
    assert.equal(response.status, status, detail);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.deepEqual(await storage.getKeys(), []);
    return detail;
  };

  it('each that is told again is counted again, most often told first', async () => {
    await tell(SOCKET, VIDEO);
    await tell(VIDEO);
    assert.deepEqual(await readReports(storage), [
      { ...VIDEO, count: 2 },
      { ...SOCKET, count: 1 },
    ]);
  });

  it('however many arrive at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => tell(VIDEO)));
    assert.deepEqual(await readReports(storage), [{ ...VIDEO, count: 50 }]);
  });

  it('in a folder, which another server goes on with, and nothing else is left in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-reports-'));
    try {
      for (const server of [receiveReports(folder), receiveReports(folder)])
        assert.equal((await server(post({ requests: [VIDEO] }))).status, 204);
      assert.deepEqual(await readReports(reportFolder(folder)), [{ ...VIDEO, count: 2 }]);
      assert.equal((await readdir(folder)).length, 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('of more than twenty pages, the others together', async () => {
    for (let page = 0; page < 30; page++) await tell({ ...VIDEO, page: `/${page}` });
    await tell({ ...VIDEO, page: '/3' });
    const reports = await readReports(storage);
    assert.equal(reports.length, 21);
    assert.deepEqual(reports.slice(0, 2), [
      { ...VIDEO, page: '*', count: 10 },
      { ...VIDEO, page: '/3', count: 2 },
    ]);
  });

  it('no more than 2,000 in all, and what was there before is counted on', async () => {
    const { warn } = console;
    const said: string[] = [];
    console.warn = (text: string) => void said.push(text);
    try {
      await tell(VIDEO);
      const invented = (n: number) => ({ ...SOCKET, origin: `https://${n}.example.com` }) as const;
      for (let n = 0; n < 2050; n += 50) await tell(...Array.from({ length: 50 }, (_, more) => invented(n + more)));
      await tell(VIDEO);
    } finally {
      console.warn = warn;
    }
    const reports = await readReports(storage);
    assert.equal(reports.length, 2000);
    assert.deepEqual(reports[0], { ...VIDEO, count: 2 });
    assert.equal(said.length, 1);
    assert.match(said[0]!, /2000 different reports.*empty the storage/);
  });

  it('nothing of who has sent it is kept', async () => {
    const headers = { 'User-Agent': 'Secret/1', Cookie: 'sessionid=secret', Referer: 'https://data.example.fr/secret' };
    assert.equal((await receive(post({ requests: [VIDEO] }, headers))).status, 204);
    const kept = await Promise.all((await storage.getKeys()).map((key) => storage.getItem(key)));
    assert.deepEqual(kept, [{ ...VIDEO, count: 1 }]);
  });

  const WRONG: Record<string, [requests: unknown, said: RegExp]> = {
    'no list': [undefined, /requests: write a list of up to 50 requests/],
    'too many': [Array.from({ length: 51 }, () => VIDEO), /requests: write a list of up to 50/],
    'a request that is none': [['https://www.youtube.com'], /requests\.0: write a request: \{ "origin"/],
    'an address for an origin': [
      [{ ...VIDEO, origin: 'https://www.youtube.com/watch?v=1' }],
      /origin: write an origin/,
    ],
    'an origin of no web': [[{ ...VIDEO, origin: 'file:///etc/passwd' }], /origin: write an origin/],
    'an origin without end': [[{ ...VIDEO, origin: `https://${'a'.repeat(300)}.example` }], /origin: write an origin/],
    'a kind that there is not': [[{ ...VIDEO, kind: '../x' }], /requests\.0\.kind: write one of script, style/],
    'a query of the page': [[{ ...VIDEO, page: '/?email=a' }], /page: write the path of a page.*without query/],
    'no path of the page': [[{ ...VIDEO, page: 'explore' }], /page: write the path/],
    'what stands for all pages': [[{ ...VIDEO, page: '*' }], /page: write the path/],
    'control characters': [[{ ...VIDEO, page: '/\u0000' }], /page: write the path/],
    'a page without end': [[{ ...VIDEO, page: `/${'x'.repeat(200)}` }], /200 characters at most/],
    'who it was': [[{ ...VIDEO, visitor: 'a' }], /no such key: "visitor"/],
  };
  for (const [title, [requests, said]] of Object.entries(WRONG)) {
    it(`400 for ${title}`, async () => {
      assert.match(await refused(post({ requests }), 400), said);
    });
  }

  it('400 for what is no report at all', async () => {
    for (const body of ['null', '[]', '7', '{}', '{"requests":[],"more":1}']) await refused(post(body), 400);
    assert.match(await refused(post('{'), 400), /not JSON/);
  });

  it('413 for more than 32 KiB, 415 for no JSON, 405 for no POST, 403 from another site', async () => {
    assert.match(await refused(post(JSON.stringify({ requests: ['x'.repeat(40_000)] })), 413), /32768 bytes/);
    assert.match(await refused(post({ requests: [] }, { 'Content-Type': 'text/plain' }), 415), /application\/json/);
    assert.match(await refused(new Request(PATH), 405), /Send reports with POST/);
    assert.match(
      await refused(post({ requests: [VIDEO] }, { 'Sec-Fetch-Site': 'cross-site' }), 403),
      /Reports are taken from pages of this site only/,
    );
  });

  it('503 when the storage fails, and the next is counted again', async () => {
    const { error } = console;
    console.error = () => {};
    let fails = true;
    const failing = {
      ...storage,
      setItem: (key: string, value: string) =>
        fails ? Promise.reject(new Error('full')) : storage.setItem(key, value),
    };
    try {
      const receiveThere = receiveReports(failing);
      assert.equal((await receiveThere(post({ requests: [VIDEO] }))).status, 503);
      fails = false;
      assert.equal((await receiveThere(post({ requests: [VIDEO] }))).status, 204);
    } finally {
      console.error = error;
    }
    assert.deepEqual(await readReports(storage), [{ ...VIDEO, count: 1 }]);
  });
});
