import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { assertNothingReached, countAfresh, received } from '../third-party-hits';

describe('Undeclared origins are reported instead of refused, if the policy says so', () => {
  forEachEngine(({ start }) => {
    it('and what the policy declares is refused as ever', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off', undeclared: 'report' } });
      await tab.visitGuarded(PLAIN);
      countAfresh(example);
      await tab.page.evaluate(() => {
        window.gatekeeper.addEventListener(
          'undeclared',
          ({ detail }) => ((window as { heard?: string }).heard = detail.url),
          { once: true },
        );
      });
      const { sharing } = example.thirdParties;
      assert.equal(await tab.showsImage(`${sharing.origin}/pixel.svg`), 'loaded');
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      await tab.page.waitForFunction(() => 'heard' in window);
      const undeclared = await tab.page.evaluate(() => window.gatekeeper.undeclared);
      assert.deepEqual(
        undeclared.map(({ url, destination }) => ({ url, destination })),
        [{ url: `${sharing.origin}/pixel.svg`, destination: 'image' }],
      );
      assert.deepEqual(
        received(sharing).map(({ path }) => path),
        ['/pixel.svg'],
      );
      await tab.quiet();
      assertNothingReached(example, 'youtube');
    });

    it('and what it declares by whatever name of its host', async () => {
      const { example, tab } = await start({
        lock: 'none',
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.map((service: { id: string; origins: string[] }) =>
            service.id === 'partner' ? { ...service, origins: service.origins.map(ofLocalhost) } : service,
          ),
        }),
        policy: { wall: 'off', undeclared: 'report' },
      });
      await tab.visitGuarded(PLAIN);
      const origin = ofLocalhost(example.thirdParties.partner.origin);
      assert.equal(await tab.fetchesUrl(`${origin}/fetch/name`), 'refused');
      assert.equal(await tab.fetchesUrl(`${origin.replace('localhost', 'localhost.')}/fetch/root`), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('all of them: on the first page of a visit too, and in frames, each once', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off', undeclared: 'report' } });
      const { sharing } = example.thirdParties;
      const said: string[] = [];
      tab.page.on('console', (message) => void said.push(message.text()));
      example.page('/first', {
        body: `<img src="${sharing.origin}/pixel.svg"><iframe src="${sharing.origin}/frame"></iframe>`,
      });
      const listed = () =>
        tab.page.evaluate(() =>
          window.gatekeeper.undeclared.map(({ url, destination }) => `${destination} ${url}`).sort(),
        );
      const all = [`iframe ${sharing.origin}/frame`, `image ${sharing.origin}/pixel.svg`];
      for (const page of ['the first', 'the second']) {
        await tab.visit('/first');
        await tab.page.waitForFunction(() => window.gatekeeper.undeclared.length >= 2);
        await tab.quiet();
        assert.deepEqual(await listed(), all, page);
      }
      assert.equal(
        said.filter((text) => text.includes(`${sharing.origin} is not declared by any service`)).length,
        2,
        'once on each page',
      );
    });
  });
});

function ofLocalhost(origin: string): string {
  return origin.replace('127.0.0.1', 'localhost');
}
