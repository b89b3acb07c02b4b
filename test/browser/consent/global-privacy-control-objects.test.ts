import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type Setting, type VisitOptions } from '../harness';
import { assertNothingReached, received, until } from '../third-party-hits';

/** Firefox has the signal. */
const SIGNAL = {
  extraPrefsFirefox: {
    'privacy.globalprivacycontrol.enabled': true,
    'privacy.globalprivacycontrol.functionality.enabled': true,
  },
};
/** Chromium has it by extensions only: pages and workers are given it here. */
const GIVEN = 'Object.defineProperty(Object.getPrototypeOf(navigator), "globalPrivacyControl", { get: () => true });';

describe('The browser’s Global Privacy Control signal objects, and never grants', () => {
  forEachEngine((setting) => {
    const start = (options: VisitOptions = {}) => startWithSignal(setting, options);

    it('exempt statistics are refused, and the visitor is asked all the same', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      assert.equal(
        await tab.page.evaluate(() => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl),
        true,
      );
      await tab.quiet();
      assertNothingReached(example, 'plausible', 'posthog', 'youtube', 'eulerian', 'sharing');
      const { state, standings, toAsk } = await tab.consent();
      assert.equal(state, 'undecided');
      assert.equal(standings['plausible'], 'objected');
      assert.deepEqual(toAsk, ['posthog', 'eulerian', 'recently-viewed', 'youtube', 'partner']);
    });

    it('by the gate alone, too; and what the visitor grants all the same counts', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      for (const service of ['plausible', 'posthog', 'youtube'] as const)
        assert.equal(await tab.fetches(service, '/undecided'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'plausible', 'posthog', 'youtube');

      await tab.set({ plausible: true, youtube: true });
      const { standings } = await tab.consent();
      assert.deepEqual(
        [standings['plausible'], standings['youtube'], standings['posthog']],
        ['granted', 'granted', 'undecided'],
      );
      for (const service of ['plausible', 'youtube'] as const)
        assert.equal(await tab.fetches(service, '/granted'), 'sent');
      assert.equal(await tab.fetches('posthog', '/undecided'), 'refused');
      await tab.withdraw('plausible');
      assert.equal(await tab.fetches('plausible', '/withdrawn'), 'refused');
    });

    it('unless the policy ignores it: exempt is exempt then, and nothing more is permitted', async () => {
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off', consent: { globalPrivacyControl: 'ignore' } },
      });
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.fetches('plausible', '/probe'), 'sent');
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'posthog');
    });

    it('the interface asks, with the objection set', async () => {
      const { tab } = await start({ interface: 'own' });
      await tab.visit('/cookies');
      await tab.page.waitForSelector('cookie-banner button');
      await tab.page.$eval('[data-cookie-preferences]', (button) => (button as HTMLElement).click());
      await tab.page.waitForSelector('dialog[open] input');
      const said = await tab.page.$$eval('dialog input[name="service:plausible"]', (inputs) =>
        inputs.map(({ value, checked }) => checked === (value === 'true')),
      );
      assert.deepEqual(said, [false]);
    });

    it('taken for the answer, nobody is asked, and what the visitor grants all the same counts', async () => {
      const { example, tab } = await start({
        interface: 'own',
        policy: { consent: { globalPrivacyControl: 'answer' } },
      });
      const content = `<a id="cookies" href="#" data-cookie-preferences>Cookies</a><iframe src="${example.thirdParties.partner.origin}/frame/map" title="Map"></iframe>`;
      example.page('/map', { body: content });
      await tab.visitGuarded('/map');
      await tab.page.waitForSelector('cookie-placeholder button');
      const { state, toAsk, standings, record } = await tab.consent();
      assert.deepEqual({ state, toAsk, record }, { state: 'decided', toAsk: [], record: undefined });
      assert.deepEqual(
        [standings['partner'], standings['posthog'], standings['plausible']],
        ['refused', 'refused', 'objected'],
      );
      assert.equal(await tab.page.$('cookie-banner'), null);
      for (const service of ['plausible', 'posthog', 'youtube'] as const)
        assert.equal(await tab.fetches(service, '/answered'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'plausible', 'posthog', 'youtube', 'partner');

      await tab.reloadedBy(() =>
        tab.page.$$eval('cookie-placeholder button', (buttons) =>
          buttons.find(({ textContent }) => /^Always/.test(textContent))!.click(),
        ),
      );
      await until(() => received(example.thirdParties.partner).length > 0, 'the map has its content');
      const granted = await tab.consent();
      assert.deepEqual(
        [granted.state, granted.standings['partner'], granted.standings['posthog']],
        ['decided', 'granted', 'refused'],
      );
      assert.equal(await tab.page.$('cookie-banner'), null);
      await tab.page.click('#cookies');
      await tab.page.waitForSelector('dialog[open] input');
    });
  }, SIGNAL);
});

function startWithSignal({ engine, start }: Setting, options: VisitOptions) {
  return start({
    ...options,
    editFile: (name, text) => (engine === 'chromium' && /^gatekeeper(-sw)?\.js$/.test(name) ? GIVEN + text : text),
  });
}
