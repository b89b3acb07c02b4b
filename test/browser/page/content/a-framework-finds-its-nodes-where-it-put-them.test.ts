import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { assertNothingReached, until, received } from '../../third-party-hits';

/**
 * What a framework's renderer does to a page: it keeps its nodes, and says by them where something goes, and what goes. It
 * throws when one of them is not where it was put; React then takes down everything.
 */
const RENDERER = `<script>
  const root = document.querySelector('main');
  const make = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const before = root.appendChild(make('p', { textContent: 'Before' })), after = root.appendChild(make('p', { textContent: 'After' }));
  const frames = {};
  const errors = [];
  const render = (act) => { try { act(); } catch (error) { errors.push(String(error)); } };
  const show = (key, name, attributes) => render(() => root.insertBefore((frames[key] = make(name, { width: 400, height: 300, ...attributes })), after));
  const change = (key, attributes) => render(() => Object.assign(frames[key], attributes));
  const hide = (key) => render(() => root.removeChild(frames[key]));
  const swap = (key, attributes) => render(() => { const old = frames[key]; root.replaceChild((frames[key] = make(old.localName, { width: 400, height: 300, ...attributes })), old); });
  const move = (key, before) => render(() => root.insertBefore(frames[key], frames[before] ?? after));
</script>`;

interface Rendered {
  /** What went wrong. */
  errors: string[];
  /** Each element of the site's that embeds something: whether it is seen, and the service whose placeholder stands just before it. */
  embedded: string[];
  placeholders: number;
}

