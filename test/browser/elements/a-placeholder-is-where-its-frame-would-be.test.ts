import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../harness';
import { until } from '../third-party-hits';
import { startAsking } from './asking-page';

/** A frame of 16 to 9 that is as wide as its place, in every way that a page may have it. */
const WIDE =
  'style="display: block; box-sizing: border-box; width: 100%; aspect-ratio: 16 / 9; height: auto; border: 0"';

/** Sizes are whole pixels. */
const TOLERANCE_PX = 1.5;

interface Distance {
  /** Where in the page. */
  at: string;
  /** In pixels. */
  off: number;
}

/** In the page: how far each placeholder that is seen is from where its frame would be, which is measured on one that nobody holds. */
const DISTANCES = `
  const box = (element) => (({ left, top, width, height }) => [left, top, width, height])(element.getBoundingClientRect());
  function distances() {
    const placeholders = [document, host.shadowRoot].flatMap((tree) => [...(tree?.querySelectorAll('cookie-placeholder') ?? [])]);
    return placeholders.map((placeholder) => ({ placeholder, is: box(placeholder) })).filter(({ placeholder, is }) => is[2] > 0 && placeholder.checkVisibility()).map(({ placeholder, is }) => {
      const twin = placeholder.nextElementSibling.cloneNode();
      for (const name of ['src', 'data-src', 'data-service']) twin.removeAttribute(name);
      const { cssText } = placeholder.style;
      placeholder.style.setProperty('display', 'none', 'important');
      placeholder.before(twin);
      const wanted = box(twin);
      twin.remove();
      placeholder.style.cssText = cssText;
      return { at: (placeholder.closest('[data-at]') ?? host).dataset.at, off: Math.max(...is.map((value, index) => Math.abs(value - wanted[index]))) };
    });
  }`;

const content = (frame: string) => `
  <style>
    .hidden { display: none }
    .ratio { position: relative; padding-top: 56.25% }
    .ratio > iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0 }
    .row { display: flex } .row > iframe { flex: 1; height: 200px; border: 0 }
    #closed { height: 0; overflow: hidden } #closed.open { height: auto }
    #slide:not(.active) > iframe { display: none !important }
    .first > :first-child, h3 + iframe { max-width: 300px }
    .centred { position: relative; height: 300px }
    .centred > iframe { position: absolute; top: 50%; left: 50%; max-width: 400px; transform: translate(-50%, -50%) }
    .scaled > iframe { scale: 0.5; translate: 10px; rotate: 180deg; transform-origin: 0 0 }
    .zoomed > iframe { zoom: 0.5 }
    .padded > * { padding: 20px; border: 3px solid; min-height: 250px; max-height: 300px }
  </style>
  <div data-at="plain">${frame}</div>
  <div data-at="ratio" class="ratio">${frame}</div>
  <div data-at="row" class="row"><p>Beside</p>${frame}</div>
  <div data-at="first" class="first">${frame}</div>
  <div data-at="after"><h3>Title</h3>${frame}</div>
  <div data-at="centred" class="centred">${frame}</div>
  <div data-at="scaled" class="scaled">${frame}</div>
  <div data-at="zoomed" class="zoomed">${frame}</div>
  <div data-at="padded" class="padded" id="padded">${frame}</div>
  <div data-at="tab" class="hidden" id="tab"><div>${frame}</div></div>
  <details data-at="accordion"><summary>More</summary>${frame}</details>
  <div data-at="closed" id="closed">${frame}</div>
  <div data-at="slide" id="slide">${frame}</div>
  <dialog data-at="modal">${frame}</dialog>
  <div data-at="slotted" id="slotted">${frame}</div>
  <div data-at="tree" id="host"></div>
  <template id="tree">${frame}</template>
  <script>${DISTANCES}
    slotted.firstElementChild.slot = 'media';
    slotted.attachShadow({ mode: 'open' }).innerHTML = '<p>A card</p><slot name="media"></slot>';
    setTimeout(() => host.attachShadow({ mode: 'open' }).append(tree.content.cloneNode(true)))</script>`;

const STYLED = ['first', 'after', 'centred', 'scaled', 'zoomed', 'padded'];
const SHOWN = ['plain', 'ratio', 'row', 'slotted', 'tree', ...STYLED];
const ALL = [...SHOWN, 'tab', 'accordion', 'closed', 'slide', 'modal'];

