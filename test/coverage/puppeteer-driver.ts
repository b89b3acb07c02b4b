import type { Page } from 'puppeteer';
import { hostResolverRules, launch, type Engine } from '../browsers';
import type { Driver, Tab } from './driver';

/** Firefox cannot be told to end a worker; with this it ends it by itself when nothing has happened for so long. */
const IDLE_MS = 1000;
const RESTLESS = { 'dom.serviceWorkers.idle_timeout': IDLE_MS };

const SEEN = {
  // Lets scripts open windows without a click, so that what such a window loads can be seen.
  'dom.disable_open_during_load': false,
  // Prefetches at once instead of when the browser has nothing else to do.
  'network.prefetch-next.aggressive': true,
};

/**
 * @param names `host:port` by names that Chromium is to find there
 * @param restless whether Firefox ends idle workers at once, for `stopWorker`
 */
export async function puppeteerDriver(
  engine: Engine,
  restless: boolean,
  names: Record<string, string>,
): Promise<Driver> {
  const mapped = Object.entries(names).map(([name, address]) => `MAP ${name} ${address}`);
  const args = engine === 'chromium' ? [hostResolverRules(mapped)] : [];
  const browser = await launch(engine, { args, extraPrefsFirefox: { ...SEEN, ...(restless ? RESTLESS : {}) } });
  const page = await browser.newPage();
  const tab = tabOf(page);
  const { run } = tab;
  const driver: Driver = {
    ...tab,
    engine,
    version: await browser.version(),
    async openTab() {
      const other = tabOf(await browser.newPage());
      await page.bringToFront();
      return other;
    },
    async close() {
      await browser.close();
    },
  };
  if (engine === 'firefox') {
    return {
      ...driver,
      async hardReload() {
        await Promise.all([
          page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
          run('setTimeout(() => location.reload(true))'),
        ]);
      },
      // Firefox tells nobody when it has ended a worker.
      ...(restless ? { stopWorker: () => new Promise((resolve) => setTimeout(resolve, 1.5 * IDLE_MS)) } : {}),
    };
  }
  return {
    ...driver,
    speculates: true,
    async hardReload() {
      const session = await page.createCDPSession();
      await Promise.all([
        page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
        session.send('Page.reload', { ignoreCache: true }),
      ]);
    },
    async stopWorker() {
      const session = await page.createCDPSession();
      await session.send('ServiceWorker.enable');
      const stopped = new Promise<void>((resolve) => {
        session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          if (versions.every(({ runningStatus }) => runningStatus === 'stopped')) resolve();
        });
      });
      await session.send('ServiceWorker.stopAllWorkers');
      await stopped;
      await session.detach();
    },
  };
}

function tabOf(page: Page): Tab {
  return {
    async open(url) {
      await page.goto(url, { waitUntil: 'domcontentloaded' });
    },
    run: (body) => page.evaluate(`(async () => { ${body} })()`),
  };
}
