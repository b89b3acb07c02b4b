import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { openPreferences, PAGE, pressIn, startAsking } from './asking-page';

describe('What is allowed once is not chosen', () => {
  forEachEngine(({ start }) => {
    it('preferences that are confirmed unread allow it no longer', async () => {
      const { tab, example } = await startAsking(start, 'own');
      const { origin } = example.thirdParties.partner;
      const control = '<button id="manage" data-cookie-preferences>Manage</button>';
      example.page('/framed', {
        body: `<iframe src="${origin}/frame/a" width="600" height="400"></iframe>${control}`,
      });
      await tab.visitGuarded(PAGE);
      await tab.refuseAll();
      await tab.visit('/framed');
      await tab.reloadedBy(() => pressIn(tab, 'Allow once: Partner', 'cookie-placeholder'));
      await tab.page.waitForFunction(() => window.gatekeeper.consent.standings['partner'] === 'once');
      await openPreferences(tab);
      await pressIn(tab, 'Confirm my choices', 'dialog');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.standings['partner'] !== 'once');
      assert.equal(await tab.page.evaluate(() => window.gatekeeper.consent.standings['partner']), 'refused');
    });
  });
});
