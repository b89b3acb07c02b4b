import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { assertNothingReached } from '../third-party-hits';
import {
  banner,
  choose,
  clickControl,
  openPreferences,
  PAGE,
  preferences,
  press,
  startAsking,
  THEMES,
} from './asking-page';

const OPTIONAL = ['posthog', 'plausible', 'eulerian', 'recently-viewed', 'youtube', 'partner'];
/** Nothing that could make one of two buttons stand out. */
const LOOKS = [
  'color',
  'backgroundColor',
  'backgroundImage',
  'borderTopColor',
  'borderTopWidth',
  'borderTopStyle',
  'borderRadius',
  'boxShadow',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'textDecorationLine',
  'textTransform',
  'letterSpacing',
  'lineHeight',
  'opacity',
  'paddingTop',
  'paddingLeft',
  'outlineStyle',
  'filter',
  'transform',
  'cursor',
] as const;

describe('Accepting and refusing are equally easy', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      describe(`in the theme ${theme}`, () => {
        it('on the first screen, one action each, and a finer choice beside them', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          assert.deepEqual(await banner(tab), ['Accept all', 'Refuse all', 'Customise']);
          const shown = await tab.page.$$eval('cookie-banner button', (buttons) =>
            buttons.map((button) => {
              const { top, bottom, left, right } = button.getBoundingClientRect();
              return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
            }),
          );
          assert.deepEqual(shown, [true, true, true]);
        });

        for (const [width, where] of [
          [1280, ''],
          [320, ', on a narrow screen too'],
        ] as const)
          it(`the same in size, font and emphasis, whatever the site’s styles say${where}`, async () => {
            const hostile =
              theme === 'own'
                ? '<style>button { color: gray; background: white } button:first-of-type { font-size: 3em; background: green; padding: 2em } button + button { opacity: .3 }</style>'
                : '';
            const { tab } = await startAsking(start, theme, { head: hostile });
            await tab.page.setViewport({ width, height: 900 });
            await tab.visit(PAGE);
            await banner(tab);
            const [accept, refuse] = await tab.page.$$eval(
              'cookie-banner button',
              (buttons, looks) =>
                buttons.slice(0, 2).map((button) => {
                  const style = getComputedStyle(button);
                  const { width, height, top, left } = button.getBoundingClientRect();
                  return { looks: looks.map((look) => `${look}: ${style[look]}`), width, height, top, left };
                }),
              LOOKS,
            );
            assert.deepEqual(accept!.looks, refuse!.looks);
            assert.equal(accept!.height, refuse!.height);
            // Beside each other, or below each other.
            assert.ok(accept!.top === refuse!.top || accept!.left === refuse!.left);
            // The design system's buttons are as wide as their text.
            const tolerance = theme === 'own' ? 0.02 : 0.1;
            assert.ok(
              Math.abs(accept!.width / refuse!.width - 1) <= tolerance,
              `${accept!.width} and ${refuse!.width} wide`,
            );
          });

        it('and nothing leaves before, purposes and who is responsible are shown, and silence is no consent', async () => {
          const { tab, example } = await startAsking(start, theme, { content: '<div style="height: 5000px"></div>' });
          await tab.visit(PAGE);
          await banner(tab);
          const text = await tab.page.$eval('cookie-banner', ({ textContent }) => textContent);
          for (const word of ['Visitor statistics', 'Videos and social media', 'PostHog', 'YouTube'])
            assert.ok(text.includes(word), word);
          await tab.page.evaluate(() => scrollTo(0, 3000));
          await tab.page.mouse.click(600, 200);
          await tab.page.keyboard.press('Escape');
          await tab.quiet();
          assert.equal((await tab.consent()).state, 'undecided');
          assert.ok(await tab.page.$('cookie-banner button'), 'the banner still asks');
          assert.doesNotMatch(await tab.page.evaluate(() => document.cookie), /cookies_preferences/);
          assertNothingReached(example, 'posthog', 'youtube', 'partner', 'eulerian');
        });

        for (const [label, choice] of [
          ['Accept all', true],
          ['Refuse all', false],
        ] as const) {
          it(`${label}: one action, kept with its proof, and the banner is gone on the next page too`, async () => {
            const { tab } = await startAsking(start, theme);
            await tab.visit(PAGE);
            await banner(tab);
            const act = () => press(tab, label, 'cookie-banner');
            await (choice ? tab.reloadedBy(act) : act());
            await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
            const { record } = await tab.consent();
            assert.deepEqual(record!.choices, Object.fromEntries(OPTIONAL.map((id) => [id, choice])));
            assert.deepEqual([record!.language, record!.text], ['en', '2/2026-11-23']);
            await tab.visit(PAGE);
            assert.equal(await tab.page.$('cookie-banner button'), null);
          });
        }

        it('every switch is off at first, what is necessary is on and fixed, what is exempt can be objected to', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await banner(tab);
          await press(tab, 'Customise', 'cookie-banner');
          await tab.page.waitForSelector('dialog[open] input');
          const state = await preferences(tab);
          const off = theme === 'own' ? [] : ['false'];
          for (const id of OPTIONAL.filter((id) => id !== 'plausible'))
            assert.deepEqual(state[`service:${id}`], off, id);
          for (const purpose of ['statistics', 'first-party', 'third-party'])
            assert.deepEqual(state[`purpose:${purpose}`], off, purpose);
          assert.deepEqual(state['purpose:necessary'], ['true']);
          assert.deepEqual(state['service:plausible'], []);
          const fixed = await tab.page.$eval('dialog', (dialog) => dialog.querySelectorAll('input:disabled').length);
          assert.equal(fixed, 1);
          const text = await tab.page.$eval('dialog', ({ textContent }) => textContent);
          for (const word of ['sessionid', '2 weeks', 'ph_*_posthog', 'Eulerian Technologies', 'cannot be traced back'])
            assert.ok(text.includes(word), word);
        });

        it('closing the preferences decides nothing', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          for (const close of [() => tab.page.keyboard.press('Escape'), () => press(tab, 'Close', 'dialog')]) {
            await openPreferences(tab);
            await choose(tab, 'service:youtube', true);
            await close();
            await tab.page.waitForFunction(() => !document.querySelector('dialog'));
            assert.equal((await tab.consent()).state, 'undecided');
          }
        });

        it('a choice by service and by purpose is what is kept', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await openPreferences(tab);
          await choose(tab, 'purpose:statistics', true);
          await choose(tab, 'service:eulerian', false);
          await choose(tab, 'service:plausible', false);
          const after = await preferences(tab);
          assert.deepEqual(after['purpose:statistics'], [], 'some of them: neither yes nor no');
          await tab.reloadedBy(() => press(tab, 'Confirm my choices', 'dialog'));
          await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
          assert.deepEqual((await tab.consent()).record!.choices, {
            posthog: true,
            plausible: false,
            eulerian: false,
            'recently-viewed': false,
            youtube: false,
            partner: false,
          });
          await openPreferences(tab);
          assert.deepEqual((await preferences(tab))['service:posthog'], ['true']);
          assert.deepEqual((await preferences(tab))['service:plausible'], ['false'], 'the objection is shown');
          await choose(tab, 'service:plausible', true);
          await press(tab, 'Confirm my choices', 'dialog');
          await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.choices['plausible'] === true);
        });

        it('what one action gave, one action takes back, from any page', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await banner(tab);
          await tab.reloadedBy(() => press(tab, 'Accept all', 'cookie-banner'));
          await clickControl(tab, 'withdraw');
          await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.action === 'withdraw');
          await tab.page.waitForFunction(() =>
            /has been withdrawn/.test(document.querySelector('cookie-banner')?.textContent ?? ''),
          );
          assert.equal(await tab.allows('youtube'), false);
          await press(tab, 'Close', 'cookie-banner');
          assert.equal(await tab.page.$eval('cookie-banner', ({ childElementCount }) => childElementCount), 0);
        });
      });
    }
  });
});
