import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { startAsking } from './asking-page';

describe('A gap is filled before the page is complete', () => {
  forEachEngine(({ start }) => {
    it('on a first visit, also where an image hangs', async () => {
      const { tab, example } = await startAsking(start, 'own');
      let end!: () => void;
      example.route('/hangs.svg', () => new Promise<Response>((resolve) => (end = () => resolve(new Response()))));
      const { origin } = example.thirdParties.youtube;
      example.page('/gap', {
        body: `<img src="/hangs.svg" alt=""><iframe src="${origin}/embed/1" width="480" height="270"></iframe>`,
      });
      const going = tab.page.goto(`${example.origin}/gap`);
      await tab.page.waitForSelector('cookie-placeholder button');
      // Not for its having waited long enough: that is five seconds.
      const [state, now] = await tab.page.evaluate(() => [document.readyState, performance.now()] as const);
      end();
      await going;
      assert.equal(state, 'interactive');
      assert.ok(now < 4500, `${now} ms`);
      assert.deepEqual(example.thirdParties.youtube.requests, []);
    });
  });
});
