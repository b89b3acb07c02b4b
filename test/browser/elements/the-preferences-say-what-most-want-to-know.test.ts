import assert from 'node:assert/strict';
import type { ThemeName } from '../../../src/cli/build';
import { forEachEngine, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { openPreferences, PAGE, preferences, press, startAsking, THEMES } from './asking-page';

const PHONE = { width: 390, height: 844 };
/** With those of the example, more than fifteen. */
const MORE = Array.from({ length: 12 }, (_, index) => ({
  id: `more-${index}`,
  provider: `Fournisseur ${index === 7 ? 'Sélène' : index}`,
  purpose: 'third-party',
  origins: [`https://more-${index}.example`],
}));

describe('The preferences say what most want to know, and more when asked', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`purposes with their number of services, details on demand, and the confirmation in sight, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme);
        const { page } = tab;
        await page.setViewport(PHONE);
        await tab.visit(PAGE);
        await openPreferences(tab);
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
        const text = await page.$eval('dialog', ({ textContent }) => textContent);
        assert.match(text, /Visitor statistics.*Services: 3/);
        const isSeen = (selector: string) =>
          page.$eval(selector, (element) => element.checkVisibility({ visibilityProperty: true }));
        assert.equal(await isSeen('dialog [name="service:youtube"]'), false, 'a service is a detail');
        assert.equal(await isSeen('dialog [name="service:plausible"]'), true, 'an objection is not');
        assert.equal(await page.$('dialog input[type=search]'), null, 'few services need no search');
        if (theme === 'own') {
          const covered = await page.$$eval('dialog input[name^="purpose:"]', (inputs) =>
            inputs
              .filter((input) => {
                const { left, right, top, bottom } = input.getBoundingClientRect();
                return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) !== input;
              })
              .map(({ name }) => name),
          );
          assert.deepEqual(covered, [], 'every purpose is on the first screen');
        }
        const confirm = await page.$$eval('dialog button', (buttons) => {
          const button = buttons.find(({ textContent }) => textContent === 'Confirm my choices')!;
          const { top, bottom, left, right } = button.getBoundingClientRect();
          const { backgroundColor } = getComputedStyle(button);
          const others = buttons.filter((other) => other !== button && other.parentElement === button.parentElement);
          return {
            inSight: top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth,
            isUncovered: button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)),
            isStrongest: others.every((other) => getComputedStyle(other).backgroundColor !== backgroundColor),
          };
        });
        assert.deepEqual(confirm, { inSight: true, isUncovered: true, isStrongest: true });
      });

      it(`with many services, they can be searched, in the theme ${theme}`, async () => {
        const tab = await openedWithMany(start, theme);
        const { page } = tab;
        await page.type('dialog input[type=search]', 'SELENE');
        const seen = () =>
          page.$$eval('dialog input[name^="service:"]', (inputs) => [
            ...new Set(
              inputs.filter((input) => input.checkVisibility({ visibilityProperty: true })).map(({ name }) => name),
            ),
          ]);
        await page.waitForFunction(() => document.querySelector('dialog output')?.textContent === 'Services: 1');
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
        assert.deepEqual(await seen(), ['service:more-7']);
        // What is not seen keeps its choice.
        assert.ok('service:youtube' in (await preferences(tab)));

        await page.type('dialog input[type=search]', 'xyz');
        await page.waitForFunction(
          () => document.querySelector('dialog output')?.textContent === 'No service matches.',
        );
        assert.deepEqual(await seen(), []);
      });

      it(`what a search has unfolded is folded again after it, in the theme ${theme}`, async () => {
        const tab = await openedWithMany(start, theme);
        const { page } = tab;
        const unfolded = () =>
          page.$$eval('dialog details:has([role=group])[open], dialog [aria-expanded=true]', ({ length }) => length);
        assert.equal(await unfolded(), 0);
        await search(tab, 'Selene');
        assert.equal(await unfolded(), 1);
        await search(tab, '');
        assert.equal(await unfolded(), 0);
      });

      it(`what is typed into stays where it is, whatever is found, in the theme ${theme}`, async () => {
        const tab = await openedWithMany(start, theme);
        const { page } = tab;
        const top = () =>
          page.$eval('dialog input[type=search]', (input) => Math.round(input.getBoundingClientRect().top));
        const before = await top();
        for (const wanted of ['s', 'selene', 'selene xyz', '']) {
          await search(tab, wanted);
          assert.equal(await top(), before, `while "${wanted}" is searched`);
        }
      });
    }

    it('the visitor can have the proof of what they have decided, once they have', async () => {
      const { tab } = await startAsking(start, 'own', { policy: { wall: 'off' }, lock: 'none' });
      const { page } = tab;
      await tab.visit(PAGE);
      await openPreferences(tab);
      const link = () =>
        page.$eval('dialog a[download]', (link) => ({
          seen: link.checkVisibility(),
          content: decodeURIComponent(link.href.split(',').slice(1).join(',')),
        }));
      assert.equal((await link()).seen, false);
      await press(tab, 'Refuse all', 'dialog');
      await page.waitForFunction(() => !document.querySelector('dialog'));
      await openPreferences(tab);
      await page.waitForSelector('dialog a[download]:not([hidden])');
      const receipt = await page.evaluate(() => window.gatekeeper.receipt());
      assert.deepEqual(JSON.parse((await link()).content), receipt);
      assert.equal(receipt!.action, 'refuse-all');
    });
  });
});

/** The preferences of a site with so many services that they can be searched. */
async function openedWithMany(start: StartVisit, theme: ThemeName): Promise<Tab> {
  const { tab } = await startAsking(start, theme, {
    policy: { wall: 'off' },
    lock: 'none',
    editPolicy: (policy) => ({ ...policy, services: [...policy.services, ...MORE] }),
  });
  await tab.visit(PAGE);
  await openPreferences(tab);
  return tab;
}

function search({ page }: Tab, wanted: string): Promise<void> {
  return page.$eval(
    'dialog input[type=search]',
    (input, wanted) => {
      input.value = wanted;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    wanted,
  );
}
