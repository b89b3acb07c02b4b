import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { assertNothingReached, countAfresh, hits, received, until } from '../third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

/** A worker that takes its time, and that the test can have read the consent again. */
const SLOW_TO_READ = `{
  const { get } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.get = function (...names) {
    const slow = {};
    const reading = get.apply(this, names);
    reading.onsuccess = () => {
      slow.result = reading.result;
      setTimeout(() => slow.onsuccess(), 300);
    };
    return slow;
  };
  addEventListener('message', ({ data }) => data === 'read again' && new BroadcastChannel('cookie-gatekeeper').postMessage('changed'));
}
`;

describe('A permission reaches one service only', () => {
  forEachEngine(({ start }) => {
    it('the one that the visitor has agreed to', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.set({ posthog: true }));
      await until(() => hits(example.thirdParties.posthog) > 0, 'PostHog was asked');
      await tab.visit('/');
      await tab.quiet();
      assertNothingReached(example, 'youtube', 'sharing', 'eulerian');
    });

    it('and on the site’s own host just as well', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.set({ eulerian: true });
      await tab.visit(DATASET);
      await until(() => hits(example.thirdParties.eulerian) > 0, 'Eulerian was asked');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing');
    });

    it('frames and media of an embedded player included', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.set({ youtube: true }));
      const paths = () => example.thirdParties.youtube.requests.map(({ path }) => path);
      await until(
        () => paths().some((path) => path.startsWith('/embed/')) && paths().some((path) => path.startsWith('/audio/')),
        'the player and the sound were loaded',
      );
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'sharing', 'eulerian');
    });

    it('and accepting everything reaches what the policy declares, nothing else', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.acceptAll());
      const { posthog, plausible, tiles, youtube, eulerian, sharing } = example.thirdParties;
      for (const service of [posthog, plausible, tiles, youtube, eulerian])
        await until(() => hits(service) > 0, `${service.origin} was asked`);
      await tab.fetches('sharing', '/shares');
      await tab.quiet();
      assert.equal(hits(sharing), 0);
    });

    for (const [when, worker] of [
      ['', ''],
      [', while the worker is still reading the consent', SLOW_TO_READ],
    ] as const) {
      it(`and not what the one that was agreed to redirects to${when}`, async () => {
        const { example, tab } = await start({
          editFile: (name, text) => (name === 'gatekeeper-sw.js' ? worker + text : text),
        });
        await tab.visitGuarded(PLAIN);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        await tab.quiet();
        countAfresh(example);
        const { partner, youtube } = example.thirdParties;
        await tab.page.evaluate(() => navigator.serviceWorker.controller!.postMessage('read again'));
        await Promise.all([
          tab.fetchesUrl(`${partner.origin}/redirect?to=${youtube.origin}/fetched`),
          tab.showsImage(`${partner.origin}/redirect?to=${youtube.origin}/shown`),
        ]);
        await tab.quiet();
        assertNothingReached(example, 'youtube');
        assert.ok(hits(partner) > 0, 'the redirecting service was asked');
        // Within itself it may redirect.
        await tab.page.evaluate(() => navigator.serviceWorker.controller!.postMessage('read again'));
        assert.equal(await tab.showsImage(`${partner.origin}/redirect?to=/image/a.svg`), 'loaded');
      });
    }

    it('and not what one that gets no credentials redirects to, which the worker has to follow', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.map((service: { id: string }) =>
            service.id === 'partner' ? { ...service, access: 'without-credentials' } : service,
          ),
        }),
      });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await tab.quiet();
      countAfresh(example);
      const { partner, youtube } = example.thirdParties;
      assert.equal(await tab.fetchesUrl(`${partner.origin}/redirect?to=${youtube.origin}/fetched`), 'refused');
      assert.equal(await tab.showsImage(`${partner.origin}/redirect?to=${youtube.origin}/shown`), 'failed');
      await tab.quiet();
      assertNothingReached(example, 'youtube');
      assert.equal(hits(partner), 2, 'the redirecting service was asked');
      assert.equal(
        await tab.showsImage(`${partner.origin}/redirect?to=/image/a.svg`),
        'loaded',
        'within itself it may redirect',
      );
      assert.deepEqual(
        received(partner)
          .map(({ cookie, referer }) => cookie ?? referer)
          .filter(Boolean),
        [],
      );
    });

    it('of those that share a host, ports told apart', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.set({ youtube: true });
      countAfresh(example);
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      assert.equal(hits(example.thirdParties.youtube), 1);
      assertNothingReached(example, 'posthog');
    });
  });
});
