import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { nodeListener, receiveReports } from '../../src/server/index';
import { freePort } from '../free-port';
import { SAMPLE } from '../unit/sample-policy';
import { blocksIn, commandsIn, deployingPage, type Page } from './deploying-page';
import { sitePages } from './followed-site';
import { asReplaced, startReader, type Reader } from './reader';
import { stepByStep } from './step-by-step';
import { listens, SERVER_NAMES, startServer, type RunningServer } from '../servers/web-servers';

const NAMES = [...SERVER_NAMES, 'express'] as const;
type Name = (typeof NAMES)[number];
const EXAMPLE = 'https://data.example.fr';
const RIGHT = /everything is as it should be/;
const [TO_REPORT, IN_FORCE, NONE] = ['to report', 'in force', 'none'];

/** The site on one of the servers: it stays at its address, whatever is put there. */
interface Site {
  name: Name;
  origin: string;
  running?: RunningServer;
}

describe('Every server does what the page says', () => {
  stepByStep();

  let page: Page;
  let reader: Reader;
  let replaced: Record<string, string>;
  let sites: Site[];

  before(async () => {
    page = (await deployingPage()).english;
    replaced = { 8081: String(await freePort()) };
    reader = await startReader(replaced);
    Object.assign(replaced, {
      '/var/lib/portal/reports': reader.path('reports'),
      '/srv/gatekeeper': reader.path('public'),
    });
    sites = await Promise.all(NAMES.map(async (name) => ({ name, origin: `http://localhost:${await freePort()}` })));
    await reader.write('policy.json', `${JSON.stringify(SAMPLE, null, 2)}\n`);
    await reader.write('receive-reports.mjs', blocksIn(page, 'On your own server', 'js')[0]!);
    await reader.start('node receive-reports.mjs', () => listens(Number(replaced[8081])));
  });
  after(async () => {
    for (const { running } of sites) await running?.stop();
    await reader?.leave();
  });

  const ask = (url: string, init?: RequestInit) =>
    fetch(url, { ...init, headers: { Connection: 'close', ...init?.headers } });
  const linesIn = (heading: string, { name }: Site) =>
    asReplaced(blocksIn(page, heading, name === 'express' ? 'js' : name).at(-1)!, replaced);
  const printedLines = ({ name }: Site, step: string) =>
    reader.succeed(commandsIn(page, step)[1]!.replace('--format nginx', `--format ${name}`));
  const check = (line: string, { origin }: Site) => reader.type(line.replace(EXAMPLE, origin));
  const serve = async (site: Site, lines: string, files: Record<string, string>) => {
    await site.running?.stop();
    const port = Number(new URL(site.origin).port);
    site.running =
      site.name === 'express'
        ? await startExpress(lines, files, port)
        : await startServer(site.name, [{ host: 'localhost', lines }], files, port);
  };
  /** Puts on every server what a step has built and printed. @param excluded where the tag is taken out */
  const serveStep = async (step: string, excluded: readonly string[] = []) => {
    await reader.succeed(commandsIn(page, step)[0]!);
    const [tag] = blocksIn(page, 'On your own server', 'html');
    const tagOf = (path: string) => (excluded.some((start) => path.startsWith(start)) ? '' : tag!);
    const files = { ...sitePages(tagOf), ...(await reader.built()) };
    await Promise.all(
      sites.map(async (site) =>
        serve(site, `${await printedLines(site, step)}\n${linesIn('On your own server', site)}`, files),
      ),
    );
  };
  /** How a page is sent with the lock. */
  const lockOn = async ({ origin }: Site, path: string) => {
    const { headers } = await ask(origin + path);
    const has = (header: string) => / report-to cookie-gatekeeper/.test(headers.get(header) ?? '');
    if (has('content-security-policy')) return IN_FORCE;
    return has('content-security-policy-report-only') ? TO_REPORT : NONE;
  };
  const assertLocks = async (expected: Record<string, string | undefined>) => {
    for (const site of sites)
      for (const [path, lock] of Object.entries(expected))
        assert.equal(await lockOn(site, path), lock, `${site.name} ${path}`);
  };
  const assertRight = (lines: readonly string[]) =>
    Promise.all(
      sites.map(async (site) => {
        for (const line of lines) assert.match((await check(line, site)).printed, RIGHT, site.name);
      }),
    );
  const checksIn = (heading: string) => commandsIn(page, heading).filter((line) => / check /.test(line));

  it('3, 4: it is sent to report only, and reports arrive', async () => {
    const [lines] = blocksIn(page, '3. ', 'json');
    await reader.editPolicy((text) => text.replace(/^.*"revision".*\n/m, `$&${lines!}\n`));
    await serveStep('3. ');
    await assertLocks({ '/': TO_REPORT, '/explore/': TO_REPORT, '/gatekeeper-sw.js': TO_REPORT });
    await assertRight(checksIn('Then, in each case'));
    for (const { name, origin } of sites) {
      const body = JSON.stringify({ requests: [{ origin: `https://${name}.example`, kind: 'script', page: '/' }] });
      // As of a browser that says nothing else of where it comes from.
      const headers = { 'Content-Type': 'application/json', Origin: origin };
      const posted = await ask(`${origin}/gatekeeper-reports`, { method: 'POST', headers, body });
      assert.equal(posted.status, 204, `${name}: ${await posted.text()}`);
    }
    const printed = await reader.succeed(commandsIn(page, 'Then, in each case').at(-1)!);
    for (const { name } of sites) assert.match(printed, new RegExp(`https://${name}\\.example +script`));
  });

  it('5: a part is sent in force, and the rest without; what is sent as before is named', async () => {
    const [lines] = blocksIn(page, '5. ', 'json');
    await reader.editPolicy((text) => text.replace('"mode": "report",', lines!));
    const { exclude } = JSON.parse(await reader.read('policy.json')) as { exclude: string[] };
    const checks = checksIn('5. ');
    const { status, printed } = await check(checks[0]!, sites[0]!);
    assert.deepEqual([status, /was built from another policy than policy\.json/.test(printed)], [1, true]);
    assert.match(printed, /as Content-Security-Policy-Report-Only, which holds nothing/);
    await serveStep('5. ', exclude);
    await assertLocks({ '/': IN_FORCE, ...Object.fromEntries(exclude.map((path) => [path, NONE])) });
    await assertRight(checks);
  });

  it('5: everything is', async () => {
    await reader.editPolicy((text) => text.replace(/^ *"exclude".*\n/m, ''));
    await serveStep('5. ');
    await assertLocks({ '/': IN_FORCE, '/explore/': IN_FORCE, '/admin/': IN_FORCE, '/gatekeeper-sw.js': IN_FORCE });
  });

  it('6: nothing is, and there is only the worker that goes', async () => {
    await reader.succeed(commandsIn(page, '6. ')[0]!);
    await Promise.all(
      sites.map((site) =>
        serve(
          site,
          linesIn('6. ', site),
          sitePages(() => ''),
        ),
      ),
    );
    await assertLocks({ '/': NONE, '/explore/': NONE, '/gatekeeper-sw.js': NONE });
    for (const { name, origin } of sites) {
      assert.equal((await ask(`${origin}/gatekeeper.js`)).status, 404, name);
      const worker = await ask(`${origin}/gatekeeper-sw.js`);
      assert.equal(worker.headers.get('cache-control'), 'no-cache', name);
      assert.match(worker.headers.get('content-type')!, /^text\/javascript/, name);
      assert.equal(await worker.text(), await reader.read('public/gatekeeper-sw.js'), name);
    }
  });
});

/** A program with the lines, and below them the site's own. */
async function startExpress(lines: string, files: Record<string, string>, port: number): Promise<RunningServer> {
  const app = express();
  const written = lines.replace(/^import .*$/gm, '');
  new Function('app', 'nodeListener', 'receiveReports', written)(app, nodeListener, receiveReports);
  app.use((request, response, next) => {
    const name = request.path.slice(1).replace(/(^|\/)$/, '$1index.html');
    const text = files[name];
    if (text === undefined) return next();
    response.type(name).send(text);
  });
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
