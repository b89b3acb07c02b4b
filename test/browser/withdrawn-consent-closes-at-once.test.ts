import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from './harness';
import { leaveTo, LEFT, withSockets } from './leaving';
import { assertNothingReached, countAfresh, hits, received, until } from './third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('Withdrawn consent closes at once', () => {
  forEachEngine(({ start }) => {
    it('on the open page, whose scripts are still running, and after a reload', async () => {
      const { example, tab } = await withEverythingGranted(start);
      await tab.withdraw('posthog');
      countAfresh(example);
      await tab.page.evaluate(() => (window as unknown as { posthog: { capture(event: string): void } }).posthog.capture('after the withdrawal'));
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      assert.equal(await tab.showsImage(`${example.thirdParties.posthog.origin}/probe.svg`), 'failed');
      await tab.quiet();
      assertNothingReached(example, 'posthog');

      await tab.reload();
      await tab.quiet();
      assertNothingReached(example, 'posthog');
      assert.notEqual(hits(example.thirdParties.youtube), 0, 'another service’s consent stays');
    });

    it('for all services when the visitor takes everything back', async () => {
      const { example, tab } = await withEverythingGranted(start);
      await tab.withdraw();
      countAfresh(example);
      for (const service of ['posthog', 'youtube', 'eulerian'] as const) assert.equal(await tab.fetches(service, '/ea/probe'), 'refused');
      await tab.reload();
      await tab.visit('/');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'eulerian', 'sharing');
    });

    it('for frames, sockets and whatever else passes the worker by', async () => {
      const { example, tab } = await withEverythingGranted(start);
      const { youtube } = example.thirdParties;
      assert.ok(await tab.page.evaluate((origin) => !!document.querySelector(`iframe[src^="${origin}"]`), youtube.origin));
      await tab.withdraw('youtube');
      await tab.page.waitForFunction((origin) => !document.querySelector(`iframe[src^="${origin}"]`), {}, youtube.origin);
      countAfresh(example);
      await leaveTo(tab, youtube.origin);
      await tab.quiet();
      assert.equal(hits(youtube), 0);
    });

    it('for these in another tab that is open, too', async () => {
      const { example, tab: acting } = await start({ editPolicy: withSockets });
      const { partner } = example.thirdParties;
      example.page('/embedding', { body: `<iframe src="${partner.origin}/frame/one"></iframe>` });
      await acting.visitGuarded(PLAIN);
      await acting.visit('/embedding');
      await acting.reloadedBy(() => acting.set({ partner: true }));
      const other = await acting.another();
      await other.visit('/embedding');
      const tabs = [acting, other];
      for (const tab of tabs) {
        countAfresh(example);
        await leaveTo(tab, partner.origin);
        await until(() => LEFT.every((way) => received(partner).some(({ path }) => path === way)), 'all ways were open');
      }

      await acting.withdraw('partner');
      for (const tab of tabs) await tab.page.waitForFunction((origin) => !document.querySelector(`iframe[src^="${origin}"]`), {}, partner.origin);
      await acting.quiet();
      countAfresh(example);
      for (const tab of tabs) {
        assert.equal(await tab.allows('partner'), false);
        await leaveTo(tab, partner.origin);
        await tab.quiet();
      }
      assertNothingReached(example, 'partner');
    });

    it('again and again, request by request', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      countAfresh(example);
      await tab.page.evaluate(async (origin) => {
        for (let turn = 0; turn < 10; turn++) {
          await window.gatekeeper.set({ youtube: true });
          await fetch(`${origin}/granted/${turn}`, { mode: 'no-cors' });
          await window.gatekeeper.set({ youtube: false });
          await fetch(`${origin}/refused/${turn}`, { mode: 'no-cors' }).catch(() => {});
        }
      }, example.thirdParties.youtube.origin);
      await tab.quiet();
      assert.deepEqual(
        example.thirdParties.youtube.requests.map(({ path }) => path),
        Array.from({ length: 10 }, (_, turn) => `/granted/${turn}`),
      );
    });
  });
});

async function withEverythingGranted(start: StartVisit) {
  const { example, tab } = await start();
  await tab.visitGuarded(DATASET);
  await tab.reloadedBy(() => tab.acceptAll());
  const { posthog, youtube } = example.thirdParties;
  await tab.page.waitForFunction(() => (window as unknown as { posthog?: { __loaded?: boolean } }).posthog?.__loaded);
  await until(() => youtube.requests.some(({ path }) => path.startsWith('/embed/')), 'the video was embedded');
  await until(() => hits(posthog) > 0, 'PostHog was asked');
  await tab.quiet();
  return { example, tab };
}
