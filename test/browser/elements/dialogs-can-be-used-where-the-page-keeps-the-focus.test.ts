import assert from 'node:assert/strict';
import type { ThemeName } from '../../../src/cli/build';
import { forEachEngine, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { banner, PAGE, press, startAsking, THEMES } from './asking-page';

/** What libraries do that keep the focus in a menu: nothing that is done outside of it arrives. */
const TRAP = `<script>
  window.isTrapping = true;
  for (const type of ['focusin', 'mousedown', 'touchstart', 'click'])
    document.addEventListener(type, (event) => {
      const menu = document.querySelector('#menu');
      if (!window.isTrapping || !menu || menu.contains(event.target)) return;
      event.stopImmediatePropagation();
      if (type === 'focusin') menu.querySelector('button').focus();
      else event.preventDefault();
    }, true);
</script>`;
const CONTENT = `<div id="menu"><button type="button" data-cookie-preferences>Cookies</button></div>`;

describe('Dialogs can be used where the page keeps the focus', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`in a menu that they were opened from, in the theme ${theme}`, async () => {
        const tab = await openedFromMenu(start, theme, TRAP);
        const { page } = tab;
        await page.waitForSelector('dialog[open] input');
        await press(tab, 'Close', 'dialog');
        await page.waitForFunction(() => !document.querySelector('dialog'));
        assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Cookies');
      });

      for (const [name, end] of [
        ['is hidden', (menu: Element) => ((menu as HTMLElement).hidden = true)],
        ['goes', (menu: Element) => menu.remove()],
      ] as const)
        it(`also when that ${name}, in the theme ${theme}`, async () => {
          const tab = await openedFromMenu(start, theme, TRAP);
          const { page } = tab;
          await page.waitForSelector('#menu dialog[open] input');
          await page.evaluate(() => Object.assign(window, { isTrapping: false }));
          await page.$eval('#menu', end);
          await page.waitForSelector('body > dialog:modal');
          await press(tab, 'Close', 'dialog');
          await page.waitForFunction(() => !document.querySelector('dialog'));
        });
    }

    it('and elsewhere they stand in the body, whatever the menu does', async () => {
      const { page } = await openedFromMenu(start, 'own', '');
      await page.waitForSelector('dialog[open] input');
      assert.ok(await page.$('body > dialog'));
    });
  });
});

/** The preferences, opened by the key from a menu of the page's. */
async function openedFromMenu(start: StartVisit, theme: ThemeName, head: string): Promise<Tab> {
  const { tab } = await startAsking(start, theme, { content: CONTENT, head });
  await tab.visit(PAGE);
  await banner(tab);
  await tab.page.focus('#menu button');
  await tab.page.keyboard.press('Enter');
  return tab;
}
