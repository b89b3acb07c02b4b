import type { Protocol } from 'puppeteer';
import { inTime } from './in-time';
import type { Tab } from './tab';

type Version = Protocol.ServiceWorker.ServiceWorkerVersion;

/** Starts the worker of a site, from a tab that is not on the site yet. It has nothing to do with it then. */
export async function startWorker(tab: Tab, site: string): Promise<void> {
  await untilWorker(
    tab,
    site,
    ({ runningStatus }) => runningStatus === 'running',
    async () => {
      await tab.session.send('ServiceWorker.startWorker', { scopeURL: `${site}/` });
    },
  );
}

/** Ends the worker of a site, and all others of the tab's profile. */
export async function stopWorkers(tab: Tab, site: string): Promise<void> {
  await untilWorker(
    tab,
    site,
    ({ runningStatus }) => runningStatus === 'stopped',
    async () => {
      await tab.session.send('ServiceWorker.stopAllWorkers');
    },
  );
}

async function untilWorker(
  tab: Tab,
  site: string,
  isSo: (version: Version) => boolean,
  act: () => Promise<void>,
): Promise<void> {
  const { session } = tab;
  let stopListening = () => {};
  const reached = new Promise<void>((resolve) => {
    stopListening = session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const own = versions.filter(({ scriptURL }) => scriptURL.startsWith(`${site}/`));
      if (own.some((version) => version.status === 'activated' && isSo(version))) resolve();
    });
  });
  await session.send('ServiceWorker.enable');
  await inTime(Promise.all([reached, act()]), 'the worker started or stopped');
  stopListening();
  await session.send('ServiceWorker.disable');
}
