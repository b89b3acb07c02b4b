import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { received, until } from '../../third-party-hits';

describe('A document that is written into the page is the site’s own', () => {
  forEachEngine(({ start }) => {
    it('its frames and scripts from the site load, and a third party’s do not, with our script in it and without', async () => {
      const { example, tab } = await start();
      const { partner } = example.thirdParties;
      const asked: string[] = [];
      for (const path of ['/own-frame', '/own-script.js']) {
        example.route(path, (request) => {
          asked.push(new URL(request.url).search);
          return new Response('', {
            headers: { 'Content-Type': path.endsWith('js') ? 'text/javascript' : 'text/html' },
          });
        });
      }
      const inside = (name: string) =>
        `<script src="/own-script.js?${name}"></script><iframe src="/own-frame?${name}"></iframe><iframe src="${partner.origin}/frame/one"></iframe>`;
      example.page('/writing', {
        body: `<iframe srcdoc='${inside('without')}'></iframe><iframe srcdoc='<script src="/gatekeeper.js"></script>${inside('with')}'></iframe>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/writing');
      await until(
        () => ['without', 'with'].every((name) => asked.filter((query) => query === `?${name}`).length === 2),
        'all of the site’s own was asked for',
      );
      await tab.quiet();
      assert.deepEqual(received(partner), []);
      const refusals = await tab.page.evaluate(() =>
        [0, 1].map((index) => window.frames[index]!.gatekeeper?.refusals.length ?? 0),
      );
      assert.deepEqual([refusals[0], refusals[1]! <= 2], [0, true], 'no more than its frame, by each of its policies');
    });
  });
});
