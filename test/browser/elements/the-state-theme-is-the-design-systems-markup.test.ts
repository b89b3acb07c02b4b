import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { forEachEngine, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { banner, openPreferences, PAGE, press, startAsking } from './asking-page';

/** The design system's own page about the component, as its package has it. */
const EXAMPLE = new URL('../../../node_modules/@gouvfr/dsfr/example/component/consent/index.html', import.meta.url);
const FRENCH = '<script>document.documentElement.lang = "fr"</script>';

/** What is compared: elements, their classes, and how form controls stand; not texts, ids and names. */
interface Part {
  /** Selects the part in the example. */
  theirs: string;
  ours: string;
  /** What is in the part, but is not compared. */
  without?: string;
}

const PARTS: Record<string, Part> = {
  'the banner': {
    theirs: '.fr-consent-banner',
    ours: 'cookie-banner > .fr-consent-banner',
    without: '.fr-consent-banner__content > *',
  },
  'the dialog': {
    theirs: '#fr-consent-modal',
    ours: 'dialog[open]',
    without: '.fr-modal__content > :not(.fr-modal__title)',
  },
  'the choice for all services': {
    theirs: '#fr-consent-modal .fr-consent-manager > :first-child',
    ours: 'dialog .fr-consent-manager > :first-child',
    // The example has a link in the title.
    without: '.fr-consent-service__title a',
  },
  'what is necessary': {
    theirs: '#fr-consent-modal .fr-consent-manager > :nth-child(2)',
    ours: 'dialog .fr-consent-manager > :nth-child(2)',
    // The example folds nothing there.
    without: '.fr-consent-service__desc ~ *',
  },
  'a purpose with its services': {
    theirs: '#fr-consent-modal .fr-consent-manager > :nth-child(3)',
    ours: 'dialog .fr-consent-manager > :has([name="purpose:third-party"])',
    // One service is as the other. The example’s have neither description nor details.
    without:
      '.fr-consent-services > :not(:first-child), .fr-consent-services :is(.fr-consent-service__desc, .fr-consent-service__collapse)',
  },
  'the button that confirms': {
    theirs: '#fr-consent-modal .fr-consent-manager__buttons',
    ours: 'dialog .fr-consent-manager__buttons',
  },
};

describe('The State’s theme is the design system’s markup', () => {
  forEachEngine(({ start }) => {
    it('element for element and class for class, as the package’s example', async () => {
      const { page } = await opened(start);
      const example = await readFile(EXAMPLE, 'utf8');
      for (const [name, { theirs, ours, without = '' }] of Object.entries(PARTS)) {
        const [expected, actual] = await page.evaluate(
          (example, theirs, ours, without) =>
            [
              new DOMParser().parseFromString(example, 'text/html').querySelector(theirs)!,
              document.querySelector(ours)!,
            ].map((part) =>
              [part, ...part.querySelectorAll('*')]
                .filter((element) => !without || !element.closest(without))
                .map((element) => {
                  let depth = 0;
                  for (let outer = element; outer !== part; outer = outer.parentElement!) depth++;
                  // What a script has opened is not in the example.
                  const classes = [...element.classList].filter((name) => name !== 'fr-modal--opened').sort();
                  const control =
                    element instanceof HTMLInputElement
                      ? ` ${element.type}${element.defaultChecked ? ' checked' : ''}${element.disabled ? ' disabled' : ''}`
                      : '';
                  return `${'  '.repeat(depth)}${[element.localName, ...classes].join('.')}${control}`;
                }),
            ),
          example,
          theirs,
          ours,
          without,
        );
        assert.ok(expected!.length >= 3, name);
        assert.deepEqual(actual, expected, name);
      }
    });

    it('in its words', async () => {
      const { page } = await opened(start);
      const example = await readFile(EXAMPLE, 'utf8');
      const words = (selector: string) =>
        page.evaluate(
          (example, selector) =>
            [new DOMParser().parseFromString(example, 'text/html'), document].map((root) => [
              ...new Set([...root.querySelectorAll(selector)].map(({ textContent }) => textContent.trim())),
            ]),
          example,
          selector,
        );
      for (const selector of [
        '.fr-consent-banner button',
        '.fr-consent-manager .fr-consent-service__collapse-btn',
        '.fr-consent-manager__buttons button',
        '.fr-consent-manager__header label',
      ]) {
        const [theirs, ours] = await words(selector);
        assert.deepEqual(ours, theirs, selector);
      }
    });

    it('first in the document, at the bottom on the left', async () => {
      const { page } = await opened(start);
      const { first, position, left, bottom } = await page.$eval('.fr-consent-banner', (box) => {
        const { left, bottom } = box.getBoundingClientRect();
        return {
          first: !!box.parentElement!.matches('head + cookie-banner:has(+ body)'),
          position: getComputedStyle(box).position,
          left,
          bottom: innerHeight - bottom,
        };
      });
      assert.deepEqual({ first, position, left, bottom }, { first: true, position: 'fixed', left: 40, bottom: 40 });
    });

    it('a placeholder has its frame, its title, and the button that allows', async () => {
      const { page } = await opened(
        start,
        '<iframe data-service="youtube" data-src="http://127.0.0.1:9/embed" title="Une vidéo" width="600" height="400"></iframe>',
      );
      await page.waitForSelector('cookie-placeholder > .fr-consent-placeholder > .fr-h6:first-child + p');
      assert.deepEqual(
        await page.$$eval('cookie-placeholder button', (buttons) =>
          buttons.map(({ className, textContent, ariaLabel }) => [className, textContent, ariaLabel]),
        ),
        [
          ['fr-btn', 'Autoriser une fois', 'Autoriser une fois: Vidéos YouTube'],
          ['fr-btn', 'Toujours autoriser', 'Toujours autoriser: Vidéos YouTube'],
          ['fr-btn fr-btn--tertiary cookie-gatekeeper-more', 'Détails', 'Détails: Vidéos YouTube'],
        ],
      );
    });

    it('services unfold without the design system’s script, and fold again', async () => {
      const tab = await opened(start);
      const shown = () =>
        tab.page.$eval('dialog [name="service:youtube"]', (input) => getComputedStyle(input).visibility === 'visible');
      const expanded = () =>
        tab.page.$eval(
          'dialog :has(> .fr-fieldset [name="service:youtube"]) .fr-consent-service__collapse-btn',
          (button) => button.getAttribute('aria-expanded'),
        );
      const unfold = () =>
        tab.page.$eval(
          'dialog :has(> .fr-fieldset [name="service:youtube"]) .fr-consent-service__collapse-btn',
          (button) => (button as HTMLElement).click(),
        );
      assert.deepEqual([await shown(), await expanded()], [false, 'false']);
      await unfold();
      await tab.page.waitForFunction(
        () => getComputedStyle(document.querySelector('dialog [name="service:youtube"]')!).visibility === 'visible',
      );
      assert.equal(await expanded(), 'true');
      await unfold();
      await tab.page.waitForFunction(
        () => getComputedStyle(document.querySelector('dialog [name="service:youtube"]')!).visibility === 'hidden',
      );
      assert.equal(await expanded(), 'false');
    });

    it('but an objection to exempt statistics is in sight from the start', async () => {
      const tab = await opened(start);
      assert.equal(
        await tab.page.$eval('dialog [name="service:plausible"]', (input) => getComputedStyle(input).visibility),
        'visible',
      );
      await press(tab, 'Fermer', 'dialog');
    });
  });
});

/** Opens the preferences beside the banner, in French, which is the example's language. */
async function opened(start: StartVisit, content = ''): Promise<Tab> {
  const { tab } = await startAsking(start, 'dsfr', { head: FRENCH, content });
  await tab.visit(PAGE);
  await banner(tab);
  await openPreferences(tab);
  return tab;
}
