import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { store, storedConsent } from '../stored-consent';
import { assertNothingReached, countAfresh, received } from '../third-party-hits';

const HOUR_MS = 3600 * 1000;

describe('A decision holds until it expires', () => {
  forEachEngine(({ start }) => {
    it('through reloads and new tabs', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      await tab.reloadedBy(() => tab.set({ youtube: true }));
      const decided = await tab.consent();
      countAfresh(example);
      await tab.reload();
      assert.deepEqual(await tab.consent(), decided);
      assert.equal(await tab.fetches('youtube', '/reloaded'), 'sent');
      const other = await tab.another();
      await other.visit('/cookies');
      assert.equal(await other.fetches('youtube', '/other-tab'), 'sent');
      assert.equal(await other.fetches('posthog', '/other-tab'), 'refused');
      await tab.quiet();
      assert.deepEqual(
        received(example.thirdParties.youtube).map(({ path }) => path),
        ['/reloaded', '/other-tab'],
      );
      assertNothingReached(example, 'posthog');
    });

    it('and no longer', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      await store(tab, storedConsent({ decidedAt: Date.now() - 2 * HOUR_MS, expiresAt: Date.now() - HOUR_MS }));
      await tab.visit('/cookies');
      const { state, choices, record } = await tab.consent();
      assert.deepEqual(
        { state, youtube: choices['youtube'], stored: record?.choices },
        { state: 'expired', youtube: false, stored: { youtube: true } },
      );
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'youtube');
    });

    it('to the moment, in a page that stays open', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await store(tab, storedConsent({ expiresAt: Date.now() + 2500 }));
      await tab.visit(PLAIN);
      assert.equal(await tab.fetches('youtube', '/in-time'), 'sent');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'expired');
      assert.equal(await tab.allows('youtube'), false);
      assert.equal(await tab.fetches('youtube', '/late'), 'refused');
      await tab.quiet();
      assert.deepEqual(
        received(example.thirdParties.youtube).map(({ path }) => path),
        ['/in-time'],
      );
    });

    it('unless what is stored cannot be a decision', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      const soon = Date.now() + HOUR_MS;
      const impossible = [
        { choices: { youtube: true } },
        'yes',
        storedConsent({ decidedAt: soon }),
        storedConsent({ choices: { youtube: 'yes' } as never }),
      ];
      for (const record of impossible) {
        await store(tab, record);
        await tab.visit('/cookies');
        assert.equal(await tab.allows('youtube'), false, JSON.stringify(record));
        assert.equal(await tab.fetches('youtube', '/probe'), 'refused', JSON.stringify(record));
      }
      await tab.quiet();
      assertNothingReached(example, 'youtube');
    });
  });
});
