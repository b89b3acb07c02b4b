import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { RunningWorker } from '../running-worker';
import { received, until } from '../third-party-hits';

/** Firefox stops a worker only when it has been idle for so many milliseconds. */
const IDLE = { extraPrefsFirefox: { 'dom.serviceWorkers.idle_timeout': 10 } };
/** Longer than the worker lets a document wait for the stored consent, twice. */
const BUSY_MS = 3_000;

/** Keeps the store busy in one transaction, and resolves when it has begun. */
const KEEP_BUSY = `new Promise((resolve) => {
  indexedDB.open('cookie-gatekeeper').onsuccess = ({ target: { result } }) => {
    const store = result.transaction('consent', 'readwrite').objectStore('consent');
    const end = Date.now() + ${BUSY_MS};
    const again = () => {
      resolve();
      if (Date.now() < end) store.put(0, 'busy').onsuccess = again;
    };
    store.put(0, 'busy').onsuccess = again;
  };
})`;

describe('A store that is busy is waited for', () => {
  forEachEngine(({ engine, start }) => {
    it('a visitor who has agreed is not asked again, and the page opens as soon as that is known', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const { partner } = example.thirdParties;
      const watch = `<script>new MutationObserver(() => { if (document.querySelector('cookie-banner')) sessionStorage.asked = 1 }).observe(document, { childList: true, subtree: true })</script>`;
      example.page('/waiting', { head: watch, body: `<iframe src="${partner.origin}/frame/a"></iframe>` });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.acceptAll());
      const other = await tab.another();
      await other.visit(PLAIN);
      await other.page.evaluate(KEEP_BUSY);
      await tab.page.goto(`${example.origin}/waiting`, { waitUntil: 'domcontentloaded' });
      assert.deepEqual(received(partner), [], 'what is not known yet is no permission');
      await until(() => received(partner).some(({ path }) => path === '/frame/a'), 'the page has opened');
      await tab.registered();
      assert.equal(await tab.page.evaluate(() => sessionStorage.getItem('asked')), null);
    });

    it('and a page that is open gets what was granted, from a worker that has to read it first', async () => {
      const { example, tab } = await start({});
      const { partner } = example.thirdParties;
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.acceptAll());
      const other = await tab.another();
      await other.visit(PLAIN);
      const worker = engine === 'chromium' ? await RunningWorker.of(tab) : undefined;
      await worker?.stop();
      const asked = (async () => {
        await other.page.evaluate(KEEP_BUSY);
        return tab.fetchesUrl(`${partner.origin}/data.json`);
      })();
      assert.equal(await asked, 'sent');
      assert.ok(received(partner).some(({ path }) => path === '/data.json'));
    });
  }, IDLE);
});
