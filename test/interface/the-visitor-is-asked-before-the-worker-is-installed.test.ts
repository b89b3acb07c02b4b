import assert from 'node:assert/strict';
import { forEachEngine } from '../browser/harness';
import { PAGE, startAsking } from './asking-page';

describe('The visitor is asked before the worker is installed', () => {
  forEachEngine(({ start }) => {
    it('on a first visit: what registers it is loaded when the banner is there', async () => {
      const { tab } = await startAsking(start, 'own');
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
  });
});
