import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { assertNothingReached } from '../third-party-hits';
import { banner, PAGE, startAsking, THEMES } from './asking-page';

describe('The interface speaks the visitor’s language', () => {
  forEachEngine(({ start }) => {
    const cases = [
      ['the document’s', 'lang="fr-CA"', '', 'Tout accepter'],
      ['the document’s, as POSIX writes it', 'lang="fr_FR"', 'django_language=en', 'Tout accepter'],
      ['the document’s before the cookie’s', 'lang="en"', 'django_language=fr', 'Accept all'],
      ['the cookie’s where the document says none', '', 'django_language=fr', 'Tout accepter'],
      ['the cookie’s where the document’s is not available', 'lang="pl"', 'django_language=en', 'Accept all'],
      ['the browser’s where neither says', '', '', 'Accept all'],
    ] as const;
    for (const [what, lang, cookie, expected] of cases) {
      it(`${what}`, async () => {
        const { tab, example } = await startAsking(start, 'own');
        const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
        if (cookie) headers.append('Set-Cookie', `${cookie}; Path=/`);
        example.route(
          '/spoken',
          () =>
            new Response(
              `<!doctype html><html ${lang}><head><title>-</title><script src="/gatekeeper.js"></script></head><body></body></html>`,
              { headers },
            ),
        );
        await tab.visit('/spoken');
        assert.equal((await banner(tab))[0], expected);
      });
    }

    it('and follows the document’s, with what was chosen and not yet confirmed', async () => {
      const { tab } = await startAsking(start, 'own', {
        content: '<cookie-preferences></cookie-preferences><cookie-policy></cookie-policy>',
      });
      const { page } = tab;
      await tab.visit('/page');
      await banner(tab);
      await page.waitForSelector('cookie-policy table');
      await page.$eval('[name="service:youtube"]', (input) => (input as HTMLInputElement).click());
      await page.evaluate(() => (document.documentElement.lang = 'fr'));
      await page.waitForSelector('cookie-banner[lang=fr]');
      assert.equal((await banner(tab))[0], 'Tout accepter');
      assert.match(await page.$eval('cookie-policy', ({ textContent }) => textContent), /Finalités/);
      assert.match(await page.$eval('cookie-preferences', ({ textContent }) => textContent), /Confirmer mes choix/);
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name="service:youtube"]')!.checked);
    });

    it('and the site’s own words', async () => {
      const { tab } = await startAsking(start, 'own', {
        policy: { texts: { en: { acceptAll: 'Yes to everything', policyUrl: '/cookies' } } },
      });
      await tab.visit('/page');
      assert.equal((await banner(tab))[0], 'Yes to everything');
      assert.equal(await tab.page.$eval('cookie-banner a', (link) => link.getAttribute('href')), '/cookies');
    });

    for (const theme of THEMES) {
      it(`in what is open, too, when the document’s becomes another, in the theme ${theme}`, async () => {
        const { tab, example } = await startAsking(start, theme, {
          content: '<iframe data-service="partner" data-src="/own" width="480" height="270"></iframe>',
        });
        const { page } = tab;
        await tab.visit(PAGE);
        await banner(tab);
        const becomes = async (language: string, said: string) => {
          await page.evaluate((language) => (document.documentElement.lang = language), language);
          await page.waitForFunction((said) => document.querySelector(said), {}, said);
        };
        const titles = () =>
          page.$$eval('dialog :is(h2, [role=heading])', (titles) => titles.map(({ textContent }) => textContent));

        await page.click('#manage');
        await page.waitForSelector('dialog cookie-preferences input');
        const choose = 'dialog [name="purpose:third-party"][value=true]';
        await page.$eval(choose, (input) => (input as HTMLInputElement).click());
        await becomes('fr', 'dialog[lang=fr] cookie-preferences[lang=fr]');
        assert.deepEqual(await titles(), ['Gérer mes cookies']);
        // What was chosen, and not confirmed yet.
        await page.waitForFunction((choose) => document.querySelector<HTMLInputElement>(choose)!.checked, {}, choose);
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('dialog'));
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'manage');

        await page.waitForSelector('cookie-placeholder[lang=fr] .cookie-gatekeeper-more');
        await page.$eval('cookie-placeholder .cookie-gatekeeper-more', (more) => (more as HTMLElement).click());
        await page.waitForSelector('dialog[lang=fr]');
        assert.match(await page.$eval('dialog', ({ textContent }) => textContent), /Toujours autoriser/);
        await becomes('en', 'dialog[lang=en]');
        assert.match(await page.$eval('dialog', ({ textContent }) => textContent), /Always allow/);
        assert.equal((await titles()).length, 1);
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => document.activeElement?.matches('cookie-placeholder .cookie-gatekeeper-more'));

        // A page that its script has exchanged.
        await page.click('#manage');
        await page.waitForSelector('dialog cookie-preferences input');
        await page.evaluate(() => {
          document.body.replaceWith(document.body.cloneNode(true));
          document.querySelector('dialog')!.remove();
        });
        await becomes('fr', 'cookie-placeholder[lang=fr] button');
        await becomes('en', 'cookie-placeholder[lang=en] button');
        assert.deepEqual(await titles(), []);

        await page.click('#withdraw');
        await page.waitForSelector('cookie-banner[role=alert][lang=en]');
        await becomes('fr', 'cookie-banner[role=alert][lang=fr]');
        assert.match(
          await page.$eval('cookie-banner', ({ textContent }) => textContent),
          /Votre consentement a été retiré/,
        );
        assertNothingReached(example, 'partner');
      });
    }
  });
});
