import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { withSockets } from '../../leaving';
import type { Tab } from '../../tab';
import { assertNothingReached, countAfresh, received, until } from '../../third-party-hits';

const WAYS = ['data', 'srcdoc', 'sandboxed'];
const KINDS = ['image', 'socket', 'frame', 'beacon'];

describe('What comes back by the browser’s history is closed to what was withdrawn meanwhile', () => {
  forEachEngine(({ engine, start }) => {
    it('documents that are written into the page', async () => {
      const { example, tab, loads } = await openedUnderGrant(start, '/inside');
      await leaveAndWithdraw(tab);
      countAfresh(example);
      await goBack(tab, '/inside');
      assert.ok(loads() > 1, 'it was loaded again');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('under an address with a fragment, with what the site keeps in the entry, and once only', async () => {
      const { example, tab, loads } = await openedUnderGrant(start, '/inside?page=2#part');
      await tab.page.evaluate(() => history.replaceState({ page: 2 }, ''));
      await leaveAndWithdraw(tab);
      countAfresh(example);
      const before = loads();
      await goBack(tab, '/inside');
      await tab.quiet();
      assertNothingReached(example, 'partner');
      assert.deepEqual(await tab.page.evaluate(() => [location.search + location.hash, history.state]), [
        '?page=2#part',
        { page: 2 },
      ]);
      assert.equal(loads(), before + 2);
      // What is remembered is how it is now: coming back again costs nothing.
      await tab.visit(PLAIN);
      await goBack(tab, '/inside');
      assert.equal(loads(), before + 3);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('also where the site has emptied its storage, or has more frames than a tab has entries', async () => {
      for (const between of ['emptied', 'crowded'] as const) {
        const { example, tab } = await openedUnderGrant(start, '/inside');
        await tab.visit(PLAIN);
        await tab.withdraw('partner');
        if (between === 'emptied') await tab.page.evaluate(() => sessionStorage.clear());
        else {
          example.page('/small', { body: '' });
          example.page('/crowded', { body: '<iframe src="/small"></iframe>'.repeat(55) });
          await tab.visit('/crowded');
          await tab.visit(PLAIN);
        }
        countAfresh(example);
        const steps = between === 'emptied' ? -1 : -3;
        await tab.page.evaluate((steps) => history.go(steps), steps);
        await settled(tab, '/inside');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      }
    });

    for (const kind of ['data', 'blob', 'srcdoc', 'sandboxed'])
      for (const next of ['the site', 'the service', 'the service, by its address'])
        it(`a document that was written into a frame (${kind}), which shows ${next} when the consent ends`, async () => {
          const { example, tab } = await start({ editPolicy: withSockets });
          const { partner } = example.thirdParties;
          const written = `<!doctype html><script>setInterval(() => {
            new Image().src = '${partner.origin}/image/' + Math.random();
            try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/written') } catch {}
          }, 50)</script>`;
          example.route('/next', () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }));
          await tab.visitGuarded(PLAIN);
          await tab.reloadedBy(() => tab.set({ partner: true }));
          await tab.page.evaluate(
            (kind, written) => {
              const frame = document.createElement('iframe');
              frame.name = 'written';
              if (kind === 'sandboxed') frame.sandbox.add('allow-scripts');
              if (kind === 'data') frame.src = `data:text/html,${encodeURIComponent(written)}`;
              else if (kind === 'blob') frame.src = URL.createObjectURL(new Blob([written], { type: 'text/html' }));
              else frame.srcdoc = written;
              document.body.append(frame);
            },
            kind,
            written,
          );
          await until(() => received(partner).some(({ path }) => path === '/socket/written'), 'it reaches the partner');
          await tab.page.evaluate(
            (url, byAddress) =>
              new Promise((resolve) => {
                history.pushState('later', '');
                const frame = document.querySelector('iframe')!;
                frame.onload = resolve;
                if (byAddress) {
                  frame.src = url;
                  frame.removeAttribute('srcdoc');
                } else open(url, 'written');
              }),
            next === 'the site' ? '/next' : `${partner.origin}/frame/next`,
            next.endsWith('address'),
          );
          await tab.withdraw('partner');
          await tab.quiet();
          countAfresh(example);
          const isBack = () => tab.page.evaluate(() => history.state === null || void history.back());
          await until(isBack, 'the visitor is where they were', undefined, 300);
          await tab.quiet();
          assertNothingReached(example, 'partner');
        });

    it('an entry that a single-page application has added', async () => {
      const { example, tab } = await openedUnderGrant(start, '/inside');
      await tab.page.evaluate(() => history.pushState({}, '', '/inside?view=other'));
      await leaveAndWithdraw(tab);
      countAfresh(example);
      await goBack(tab, '/inside');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('a page that is reloaded after a withdrawal in another tab', async () => {
      const { example, tab } = await openedUnderGrant(start, '/inside');
      const other = await tab.another();
      await other.visit(PLAIN);
      await other.withdraw('partner');
      countAfresh(example);
      await tab.page.evaluate(() => location.reload());
      await settled(tab, '/inside');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    // Firefox brings these documents back over the reload that opens the page, closed: nothing of them is kept.
    if (engine === 'chromium')
      it('what was allowed once', async () => {
        const { example, tab, there } = await siteWithDocumentsInside(start);
        await tab.visitGuarded('/inside');
        await tab.reloadedBy(() => tab.page.evaluate(() => window.gatekeeper.allowOnce('partner')));
        // What the worker sees of such documents is not the page's; what passes it is.
        await there(['socket', 'frame']);
        await tab.visit(PLAIN);
        countAfresh(example);
        await goBack(tab, '/inside');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });
  });
});

/** A page of documents that have no address of their own, each of which reaches for the partner when it is loaded. */
async function siteWithDocumentsInside(start: StartVisit) {
  const { example, tab } = await start({ editPolicy: withSockets });
  const { partner } = example.thirdParties;
  let loads = 0;
  const text = (way: string) => `<!doctype html><body><script>
    new Image().src = '${partner.origin}/image/${way}';
    navigator.sendBeacon('${partner.origin}/beacon/${way}');
    try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/${way}'); } catch {}
    document.body.append(Object.assign(document.createElement('iframe'), { src: '${partner.origin}/frame/${way}' }));
  </script>`;
  const quoted = (way: string) => text(way).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  example.route('/inside', () => {
    loads++;
    const frames = `<iframe src="data:text/html,${encodeURIComponent(text('data'))}"></iframe><iframe srcdoc="${quoted('srcdoc')}"></iframe><iframe sandbox="allow-scripts" srcdoc="${quoted('sandboxed')}"></iframe>`;
    // Neither engine keeps a page with this in its back/forward cache.
    const body = `<!doctype html><script src="/gatekeeper.js"></script><body>${frames}<script>addEventListener('unload', () => {}); new BroadcastChannel('kept open');</script>`;
    return new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } });
  });
  const there = (kinds = KINDS) =>
    until(
      () =>
        WAYS.every((way) => kinds.every((kind) => received(partner).some(({ path }) => path === `/${kind}/${way}`))),
      'all of them have reached the partner',
    );
  return { example, tab, there, loads: () => loads };
}

async function openedUnderGrant(start: StartVisit, path: string) {
  const { example, tab, there, loads } = await siteWithDocumentsInside(start);
  await tab.visitGuarded(PLAIN);
  await tab.reloadedBy(() => tab.set({ partner: true }));
  await tab.visit(path);
  await there();
  return { example, tab, loads };
}

async function leaveAndWithdraw(tab: Tab): Promise<void> {
  await tab.visit(PLAIN);
  await tab.withdraw('partner');
}

async function goBack(tab: Tab, path: string): Promise<void> {
  await tab.page.evaluate(() => history.back());
  await settled(tab, path);
}

/** Waits until the page is there and guarded, however often it is loaded before. */
async function settled(tab: Tab, path: string): Promise<void> {
  await until(
    () =>
      tab.page
        .evaluate((path) => location.pathname === path && document.readyState === 'complete', path)
        .catch(() => false),
    `${path} is there`,
  );
  await until(() => tab.registered().catch(() => ''), 'the page is guarded');
}
