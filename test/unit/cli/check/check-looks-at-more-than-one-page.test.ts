import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readTags } from '../../../../src/csp/read-tags';
import type { Answer } from '../../../../src/cli/check/get';
import { linkedAddresses } from '../../../../src/cli/check/linked-pages';
import { otherAddresses, otherAddressProblems } from '../../../../src/cli/check/other-address-problems';
import { lockOf, workerLockOf } from '../../../../src/cli/index';
import { servedTexts, siteTexts } from './checked';
import { SAMPLE, sampleWith } from '../../sample-policy';

interface Sent {
  status?: number;
  headers: Record<string, string>;
  body: string;
}

const HTML = { 'Content-Type': 'text/html' };
const LOCKED = { ...HTML, 'Content-Security-Policy': lockOf(SAMPLE) };
const HEAD = '<!doctype html><head><script src="/gatekeeper.js"></script></head>';
const linking = (...paths: string[]) => HEAD + paths.map((path) => `<a href="${path}">there</a>`).join('');

describe('Check looks at more than one page', () => {
  let server: Server;
  let origin: URL;
  let site: Record<string, Sent>;
  let asked: string[];
  const at = (path: string) => new URL(path, origin);

  before(async () => {
    server = createServer(({ url }, response) => {
      asked.push(url!);
      const { status = 200, headers, body } = site[url!] ?? { status: 404, headers: LOCKED, body: HEAD };
      response.writeHead(status, headers).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  beforeEach(() => {
    asked = [];
    site = {
      '/': { headers: LOCKED, body: HEAD },
      '/gatekeeper.js': { headers: { 'Content-Type': 'text/javascript' }, body: '' },
      '/gatekeeper-sw.js': {
        headers: {
          'Content-Type': 'text/javascript',
          'Content-Security-Policy': workerLockOf(SAMPLE),
          'Cache-Control': 'no-cache',
        },
        body: '',
      },
    };
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('at all that are named, and says on which of them something is wrong', async () => {
    site['/explore/'] = { headers: HTML, body: HEAD };
    const wrong = await siteTexts(SAMPLE, [origin, at('/explore/')], { file: 'site.json' });
    assert.equal(wrong.length, 1, wrong.join('\n'));
    assert.ok(wrong[0]!.startsWith(`${at('/explore/').href}: The document is sent without a lock`), wrong[0]);
  });

  it('at those that the page links to, also where they are answered with an error', async () => {
    site['/']!.body = linking('/explore/', '/broken');
    site['/explore/'] = { headers: LOCKED, body: HEAD };
    site['/broken'] = { status: 500, headers: HTML, body: HEAD };
    for (const wrong of [await siteTexts(SAMPLE, origin), await servedTexts(origin)]) {
      assert.equal(wrong.length, 1, wrong.join('\n'));
      assert.ok(wrong[0]!.startsWith(`${at('/broken').href} (answered with 500): The document is sent without a lock`));
    }
  });

  it('and says once what is wrong on all of them', async () => {
    site['/']!.body = linking('/a', '/b');
    for (const path of ['/', '/a', '/b']) site[path] = { headers: HTML, body: site['/']!.body };
    const wrong = await siteTexts(SAMPLE, [origin, at('/a')]);
    assert.equal(wrong.length, 1, wrong.join('\n'));
    assert.match(wrong[0]!, /^The document is sent without a lock/);
    assert.doesNotMatch(wrong[0]!, /Other pages have it/);
  });

  it('and where only some have the lock, it says why that is, most often, and how to see it', async () => {
    site['/']!.body = linking('/explore/');
    site['/explore/'] = { headers: HTML, body: HEAD };
    const why = (path: string) => new RegExp(`add_header.*helmet.*curl -sI '${at(path).href}' -H 'Accept: text/html'$`);
    assert.match((await siteTexts(SAMPLE, origin)).join('\n'), why('/explore/'));
    site['/'] = { headers: HTML, body: linking('/locked') };
    site['/locked'] = { headers: LOCKED, body: HEAD };
    assert.match((await siteTexts(SAMPLE, origin)).join('\n'), why('/'), 'also where it is the first that has none');
  });

  it('at no page that the policy leaves alone, no file and no other site, and at a few only', async () => {
    site['/']!.body = linking('/admin/', '/data.csv', 'https://other.example/', ...'123456789'.split(''));
    site['/admin/'] = { headers: HTML, body: '' };
    assert.deepEqual(
      await siteTexts(
        sampleWith((policy) => (policy.exclude = ['/admin/'])),
        origin,
      ),
      [],
    );
    assert.ok(!asked.includes('/data.csv'));
    assert.equal(asked.filter((path) => /^\/\d$/.test(path)).length, 4, asked.join());
  });

  it('and first at one page of each part of the site', () => {
    const page = { url: origin } as Answer;
    const { tags } = readTags(linking('/a/1', '/a/2', '#here', '/b/1', '/b/1?x', '/c/'));
    assert.deepEqual(
      linkedAddresses({ page, tags }).map(({ pathname }) => pathname),
      ['/a/1', '/', '/b/1', '/c/', '/a/2'],
    );
  });

  it('over http, and at the host with www. or without', () => {
    const others = (url: string) => otherAddresses(new URL(url)).map(({ href }) => href);
    assert.deepEqual(others('https://example.fr/a'), ['http://example.fr/a', 'https://www.example.fr/a']);
    assert.deepEqual(others('https://www.example.fr/'), ['http://www.example.fr/', 'https://example.fr/']);
    assert.deepEqual(others('https://data.example.fr/'), ['http://data.example.fr/']);
    assert.deepEqual(others('http://localhost:8080/'), []);
    assert.deepEqual(others('http://127.0.0.1/'), []);
  });

  it('which have to lead to it, or to have the lock', async () => {
    const answer = (url: string, headers: Record<string, string>, status = 200): Answer => ({
      url: new URL(url),
      status,
      headers: new Headers(headers),
      hints: [],
      text: HEAD,
    });
    const page = answer('https://example.fr/', LOCKED);
    const wrong = (ask: (url: URL) => Answer | Promise<Answer>) =>
      otherAddressProblems({ file: 'site.json', page, tags: [], ownScripts: new Map() }, async (url) => ask(url));
    assert.deepEqual(await wrong(() => page), []);
    assert.deepEqual(await wrong(({ href }) => answer(href, LOCKED)), []);
    assert.deepEqual(await wrong(() => Promise.reject(new Error('nobody answers'))), []);
    const said = await wrong(({ href }) => answer(href, HTML));
    assert.equal(said.length, 2);
    assert.match(said[0]!.says, /^http:\/\/example\.fr\/ .*without the lock/);
    assert.match(said[0]!.remedy!, /^Redirect it to https:\/\/example\.fr\//);
    assert.match(said[1]!.says, /^https:\/\/www\.example\.fr\/ .*without the lock/);
  });
});
