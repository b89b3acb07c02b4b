import assert from 'node:assert/strict';
import type { PolicyInput } from '../../../src/policy/index';
import { forEachEngine } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';
import { banner, PAGE, press, startAsking, THEMES } from './asking-page';

const PHONES = [
  { width: 430, height: 932 },
  { width: 390, height: 844 },
  { width: 375, height: 667 },
  { width: 360, height: 640 },
  { width: 320, height: 568 },
  { width: 844, height: 390 },
  { width: 667, height: 375 },
  { width: 640, height: 360 },
  { width: 568, height: 320 },
];
const MANY_SERVICES = ['statistics', 'first-party', 'third-party'].flatMap((purpose) =>
  [1, 2, 3, 4].map((number) => ({
    id: `${purpose}-${number}`,
    provider: `A company for ${purpose}, number ${number}`,
    purpose,
    origins: [`https://${purpose}-${number}.example`],
  })),
);
const LARGEST_SHARE = 1 / 3;
const TOLERANCE_PX = 1;
const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt'];
/** On those with the least room, all are tried. */
const languagesOn = ({ width, height }: (typeof PHONES)[number]) =>
  Math.min(width, height) <= 360 ? LANGUAGES : Object.keys(WORDS);
/** What has to be said, by language; the others say it as long. */
const WORDS: Record<string, readonly string[]> = {
  en: ['Development data', 'purposes', 'change your mind', 'Visitor statistics', 'PostHog', 'Cookies policy'],
  fr: ['Données du développement', 'finalités', 'changer d’avis', 'Mesure d’audience', 'PostHog', 'Politique'],
};

describe('The banner leaves a phone its page', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`it takes a third of the screen at most, with all that has to be said first, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme, {
          policy: {
            name: { en: 'Development data', fr: 'Données du développement' },
            texts: Object.fromEntries(LANGUAGES.map((language) => [language, { policyUrl: '/cookies' }])),
          },
        });
        const { page } = tab;
        await page.setViewport(PHONES[0]!);
        await tab.visit(PAGE);
        await banner(tab);
        const cases = PHONES.flatMap((phone) => languagesOn(phone).map((language) => [phone, language] as const));
        for (const [phone, language] of cases) {
          await page.setViewport(phone);
          await page.evaluate((language) => (document.documentElement.lang = language), language);
          await page.waitForSelector(`cookie-banner[lang=${language}] button`);
          await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
          const { height, scrolls, rows, room } = await page.$eval('cookie-banner > div', (box) => {
            const buttons = [...box.querySelectorAll('button')].map((button) => button.getBoundingClientRect());
            const rows = [...new Set(buttons.map(({ top }) => Math.round(top)))].map((top) => {
              const row = buttons.filter((button) => Math.round(button.top) === top);
              return row.at(-1)!.right - row[0]!.left;
            });
            const { paddingLeft, paddingRight } = getComputedStyle(box);
            return {
              height: box.getBoundingClientRect().height,
              scrolls: box.scrollHeight > box.clientHeight,
              rows,
              room: box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
            };
          });
          const isLow = phone.width > phone.height;
          assert.ok(height <= phone.height * LARGEST_SHARE, `${height} of ${phone.height} px in ${language}`);
          assert.equal(scrolls, false, 'all of it is in sight');
          for (const width of isLow ? [] : rows)
            assert.ok(Math.abs(width - room) <= TOLERANCE_PX, `a row of buttons is ${width} px wide, of ${room}`);
          const text = await page.$eval('cookie-banner', ({ textContent }) => textContent);
          for (const word of WORDS[language] ?? []) assert.ok(text.includes(word), word);
        }
      });
    }

    for (const theme of THEMES) {
      it(`also where many services are asked about, in the theme ${theme}`, async () => {
        const { tab } = await startAsking(start, theme, {
          policy: { texts: { en: {}, de: { policyUrl: '/cookies' } } },
          editPolicy: (written) => ({ ...(written as PolicyInput), services: MANY_SERVICES }),
        });
        const { page } = tab;
        await tab.visit(PAGE);
        await banner(tab);
        for (const language of ['en', 'de']) {
          await page.evaluate((language) => (document.documentElement.lang = language), language);
          await page.waitForSelector(`cookie-banner[lang=${language}] button`);
          for (const phone of PHONES) {
            await page.setViewport(phone);
            const height = await page.$eval('cookie-banner > div', (box) => box.getBoundingClientRect().height);
            assert.ok(height <= phone.height * LARGEST_SHARE, `${height} of ${phone.height} px in ${language}`);
          }
        }
      });
    }

    it('the portal’s own panel, which is where it would be, comes when it is answered', async () => {
      const { tab } = await start({ interface: 'own' });
      const { page } = tab;
      await page.setViewport(PHONES[0]!);
      await tab.visit('/');
      await banner(tab);
      const isPanelShown = () => page.$eval('.panel', (panel) => panel.checkVisibility());
      assert.equal(await isPanelShown(), false);
      await press(tab, 'Refuse all', 'cookie-banner');
      await until(isPanelShown, 'the panel is there');
    });

    it('it names the site as the policy does, or else as the page does', async () => {
      const cases = [
        ['By the policy', '<meta property="og:site_name" content="By the page">', 'By the policy'],
        ['', '<meta property="og:site_name" content="By the page"><title>A map – By its title</title>', 'By the page'],
        ['', '<title>A map – By its title</title>', 'By its title'],
        ['', '<title>A map</title>', 'localhost:'],
      ] as const;
      for (const [name, head, expected] of cases) {
        const { tab, example } = await startAsking(start, 'own', { policy: name ? { name } : {} });
        const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<script src="/gatekeeper.js"></script></head><body></body></html>`;
        example.route('/named', () => new Response(html, { headers: { 'Content-Type': 'text/html' } }));
        await tab.visit('/named');
        await banner(tab);
        assert.ok((await titleOf(tab)).startsWith(`Cookies on ${expected}`), await titleOf(tab));
      }
    });
  });
});

function titleOf({ page }: Tab): Promise<string> {
  return page.$eval('cookie-banner [role=heading]', ({ textContent }) => textContent);
}
