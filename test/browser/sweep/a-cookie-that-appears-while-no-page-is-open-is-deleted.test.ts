import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import { RunningWorker } from '../running-worker';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const SERVICES = [
  { id: 'tracker', provider: 'Tracker', purpose: 'statistics', cookies: [{ name: '_track_*' }] },
  { id: 'other', provider: 'Another', purpose: 'statistics', cookies: [{ name: '_other' }] },
  { id: 'session', provider: 'The site', purpose: 'necessary', cookies: [{ name: '_track_session' }] },
];

describe('A cookie that appears while no page is open is deleted', () => {
  forEachEngine(({ engine, start }) => {
    it('when a response of the site sets one that a refused service declares', async () => {
      const { tab, setsCookies, changes } = await withTracker(start);
      await tab.visitGuarded(PLAIN);
      const worker = engine === 'chromium' ? await RunningWorker.of(tab) : undefined;
      await tab.set({ tracker: false });
      // The page's own sweep must not be under way any more.
      await tab.page.evaluate(() => window.gatekeeper.sweep().then(() => {}));
      await tab.page.goto('about:blank');
      await worker?.stop();
      await setsCookies('_track_1', '_track_session', 'undeclared');
      await until(async () => !(await names(tab)).includes('_track_1'), 'the refused service’s cookie was deleted');
      assert.deepEqual(await names(tab), ['_track_session', 'cookies_preferences', 'undeclared']);
      await tab.page.goto('about:blank');
      const before = changes();
      await tab.quiet();
      assert.equal(changes(), before, 'deleting leads to nothing more');
    });

    it('but not what the visitor permits', async () => {
      const { tab, setsCookies } = await withTracker(start);
      await tab.visitGuarded(PLAIN);
      await tab.set({ tracker: true });
      await tab.page.goto('about:blank');
      await setsCookies('_track_1', '_other');
      await until(async () => !(await names(tab)).includes('_other'), 'the other service’s cookie was deleted');
      assert.ok((await names(tab)).includes('_track_1'));
    });

    it('when a page that the worker does not guard sets it', async () => {
      const { example, tab } = await withTracker(start);
      const unguarded = '<!doctype html><title>Another part of the site</title>';
      example.route('/unguarded', () => new Response(unguarded, { headers: { 'Content-Type': 'text/html' } }));
      await tab.page.goto(`${example.origin}/unguarded`);
      await tab.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.register('/gatekeeper-sw.js', { scope: '/guarded/' });
        const worker = registration.installing ?? registration.active!;
        while (worker.state !== 'activated')
          await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
        document.cookie = '_track_1=1; Path=/';
        document.cookie = '_track_session=1; Path=/';
      });
      await until(async () => !(await names(tab)).includes('_track_1'), 'the refused service’s cookie was deleted');
      assert.deepEqual(await names(tab), ['_track_session']);
    });

    it('but not while the worker cannot know what is permitted', async () => {
      const { tab, setsCookies, changes } = await withTracker(start, OUTAGE);
      await tab.visitGuarded(PLAIN);
      await tab.page.goto('about:blank');
      await setsCookies('outage', '_track_1');
      await until(() => changes() > 0, 'the worker heard of the cookie');
      await setsCookies('repaired');
      await setsCookies('_track_2');
      await until(async () => !(await names(tab)).includes('_track_2'), 'the later cookie was deleted');
      assert.ok((await names(tab)).includes('_track_1'));
    });
  });
});

/** Begins and ends with cookies that the site sets. */
const OUTAGE = `{
  const { get } = IDBObjectStore.prototype;
  addEventListener('cookiechange', ({ changed }) => {
    if (changed.some(({ name }) => name === 'outage')) IDBObjectStore.prototype.get = () => { throw new Error('an outage'); };
    if (changed.some(({ name }) => name === 'repaired')) IDBObjectStore.prototype.get = get;
  });
}`;

async function withTracker(start: StartVisit, before = '') {
  const heard = `addEventListener('cookiechange', (event) => event.waitUntil(fetch('/cookie-changed')));`;
  const { example, tab } = await start({
    lock: 'none',
    policy: { wall: 'off' },
    editPolicy: (written) => ({ ...written, services: [...written.services, ...SERVICES] }),
    editFile: (name, text) => (name === 'gatekeeper-sw.js' ? `${before}\n${heard}\n${text}` : text),
  });
  let changes = 0;
  example.route('/cookie-changed', () => {
    changes++;
    return new Response('noted', { headers: { 'Cache-Control': 'no-store' } });
  });
  let toSet: string[] = [];
  // Nothing is opened by this answer: the tab stays where it is.
  example.route('/sets-cookies', () => {
    const headers = new Headers();
    for (const name of toSet) headers.append('Set-Cookie', `${name}=1; Path=/`);
    return new Response(null, { status: 204, headers });
  });
  const setsCookies = async (...names: string[]) => {
    toSet = names;
    await tab.page.goto(`${example.origin}/sets-cookies`).catch(() => {});
  };
  return { example, tab, setsCookies, changes: () => changes };
}

/** The names of all cookies of the site, sorted, without the portal's own. */
async function names(tab: Tab): Promise<string[]> {
  return (await tab.place.context.cookies())
    .map(({ name }) => name)
    .filter((name) => name !== 'csrftoken')
    .sort();
}
