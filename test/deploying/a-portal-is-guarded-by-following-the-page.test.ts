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
import { stepByStep } from './step-by-step';
import { listens, startServer, type RunningServer } from '../servers/web-servers';

const TAG_MANAGER = 'www.googletagmanager.com';
const VIDEO = 'www.youtube.com';
/** Known to nobody. */
const UNKNOWN = 'metrics.unheard-of.example';
/** All pages of the site. */
const PATHS = ['/', '/explore/', '/admin/'];
const ALL = [UNKNOWN, TAG_MANAGER, VIDEO];
const TOLD_MS = 30_000;

describe('A portal is guarded by following the page', () => {
  stepByStep();

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
    // Pages wait for nothing, but a visitor who hurries from one to the next would still have the last step's worker, or none.
    await visit('/');
    await tab.evaluate(() =>
      navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => {}),
    );
    await tab.waitForFunction(async () => {
      const { installing, waiting, active } = await navigator.serviceWorker.ready;
      return !installing && !waiting && active?.state === 'activated';
    });
  };
  /** Opens a page. What it asks others for is in its markup, and delays its `load` event until it is there, or refused. */
  const visit = (path: string) => tab.goto(`http://localhost:${port}${path}`);
  /** Whom the site's pages have asked when all of them were visited. */
  const askedOn = async (...paths: string[]) => {
    others.forget();
    for (const path of paths) await visit(path);
    return others.asked();
  };
  /** Lets the visitor decide, and go on in another tab: this one may be loaded again. */
  const decide = async (how: 'acceptAll' | 'refuseAll', action: string) => {
    await tab.evaluate((method) => void window.gatekeeper[method](), how);
    await tab.waitForFunction((wanted) => window.gatekeeper?.consent.record?.action === wanted, {}, action);
    const left = tab;
    tab = await browser.newPage();
    await left.close();
  };

  it('1: what it loads is in a policy, and in a file for the data-protection officer', async () => {
    await serve('', () => '', {});
    const [, audit] = commandsIn(page, '1. ');
    const browserFile = await others.writeBrowser(reader.path());
    await reader.succeed(`CHROMIUM_PATH=${browserFile} ${audit!}`);
    assert.match(await reader.read('audit.html'), /<html/);
    const { services } = JSON.parse(await reader.read('policy.json'));
    const origins = services.flatMap((service: { origins?: string[] }) => service.origins ?? []);
    assert.deepEqual(origins, [`https://${TAG_MANAGER}`]);
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
    await visit('/');
    assert.deepEqual(await listedOn(tab), { refusals: [TAG_MANAGER], undeclared: [] });
    await visit('/admin/');
    assert.deepEqual(await listedOn(tab), { refusals: [], undeclared: [UNKNOWN] });
    // A page that is left at once may tell nothing: it is a sample.
    const told = async () => {
      for (const path of [...PATHS, '/']) await visit(path);
      return (await readReports(reportFolder(reports))).map(({ origin }) => new URL(origin).host);
    };
    await until(async () => new Set(await told()).size === ALL.length, 'the site’s server was told of all', TOLD_MS);
  });

  it('4: what the reports have that is new is put into the policy, and then nothing is', async () => {
    const [, read] = commandsIn(page, 'Then, in each case');
    const printed = await reader.succeed(read!);
    assert.match(printed, new RegExp(`https://${UNKNOWN}`));
    const services = JSON.parse(printed.slice(printed.indexOf('\n[\n')));
    await reader.editPolicy((text) => {
      const policy = JSON.parse(text);
      // What is to be reviewed is, once it was: it is deleted.
      policy.services.push(...services.map((service: object) => ({ ...service, review: undefined })));
      return JSON.stringify(policy, null, 2);
    });
    assert.match(await reader.succeed(read!), /^Nothing new/);
  });

  it('5: a part of it is guarded, and the rest is as it was', async () => {
    const [lines] = blocksIn(page, '5. ', 'json');
    await reader.editPolicy((text) => text.replace('"mode": "report",', lines!));
    await buildAndServe('5. ', ['/admin/', '/explore/']);
    assert.deepEqual(await askedOn('/', '/'), []);
    assert.deepEqual(await askedOn('/explore/', '/admin/', '/'), [UNKNOWN, VIDEO]);
  });

  it('5: and back again, nothing is refused', async () => {
    await reader.editPolicy((text) => text.replace('"mode": "enforce"', '"mode": "report"'));
    await buildAndServe('5. ', ['/admin/', '/explore/']);
    assert.deepEqual(await askedOn('/'), [TAG_MANAGER]);
  });

  it('5: everything is, until visitors agree; and an audit says so', async () => {
    await reader.editPolicy((text) =>
      text.replace('"mode": "report"', '"mode": "enforce"').replace(/^ *"exclude"[^\]]*\],\n/m, ''),
    );
    assert.doesNotMatch(await reader.read('policy.json'), /exclude/);
    await buildAndServe('5. ');
    const audit = commandsIn(page, '5. ').at(-1);
    const audited = reader.type(`CHROMIUM_PATH=${reader.path('chromium')} ${audit!}`);
    assert.deepEqual(await askedOn(...PATHS), []);
    await decide('acceptAll', 'accept-all');
    assert.deepEqual(await askedOn(...PATHS), ALL);
    await decide('refuseAll', 'refuse-all');
    assert.deepEqual(await askedOn(...PATHS), []);
    const { status, printed } = await audited;
    assert.equal(status, 0, printed);
    assert.match(printed, /refused: by cookie-gatekeeper/);
  });

  it('6: it is taken off: no lock, the worker gone, and what visitors had chosen still there', async () => {
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

/** The hosts that a page lists, once it lists any. */
async function listedOn(tab: Tab): Promise<Record<'refusals' | 'undeclared', string[]>> {
  await tab.waitForFunction(() => window.gatekeeper.refusals.length + window.gatekeeper.undeclared.length > 0);
  const { refusals, undeclared } = await tab.evaluate(() => ({
    refusals: window.gatekeeper.refusals.map(({ url }) => url),
    undeclared: window.gatekeeper.undeclared.map(({ url }) => url),
  }));
  const hostsOf = (urls: string[]) => urls.map((url) => new URL(url).host);
  return { refusals: hostsOf(refusals), undeclared: hostsOf(undeclared) };
}
