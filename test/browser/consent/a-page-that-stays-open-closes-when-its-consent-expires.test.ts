import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { leaveTo, LEFT, withSockets } from '../leaving';
import { contentsOf, fill } from '../site-storage';
import { store } from '../stored-consent';
import { assertNothingReached, countAfresh, received, until } from '../third-party-hits';

/** Long enough to open a page on a busy machine, and look at it. */
const LIFE_MS = 9_000;

const TRACKER = {
  id: 'tracker',
  provider: 'Tracker',
  purpose: 'statistics',
  cookies: [{ name: '_trk.*' }],
  storage: ['trk_*'],
};

describe('A page that stays open closes when its consent expires', () => {
  forEachEngine(({ start }) => {
    it('to frames and sockets, tells its scripts, and sweeps', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => withSockets({ ...policy, services: [...policy.services, TRACKER] }),
      });
      const { partner } = example.thirdParties;
      example.page('/staying', { body: `<iframe src="${partner.origin}/frame/one"></iframe>` });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true, tracker: true }));
      // Under another id, so that the worker reads it again when the next page says which one it has read.
      const { record } = await tab.consent();
      await store(tab, { ...record, id: crypto.randomUUID(), expiresAt: Date.now() + LIFE_MS });

      await tab.visit('/staying');
      await tab.page.evaluate(() => {
        const page = window as { told?: string[] };
        page.told = [];
        window.gatekeeper.addEventListener('consentchange', ({ detail }) => page.told!.push(detail.state));
        document.cookie = '_trk.id=1; Path=/';
      });
      await fill(tab.page, ['trk_1', 'other']);
      await leaveTo(tab, partner.origin);
      await until(
        () => ['/frame/one', ...LEFT].every((way) => received(partner).some(({ path }) => path === way)),
        'all ways were open',
      );
      assert.equal(await tab.allows('tracker'), true);
      assert.deepEqual(await tab.page.evaluate(() => (window as { told?: string[] }).told), []);

      await tab.page.waitForFunction(() => (window as { told?: string[] }).told!.includes('expired'));
      const { state, choices } = await tab.consent();
      assert.deepEqual([state, choices['partner'], choices['tracker']], ['expired', false, false]);
      await tab.page.waitForFunction(
        (origin) => !document.querySelector(`iframe[src^="${origin}"]`),
        {},
        partner.origin,
      );
      countAfresh(example);
      await leaveTo(tab, partner.origin);
      await tab.quiet();
      assertNothingReached(example, 'partner');

      await until(
        async () => Object.values(await contentsOf(tab.page)).every((names) => !names.includes('trk_1')),
        'the storage was swept',
      );
      await until(
        async () => !(await tab.page.evaluate(() => document.cookie)).includes('_trk.id'),
        'the cookies were swept',
      );
      for (const [kind, names] of Object.entries(await contentsOf(tab.page))) assert.ok(names.includes('other'), kind);
      // Firefox reports as an error of the page that the third party does not speak WebSocket.
      assert.deepEqual(
        tab.errors.filter((error) => !error.includes('/socket/leaving')),
        [],
      );
    });
  });
});
