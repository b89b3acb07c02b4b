import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { banner, PAGE, press, startAsking, THEMES } from './asking-page';

/** What sites say about all that is in their body. */
const LAYOUTS = {
  'a grid with three rows': 'display: grid; grid-template-rows: auto 1fr auto; min-height: 600px',
  'a column with gaps': 'display: flex; flex-direction: column; gap: 40px',
  'space between its children': '} body > * + * { margin-top: 50px',
  'space in its children': '} body > * { padding: 20px',
  'something of its own for the first': '} body > :first-child { padding-top: 30px',
};
const PLACED = '<cookie-banner></cookie-banner><p>Beside</p>';

describe('A site lays out its body without the banner', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`as it would without us, whether visitors are asked or not, in the theme ${theme}`, async () => {
        const { tab, example } = await startAsking(start, theme);
        for (const [name, rules] of Object.entries(LAYOUTS)) {
          const head = `<style>body { margin: 0; ${rules} }</style>`;
          example.page('/laid-out', { head, body: '<header>Head</header><main>Main</main><footer>Foot</footer>' });
          await tab.visit('/laid-out');
          await banner(tab);
          const asked = await places(tab);
          await tab.page.$eval('cookie-banner', (host) => host.remove());
          assert.deepEqual(asked, await places(tab), name);
        }
      });
    }

    it('and the banner is in sight however the body is drawn', async () => {
      const { tab } = await startAsking(start, 'own', {
        head: '<style>body { filter: brightness(1) } main { height: 4000px }</style>',
      });
      await tab.visit(PAGE);
      await banner(tab);
      const { top, bottom, height } = await tab.page.$eval('cookie-banner > div', (box) => ({
        ...(box.getBoundingClientRect().toJSON() as DOMRect),
        height: innerHeight,
      }));
      assert.ok(top > 0 && bottom <= height, `from ${top} to ${bottom}, of ${height}`);
    });

    it('with what the site has set there for all of the page: its colours, and whether it is dark', async () => {
      const { tab } = await startAsking(start, 'own', {
        head: '<style>body { --cookie-gatekeeper-accent: rgb(90, 0, 90) } .night { color-scheme: dark }</style>',
      });
      await tab.visit(PAGE);
      await banner(tab);
      const ground = () => tab.page.$eval('cookie-banner > div', (box) => getComputedStyle(box).backgroundColor);
      assert.equal(await ground(), 'rgb(255, 255, 255)');
      await tab.page.evaluate(() => document.body.classList.add('night'));
      assert.equal(await ground(), 'rgb(27, 32, 38)');
      const accent = await tab.page.$eval(
        'cookie-banner .choice',
        (button) => getComputedStyle(button).backgroundColor,
      );
      assert.equal(accent, 'rgb(90, 0, 90)');
    });

    it('in the State’s theme, with the font of its body, also where the styles come late', async () => {
      const { tab } = await startAsking(start, 'dsfr', {
        head: '<script>addEventListener("load", () => { document.body.style.fontFamily = "serif" })</script>',
      });
      await tab.visit(PAGE);
      await banner(tab);
      await tab.page.waitForFunction(
        () => getComputedStyle(document.querySelector('cookie-banner p')!).fontFamily === 'serif',
      );
    });

    it('and a visitor goes on being asked where the site puts other content into its body', async () => {
      const { tab } = await startAsking(start, 'own');
      await tab.visit(PAGE);
      await banner(tab);
      await tab.page.evaluate(() => (document.body.innerHTML = '<main>Another page</main>'));
      await banner(tab);
      await tab.page.evaluate(() =>
        document.documentElement.replaceChild(document.createElement('body'), document.body),
      );
      await banner(tab);
      await press(tab, 'Refuse all', 'cookie-banner');
      await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
    });

    it('and with a table of contents, of what it has as its own headings', async () => {
      const { tab } = await startAsking(start, 'own', { content: '<h2>One</h2><h2>Two</h2>' });
      await tab.visit(PAGE);
      await banner(tab);
      await press(tab, 'Customise', 'cookie-banner');
      await tab.page.waitForSelector('dialog[open] input');
      const headings = await tab.page.$$eval('h1, h2, h3', (all) => all.map(({ textContent }) => textContent));
      assert.deepEqual(headings, ['A page', 'One', 'Two']);
    });

    it('and a banner that the site has placed stays there, until it goes with what is beside it', async () => {
      const tab = await placed(start);
      assert.ok(await tab.page.$('main > cookie-banner > div'));
      await tab.page.evaluate(() => (document.querySelector('main')!.innerHTML = '<p>Another page</p>'));
      await banner(tab);
      assert.ok(await tab.page.$('head + cookie-banner'));
    });

    it('but not again when it alone was taken out, as extensions do', async () => {
      for (const tab of [await placed(start), await placed(start, '')]) {
        await tab.page.$eval('cookie-banner', (host) => host.remove());
        await tab.page.evaluate(() => document.documentElement.classList.add('js'));
        // What has been changed is told before what is asked next.
        assert.equal(await tab.page.$('cookie-banner'), null);
      }
    });
  });
});

async function placed(start: StartVisit, content = PLACED): Promise<Tab> {
  const { tab } = await startAsking(start, 'own', { content });
  await tab.visit(PAGE);
  await banner(tab);
  return tab;
}

/** Where the parts of the page are. */
function places({ page }: Tab): Promise<unknown> {
  return page.$$eval('header, main, footer', (parts) =>
    parts.map((part) => ({
      ...(part.getBoundingClientRect().toJSON() as object),
      padding: getComputedStyle(part).padding,
    })),
  );
}
