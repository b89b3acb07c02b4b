import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { PAGE, startAsking } from './asking-page';

/** Each would have what acts loaded: a frame that was refused, markup that is held, and what a service has left. */
const REASONS = `
  <iframe src="http://127.0.0.2:9/frame"></iframe>
  <iframe data-service="youtube" data-src="http://127.0.0.1:9/embed"></iframe>
  <script>document.cookie = 'VISITOR_INFO1_LIVE=1'</script>`;

/** The store is waited for longer. */
const SOON_MS = 5_000;

describe('The visitor is asked before the worker is installed', () => {
  forEachEngine(({ start }) => {
    it('on a first visit, whatever the page has: what acts is loaded when the banner is there', async () => {
      const { tab } = await startAsking(start, 'own', { content: REASONS });
      await tab.page.evaluateOnNewDocument(() => {
        new MutationObserver((_, observer) => {
          if (!document.querySelector('cookie-banner')) return;
          observer.disconnect();
          (window as { askedAt?: number }).askedAt = performance.now();
        }).observe(document, { childList: true, subtree: true });
      });
      await tab.page.goto(tab.place.example.origin + PAGE);
      await tab.page.waitForFunction(() => navigator.serviceWorker.controller);
      const [asked, registered] = await tab.page.evaluate(() => [
        (window as { askedAt?: number }).askedAt!,
        performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/gatekeeper-on-demand.js'))!
          .startTime,
      ]);
      assert.ok(asked! < registered!, `${asked} ms, ${registered} ms`);
    });

    it('and before the stored consent is read, where nothing says that there is any', async () => {
      const { tab } = await startAsking(start, 'own');
      await tab.page.evaluateOnNewDocument(answerNothing);
      await tab.page.goto(tab.place.example.origin + PAGE);
      await tab.page.waitForSelector('cookie-banner button', { timeout: SOON_MS });
      assert.equal(await tab.page.evaluate(() => window.gatekeeper.allows('youtube')), false);
    });

    it('but not where something was decided, even if the mirror has gone', async () => {
      const { tab } = await startAsking(start, 'own');
      await tab.visitGuarded(PAGE);
      await tab.refuseAll();
      await tab.page.evaluateOnNewDocument(answerNothing);
      await tab.page.evaluateOnNewDocument(() => (document.cookie = 'cookies_preferences=;max-age=0;path=/'));
      await tab.page.goto(tab.place.example.origin + PAGE);
      const asks = await tab.page.evaluate(() =>
        Promise.race([
          window.gatekeeper.readyToAsk.then(() => 'at once'),
          new Promise((resolve) => setTimeout(resolve, 0, 'once the store has answered')),
        ]),
      );
      assert.equal(asks, 'once the store has answered');
      assert.equal(await tab.page.$('cookie-banner'), null);
    });
  });
});

/** Runs in the page, before its scripts: a store that never answers. */
function answerNothing(): void {
  IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
}
