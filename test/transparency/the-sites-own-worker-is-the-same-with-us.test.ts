import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'puppeteer';
import { forEachEngine, type Setting } from '../browser/harness';
import { differences } from './differences';
import { isKnown } from './known-differences';
import { startRawSite, type RawSite, type Routes } from './raw-site';
import { look } from './visit';

const IMPORT = `importScripts('/gatekeeper-sw.js');`;

/** What sites have workers for: an offline page, files that are stored, answers that are made, and events that come from elsewhere. */
const workerOf = (version: number) => `
addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open('own').then((cache) => cache.addAll(['/offline', '/stored.txt'])));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => caches.match('/offline')));
  if (pathname === '/stored.txt') event.respondWith(caches.match(event.request));
  if (pathname === '/made') event.respondWith(new Response('made by ${version}', { status: 201, headers: { 'X-Own': 'worker' } }));
});
const tellAll = async (what) => {
  for (const client of await clients.matchAll()) client.postMessage(what);
};
addEventListener('push', (event) => event.waitUntil(tellAll('pushed ' + event.data.text())));
for (const type of ['sync', 'periodicsync'])
  addEventListener(type, (event) => event.waitUntil(tellAll(type + ' ' + event.tag)));
addEventListener('message', ({ data, source, ports: [port] }) => {
  if (port) port.postMessage(['heard', data]);
  else source.postMessage('answered ' + data);
});`;

const PAGE = `<script>
  heard = [];
  changes = 0;
  navigator.serviceWorker.addEventListener('message', ({ data }) => heard.push(data));
  navigator.serviceWorker.addEventListener('controllerchange', () => changes++);
  navigator.serviceWorker.register('/sw.js');
</script>`;

/** What the page has, which the tests look at. */
interface OwnPage extends Window {
  heard: unknown[];
  changes: number;
}

const POLICY = {
  revision: '1',
  services: [{ id: 'videos', provider: 'Videos', purpose: 'third-party', origins: ['https://videos.example'] }],
};

type Decision = 'acceptAll' | 'refuseAll';

describe('The site’s own worker is the same with us as without us', () => {
  forEachEngine((setting) => {
    const closing: (() => Promise<void>)[] = [];
    let withoutUs: Record<string, unknown> | undefined;

    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });

    for (const [state, decision] of [
      ['when everything is refused', 'refuseAll'],
      ['when everything is granted', 'acceptAll'],
    ] as const) {
      it(state, async () => {
        withoutUs ??= await observeSite(setting, closing);
        const found = differences(withoutUs, await observeSite(setting, closing, decision));
        assert.deepEqual(
          found.filter((difference) => !isKnown(difference, setting.engine)),
          [],
        );
      });
    }
  });
});

async function observeSite(
  { engine, newcomer }: Setting,
  closing: (() => Promise<void>)[],
  decision?: Decision,
): Promise<Record<string, unknown>> {
  const versions = { now: 1 };
  const routes: Routes = (html) => {
    const page = html(PAGE).replace('src="/gatekeeper.js"', 'src="/gatekeeper.js" data-worker="/sw.js"');
    const send =
      (type: string, body: () => string): ReturnType<Routes>[string] =>
      (response) =>
        void response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }).end(body());
    return {
      '/app': send('text/html', () => page),
      '/offline': send('text/html', () => html('<p>offline</p>')),
      '/unreachable': ({ socket }) => void socket!.destroy(),
      '/stored.txt': send('text/plain', () => 'stored'),
      '/sw.js': send('text/javascript', () => `${decision ? IMPORT : ''}${workerOf(versions.now)}`),
    };
  };
  const site = await startRawSite(routes, { policy: decision && POLICY });
  closing.push(site.close);
  const page = await (await newcomer()).context.newPage();
  await arrive(page, site, decision);
  const seen: Record<string, unknown> = {
    registration: await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const { enabled } = (await registration.navigationPreload?.getState()) ?? {};
      return [registration.scope, registration.active!.scriptURL, enabled, await caches.keys()];
    }),
    answers: await answersOf(page),
    messages: await page.evaluate(async () => {
      const { heard } = window as unknown as OwnPage;
      const worker = navigator.serviceWorker.controller!;
      const { port1, port2 } = new MessageChannel();
      const answered = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      worker.postMessage('by a port', [port2]);
      worker.postMessage('by its source');
      while (!heard.length) await new Promise((resolve) => setTimeout(resolve, 10));
      return [await answered, ...heard];
    }),
  };
  if (engine === 'chromium') seen['events'] = await events(page, site);
  versions.now = 2;
  seen['an update'] = await page.evaluate(async () => {
    const page = window as unknown as OwnPage;
    page.changes = 0;
    await (await navigator.serviceWorker.ready).update();
    while (!page.changes) await new Promise((resolve) => setTimeout(resolve, 10));
    return page.changes;
  });
  seen['answers after it'] = await answersOf(page);
  await page.goto(`${site.origin}/unreachable`);
  seen['offline'] = await look(page);
  const named = JSON.stringify(seen)
    .replaceAll(site.origin, 'SITE')
    .replace(/cookies_preferences=[^;"]*/, '');
  return JSON.parse(named) as Record<string, unknown>;
}

/** Goes to the site until its worker has the page, decides, and goes there anew. */
async function arrive(page: Page, { origin }: RawSite, decision?: Decision): Promise<void> {
  const open = async () => {
    await page.goto(`${origin}/app`);
    await page.waitForFunction('navigator.serviceWorker.controller');
    await page.evaluate(() => (window as Partial<Window>).gatekeeper?.register().then(() => {}));
  };
  await open();
  // Who accepts has the page loaded again, and the answer may be lost with the old one.
  if (decision === 'acceptAll')
    await Promise.all([page.waitForNavigation(), page.evaluate(() => window.gatekeeper.acceptAll()).catch(() => {})]);
  if (decision === 'refuseAll') await page.evaluate(() => window.gatekeeper.refuseAll());
  await open();
}

function answersOf(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Promise.all(
      ['/stored.txt', '/made'].map(async (path) => {
        const response = await fetch(path);
        return [path, response.status, response.type, response.headers.get('x-own'), await response.text()];
      }),
    ),
  );
}

/** What comes to the worker from elsewhere: the browser's tools send it. */
async function events(page: Page, { origin }: RawSite): Promise<unknown> {
  const session = await page.createCDPSession();
  const registrationId = await registrationOf(session, origin);
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: 'news' });
  await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'outbox', lastChance: false });
  await session.send('ServiceWorker.dispatchPeriodicSyncEvent', { origin, registrationId, tag: 'daily' });
  await page.waitForFunction('heard.length === 4');
  return page.evaluate(() => (window as unknown as OwnPage).heard.slice(1).map(String).sort());
}

async function registrationOf(session: CDPSession, origin: string): Promise<string> {
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (own) resolve(own.registrationId);
    }),
  );
  await session.send('ServiceWorker.enable');
  return registered;
}
