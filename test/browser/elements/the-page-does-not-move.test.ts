import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import type { Tab } from '../tab';
import { banner, PAGE, press, startAsking, THEMES } from './asking-page';

/** Notes in each frame that is drawn where the end of the content stands, and whether a banner is seen. */
const WATCH = `<script>
  const seen = (window.seen = { places: new Set(), banners: 0 });
  const look = () => {
    const after = document.getElementById('after');
    if (after) seen.places.add(Math.round(after.getBoundingClientRect().top + scrollY));
    if (document.querySelector('cookie-banner button')) seen.banners++;
    requestAnimationFrame(look);
  };
  look();
</script>`;
const CONTENT = `
  <p>Before</p>
  <iframe data-service="youtube" data-src="http://127.0.0.1:9/one" title="A video" width="400" height="300"></iframe>
  <p>Between</p>
  <iframe data-service="partner" data-src="http://127.0.0.1:9/two" title="Another" style="display: block; width: 50%; height: 200px; margin: 1rem auto; border: 0"></iframe>
  <p id="after">After</p>`;

interface Watched {
  seen: { places: Set<number>; banners: number };
}

describe('The page does not move', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`when the banner and the placeholders come, and when they go, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme, {
          policy: { wall: 'off' },
          lock: 'none',
          head: WATCH,
          content: CONTENT,
        });
        await tab.visit(PAGE);
        await banner(tab);
        await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder:has(button)').length === 2);
        await drawn(tab);
        await assertStill(tab);
        await press(tab, 'Accept all', 'cookie-banner');
        await tab.page.waitForFunction(
          () => window.gatekeeper.consent.state === 'decided' && !document.querySelector('cookie-banner button'),
        );
        await drawn(tab);
        await assertStill(tab);
      });
    }

    it('nor does a banner flash up for a visitor who has decided', async () => {
      const { tab } = await startAsking(start, 'own', { head: WATCH, content: '<p id="after">After</p>' });
      await tab.visit(PAGE);
      await tab.refuseAll();
      await tab.visit(PAGE);
      await tab.quiet();
      await drawn(tab);
      assert.equal(await tab.page.evaluate(() => (window as unknown as Watched).seen.banners), 0);
    });
  });
});

/** A font that comes later may take a fraction of a pixel more. */
const TOLERANCE_PX = 1;

async function assertStill({ page }: Tab): Promise<void> {
  const places = await page.evaluate(() => [...(window as unknown as Watched).seen.places]);
  assert.ok(
    places.length > 0 && Math.max(...places) - Math.min(...places) <= TOLERANCE_PX,
    `The content was at ${places.join(', ')}.`,
  );
}

/** Waits until what has changed has been drawn, and noted. */
async function drawn({ page }: Tab): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
