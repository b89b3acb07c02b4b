import assert from 'node:assert/strict';
import type { ThemeName } from '../../../src/cli/build';
import { forEachEngine, type StartVisit } from '../harness';
import { banner, clickControl, openPreferences, PAGE, press, startAsking, THEMES, unfoldAll } from './asking-page';
import { assertAccessible } from './axe';
import { LARGE_TEXT, setLargeText } from './large-text';

const CONTENT = `
  <h2>Videos</h2>
  <iframe data-service="youtube" data-src="http://127.0.0.1:9/embed/one" title="A video" width="400" height="300"></iframe>
  <cookie-placeholder data-host="unknown.example"></cookie-placeholder>
  <h2>Policy</h2>
  <cookie-policy></cookie-policy>
  <h2>Preferences</h2>
  <cookie-preferences></cookie-preferences>`;

describe('The interface is accessible', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      describe(`in the theme ${theme}`, () => {
        for (const scheme of ['light', 'dark'] as const) {
          it(`axe-core finds nothing, in any state, when it is ${scheme}`, async () => {
            const { tab } = await opened(start, theme, scheme);
            await assertAccessible(tab, 'banner, placeholders, policy and preferences in the page');
            await openPreferences(tab);
            await assertAccessible(tab, 'preferences');
            await unfoldAll(tab);
            await assertAccessible(tab, 'preferences, unfolded');
            await tab.page.evaluate(() => {
              window.gatekeeper.set = () => Promise.reject(new Error('no'));
            });
            await press(tab, 'Confirm my choices', 'dialog');
            await tab.page.waitForSelector('dialog [role=alert]');
            await assertAccessible(tab, 'a choice that could not be recorded');
            await tab.page.keyboard.press('Escape');
            await clickControl(tab, 'withdraw');
            await tab.page.waitForFunction(() =>
              /has been withdrawn/.test(document.querySelector('cookie-banner')?.textContent ?? ''),
            );
            assert.equal(await tab.page.$eval('cookie-banner', (host) => host.role), 'alert', 'screen readers say it');
            await assertAccessible(tab, 'withdrawn');
          });
        }

        it('axe-core finds nothing either when only what is new is asked about, and when an answer could not be recorded', async () => {
          const { tab, example } = await startAsking(start, theme, { policy: { wall: 'off' }, lock: 'none' });
          await tab.visit(PAGE);
          await tab.refuseAll();
          const newer = (text: string) =>
            text
              .replace('"revision":"2026-11-23"', '"revision":"2027-01-01"')
              .replace('"id":"youtube",', '"id":"youtube","since":"2027-01-01",');
          for (const name of ['gatekeeper.js', 'gatekeeper-sw.js', 'gatekeeper-interface.js'] as const)
            example.setFile(name, newer);
          await tab.visit(PAGE);
          assert.deepEqual(await banner(tab), ['Accept', 'Refuse', 'Customise']);
          await assertAccessible(tab, 'partly asked');
          await tab.page.evaluate(() => {
            window.gatekeeper.set = () => Promise.reject(new Error('no'));
          });
          await press(tab, 'Refuse', 'cookie-banner');
          await tab.page.waitForSelector('cookie-banner [role=alert]');
          assert.match(
            await tab.page.$eval('cookie-banner [role=alert]', ({ textContent }) => textContent),
            /could not be recorded/,
          );
          await assertAccessible(tab, 'an answer that could not be recorded');
          await tab.page.evaluate(() => {
            window.gatekeeper.set = () => Promise.resolve({ unreached: 0 });
          });
          await press(tab, 'Refuse', 'cookie-banner');
          await tab.page.waitForFunction(() => !document.querySelector('cookie-banner [role=alert]'));
        });

        it('at a width of 320 pixels, as at 400 % zoom, all of it can be reached without scrolling sideways', async () => {
          const { tab } = await opened(start, theme, 'light', { width: 320, height: 480 });
          const sideways = () => tab.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          const overflowing = (selector: string) =>
            tab.page.$eval(selector, ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
          assert.equal(await sideways(), false, 'the page');
          assert.equal(
            await overflowing(theme === 'own' ? '.cookie-gatekeeper-banner' : '.fr-consent-banner'),
            false,
            'the banner',
          );
          await tab.page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
          for (const button of await tab.page.$$('cookie-banner button')) {
            await button.scrollIntoView();
            assert.ok(await button.isIntersectingViewport({ threshold: 0.9 }));
          }
          await assertAccessible(tab, 'narrow');
          await openPreferences(tab);
          assert.equal(await overflowing('dialog'), false, 'the dialog');
          assert.equal(
            await overflowing(theme === 'own' ? 'dialog form' : '.fr-modal__body'),
            false,
            'the preferences',
          );
          await assertAccessible(tab, 'narrow preferences');
        });

        it('from right to left', async () => {
          const arabic = { bannerTitle: 'ملفات تعريف الارتباط', acceptAll: 'قبول الكل', refuseAll: 'رفض الكل' };
          const { tab } = await startAsking(start, theme, { policy: { texts: { ar: arabic } } });
          tab.place.example.route(
            '/arabic',
            () =>
              new Response(
                `<!doctype html><html lang="ar" dir="rtl"><head><title>A</title>${theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : ''}<script src="/gatekeeper.js"></script></head><body><main><h1>A</h1>${CONTENT}<button id="manage" data-cookie-preferences>ملفات</button></main></body></html>`,
                {
                  headers: { 'Content-Type': 'text/html; charset=utf-8' },
                },
              ),
          );
          await tab.visit('/arabic');
          assert.deepEqual((await banner(tab)).slice(0, 2), ['قبول الكل', 'رفض الكل']);
          const { dir, lang } = await tab.page.$eval('cookie-banner', (host) => ({
            dir: getComputedStyle(host.firstElementChild!).direction,
            lang: host.getAttribute('lang'),
          }));
          assert.deepEqual([dir, lang], ['rtl', 'ar']);
          await tab.page.waitForSelector('cookie-policy table');
          await assertAccessible(tab, 'from right to left');
          await openPreferences(tab);
          for (const host of ['dialog', 'cookie-preferences', 'cookie-placeholder', 'cookie-policy']) {
            assert.equal(await tab.page.$eval(host, (element) => getComputedStyle(element).direction), 'rtl', host);
          }
          await assertAccessible(tab, 'preferences from right to left');
        });
      });
    }
  });

  forEachEngine(({ engine, start }) => {
    for (const theme of THEMES) {
      it(`with text twice as large on a phone, nothing is cut off at the side, in the theme ${theme}`, async () => {
        const { tab } = await opened(start, theme, 'light', { width: 390, height: 780 });
        await setLargeText(tab.page, engine);
        const cutOff = (within: string) =>
          tab.page.$$eval(`${within} :is(button, a, [role=heading], h2, label)`, (elements) =>
            elements
              .filter((element) => {
                const text = document.createRange();
                text.selectNodeContents(element);
                const [own, written] = [element, text].map((one) => one.getBoundingClientRect());
                return (
                  written!.width > 1 &&
                  (written!.left < own!.left - 1 || written!.right > Math.min(own!.right, innerWidth) + 1)
                );
              })
              .map(({ textContent }) => textContent),
          );
        assert.deepEqual(await cutOff('cookie-banner'), [], 'the banner');
        await press(tab, 'Customise', 'cookie-banner');
        await tab.page.waitForSelector('dialog[open] input');
        assert.deepEqual(await cutOff('dialog'), [], 'the preferences');
      });
    }
  }, LARGE_TEXT);
});

async function opened(
  start: StartVisit,
  theme: ThemeName,
  scheme: 'light' | 'dark',
  viewport = { width: 1280, height: 900 },
) {
  const head =
    theme === 'dsfr'
      ? `<script>document.documentElement.dataset.frTheme = document.documentElement.dataset.frScheme = "${scheme}"</script>`
      : `<style>:root { color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#111' : '#fff'}; --cookie-gatekeeper-scheme: ${scheme} }</style>`;
  const visit = await startAsking(start, theme, { content: CONTENT, head });
  await visit.tab.page.setViewport(viewport);
  await visit.tab.visit(PAGE);
  await banner(visit.tab);
  await visit.tab.page.waitForSelector('cookie-policy table');
  return visit;
}