describe('A framework finds its nodes where it put them', () => {
  forEachEngine(({ start }) => {
    it('when it shows, changes, moves, swaps and hides what is refused: a placeholder goes with it', async () => {
      const { tab, example, run, rendered } = await opened(start);
      const [partner, youtube] = [example.thirdParties.partner.origin, example.thirdParties.youtube.origin];
      await run(`show('a', 'iframe', { src: '${partner}/frame/a' })`);
      await rendered(['held partner']);
      await run(`hide('a')`);
      await rendered([]);
      await run(
        `show('a', 'iframe', { src: '${partner}/frame/a' }); show('b', 'object', { data: '${youtube}/embed/b' }); show('c', 'embed', { src: '${partner}/frame/c' })`,
      );
      await rendered(['held partner', 'held youtube', 'held partner']);
      await run(`change('a', { src: '${youtube}/embed/a', className: 'site', style: 'display: block; border: 0' })`);
      await rendered(['held youtube', 'held youtube', 'held partner']);
      await run(`move('c', 'a'); swap('b', { data: '${partner}/frame/b' })`);
      await rendered(['held partner', 'held youtube', 'held partner']);
      await run(`change('a', { src: '/cookies' })`);
      await rendered(['held partner', 'shown', 'held partner']);
      await run(
        `hide('c'); render(() => root.insertBefore(make('hr'), frames.b)); change('a', { src: '${partner}/frame/a' })`,
      );
      await rendered(['held partner', 'held partner']);
      await run(`document.querySelectorAll('cookie-placeholder').forEach((placeholder) => placeholder.remove())`);
      await rendered(['held partner', 'held partner']);
      await run(
        `render(() => document.body.removeChild(root)); render(() => document.body.append(root)); hide('a'); hide('b')`,
      );
      await rendered([]);
      await tab.quiet();
      assertNothingReached(example, 'partner', 'youtube');
    });

    it('when what was permitted is emptied, and changed, taken out or permitted again afterwards', async () => {
      const { tab, example, run, rendered } = await opened(start);
      const { partner } = example.thirdParties;
      await tab.reloadedBy(() => tab.set({ partner: true }));
      const requests = (name: string) => received(partner).filter(({ path }) => path === `/frame/${name}`).length;
      await run(
        `show('a', 'iframe', { src: '${partner.origin}/frame/a' }); show('b', 'object', { data: '${partner.origin}/frame/b', type: 'text/html' }); show('c', 'iframe', { src: '${partner.origin}/frame/c' })`,
      );
      await rendered(['shown', 'shown', 'shown']);
      await until(() => ['a', 'b', 'c'].every(requests), 'all of it was loaded');
      await run(
        `render(() => { const inert = make('script', { type: 'text/plain', text: 'ran = 1' }); inert.dataset.service = 'partner'; frames.d = root.insertBefore(inert, after); })`,
      );
      await tab.page.waitForFunction('window.ran');
      await tab.withdraw('partner');
      await rendered(['held partner', 'held partner', 'held partner']);
      await run(`change('c', { src: '/cookies' }); hide('d')`);
      await rendered(['held partner', 'held partner', 'shown']);
      await run(`hide('b'); swap('c', { src: '${partner.origin}/frame/d' })`);
      await rendered(['held partner', 'held partner']);
      await tab.quiet();
      assert.deepEqual([requests('a'), requests('b'), requests('c'), requests('d')], [1, 1, 1, 0]);
    });

    it('when it puts something before what is refused again and again, and at once', async () => {
      const { example, run, rendered } = await opened(start);
      await run(`show('a', 'iframe', { src: '${example.thirdParties.partner.origin}/frame/a' })`);
      await rendered(['held partner']);
      // Each time that the placeholder has been put back.
      await run(`(async () => {
        for (let count = 0; count < 60; count++) {
          root.insertBefore(make('p'), frames.a);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })()`);
      await rendered(['held partner']);
      // A tab that is closed and opened takes its placeholder out and in.
      await run(`(async () => {
        for (let count = 0; count < 60; count++) {
          frames.a.hidden = !frames.a.hidden;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })()`);
      await rendered(['held partner']);
    });

    it('when it merges the page with what its server renders, as often as that changes', async () => {
      const { example, run, rendered } = await opened(start);
      await run(`show('a', 'iframe', { src: '${example.thirdParties.partner.origin}/frame/a' })`);
      await rendered(['held partner']);
      // What the server has not rendered goes; each time a while after it was there.
      await run(`(async () => {
        for (let count = 0; count < 25; count++) {
          for (const child of [...root.children]) if (![before, after, frames.a].includes(child)) child.remove();
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
      })()`);
      await rendered(['held partner']);
    });

    it('and a carousel that moves its first child to the end, or its last to the start, goes round', async () => {
      const { tab, example, run } = await opened(start);
      const { origin } = example.thirdParties.partner;
      await run(
        `root.replaceChildren(make('img', { id: 'a', alt: '' }), ...['b', 'c'].map((id) => make('iframe', { id, src: '${origin}/frame/' + id, width: 200, height: 150 })))`,
      );
      const state = () =>
        tab.page.evaluate(() => {
          const [items, held] = ['[id]', 'cookie-placeholder + iframe'].map((selector) => [
            ...document.querySelectorAll(`main > ${selector}`),
          ]);
          return `${items!.map(({ id }) => id).join('')} ${held!.length}`;
        });
      await until(async () => (await state()) === 'abc 2', 'all was held');
      const goes = async (move: string, order: string) => {
        await run(move);
        await until(async () => (await state()) === `${order} 2`, 'it went on').catch(() => {});
        assert.equal(await state(), `${order} 2`);
      };
      for (const order of ['bca', 'cab', 'abc']) await goes('root.append(root.firstElementChild)', order);
      for (const order of ['cab', 'bca', 'abc']) await goes('root.prepend(root.lastElementChild)', order);
    });

    it('and a page that has put the lock of its markup back says what to do, and holds the places of what that refuses', async () => {
      const { example, tab } = await start({ lock: 'meta' });
      const { origin } = example.thirdParties.partner;
      example.page('/merging', { body: '<main></main>' });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      const warned: string[] = [];
      tab.page.on('console', (message) => void warned.push(message.text()));
      await tab.visit('/merging');
      const put = (name: string) =>
        tab.page.evaluate(
          (src) =>
            document
              .querySelector('main')!
              .append(Object.assign(document.createElement('iframe'), { src, width: 400, height: 300 })),
          `${origin}/frame/${name}`,
        );
      await put('open');
      await until(
        () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/open'),
        'the page was open',
      );
      const putBack = () =>
        tab.page.evaluate(
          (content) =>
            document.head.append(
              Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content }),
            ),
          example.lock,
        );
      await putBack();
      await put('first');
      await put('second');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length > 1);
      await until(
        () => warned.some((text) => /<meta>, was put back.*Send the lock as a header/.test(text)),
        'the page said so',
      );
      assert.equal(warned.filter((text) => text.includes('put back')).length, 1);
      await tab.reloadedBy(() => tab.page.click('cookie-placeholder[data-opens=again] button'));
      await putBack();
      await put('third');
      const seenAt = await tab.page.waitForSelector('cookie-placeholder[data-opens=elsewhere] a');
      assert.equal(
        await seenAt!.evaluate((link) => link.href),
        `${origin}/frame/third`,
        'another reload would not help',
      );
    });

    it('and nothing is added before it may have taken over what its server has sent', async () => {
      const { example, tab } = await start();
      const { origin } = example.thirdParties.partner;
      const sent = `<main><iframe src="${origin}/frame/a" width="400" height="300"></iframe><iframe data-service="partner" data-src="${origin}/frame/b" width="400" height="300"></iframe></main>`;
      example.page('/sent', {
        body: `${sent}<script>addEventListener('load', () => { found = document.querySelector('main').children.length })</script>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/sent');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length === 2);
      assert.equal(await tab.page.evaluate('found'), 2);
    });
  });
});

async function opened(start: StartVisit) {
  const { example, tab } = await start();
  example.page('/app', {
    head: '<style>main > .site { display: block !important }</style>',
    body: `<main></main>${RENDERER}`,
  });
  await tab.visitGuarded(PLAIN);
  await tab.visit('/app');
  const look = (): Promise<Rendered> =>
    tab.page.evaluate(() => ({
      errors: (0, eval)('errors') as string[],
      embedded: [...document.querySelectorAll<HTMLElement>('main :is(iframe,object,embed)')].map((element) => {
        const placeholder = element.previousElementSibling as HTMLElement | null;
        return element.offsetHeight > 0
          ? 'shown'
          : `held ${placeholder?.localName === 'cookie-placeholder' && placeholder.offsetHeight >= 300 ? placeholder.dataset.service : 'by nothing'}`;
      }),
      placeholders: document.querySelectorAll('cookie-placeholder').length,
    }));
  /** Waits until what the site has rendered is seen like this. */
  const rendered = async (expected: string[]) => {
    const wanted: Rendered = {
      errors: [],
      embedded: expected,
      placeholders: expected.filter((seen) => seen !== 'shown').length,
    };
    const isThere = async () => JSON.stringify(await look()) === JSON.stringify(wanted);
    await until(isThere, 'it was seen').catch(() => {});
    assert.deepEqual(await look(), wanted);
  };
  return { example, tab, rendered, run: (code: string) => tab.page.evaluate(code) };
}
