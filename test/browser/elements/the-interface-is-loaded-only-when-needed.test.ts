import assert from 'node:assert/strict';
import { forEachEngine, type VisitOptions } from '../harness';
import type { Tab } from '../tab';
import { banner, clickControl, PAGE, press, startAsking } from './asking-page';

/** How often a file of the interface is asked for. */
const loads = ({ page }: Tab, file = 'gatekeeper-interface.js') =>
  page.evaluate(
    (file) => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(`/${file}`)).length,
    file,
  );
const PREFERENCES = 'gatekeeper-preferences.js';
const OPEN: VisitOptions = { policy: { wall: 'off' }, lock: 'none' };

describe('The interface is loaded only when it is needed', () => {
  forEachEngine(({ start }) => {
    it('to ask, and not for a visitor who has decided', async () => {
      const { tab } = await startAsking(start, 'own');
      await tab.visit(PAGE);
      await banner(tab);
      assert.deepEqual([await loads(tab), await loads(tab, PREFERENCES)], [1, 0]);
      await tab.refuseAll();
      await tab.visit(PAGE);
      await tab.quiet();
      assert.equal(await loads(tab), 0);
      assert.equal(await tab.page.$('cookie-banner'), null);
    });

    it('for who has decided, when they want it: one action opens it', async () => {
      const { tab } = await startAsking(start, 'own');
      await tab.visit(PAGE);
      await tab.refuseAll();
      await tab.visit(PAGE);
      await clickControl(tab, 'manage');
      await tab.page.waitForSelector('dialog[open] input');
      assert.deepEqual([await loads(tab), await loads(tab, PREFERENCES)], [1, 1]);
      await tab.page.keyboard.press('Escape');
      await clickControl(tab, 'withdraw');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.action === 'withdraw');
    });

    it('for a placeholder, a policy or preferences that come into the page later, as in a single-page application', async () => {
      for (const name of ['cookie-policy', 'cookie-preferences', 'cookie-placeholder']) {
        const { tab } = await startAsking(start, 'own', OPEN);
        await tab.visit(PAGE);
        await tab.refuseAll();
        await tab.visit(PAGE);
        await tab.page.evaluate((name) => {
          const element = document.createElement(name);
          element.dataset.service = 'youtube';
          document.querySelector('main')!.append(element);
        }, name);
        await tab.page.waitForFunction((name) => document.querySelector(name)!.childElementCount > 0, {}, name);
      }
    });

    it('again for the services that are new, and about these only', async () => {
      const { tab, example } = await startAsking(start, 'own', OPEN);
      await tab.visit(PAGE);
      await tab.set({
        posthog: true,
        plausible: true,
        eulerian: false,
        'recently-viewed': false,
        youtube: false,
        partner: true,
      });
      const newer = (text: string) =>
        text
          .replace('"revision":"2026-11-23"', '"revision":"2027-01-01"')
          .replace('"id":"youtube",', '"id":"youtube","since":"2027-01-01",');
      for (const name of ['gatekeeper.js', 'gatekeeper-sw.js', 'gatekeeper-interface.js'] as const)
        example.setFile(name, newer);
      await tab.visit(PAGE);
      assert.deepEqual(await banner(tab), ['Accept', 'Refuse', 'Customise']);
      const text = await tab.page.$eval('cookie-banner', ({ textContent }) => textContent);
      assert.match(text, /YouTube/);
      assert.doesNotMatch(text, /PostHog/);
      await press(tab, 'Refuse', 'cookie-banner');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
      const { choices } = await tab.consent();
      assert.deepEqual([choices['posthog'], choices['youtube'], choices['partner']], [true, false, true]);
    });

    it('the banner is gone in every tab once one has decided, and survives a new body', async () => {
      const { tab } = await startAsking(start, 'own', OPEN);
      await tab.visit(PAGE);
      await banner(tab);
      await tab.page.evaluate(() => {
        const body = document.createElement('body');
        body.textContent = 'The next page';
        document.body.replaceWith(body);
      });
      await banner(tab);
      const other = await tab.another();
      await other.visit(PAGE);
      await banner(other);
      await other.page.bringToFront();
      await press(other, 'Refuse all', 'cookie-banner');
      // A tab in the background draws nothing, so that only a timer can wait there.
      await tab.page.waitForFunction(() => !document.querySelector('cookie-banner button'), { polling: 100 });
    });

    it('a policy that needs no consent asks nothing', async () => {
      const { tab } = await startAsking(start, 'own', {
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.filter(({ purpose }: { purpose: string }) => purpose === 'necessary'),
        }),
      });
      await tab.visit(PAGE);
      await tab.quiet();
      assert.equal(await loads(tab), 0);
    });

    it('and where that of the preferences is missing, it says so where it was asked for, and asks on', async () => {
      const { tab, example } = await startAsking(start, 'own');
      example.setFile(PREFERENCES, () => 'throw new Error("missing")');
      await tab.visit(PAGE);
      await banner(tab);
      await press(tab, 'Customise', 'cookie-banner');
      await tab.page.waitForFunction(() =>
        /could not be loaded/.test(document.querySelector('cookie-banner [role=alert]')?.textContent ?? ''),
      );
      await tab.warned(/gatekeeper-preferences\.js was not loaded\. Serve it beside gatekeeper\.js, or set data-base/);
      await press(tab, 'Refuse all', 'cookie-banner');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
    });

    it('also beside a control of the site’s, which stays as it is, with what stands beside it', async () => {
      const { tab, example } = await startAsking(start, 'own', {
        content:
          '<a id="manage" href="/plain" style="opacity: 0.9" aria-busy="false" data-cookie-preferences>Cookies</a><p id="own" role="alert">Closed today.</p>',
      });
      const { page } = tab;
      example.setFile(PREFERENCES, () => 'throw new Error("missing")');
      await tab.visit(PAGE);
      await banner(tab);
      const said = () => page.$$eval('[role=alert]', (alerts) => alerts.map(({ textContent }) => textContent));
      for (let press = 0; press < 2; press++) {
        await page.click('#manage');
        await page.waitForFunction(() =>
          /could not be loaded/.test(document.querySelector('#manage + [role=alert]')?.textContent ?? ''),
        );
        assert.deepEqual((await said()).slice(-1), ['Closed today.']);
        assert.equal((await said()).length, 2);
        assert.equal(await page.$eval('#manage', (control) => (control as HTMLElement).style.opacity), '0.9');
      }
    });

    it('and where its file is missing, a link leads where it says', async () => {
      const { tab, example } = await startAsking(start, 'own', {
        content: '<a id="policy" href="/plain" data-cookie-preferences>Cookies</a>',
      });
      example.setFile('gatekeeper-interface.js', () => 'throw new Error("missing")');
      await tab.visit(PAGE);
      await Promise.all([tab.page.waitForNavigation(), tab.page.click('#policy')]);
      assert.equal(new URL(tab.page.url()).pathname, '/plain');
    });
  });
});