describe('A placeholder is where its frame would be', () => {
  forEachEngine(({ start }) => {
    it('for inert markup', () =>
      follows(
        start,
        (origin) => `<iframe data-service="partner" data-src="${origin}/frame/a" ${WIDE}></iframe>`,
        false,
      ));

    it('for frames that were emptied', () =>
      follows(start, (origin) => `<iframe src="${origin}/frame/a" ${WIDE}></iframe>`, true));

    it('over what is laid over its frame to be pressed, and under what the site has written there', async () => {
      const { tab, example } = await startAsking(start, 'own');
      const { page } = tab;
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a"></iframe>`;
      // As Plyr, and as a video behind a title.
      example.page('/held', {
        body: `<style>
            .ratio { position: relative; width: 480px; height: 270px }
            .ratio > iframe { position: absolute; inset: 0; width: 100%; height: 100% }
            .ratio > div { position: absolute; inset: 0; z-index: 1 }
          </style>
          <div class="ratio" id="player">${frame}<div></div></div>
          <div class="ratio" id="stack"><iframe src="/plain" style="z-index: 2"></iframe>${frame}</div>
          <div class="ratio" id="hero">${frame}<div><h1>Open data</h1></div></div>`,
      });
      await tab.visitGuarded('/held');
      await tab.refuseAll();
      await page.waitForFunction(() => document.querySelectorAll('cookie-placeholder button').length >= 6);
      const onTop = (id: string) =>
        page.$eval(`#${id}`, (place) => {
          place.scrollIntoView();
          const { left, top, width, height } = place.getBoundingClientRect();
          const hit = document.elementFromPoint(left + width / 2, top + height / 2)!;
          return !!hit.closest('cookie-placeholder');
        });
      assert.deepEqual([await onTop('player'), await onTop('stack'), await onTop('hero')], [true, false, false]);
      await page.setViewport({ width: 1000, height: 900 }); // It is measured again.
      await page.waitForFunction(() => innerWidth === 1000);
      await tab.quiet();
      assert.deepEqual([await onTop('player'), await onTop('stack'), await onTop('hero')], [true, false, false]);
    });

    it('also when only its place is resized, around what is inline, or it is moved to another', async () => {
      const { tab, example } = await startAsking(start, 'own');
      const { page } = tab;
      example.page('/held', {
        body: `<div id="one" style="width: 600px"><my-video><iframe src="${example.thirdParties.partner.origin}/frame/a" ${WIDE}></iframe></my-video></div><div id="two" style="width: 300px"></div>`,
      });
      await tab.visitGuarded('/held');
      await tab.refuseAll();
      const isWide = (width: number) =>
        page.waitForFunction(
          (width) => document.querySelector<HTMLElement>('cookie-placeholder')?.offsetWidth === width,
          {},
          width,
        );
      await isWide(600);
      const resize = (id: string, width: number) =>
        page.$eval(`#${id}`, (place, width) => ((place as HTMLElement).style.width = `${width}px`), width);
      await resize('one', 900);
      await isWide(900);
      await page.evaluate(() => document.querySelector('#two')!.append(document.querySelector('iframe')!));
      await isWide(300);
      await resize('two', 500);
      await isWide(500);
      assert.equal(await page.$$eval('#two cookie-placeholder + iframe', ({ length }) => length), 1);
    });

    it('and there is none of a frame that is hidden by itself, until it is shown', async () => {
      const { tab, example } = await startAsking(start, 'own');
      const { page } = tab;
      const frame = (name: string, style: string) =>
        `<iframe id="${name}" src="${example.thirdParties.partner.origin}/frame/${name}" style="${style}"></iframe>`;
      // The last ones are faded in.
      example.page('/held', {
        body: `<style>@keyframes fade { from { opacity: 0 } } .loaded { opacity: 1 !important } :is(.content > *) { opacity: 0 }</style>
          ${frame('relay', 'visibility: hidden; position: absolute')}${frame('method', 'opacity: 0')}
          <div style="visibility: hidden">${frame('closed', '')}</div>
          ${frame('faded', 'animation: fade 60s')}
          ${frame('lazy', 'opacity: 0; transition: opacity 60s')}
          <div class="content">${frame('revealed', 'opacity: 1')}</div>`,
      });
      await tab.visitGuarded('/held');
      await tab.refuseAll();
      /** Those that have a placeholder, and whether that is seen. */
      const held = () =>
        page.$$eval('cookie-placeholder', (placeholders) =>
          placeholders.map((placeholder) => {
            const { opacity, visibility } = getComputedStyle(placeholder);
            return `${placeholder.nextElementSibling!.id} ${opacity} ${visibility}`;
          }),
        );
      const seen = ['closed 1 hidden', 'faded 1 visible', 'revealed 1 visible'];
      await until(async () => (await held()).length === seen.length, 'these were held').catch(() => {});
      await tab.quiet();
      assert.deepEqual(await held(), seen);
      await page.evaluate(() => (document.querySelector('#lazy')!.className = 'loaded'));
      await until(async () => (await held()).join().includes('lazy 1 visible'), 'it was held, too');
    });

    async function follows(start: StartVisit, frame: (origin: string) => string, isPermitted: boolean): Promise<void> {
      const { tab, example } = await startAsking(start, 'own');
      const { page } = tab;
      example.page('/held', { body: content(frame(example.thirdParties.partner.origin)) });
      await tab.visitGuarded('/held');
      if (isPermitted) {
        await tab.reloadedBy(() => tab.acceptAll());
        await tab.withdraw('partner');
      } else await tab.refuseAll();

      const distances = (): Promise<Distance[]> => page.evaluate('distances()') as Promise<Distance[]>;
      const held = async (expected: string[]) => {
        const seen = async () => (await distances()).map(({ at }) => at).sort();
        await until(async () => (await seen()).join() === [...expected].sort().join(), 'these were held').catch(
          () => {},
        );
        assert.deepEqual(await seen(), [...expected].sort());
      };
      await held([...SHOWN, 'closed']);
      await page.evaluate(() => {
        document.querySelector('#tab')!.className = '';
        document.querySelector('details')!.open = true;
        document.querySelector('#closed')!.className = 'open';
        document.querySelector('#slide')!.className = 'active';
        document.querySelector('dialog')!.showModal();
      });
      await held(ALL);
      for (const width of [1000, 390, 1280]) {
        await page.setViewport({ width, height: 900 });
        await page.waitForFunction((width) => innerWidth === width, {}, width);
        await until(async () => (await distances()).every(({ off }) => off <= TOLERANCE_PX), 'all had followed').catch(
          () => {},
        );
        assert.deepEqual(
          (await distances()).filter(({ off }) => off > TOLERANCE_PX),
          [],
          `in a window of ${width}`,
        );
      }
      await page.evaluate(() => (document.querySelector('#slide')!.className = ''));
      await held(ALL.filter((at) => at !== 'slide'));
    }
  });
});
