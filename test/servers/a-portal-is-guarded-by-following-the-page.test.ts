import assert from 'node:assert/strict';
import { readReports } from '../../src/server/index';
import { reportFolder } from '../../src/server/report-folder';
import type { Browser, Page as Tab } from 'puppeteer';
import { until } from '../browser/third-party-hits';
import { launch } from '../browsers';
import { freePort } from '../free-port';
import { blocksIn, commandsIn, deployingPage, type Page } from './deploying-page';
import { sitePages, startCountedOthers, type CountedOthers } from './followed-site';
import { asReplaced, startReader, type Reader } from './reader';
import { listens, startServer, type RunningServer } from './web-servers';

const TAG_MANAGER = 'www.googletagmanager.com';
const VIDEO = 'www.youtube.com';
/** On a page that no link leads to, and known to nobody. */
const FOUND_LATE = 'metrics.unheard-of.example';
/** All pages of the site. */
const PATHS = ['/', '/explore/', '/admin/'];
const ALL = [FOUND_LATE, TAG_MANAGER, VIDEO];

describe('A portal is guarded by following the page', function () {
  // Each step is taken from where the last has ended.
  this.bail(true);

  let page: Page;
  let others: CountedOthers;
  let reader: Reader;
  let replaced: Record<string, string>;
  let port: number;
  let reports: string;
  let server: RunningServer | undefined;
  let browser: Browser;
  let tab: Tab;

  before(async () => {
    page = (await deployingPage()).english;
    others = await startCountedOthers();
    port = await freePort();
    replaced = { 'https://data.example.fr': `http://localhost:${port}`, 8081: String(await freePort()) };
    reader = await startReader(replaced);
    reports = reader.path('reports');
    Object.assign(replaced, { '/var/lib/portal/reports': reports, '/srv/gatekeeper': reader.path('public') });
    browser = await launch('chromium', { args: others.flags });
    tab = await browser.newPage();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await reader?.leave();
    others?.close();
  });

  /** Serves the site by nginx, at its one address, with the lines of the step and the tag where it belongs. */
  const serve = async (lines: string, tag: (path: string) => string, files: Record<string, string>) => {
    await server?.stop();
    server = await startServer('nginx', [{ host: 'localhost', lines }], { ...sitePages(tag), ...files }, port);
  };
  /** Types the lines of a step that build and print, and puts on the server what they have made. */
  const buildAndServe = async (step: string, excluded: string[] = []) => {
    const [build, lock] = commandsIn(page, step);
    await reader.succeed(build!);
    const lines = await reader.succeed(lock!);
    const [receive] = blocksIn(page, 'On your own server', 'nginx');
    const [tag] = blocksIn(page, 'On your own server', 'html');
    const tagOf = (path: string) => (excluded.some((start) => path.startsWith(start)) ? '' : tag!);
    await serve(`${lines}\n${asReplaced(receive!, replaced)}`, tagOf, await reader.built());
  };
  /** Opens a page, until all that it does is done. */
  const visit = async (path: string) => {
    await tab.goto(`http://localhost:${port}${path}`, { waitUntil: 'networkidle0' });
  };
  /** Whom the site's pages have asked when all of them were visited. */
  const askedOn = async (...paths: string[]) => {
    others.forget();
    for (const path of paths) await visit(path);
    return others.asked();
  };
  const replaceMode = (block: string) => reader.editPolicy((text) => text.replace('"mode": "report",', block));

  it('1: what it loads is in a policy, and in a file for the data-protection officer', async () => {
    await serve('', () => '', {});
    const [, audit] = commandsIn(page, '1. ');
    const browserFile = await others.writeBrowser(reader.path());
    await reader.succeed(`CHROMIUM_PATH=${browserFile} ${audit!}`);
    assert.match(await reader.read('audit.html'), /<html/);
    const { services } = JSON.parse(await reader.read('policy.json'));
    const origins = services.flatMap((service: { origins?: string[] }) => service.origins ?? []);
    assert.match(origins.join(' '), /googletagmanager.*youtube/);
  });

  it('2: it is shown guarded, on this machine only', async () => {
    const [preview] = commandsIn(page, '2. ');
    const [printed] = blocksIn(page, '2. ', '');
    const own = await freePort();
    const said = await reader.start(`${preview!} --port ${own}`, (text) => /Ctrl-C ends it/.test(text));
    assert.ok(said.startsWith(asReplaced(printed!, { ...replaced, 8088: String(own) })), said);
    const shown = await fetch(`http://localhost:${own}/`);
    assert.match(shown.headers.get('content-security-policy')!, /report-to cookie-gatekeeper$/);
    assert.match(await shown.text(), /<script src="[^"]*gatekeeper\.js/);
    const portal = await fetch(`http://localhost:${port}/`);
    assert.deepEqual(
      [portal.headers.get('content-security-policy'), (await portal.text()).includes('gatekeeper')],
      [null, false],
    );
  });

  it('3, 4: nothing is refused, and everything is listed: on the page, and in the reports', async () => {
    const [lines] = blocksIn(page, '3. ', 'json');
    await reader.editPolicy((text) => text.replace(/^.*"revision".*\n/m, `$&${lines!}\n`));
    const [program] = blocksIn(page, 'On your own server', 'js');
    await reader.write('receive-reports.mjs', program!);
    await reader.start('node receive-reports.mjs', () => listens(Number(replaced[8081])));
    await buildAndServe('3. ');
    assert.deepEqual(await askedOn(...PATHS), ALL);
    await visit('/admin/');
    const { refused, undeclared } = await tab.evaluate(() => ({
      refused: window.gatekeeper.refusals.map(({ url }) => url),
      undeclared: window.gatekeeper.undeclared.map(({ url }) => url),
    }));
    assert.deepEqual([refused, undeclared], [[], [`https://${FOUND_LATE}/tag.js`]]);
    await visit('/');
    const isTold = ({ origin }: { origin: string }) => origin === `https://${FOUND_LATE}`;
    await until(async () => (await readReports(reportFolder(reports))).some(isTold), 'the site’s server was told');
  });

  it('4: what the reports have that is new is put into the policy, and then nothing is', async () => {
    const [, read] = commandsIn(page, 'Then, in each case');
    const printed = await reader.succeed(read!);
    assert.match(printed, new RegExp(`https://${FOUND_LATE}`));
    const services = JSON.parse(printed.slice(printed.indexOf('\n[\n')));
    await reader.editPolicy((text) => {
      const policy = JSON.parse(text);
      for (const { review, ...service } of services) {
        assert.match(review, /Nobody knows unheard-of\.example/);
        policy.services.push(service);
      }
      return JSON.stringify(policy, null, 2);
    });
    assert.match(await reader.succeed(read!), /^Nothing new/);
    await buildAndServe('3. ');
  });

  it('5: a part of it is guarded, and the rest is as it was', async () => {
    const [lines] = blocksIn(page, '5. ', 'json');
    await replaceMode(lines!);
    await buildAndServe('5. ', ['/admin/', '/explore/']);
    assert.deepEqual(await askedOn('/', '/'), []);
    assert.deepEqual(await askedOn('/explore/', '/admin/', '/'), [FOUND_LATE, VIDEO]);
  });

  it('5: everything is, until visitors agree; and an audit says so', async () => {
    await reader.editPolicy((text) => text.replace(/^ *"exclude".*\n/m, ''));
    await buildAndServe('5. ');
    const audit = commandsIn(page, '5. ').at(-1);
    const audited = reader.type(`CHROMIUM_PATH=${reader.path('chromium')} ${audit!}`);
    assert.deepEqual(await askedOn(...PATHS), []);
    await tab.evaluate(() => window.gatekeeper.acceptAll().then(() => {}));
    assert.deepEqual(await askedOn(...PATHS), ALL);
    await tab.evaluate(() => window.gatekeeper.refuseAll().then(() => {}));
    assert.deepEqual(await askedOn(...PATHS), []);
    const { status, printed } = await audited;
    assert.equal(status, 0, printed);
    assert.match(printed, /refused: by cookie-gatekeeper/);
  });

  it('5: the way back is the same', async () => {
    await reader.editPolicy((text) => text.replace('"mode": "enforce"', '"mode": "report"'));
    await buildAndServe('5. ');
    await until(async () => (await askedOn('/', '/explore/')).length === 2, 'nothing is refused any more');
  });

  it('6: it is taken off: no lock, the worker gone, and what visitors had chosen still there', async () => {
    await reader.editPolicy((text) => text.replace('"mode": "report"', '"mode": "enforce"'));
    await buildAndServe('5. ');
    await until(async () => (await askedOn('/')).length === 0, 'it is guarded again');
    const [uninstall] = commandsIn(page, '6. ');
    await reader.succeed(uninstall!);
    const [lines] = blocksIn(page, '6. ', 'nginx');
    await serve(asReplaced(lines!, replaced), () => '', {});
    let navigations = 0;
    tab.on('framenavigated', (frame) => (navigations += Number(frame === tab.mainFrame())));
    await visit('/');
    await tab.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
    assert.equal(navigations, 1, 'no page is loaded again');
    assert.deepEqual(await askedOn(...PATHS), ALL);
    const kept = await tab.evaluate(async () => ({
      cookie: document.cookie.includes('cookies_preferences='),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    assert.deepEqual(kept, { cookie: true, databases: ['cookie-gatekeeper'] });
  });
});
