import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'puppeteer';
import { auditSite } from '../../../src/cli/audit/audit-site';
import { observeSite } from '../../../src/cli/audit/observe-site';
import type { Observation } from '../../../src/cli/audit/observation';
import { launch } from '../../browsers';

const PAGE =
  '<!doctype html><title>Site</title><a href="/">Start</a> <a href="/one">1</a><script src="/app.js"></script>';

describe('An audit follows a site to its address', () => {
  let servers: Server[];
  let browser: Browser;
  let site: string;
  let other: string;
  let observation: Observation;
  const progress: string[] = [];

  const listen = async (server: Server, host: string) => {
    await new Promise<void>((resolve) => void server.listen(0, host, resolve));
    return `http://${host}:${(server.address() as AddressInfo).port}`;
  };

  before(async () => {
    const own = createServer(({ url }, response) => {
      const headers = { 'Set-Cookie': 'choice=1; Max-Age=63072000' };
      response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(url === '/app.js' ? '' : PAGE);
    });
    site = await listen(own, 'localhost');
    const moved = createServer((_, response) => response.writeHead(301, { Location: `${site}/` }).end());
    other = await listen(moved, '127.0.0.1');
    servers = [own, moved];
    browser = await launch('chromium');
    observation = await observeSite({
      browser,
      urls: [new URL(other)],
      pages: 5,
      depth: 1,
      pictures: false,
      signal: new AbortController().signal,
      onPage: (pass, _, done, of) => progress.push(`${pass} ${done} of ${of}`),
    });
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('and visits what is linked there, once', () => {
    const untouched = observation.pages.filter(({ pass }) => pass === 'untouched').map(({ url }) => url);
    assert.deepEqual(untouched, [`${other}/`, `${site}/one`]);
  });

  it('and takes neither address for somebody else', async () => {
    assert.deepEqual(observation.origins, [site, other]);
    const { uses, problems } = await auditSite(observation);
    assert.deepEqual(
      uses.flatMap(({ contacts }) => contacts),
      [],
    );
    assert.deepEqual(
      problems.filter(({ kind }) => kind === 'leak'),
      [],
    );
  });

  it('and says how many pages there are to visit', () => {
    assert.deepEqual(progress, [
      'untouched 1 of 1',
      'untouched 2 of 2',
      'refused 1 of 2',
      'refused 2 of 2',
      'accepted 1 of 2',
      'accepted 2 of 2',
    ]);
  });

  it('and how long its cookies were to be kept', () => {
    const choice = observation.cookies.find(({ name }) => name === 'choice')!;
    assert.equal(Math.round(choice.days!), 730);
  });
});
