import assert from 'node:assert/strict';
import { message } from '../../../src/messages/messages';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { assertNothingReached, countAfresh, received } from '../third-party-hits';

describe('A service that is allowed once is allowed on one page', () => {
  forEachEngine(({ start }) => {
    it('and not in another tab, on the next page, or when that page is loaded again', async () => {
      const { example, tab } = await withPlainPage(start);
      const other = await tab.another();
      await other.visit(PLAIN);
      await allowOnce(tab);
      await tab.reload();
      assert.equal(await tab.fetches('youtube', '/this-page'), 'sent');
      assert.equal(await tab.fetches('posthog', '/another-service'), 'refused');
      assert.equal(await other.fetches('youtube', '/another-tab'), 'refused');
      await other.visit(PLAIN);
      assert.equal(await other.fetches('youtube', '/another-tab-later'), 'refused');
      assert.equal(await tab.fetches('youtube', '/this-page-later'), 'sent');
      await tab.reload();
      assert.equal(await tab.fetches('youtube', '/loaded-again'), 'refused');
      await tab.visit('/plain?next');
      assert.equal(await tab.fetches('youtube', '/next-page'), 'refused');
      await tab.quiet();
      assert.deepEqual(
        received(example.thirdParties.youtube).map(({ path }) => path),
        ['/this-page', '/this-page-later'],
      );
      assert.deepEqual(received(example.thirdParties.posthog), []);
    });

    it('and not on another one that its address leads to', async () => {
      const { example, tab } = await withPlainPage(start);
      example.page('/log-in', { body: `<img src="${example.thirdParties.youtube.origin}/led-to">` });
      example.route(PLAIN, () => new Response(null, { status: 302, headers: { Location: '/log-in' } }));
      await allowOnce(tab);
      await tab.reload();
      assert.equal(new URL(tab.page.url()).pathname, '/log-in');
      await tab.quiet();
      assertNothingReached(example, 'youtube');
    });

    it('until the visitor decides anything, in any tab', async () => {
      const { example, tab } = await withPlainPage(start);
      const other = await tab.another();
      await other.visit(PLAIN);
      await allowOnce(tab);
      await tab.reload();
      assert.equal(await tab.fetches('youtube', '/allowed'), 'sent');
      await other.refuseAll();
      assert.equal(await tab.fetches('youtube', '/refused'), 'refused');
      await tab.quiet();
      assert.deepEqual(
        received(example.thirdParties.youtube).map(({ path }) => path),
        ['/allowed'],
      );
    });

    it('by one load, where something else was refused on that page before', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      example.page('/long', { body: '<p style="height: 5000px">Long</p>' });
      await tab.visitGuarded('/long');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await tab.refuseAll();
      await page.evaluate(() => {
        history.replaceState('of the site', '');
        scrollTo(0, 2000);
      });
      let loads = 0;
      page.on('load', () => loads++);
      await tab.reloadedBy(() => page.evaluate(() => window.gatekeeper.allowOnce('youtube')));
      await page.waitForFunction(() => scrollY === 2000);
      assert.equal(await tab.allows('youtube'), true);
      assert.equal(await tab.allows('partner'), false);
      assert.equal(await tab.fetches('youtube', '/allowed'), 'sent');
      assert.equal(await page.evaluate(() => history.state as unknown), 'of the site');
      assert.equal(await page.evaluate(() => location.search), '');
      assert.equal(loads, 1);
    });

    it('for the page as its address is now, which scripts may have changed', async () => {
      const { tab } = await withPlainPage(start);
      await tab.page.evaluate(() => history.pushState(null, '', '/plain?map=1#legend'));
      await allowOnce(tab);
      await tab.reload();
      assert.equal(await tab.fetches('youtube', '/allowed'), 'sent');
    });

    it('with its document open to it, which tells the page', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(PLAIN);
      await allowOnce(tab);
      await tab.page.reload();
      assert.equal(await tab.showsImage(`${example.thirdParties.youtube.origin}/vi/probe/hqdefault.jpg`), 'loaded');
      const told = await tab.page.evaluate(() =>
        (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).serverTiming.map(
          ({ description }) => description,
        ),
      );
      assert.match(told.at(-1)!, / once:youtube( |$)/);
    });
  });
});

async function withPlainPage(start: StartVisit) {
  const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
  await tab.visitGuarded(PLAIN);
  countAfresh(example);
  return { example, tab };
}

function allowOnce(tab: Tab): Promise<void> {
  return tab.page.evaluate(
    (message) => {
      const { port1, port2 } = new MessageChannel();
      const answered = new Promise<void>((resolve, reject) => {
        port1.onmessage = ({ data }) => (data.type === 'allowed-once' ? resolve() : reject(new Error(data.message)));
      });
      navigator.serviceWorker.controller!.postMessage(
        { ...(message as object), url: location.href.replace(/#.*/, '') },
        [port2],
      );
      return answered;
    },
    message({ type: 'allow-once', services: ['youtube'] }) as never,
  );
}
