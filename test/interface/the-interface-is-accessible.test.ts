import assert from 'node:assert/strict';
import type { ThemeName } from '../../src/cli/build';
import { forEachEngine, type StartVisit } from '../browser/harness';
import { banner, clickControl, openPreferences, PAGE, press, startAsking, THEMES, unfoldAll } from './asking-page';
import { assertAccessible } from './axe';

const CONTENT = `
  <h2>Videos</h2>
  <iframe data-service="youtube" data-src="http://127.0.0.1:9/embed/one" title="A video" width="400" height="300"></iframe>
  <cookie-placeholder data-host="unknown.example"></cookie-placeholder>
  <h2>Policy</h2>
  <cookie-policy></cookie-policy>
  <h2>Preferences</h2>
  <cookie-preferences></cookie-preferences>`;

describe('The interface is accessible', () => {
  forEachEngine(({ start, engine }) => {
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
            await tab.page.waitForFunction(() => /has been withdrawn/.test(document.querySelector('cookie-banner')?.textContent ?? ''));
            await assertAccessible(tab, 'withdrawn');
          });
        }

        it('at a width of 320 pixels, as at 400 % zoom, all of it can be reached without scrolling sideways', async () => {
          const { tab } = await opened(start, theme, 'light', { width: 320, height: 480 });
          const sideways = () => tab.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          const overflowing = (selector: string) => tab.page.$eval(selector, ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
          assert.equal(await sideways(), false, 'the page');
          assert.equal(await overflowing(theme === 'own' ? '.cookie-gatekeeper-banner' : '.fr-consent-banner'), false, 'the banner');
          await tab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
          for (const button of await tab.page.$$('cookie-banner button')) {
            await button.scrollIntoView();
            assert.ok(await button.isIntersectingViewport({ threshold: 0.9 }));
          }
          await assertAccessible(tab, 'narrow');
          await openPreferences(tab);
          assert.equal(await overflowing('dialog'), false, 'the dialog');
          assert.equal(await overflowing(theme === 'own' ? 'dialog form' : '.fr-modal__body'), false, 'the preferences');
          await assertAccessible(tab, 'narrow preferences');
        });

        it('from right to left', async () => {
          const arabic = { bannerTitle: 'ملفات تعريف الارتباط', acceptAll: 'قبول الكل', refuseAll: 'رفض الكل' };
          const { tab } = await startAsking(start, theme, { policy: { texts: { ar: arabic } } });
          tab.place.example.route('/arabic', () =>
            new Response(`<!doctype html><html lang="ar" dir="rtl"><head><title>A</title>${theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : ''}<script src="/gatekeeper.js"></script></head><body><main><h1>A</h1></main></body></html>`, {
              headers: { 'Content-Type': 'text/html; charset=utf-8' },
            }),
          );
          await tab.visit('/arabic');
          assert.deepEqual((await banner(tab)).slice(0, 2), ['قبول الكل', 'رفض الكل']);
          const { dir, lang } = await tab.page.$eval('cookie-banner', (host) => ({ dir: getComputedStyle(host.firstElementChild!).direction, lang: host.getAttribute('lang') }));
          assert.deepEqual([dir, lang], ['rtl', 'ar']);
          await assertAccessible(tab, 'from right to left');
        });

        if (engine === 'chromium') {
          it('in forced colours, everything has an edge, and without motion where that is wished', async () => {
            const { tab } = await startAsking(start, theme);
            await tab.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
            const cdp = await tab.page.createCDPSession();
            await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
            await tab.visit(PAGE);
            await banner(tab);
            assert.ok(await tab.page.evaluate(() => matchMedia('(forced-colors: active)').matches));
            const edges = await tab.page.$$eval('cookie-banner button, cookie-banner > div', (elements) =>
              elements.map((element) => {
                const { borderTopWidth, borderTopStyle, outlineWidth, outlineStyle } = getComputedStyle(element);
                return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1) || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1);
              }),
            );
            assert.deepEqual(edges, [true, true, true, true]);
            const moving = await tab.page.evaluate(() => document.getAnimations().length);
            assert.equal(moving, 0);
          });
        }
      });
    }
  });
});

async function opened(start: StartVisit, theme: ThemeName, scheme: 'light' | 'dark', viewport = { width: 1280, height: 900 }) {
  const head = theme === 'dsfr' ? `<script>document.documentElement.dataset.frTheme = document.documentElement.dataset.frScheme = "${scheme}"</script>` : `<style>:root { color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#111' : '#fff'}; --cookie-gatekeeper-scheme: ${scheme} }</style>`;
  const visit = await startAsking(start, theme, { content: CONTENT, head });
  await visit.tab.page.setViewport(viewport);
  await visit.tab.visit(PAGE);
  await banner(visit.tab);
  await visit.tab.page.waitForSelector('cookie-policy table');
  return visit;
}
