import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { banner, openPreferences, PAGE, startAsking } from './asking-page';

const CONTENT = `
  <iframe data-service="youtube" data-src="http://127.0.0.1:9/embed" title="A video" width="400" height="300"></iframe>
  <cookie-preferences></cookie-preferences>`;
/** What has a look of its own from our styles alone, and how. */
const LOOKS = {
  'cookie-banner > div': ['position', 'fixed'],
  'cookie-placeholder > div': ['display', 'flex'],
  'cookie-preferences .row': ['display', 'flex'],
} as const;
const IN_DIALOG = { dialog: ['borderTopStyle', 'solid'] } as const;

describe('What a site sets as style sheets leaves ours', () => {
  forEachEngine(({ start }) => {
    it('on the banner, placeholders, preferences and dialogs, without an error', async () => {
      const { tab } = await startAsking(start, 'own', { content: CONTENT });
      const { page } = tab;
      const setStyles = () =>
        page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('p { color: green }');
          document.adoptedStyleSheets = [sheet];
        });
      const lookAlike = (looks: Record<string, readonly [string, string]>) =>
        page.waitForFunction(
          (looks) =>
            looks.every(([selector, [property, value]]) => {
              const element = document.querySelector(selector);
              return element && getComputedStyle(element)[property as 'display'] === value;
            }),
          {},
          Object.entries(looks),
        );
      await tab.visit(PAGE);
      await banner(tab);
      await lookAlike(LOOKS);
      const room = () => page.evaluate(() => getComputedStyle(document.documentElement).paddingBlockEnd);
      const kept = await room();
      assert.notEqual(kept, '0px');
      await setStyles();
      await lookAlike(LOOKS);
      assert.equal(await room(), kept, 'what the banner lies over can be scrolled out from under it');
      await openPreferences(tab);
      await setStyles();
      await lookAlike({ ...LOOKS, ...IN_DIALOG });
      assert.deepEqual(tab.errors, []);
    });
  });
});
