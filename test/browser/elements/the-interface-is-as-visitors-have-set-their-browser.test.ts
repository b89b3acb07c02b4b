import assert from 'node:assert/strict';
import type { Page } from 'puppeteer';
import { forEachEngine, type Setting, type StartVisit } from '../harness';
import type { ThemeName } from '../../../src/cli/build';
import type { Tab } from '../tab';
import { banner, openPreferences, PAGE, press, startAsking, THEMES } from './asking-page';
import { assertAccessible } from './axe';
import { LARGE_TEXT, setLargeText } from './large-text';

/** Wishes, as Chromium is told them and as Firefox keeps them. */
interface Wish {
  features: { name: string; value: string }[];
  extraPrefsFirefox: Record<string, number>;
}

const FORCED: Wish = {
  features: [
    { name: 'forced-colors', value: 'active' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ],
  extraPrefsFirefox: { 'browser.display.document_color_use': 2, 'ui.prefersReducedMotion': 1 },
};
const DARK: Wish = {
  features: [{ name: 'prefers-color-scheme', value: 'dark' }],
  extraPrefsFirefox: { 'layout.css.prefers-color-scheme.content-override': 0 },
};
/** In forced colours they are the visitor’s own, which axe does not see in all places. */
const COLOURS = ['color-contrast'];
const CONTENT =
  '<iframe data-service="youtube" data-src="http://127.0.0.1:9/embed" title="A video" width="400" height="300"></iframe><cookie-policy></cookie-policy>';

describe('The interface is as visitors have set their browser', () => {
  forEachEngine(
    ({ start, engine }) => {
      for (const theme of THEMES) {
        it(`in forced colours everything has an edge, and nothing moves, in the theme ${theme}`, async () => {
          const tab = await wishing(start, engine, FORCED, theme);
          assert.ok(
            await tab.page.evaluate(
              () => matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches,
            ),
          );
          const edges = (selector: string) =>
            tab.page.$$eval(selector, (elements) =>
              elements.map((element) => {
                const { borderTopWidth, borderTopStyle, outlineWidth, outlineStyle } = getComputedStyle(element);
                return (
                  (borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1) ||
                  (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1)
                );
              }),
            );
          assert.deepEqual(await edges('cookie-banner button, cookie-banner > div'), [true, true, true, true]);
          assert.equal(await tab.page.evaluate(() => document.getAnimations().length), 0);
          await assertAccessible(tab, 'banner, placeholder and policy', COLOURS);
          await openPreferences(tab);
          assert.equal(await tab.page.evaluate(() => document.getAnimations().length), 0);
          const [dialog, decisions] =
            theme === 'own'
              ? ['dialog', 'dialog .actions button']
              : ['.fr-modal__body', '.fr-consent-manager__buttons button'];
          assert.deepEqual([...(await edges(dialog)), ...new Set(await edges(decisions))], [true, true]);
          await assertAccessible(tab, 'preferences', COLOURS);
          await press(tab, 'Close', 'dialog');
        });
      }
    },
    { extraPrefsFirefox: FORCED.extraPrefsFirefox },
  );

  forEachEngine(
    ({ start, engine }) => {
      it('dark where they prefer it and the page is dark for them too, unless the site stays with one', async () => {
        const ground = (tab: Tab) =>
          tab.page.$eval('cookie-banner > div', (box) => getComputedStyle(box).backgroundColor);
        for (const [head, expected] of [
          ['', 'rgb(255, 255, 255)'],
          ['<style>:root { color-scheme: light dark }</style>', 'rgb(27, 32, 38)'],
          ['<meta name="color-scheme" content="light dark">', 'rgb(27, 32, 38)'],
          [
            '<style>:root { color-scheme: light dark; --cookie-gatekeeper-scheme: light }</style>',
            'rgb(255, 255, 255)',
          ],
        ] as const)
          assert.equal(await ground(await wishing(start, engine, DARK, 'own', head)), expected, head);
      });

      it('with the site’s colours, font and corners in all of it', async () => {
        const own = {
          accent: 'rgb(90, 0, 90)',
          'on-accent': 'rgb(255, 255, 200)',
          ink: 'rgb(10, 20, 30)',
          ground: 'rgb(250, 250, 240)',
          font: 'monospace',
          radius: '3px',
          scheme: 'light',
        };
        const rules = Object.entries(own)
          .map(([name, value]) => `--cookie-gatekeeper-${name}: ${value}`)
          .join(';');
        const tab = await wishing(start, engine, DARK, 'own', `<style>:root { ${rules} }</style>`);
        const looks = await tab.page.$eval('cookie-banner > div', (box) => {
          const [accept, , customise] = [...box.querySelectorAll('button')].map((button) => getComputedStyle(button));
          const { color, backgroundColor, fontFamily } = getComputedStyle(box);
          return {
            ink: color,
            ground: backgroundColor,
            font: fontFamily,
            accent: accept!.backgroundColor,
            'on-accent': accept!.color,
            edge: customise!.color,
            radius: customise!.borderTopLeftRadius,
          };
        });
        const { scheme: _, ...expected } = own;
        assert.deepEqual(looks, { ...expected, font: `${own.font}, sans-serif`, edge: own.accent });
      });
    },
    { extraPrefsFirefox: DARK.extraPrefsFirefox },
  );

  forEachEngine(({ start, engine }) => {
    it('with text as large as they have set it, whatever the size of the site’s own', async () => {
      const read = async (head: string) => {
        const { tab } = await startAsking(start, 'own', { head: `<style>${head}</style>`, content: CONTENT });
        const { page } = tab;
        await setLargeText(page, engine);
        await tab.visit(PAGE);
        await banner(tab);
        await page.waitForSelector('cookie-placeholder button');
        const sizes = () =>
          page.$$eval(':is(cookie-banner, cookie-placeholder, dialog) *', (elements) =>
            elements.map((element) => [element.localName, getComputedStyle(element).fontSize].join(' ')),
          );
        const asked = await sizes();
        await press(tab, 'Customise', 'cookie-banner');
        await page.waitForSelector('dialog[open] input');
        return [...asked, ...(await sizes())];
      };
      const plain = await read('');
      assert.ok(plain.includes('button 32px') && plain.length > 20, plain.join());
      assert.deepEqual(await read('html { font: 62.5% monospace } body { font-size: 1.4rem }'), plain);
    });
  }, LARGE_TEXT);
});

/** A visitor with this wish on the page with the banner. */
async function wishing(
  start: StartVisit,
  engine: Setting['engine'],
  { features }: Wish,
  theme: ThemeName,
  head = '',
): Promise<Tab> {
  const { tab } = await startAsking(start, theme, { head, content: CONTENT });
  if (engine === 'chromium') await wish(tab.page, features);
  await tab.visit(PAGE);
  await banner(tab);
  await tab.page.waitForSelector('cookie-policy table');
  return tab;
}

/** Puppeteer itself knows no forced colours. */
async function wish(page: Page, features: Wish['features']): Promise<void> {
  const devtools = await page.createCDPSession();
  await devtools.send('Emulation.setEmulatedMedia', { features });
}
