import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import type { Tab } from '../tab';
import { banner, PAGE, startAsking, THEMES } from './asking-page';

/** More than there is to reach. */
const PATIENCE = 60;

describe('The interface works with the keyboard alone', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      describe(`in the theme ${theme}`, () => {
        it('the banner is the first thing to reach, and is left like any other part of the page', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await banner(tab);
          const reached = await tabThrough(tab, 'A link');
          assert.deepEqual(
            reached.filter((text) => text !== ''),
            ['Cookies policy', 'Accept all', 'Refuse all', 'Customise', 'A link'],
          );
        });

        it('refusing takes Tab and Enter', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await banner(tab);
          await tabThrough(tab, 'Refuse all');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.action === 'refuse-all');
        });

        for (const scheme of ['light', 'dark']) {
          it(`what has the focus is seen, when it is ${scheme}`, async () => {
            const head =
              theme === 'dsfr'
                ? `<script>document.documentElement.dataset.frTheme = document.documentElement.dataset.frScheme = "${scheme}"</script>`
                : `<style>:root { --cookie-gatekeeper-scheme: ${scheme} }</style>`;
            const { tab } = await startAsking(start, theme, { head });
            await tab.visit(PAGE);
            const buttons = await banner(tab);
            for (const text of buttons) {
              await tabThrough(tab, text);
              const { ring, width, ground } = await tab.page.evaluate(() => {
                const { outlineColor, outlineWidth } = getComputedStyle(document.activeElement!);
                let behind = document.activeElement!.parentElement!;
                while (getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement!;
                return {
                  ring: outlineColor,
                  width: parseFloat(outlineWidth),
                  ground: getComputedStyle(behind).backgroundColor,
                };
              });
              assert.ok(
                width >= 2 && contrast(ring, ground) >= 3,
                `${text}: ${ring} on ${ground} is ${contrast(ring, ground).toFixed(2)}`,
              );
            }
          });
        }

        it('the notice of a withdrawal gives the focus back to what it was done by', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await tab.refuseAll();
          await tabThrough(tab, 'Withdraw my consent');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForSelector('cookie-banner[role=alert] button');
          await tab.page.keyboard.down('Shift');
          await until(tab, () => document.activeElement?.textContent === 'Close');
          await tab.page.keyboard.up('Shift');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForFunction(() => document.activeElement?.id === 'withdraw');
        });

        it('the dialog keeps the focus, every control has a name, and gives the focus back', async () => {
          const { tab } = await startAsking(start, theme);
          const { keyboard } = tab.page;
          await tab.visit(PAGE);
          await banner(tab);
          await tabThrough(tab, 'Manage my cookies');
          await keyboard.press('Enter');
          await tab.page.waitForSelector('dialog[open] input');
          assert.equal(await focused(tab), 'Close');
          for (let step = 0; step < PATIENCE; step++) {
            await keyboard.press('Tab');
            const place = await tab.page.evaluate(() => {
              const { activeElement } = document;
              // Between the last and the first, browsers stop at their own controls, which to the page is its body.
              return (
                activeElement === document.body ||
                activeElement === document.documentElement ||
                !!activeElement?.closest('dialog')
              );
            });
            assert.ok(place, `step ${step}: the focus has left the dialog`);
          }
          await keyboard.press('Escape');
          await tab.page.waitForFunction(() => !document.querySelector('dialog'));
          assert.equal(await tab.page.evaluate(() => document.activeElement?.id), 'manage');
        });

        it('a whole choice: open, switch one service on, confirm', async () => {
          const { tab } = await startAsking(start, theme, { policy: { wall: 'off' }, lock: 'none' });
          const { keyboard } = tab.page;
          await tab.visit(PAGE);
          await banner(tab);
          await tabThrough(tab, 'Customise');
          await keyboard.press('Enter');
          await tab.page.waitForSelector('dialog[open] input');
          await until(tab, () => {
            const focused = document.activeElement!;
            const unfolds = focused.localName === 'summary' ? focused.parentElement : null;
            return !!(unfolds ?? document.getElementById(focused.getAttribute('aria-controls') ?? ''))?.querySelector(
              '[name="service:youtube"]',
            );
          });
          await keyboard.press('Enter');
          // In Firefox, keys that come while it unfolds may leave a later button without its click.
          await tab.page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
          await until(tab, () => (document.activeElement as HTMLInputElement | null)?.name === 'service:youtube');
          // A group of radio buttons is one stop, where the arrows choose.
          await keyboard.press(theme === 'own' ? ' ' : 'ArrowUp');
          await tabThrough(tab, 'Confirm my choices');
          await keyboard.press('Enter');
          await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
          const { choices } = (await tab.consent()).record!;
          assert.deepEqual([choices['youtube'], choices['posthog'], choices['plausible']], [true, false, undefined]);
          await tab.page.waitForFunction(() => !document.querySelector('dialog'));
        });

        it('what a placeholder’s button gave, the page’s control takes back', async () => {
          const content =
            '<iframe data-service="partner" data-src="http://127.0.0.1:9/embed" title="A video" width="400" height="300"></iframe>';
          const { tab } = await startAsking(start, theme, { policy: { wall: 'off' }, lock: 'none', content });
          await tab.visit(PAGE);
          await tab.page.waitForSelector('cookie-placeholder button');
          await tabThrough(tab, 'Always allow: Partner');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForFunction(() => window.gatekeeper.allows('partner'));
          await tabThrough(tab, 'Withdraw my consent');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.action === 'withdraw');
          assert.equal(await tab.allows('partner'), false);
        });

        it('a focus that was in the banner goes back to where it came from', async () => {
          const { tab } = await startAsking(start, theme);
          await tab.visit(PAGE);
          await banner(tab);
          await tab.page.focus('#link');
          await tab.page.keyboard.down('Shift');
          await until(tab, () => document.activeElement?.textContent === 'Refuse all');
          await tab.page.keyboard.up('Shift');
          await tab.page.keyboard.press('Enter');
          await tab.page.waitForFunction(() => document.activeElement?.id === 'link');
        });

        it('also by way of the dialog, when the banner it was opened from has gone', async () => {
          const { tab } = await startAsking(start, theme, { policy: { wall: 'off' }, lock: 'none' });
          const { keyboard } = tab.page;
          await tab.visit(PAGE);
          await banner(tab);
          await tab.page.focus('#link');
          await keyboard.down('Shift');
          await until(tab, () => document.activeElement?.textContent === 'Customise');
          await keyboard.up('Shift');
          await keyboard.press('Enter');
          await tab.page.waitForSelector('dialog[open] input');
          await tabThrough(tab, 'Confirm my choices');
          await keyboard.press('Enter');
          await tab.page.waitForFunction(() => document.activeElement?.id === 'link');
        });
      });
    }
  });
});

/** As WCAG 2.2 defines it, of colours as `getComputedStyle` writes them. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [r, g, b] = colour.match(/[\d.]+/g)!.map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function focused({ page }: Tab): Promise<string> {
  return page.evaluate(() =>
    document.activeElement === document.body
      ? ''
      : (document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? ''),
  );
}

async function until({ page }: Tab, there: () => boolean): Promise<void> {
  for (let step = 0; step < PATIENCE; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(there)) return;
  }
  throw new Error(`The focus was not there after ${PATIENCE} steps.`);
}

/** Presses Tab until the focus is on what has this text, and tells what it met. */
async function tabThrough(tab: Tab, text: string): Promise<string[]> {
  const met: string[] = [];
  while (met.at(-1) !== text) {
    if (met.length === PATIENCE) throw new Error(`${text} was not reached. Met: ${met.join(', ')}`);
    await tab.page.keyboard.press('Tab');
    met.push(await focused(tab));
  }
  return met;
}
