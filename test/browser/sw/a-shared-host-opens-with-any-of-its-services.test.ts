import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type VisitOptions } from '../harness';
import { assertNothingReached, countAfresh, received, until } from '../third-party-hits';

/** The partner's host belongs to a service after it in the policy as well. */
const SHARED: VisitOptions['editPolicy'] = (policy) => ({
  ...policy,
  services: policy.services.flatMap((service: { id: string }) =>
    service.id === 'partner' ? [service, { ...service, id: 'other', provider: 'Other' }] : [service],
  ),
});

describe('A shared host opens with any of its services', () => {
  forEachEngine(({ start }) => {
    for (const wall of ['strict', 'live'] as const) {
      it(`behind a ${wall} wall: refused until one is permitted, whichever it is, and again when it is not`, async () => {
        const { example, tab } = await start({ policy: { wall }, editPolicy: SHARED });
        const { partner } = example.thirdParties;
        const paths = () => received(partner).map(({ path }) => path);
        example.page('/content', {
          head: `<script src="${partner.origin}/script/a.js"></script>`,
          body: `<iframe src="${partner.origin}/frame/a.html" width="400" height="300"></iframe>`,
        });
        await tab.visitGuarded(PLAIN);
        await tab.set({ partner: false });
        countAfresh(example);
        await tab.visit('/content');
        await tab.page.waitForSelector('cookie-placeholder[data-service=partner]');
        await tab.quiet();
        assertNothingReached(example, 'partner');
        const refusal = (await tab.refusals()).find(({ url }) => url.endsWith('a.js'))!;
        assert.deepEqual([refusal.service, refusal.services], ['partner', ['partner', 'other']]);

        await tab.reloadedBy(() => tab.set({ other: true }));
        await until(
          () => ['/script/a.js', '/frame/a.html'].every((path) => paths().includes(path)),
          'script and frame were asked for',
        );
        await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.includes('a'));
        assert.equal(await tab.page.$('cookie-placeholder'), null);

        await tab.set({ posthog: false });
        await tab.quiet();
        assert.notEqual(
          await tab.page.$eval('iframe', ({ src }) => src),
          'about:blank',
          'the other one still permits it',
        );
        await tab.page.evaluate(() => window.gatekeeper.withdraw('other'));
        await tab.quiet();
        countAfresh(example);
        assert.equal(await tab.fetchesUrl(`${partner.origin}/fetched`), 'refused');
        await tab.visit('/content');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });
    }

    it('in place, where only the gate holds it', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' }, editPolicy: SHARED });
      const { partner } = example.thirdParties;
      example.page('/content', { head: `<script src="${partner.origin}/script/a.js"></script>` });
      await tab.visitGuarded(PLAIN);
      countAfresh(example);
      await tab.visit('/content');
      await tab.quiet();
      assertNothingReached(example, 'partner');
      await tab.set({ other: true });
      await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.includes('a'));
    });
  });
});
