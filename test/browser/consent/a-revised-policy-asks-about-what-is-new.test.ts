import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { assertNothingReached, countAfresh } from '../third-party-hits';

const revised = (text: string) =>
  text
    .replace(/"revision":"[^"]*"/, '"revision":"2099-01-01"')
    .replace('"id":"youtube"', '"id":"youtube","since":"2099-01-01"');

describe('A revised policy asks about what is new', () => {
  forEachEngine(({ start }) => {
    it('a service that has changed is refused until the visitor answers; the other choices stand', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.acceptAll();
      assert.equal((await tab.consent()).state, 'decided');
      const before = (await tab.consent()).record!;

      for (const name of ['gatekeeper.js', 'gatekeeper-sw.js'] as const) example.setFile(name, revised);
      const updated = tab.page.evaluate(
        () =>
          new Promise((resolve) =>
            navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
          ),
      );
      await tab.page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));
      await updated;
      await tab.visit(PLAIN);

      const { state, toAsk, standings } = await tab.consent();
      assert.deepEqual({ state, toAsk }, { state: 'outdated', toAsk: ['youtube'] });
      assert.equal(standings['youtube'], 'outdated');
      countAfresh(example);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      assert.equal(await tab.fetches('posthog', '/probe'), 'sent');
      await tab.quiet();
      assertNothingReached(example, 'youtube');

      await tab.set({ youtube: true });
      const after = await tab.consent();
      assert.equal(after.state, 'decided');
      assert.equal(after.record!.expiresAt, before.expiresAt, 'the answer prolongs nothing');
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
    });
  });
});
