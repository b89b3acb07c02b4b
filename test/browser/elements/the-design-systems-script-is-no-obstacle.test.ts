import assert from 'node:assert/strict';
import { forEachEngine, type VisitOptions } from '../harness';
import type { Tab } from '../tab';
import { banner, choose, clickControl, openPreferences, PAGE, press, startAsking, unfoldAll } from './asking-page';
import { assertAccessible } from './axe';

const OPEN: VisitOptions = { policy: { wall: 'off' }, lock: 'none' };
const SCRIPT = '/dsfr/dsfr.module.min.js';
const HEAD = `<script type="module" src="${SCRIPT}"></script>`;
/** A modal of the site's own, which the script takes care of. */
const MODAL = `
  <button id="open-own" type="button" class="fr-btn" aria-controls="own" data-fr-opened="false">More</button>
  <dialog id="own" class="fr-modal" aria-labelledby="own-title">
    <div class="fr-container"><div class="fr-modal__body">
      <div class="fr-modal__header"><button type="button" class="fr-btn--close fr-btn" aria-controls="own" id="close-own">Close</button></div>
      <div class="fr-modal__content"><h2 id="own-title" class="fr-modal__title">The site’s own</h2></div>
    </div></div>
  </dialog>`;
const CONTENT = `${MODAL}
  <iframe data-service="partner" data-src="http://127.0.0.1:9/embed" title="A video" width="400" height="300"></iframe>
  <cookie-policy></cookie-policy>`;

describe('The design system’s own script is no obstacle', () => {
  forEachEngine(({ start }) => {
    it('the preferences open, close by their button and by Escape, give the focus back, and leave the page usable', async () => {
      const { tab } = await startAsking(start, 'dsfr', { head: HEAD, content: CONTENT });
      await visitStarted(tab);
      for (const close of [
        () => press(tab, 'Close', 'dialog.fr-modal[open]'),
        () => tab.page.keyboard.press('Escape'),
      ]) {
        await press(tab, 'Customise', 'cookie-banner');
        await seen(tab);
        await close();
        await tab.page.waitForFunction(() => !document.querySelector('dialog cookie-preferences'));
        await tab.page.waitForFunction(() => document.activeElement?.textContent === 'Customise');
        assert.equal((await tab.consent()).state, 'undecided');
      }
      await tab.page.$eval('#link', (link) => link.scrollIntoView({ block: 'start' }));
      await tab.page.click('#link');
      assert.equal(new URL(tab.page.url()).hash, '#there');
    });

    it('a service’s details unfold once, and a choice among them is what is kept', async () => {
      const { tab } = await startAsking(start, 'dsfr', { ...OPEN, head: HEAD, content: CONTENT });
      await visitStarted(tab);
      await openPreferences(tab);
      await seen(tab);
      await tab.page.waitForSelector('dialog [data-fr-js-collapse]');
      for (const expanded of [true, false, true]) {
        await tab.page.$eval('dialog [name="service:youtube"]', (input) => {
          const { id } = input.closest('.fr-collapse')!;
          document.querySelector<HTMLElement>(`[aria-controls="${id}"]`)!.click();
        });
        await tab.page.waitForFunction(
          (expanded) =>
            getComputedStyle(document.querySelector('dialog [name="service:youtube"]')!).visibility ===
            (expanded ? 'visible' : 'hidden'),
          {},
          expanded,
        );
      }
      await choose(tab, 'service:youtube', true);
      await press(tab, 'Confirm my choices', 'dialog');
      await tab.page.waitForFunction(
        () => window.gatekeeper.consent.state === 'decided' && !document.querySelector('dialog cookie-preferences'),
      );
      const { choices } = await tab.consent();
      assert.deepEqual([choices['youtube'], choices['posthog'], choices['plausible']], [true, false, true]);
    });

    it('an objection is in sight from the start', async () => {
      const { tab } = await startAsking(start, 'dsfr', { head: HEAD });
      await visitStarted(tab);
      await openPreferences(tab);
      await tab.page.waitForFunction(
        () => getComputedStyle(document.querySelector('dialog [name="service:plausible"]')!).visibility === 'visible',
      );
    });

    it('a placeholder’s button allows its service, and the controls of the page do what they say', async () => {
      const { tab } = await startAsking(start, 'dsfr', { ...OPEN, head: HEAD, content: CONTENT });
      await visitStarted(tab);
      await tab.page.waitForSelector('cookie-placeholder button');
      await press(tab, 'Always allow: Partner', 'cookie-placeholder');
      await tab.page.waitForFunction(() => window.gatekeeper.allows('partner'));
      await tab.page.waitForFunction(() => !document.querySelector('cookie-placeholder'));
      await clickControl(tab, 'withdraw');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.record?.action === 'withdraw');
      await press(tab, 'Close', 'cookie-banner');
      await clickControl(tab, 'manage');
      await seen(tab);
      await tab.page.keyboard.press('Escape');
      await tab.page.waitForFunction(() => document.activeElement?.id === 'manage');
    });

    it('and the site’s own modals work as before', async () => {
      const { tab } = await startAsking(start, 'dsfr', { head: HEAD, content: CONTENT });
      await visitStarted(tab);
      await openPreferences(tab);
      await tab.page.keyboard.press('Escape');
      await tab.page.waitForFunction(() => !document.querySelector('dialog cookie-preferences'));
      await tab.page.$eval('#open-own', (button) => button.scrollIntoView({ block: 'start' }));
      await tab.page.click('#open-own');
      await tab.page.waitForSelector('#own.fr-modal--opened');
      await tab.page.waitForFunction(() => getComputedStyle(document.querySelector('#own')!).opacity === '1');
      await tab.page.click('#close-own');
      await tab.page.waitForSelector('#own:not(.fr-modal--opened)');
    });

    it('also when it arrives after the preferences were opened', async () => {
      const { tab } = await startAsking(start, 'dsfr', { content: CONTENT });
      await tab.visit(PAGE);
      await openPreferences(tab);
      await tab.page.addScriptTag({ url: SCRIPT, type: 'module' });
      await tab.page.waitForSelector('dialog[data-fr-js-modal] cookie-preferences');
      await tab.page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      await seen(tab);
      await tab.page.keyboard.press('Escape');
      await tab.page.waitForFunction(() => document.activeElement?.id === 'manage');
    });

    it('and axe-core finds nothing, in any state', async () => {
      const { tab } = await startAsking(start, 'dsfr', { head: HEAD, content: CONTENT });
      await visitStarted(tab);
      await tab.page.waitForSelector('cookie-placeholder button');
      await assertAccessible(tab, 'banner, placeholder and policy');
      await openPreferences(tab);
      await seen(tab);
      await assertAccessible(tab, 'preferences');
      await unfoldAll(tab);
      await assertAccessible(tab, 'preferences, unfolded');
    });
  });
});

/** Goes to the page and waits until the banner asks and the script has taken care of the site's own modal. */
async function visitStarted(tab: Tab): Promise<void> {
  await tab.visit(PAGE);
  await banner(tab);
  await tab.page.waitForSelector('#own[data-fr-js-modal], html[data-fr-js]:not(:has(#own))');
}

/** Waits until the preferences are there to be seen and used, and nothing else is. */
async function seen({ page }: Tab): Promise<void> {
  await page.waitForFunction(() => {
    const dialog = document.querySelector('dialog cookie-preferences')?.closest('dialog');
    if (!dialog?.open || !dialog.matches(':modal')) return false;
    const { visibility, opacity } = getComputedStyle(dialog);
    return visibility === 'visible' && opacity === '1' && dialog.contains(document.activeElement);
  });
}
