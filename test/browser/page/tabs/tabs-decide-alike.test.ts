import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { countAfresh, received } from '../../third-party-hits';

describe('What a visitor decides in one tab holds in the others', () => {
  forEachEngine(({ start }) => {
    it('for their next request, as soon as the change resolves', async () => {
      const { example, tab: first } = await start({ lock: 'none', policy: { wall: 'off' } });
      await first.visitGuarded(PLAIN);
      const second = await first.another();
      await second.visit(PLAIN);
      countAfresh(example);

      assert.equal(await second.fetches('youtube', '/undecided'), 'refused');
      await first.set({ youtube: true });
      assert.equal(await second.fetches('youtube', '/granted'), 'sent');
      await second.withdraw('youtube');
      assert.equal(await first.fetches('youtube', '/withdrawn'), 'refused');
      await first.quiet();
      assert.deepEqual(
        received(example.thirdParties.youtube).map(({ path }) => path),
        ['/granted'],
      );
    });

    it('and they hear of it', async () => {
      const { tab: first } = await start();
      await first.visitGuarded('/cookies');
      const second = await first.another();
      await second.visit('/cookies');
      await second.page.evaluate(() => {
        window.gatekeeper.addEventListener(
          'consentchange',
          ({ detail }) => ((window as { heard?: unknown }).heard = detail),
        );
      });
      await first.set({ 'recently-viewed': false, youtube: false });
      await second.page.waitForFunction(() => 'heard' in window);
      const heard = await second.page.evaluate(() => (window as { heard?: unknown }).heard);
      assert.deepEqual(heard, await first.consent());
      assert.deepEqual(await second.consent(), await first.consent());
    });

    it('also when both decide at the same time: neither choice is lost', async () => {
      const { tab: first } = await start({ lock: 'none', policy: { wall: 'off' } });
      await first.visitGuarded(PLAIN);
      const second = await first.another();
      await second.visit(PLAIN);
      await Promise.all([first.set({ youtube: true }), second.set({ posthog: true })]);
      for (const tab of [first, second]) {
        await tab.page.waitForFunction(
          () => window.gatekeeper.allows('youtube') && window.gatekeeper.allows('posthog'),
        );
        assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
        assert.equal(await tab.fetches('posthog', '/probe'), 'sent');
      }
    });
  });
});
