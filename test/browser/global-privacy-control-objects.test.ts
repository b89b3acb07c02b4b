import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from './harness';
import { assertNothingReached } from './third-party-hits';

/** Chromium has no such signal: a page and its worker could only be lied to, one by one. */
const SIGNAL = { extraPrefsFirefox: { 'privacy.globalprivacycontrol.enabled': true, 'privacy.globalprivacycontrol.functionality.enabled': true } };

describe('The browser’s Global Privacy Control signal objects, and never grants', () => {
  forEachEngine(({ engine, start }) => {
    if (engine === 'chromium') return;

    it('exempt statistics are refused, and the visitor is asked all the same', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      assert.equal(await tab.page.evaluate(() => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl), true);
      await tab.quiet();
      assertNothingReached(example, 'plausible', 'posthog', 'youtube');
      const { state, standings } = await tab.consent();
      assert.equal(state, 'undecided');
      assert.equal(standings['plausible'], 'objected');
    });

    it('what the visitor grants all the same counts', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.set({ plausible: true, youtube: true });
      assert.equal(await tab.fetches('plausible', '/probe'), 'sent');
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
    });

    it('unless the policy ignores it: exempt is exempt then', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off', consent: { globalPrivacyControl: 'ignore' } } });
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.fetches('plausible', '/probe'), 'sent');
    });
  }, SIGNAL);
});
