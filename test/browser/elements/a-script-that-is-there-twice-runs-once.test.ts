import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { PAGE, startAsking } from './asking-page';

describe('A script that is there twice runs once', () => {
  forEachEngine(({ start }) => {
    it('where two templates have the tag, or a fragment that is put into the page brings it', async () => {
      const { tab } = await startAsking(start, 'own', { head: '<script src="/gatekeeper.js"></script>' });
      const { page } = tab;
      await tab.visit(PLAIN);
      await tab.visit(PAGE);
      await page.waitForSelector('cookie-banner button');
      const isSame = await page.evaluate(async () => {
        const { gatekeeper } = window;
        const script = Object.assign(document.createElement('script'), { src: '/gatekeeper.js?fragment' });
        const loaded = new Promise((resolve) => (script.onload = resolve));
        document.body.append(script);
        await loaded;
        return gatekeeper === window.gatekeeper;
      });
      assert.equal(isSame, true, 'listeners of the first one hear what is decided');
      assert.equal((await page.$$('cookie-banner')).length, 1);
      await tab.acceptAll();
      assert.deepEqual(tab.errors, []);
      assert.deepEqual(tab.warnings, []);
    });
  });
});
