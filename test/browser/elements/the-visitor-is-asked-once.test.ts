import assert from 'node:assert/strict';
import { Hono } from 'hono';
import type { Frame, Page } from 'puppeteer';
import { listen } from '../../../example/listen';
import { forEachEngine, type Visit, type VisitOptions } from '../harness';
import { received, until } from '../third-party-hits';
import { banner, PAGE, press, startAsking } from './asking-page';

const MAP = '/embed/map';
const EMBEDDED = `<iframe src="${MAP}" width="320" height="180" title="Map"></iframe>`;
/** An embed that embeds the map, and one that is too small for anything. */
const NEST = '/embed/nest';
const TINY = `<iframe src="${MAP}?tiny" width="60" height="40" title="Map"></iframe>`;
const WRITTEN = `<iframe srcdoc='<script src="/gatekeeper.js"></script>${EMBEDDED.replaceAll(MAP, `${MAP}?written`)}' title="Written"></iframe>`;

describe('The visitor is asked once, in the window that they came to', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

  forEachEngine(({ engine, start }) => {
    const startEmbedding = async (options: VisitOptions = {}, content = '') => {
      const visit = await startAsking(start, 'own', { ...options, content });
      const { partner } = visit.example.thirdParties;
      visit.example.page(MAP, {
        body: `<a id="cookies" href="#" data-cookie-preferences>Cookies</a><iframe src="${partner.origin}/frame/map" title="Map"></iframe>`,
      });
      visit.example.page(NEST, { body: EMBEDDED });
      return visit;
    };

    it('in the site’s own frames, however deep: what is chosen around them holds there', async () => {
      // In what is written into a page, Firefox takes none for the site itself ('self') to frame it.
      const written = engine === 'chromium' ? [WRITTEN] : [];
      const content = [EMBEDDED, TINY, `<iframe src="${NEST}" title="Nest"></iframe>`, ...written];
      const { tab, example } = await startEmbedding(
        { policy: { consent: { ask: { embeds: 'banner' } } } },
        content.join(''),
      );
      await tab.visit(PAGE);
      await banner(tab);
      const maps = await framesOf({ tab, example }, MAP, content.length);
      for (const map of maps) assert.equal(await bannersIn(map), 0, map.url());

      await maps[0]!.evaluate(() => document.querySelector<HTMLElement>('#cookies')!.click());
      await shows(maps[0]!, 'dialog[open] input');
      assert.equal(await bannersIn(maps[0]!), 0);

      await tab.reloadedBy(() => press(tab, 'Accept all', 'cookie-banner'));
      await until(() => received(example.thirdParties.partner).length >= content.length, 'every map has its content');
      for (const frame of framesOfSite({ tab, example })) assert.equal(await bannersIn(frame), 0, frame.url());
    });

    it('on another site by placeholders, and the link opens the preferences', async () => {
      const visit = await startEmbedding();
      const [map] = await embeddedElsewhere(visit, EMBEDDED + TINY + `<iframe src="${NEST}" title="Nest"></iframe>`, 3);
      for (const frame of framesOfSite(visit)) assert.equal(await bannersIn(frame), 0, frame.url());
      assert.equal(await map!.evaluate(() => window.gatekeeper.consent.state), 'undecided');
      await map!.evaluate(() => document.querySelector<HTMLElement>('#cookies')!.click());
      await shows(map!, 'dialog[open] input');
      assert.deepEqual(received(visit.example.thirdParties.partner), []);
    });

    it('on another site by a banner, if the policy says so, and then in the outermost frame only', async () => {
      const visit = await startEmbedding({ policy: { consent: { ask: { embeds: 'banner' } } } });
      const [map] = await embeddedElsewhere(
        visit,
        `<iframe src="${NEST}" width="600" height="400" title="Nest"></iframe>`,
        1,
      );
      const nest = map!.parentFrame()!;
      await shows(nest, 'cookie-banner button');
      assert.equal(await bannersIn(map!), 0);
    });

    it('in frames of a page that is left alone as on another site', async () => {
      for (const embeds of ['placeholders', 'banner'] as const) {
        const { tab, example } = await startEmbedding({
          policy: { exclude: ['/admin/'], consent: { ask: { embeds } } },
        });
        example.route(
          '/admin/',
          () => new Response(`<!doctype html>${EMBEDDED}`, { headers: { 'Content-Type': 'text/html' } }),
        );
        await tab.page.goto(`${example.origin}/admin/`);
        const [map] = await framesOf({ tab, example }, MAP, 1);
        if (embeds === 'banner') await shows(map!, 'cookie-banner button');
        else assert.equal(await bannersIn(map!), 0);
      }
    });

    it('also where names in the page hide what is the browser’s own', async () => {
      const hiding = [
        'body',
        'documentElement',
        'activeElement',
        'querySelector',
        'createElement',
        'adoptedStyleSheets',
      ];
      const { tab } = await startAsking(start, 'own', {
        content: [...hiding, 'addEventListener'].map((name) => `<img name="${name}" alt="">`).join(''),
      });
      const { page } = tab;
      const banner = () =>
        page.evaluate(() => {
          const found = Document.prototype.querySelector.call(document, 'cookie-banner')!;
          const last = [...found.querySelectorAll('button')].at(1);
          last?.click();
          return [found.parentElement!.localName, found.nextElementSibling!.localName, last?.textContent];
        });
      await tab.visit(PAGE);
      await page.waitForFunction(() => Document.prototype.querySelector.call(document, 'cookie-banner button'));
      assert.deepEqual(await banner(), ['html', 'body', 'Refuse all']);
      await page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
      assert.deepEqual(tab.errors, []);
    });

    it('in a window that the page has opened', async () => {
      const { tab } = await startEmbedding();
      await tab.visit(PAGE);
      const [popup] = await Promise.all([
        new Promise<typeof tab.page>((resolve) => tab.page.once('popup', (page) => resolve(page!))),
        tab.page.evaluate((map) => void window.open(map), MAP),
      ]);
      await shows(popup, 'cookie-banner button');
    });

    it('by placeholders alone, if the policy says so: these and the preferences let a visitor choose', async () => {
      const { tab, example } = await startEmbedding({ policy: { consent: { ask: { pages: 'placeholders' } } } });
      await tab.visit(PAGE);
      await tab.quiet();
      const asked = await tab.page.evaluate(() => ({
        state: window.gatekeeper.consent.state,
        files: performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/gatekeeper-interface.js'))
          .length,
      }));
      assert.deepEqual(asked, { state: 'undecided', files: 0 });

      await tab.visit(MAP);
      await tab.page.waitForSelector('cookie-placeholder button');
      assert.equal(await bannersIn(tab.page.mainFrame()), 0);
      await tab.page.click('#cookies');
      await tab.page.waitForSelector('dialog[open] input');
      await tab.page.keyboard.press('Escape');
      assert.deepEqual(received(example.thirdParties.partner), []);
      await tab.reloadedBy(() => press(tab, 'Always allow: Partner', 'cookie-placeholder'));
      await until(() => received(example.thirdParties.partner).length > 0, 'the map has its content');
      assert.equal((await tab.consent()).state, 'undecided');
      assert.equal(await bannersIn(tab.page.mainFrame()), 0);
    });
  });

  /** Opens a page of another site that has this, and waits for the maps in it. */
  async function embeddedElsewhere({ tab, example }: Visit, content: string, count: number): Promise<Frame[]> {
    const elsewhere = new Hono().get('/', (c) =>
      c.html(`<!doctype html><title>Another site</title>${content.replaceAll('src="/', `src="${example.origin}/`)}`),
    );
    const { port, close } = await listen(elsewhere, 0);
    closing.push(close);
    await tab.page.goto(`http://127.0.0.1:${port}/`);
    return framesOf({ tab, example }, MAP, count);
  }
});

/** The frames of a page of the site, once what they miss has its placeholder: their interface has started then. */
async function framesOf({ tab, example }: Visit, path: string, count: number): Promise<Frame[]> {
  const found = () => framesOfSite({ tab, example }, path);
  await until(() => found().length === count, `${count} frames of ${path}`);
  const seen = found().filter((frame) => !frame.url().includes('tiny'));
  for (const frame of seen) await shows(frame, 'cookie-placeholder button');
  for (const frame of found()) await frame.evaluate(() => window.gatekeeper.ready);
  return found();
}

function framesOfSite({ tab, example }: Visit, path = ''): Frame[] {
  return tab.page.frames().filter((frame) => frame.url().startsWith(example.origin + path));
}

/** By the clock, since nothing is drawn in a window that another one hides; in the page's own world, which is there before others. */
function shows(place: Frame | Page, selector: string): Promise<void> {
  return until(() => count(place, selector), `${selector} is there`);
}

function count(place: Frame | Page, selector: string): Promise<number> {
  return place.evaluate((selector) => document.querySelectorAll(selector).length, selector);
}

function bannersIn(frame: Frame): Promise<number> {
  return count(frame, 'cookie-banner');
}
