import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { withSockets } from '../leaving';
import { assertNothingReached, countAfresh, hits, received, until } from '../third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('Services that were not granted receive nothing', () => {
  forEachEngine(({ engine, start }) => {
    it('on the first page of the first visit, services that need no consent excepted', async () => {
      const { example, tab } = await start();
      await tab.visit(DATASET);
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing');
    });

    it('on all later pages, a tracker on the site’s own host included', async () => {
      const { example, tab } = await start();
      await tab.visit('/');
      countAfresh(example);
      for (const path of ['/', DATASET, '/cookies', '/login', DATASET]) assert.equal(await tab.visit(path), 'guarded');
      await tab.reload();
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing', 'eulerian');
    });

    it('at a path of the site’s own that is a tracker’s, however it is written', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/');
      const written = ['/ea/probe', '/%65a/probe', '/e%61/probe?a'];
      for (const path of [...written, '//ea/probe', '/x/..%2fea/probe', '/x/..;/ea/probe', '/ea;x/probe'])
        assert.equal(await tab.fetchesUrl(example.origin + path), 'refused', path);
      assertNothingReached(example, 'eulerian');
    });

    if (engine === 'chromium')
      it('at such a path, which the browser was told to look at ahead', async () => {
        const { example, tab } = await start();
        await tab.visitGuarded(PLAIN);
        await tab.refuseAll();
        await tab.visit(PLAIN);
        countAfresh(example);
        for (const by of ['prefetch', 'prerender']) {
          const answered = tab.page.waitForResponse((response) => response.url().endsWith(`/ea/${by}`));
          await tab.page.evaluate((by) => {
            const text = JSON.stringify({ [by]: [{ source: 'list', urls: [`/ea/${by}`] }] });
            document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', text }));
          }, by);
          assert.equal((await answered).status(), 403);
        }
        await tab.quiet();
        assertNothingReached(example, 'eulerian');
      });

    it('on a page that one which is left alone has led to, and in a worker whose script is among those', async () => {
      const { example, tab } = await start({ policy: { exclude: ['/admin/'], wall: 'live' } });
      const { partner } = example.thirdParties;
      example.route('/admin/out', () => new Response(null, { status: 302, headers: { Location: '/after' } }));
      example.page('/after', { body: `<img src="${partner.origin}/image/after.svg"><img src="/ea/after">` });
      example.route(
        '/admin/worker.js',
        () =>
          new Response(
            `fetch('${partner.origin}/fetch/worker', { mode: 'no-cors' }).then(() => postMessage('sent'), () => postMessage('refused'))`,
            { headers: { 'Content-Type': 'text/javascript' } },
          ),
      );
      await tab.visitGuarded(PLAIN);
      await tab.visit('/admin/out');
      assert.equal(new URL(tab.page.url()).pathname, '/after');
      const said = await tab.page.evaluate(
        () =>
          new Promise((resolve) => {
            new Worker('/admin/worker.js').onmessage = ({ data }) => resolve(data);
          }),
      );
      assert.equal(said, 'refused');
      await tab.quiet();
      assertNothingReached(example, 'partner', 'eulerian');
    });

    it('in a shared worker that a page which is left alone has started', async () => {
      const { example, tab } = await start({ editPolicy: withSockets, lock: 'none', policy: { exclude: ['/admin/'] } });
      const { origin } = example.thirdParties.partner;
      example.route(
        '/shared.js',
        () =>
          new Response(
            `onconnect = ({ ports: [port] }) => {
              try { new WebSocket('${origin.replace('http', 'ws')}/socket/shared'); } catch {}
              fetch('${origin}/fetch/shared', { mode: 'no-cors' }).catch(() => {}).then(() => port.postMessage('tried'));
            }`,
            { headers: { 'Content-Type': 'text/javascript' } },
          ),
      );
      example.route('/admin/', () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }));
      const share = () =>
        new Promise<unknown>(
          (resolve) => (new SharedWorker('/shared.js').port.onmessage = ({ data }) => resolve(data)),
        );
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      const leftAlone = await tab.another();
      await leftAlone.visit('/admin/');
      assert.equal(await leftAlone.page.evaluate(share), 'tried');
      await tab.visit(PLAIN);
      countAfresh(example);
      assert.equal(await tab.page.evaluate(share), 'tried');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('behind a live wall that has lost its worker, since the site has its data cleared', async () => {
      const { example, tab } = await start({ policy: { wall: 'live' } });
      const { partner } = example.thirdParties;
      example.route('/log-out', () => new Response('', { headers: { 'Clear-Site-Data': '"storage"' } }));
      await tab.visitGuarded(PLAIN);
      await tab.page.evaluate(async () => {
        const lost = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
        await fetch('/log-out');
        // Firefox leaves open pages their worker.
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 1000))]);
      });
      assert.equal(await tab.fetches('partner', '/fetch/cleared'), 'refused');
      assert.equal(await tab.showsImage(`${partner.origin}/image/cleared.svg`), 'failed');
      assertNothingReached(example, 'partner');
    });

    it('behind a live wall whose page another worker of the site has taken over, in a frame of that page neither', async () => {
      const { example, tab } = await start({ policy: { wall: 'live' } });
      const { partner } = example.thirdParties;
      const claiming = `oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim())`;
      example.route('/app/sw.js', () => new Response(claiming, { headers: { 'Content-Type': 'text/javascript' } }));
      example.page('/app/', { body: '<iframe></iframe>' });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/app/');
      await tab.page.evaluate(async () => {
        const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
        await navigator.serviceWorker.register('/app/sw.js');
        await taken;
      });
      assert.equal(await tab.fetches('partner', '/fetch/taken'), 'refused');
      assert.equal(await tab.showsImage(`${partner.origin}/image/taken.svg`), 'failed');
      await until(() => tab.page.evaluate(closesFrame, `${partner.origin}/image/frame.svg`), 'the frame is closed');
      countAfresh(example);
      assert.equal(await tab.page.evaluate(closesFrame, `${partner.origin}/image/again.svg`), true);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('while anonymised statistics run until the visitor objects', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/');
      await tab.quiet();
      assert.notEqual(hits(example.thirdParties.plausible), 0);
      await tab.refuseAll();
      countAfresh(example);
      await tab.fetches('plausible', '/api/event');
      await tab.visit(DATASET);
      await tab.quiet();
      assertNothingReached(example, 'plausible', 'posthog', 'youtube', 'sharing', 'eulerian');
    });

    it('after a hard reload, which goes past the worker', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      const reloaded = tab.page.waitForNavigation({ waitUntil: 'load' });
      if (engine === 'chromium') await (await tab.page.createCDPSession()).send('Page.reload', { ignoreCache: true });
      else await tab.page.evaluate(() => (location as unknown as { reload(past: boolean): void }).reload(true));
      await reloaded;
      assert.equal(await tab.registered(), 'guarded');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing');
    });

    it('of who asks, where they are necessary but get no credentials', async () => {
      const { example, tab } = await start();
      await tab.visit('/');
      await tab.page.evaluate(
        (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }),
        `${example.thirdParties.tiles.origin}/set-cookie`,
      );
      countAfresh(example);
      await tab.visit(DATASET);
      await tab.page.waitForSelector('[data-map] img.leaflet-tile-loaded');
      await tab.quiet();
      const sent = received(example.thirdParties.tiles);
      assert.notEqual(sent.length, 0);
      assert.deepEqual(
        sent.filter(({ cookie, referer }) => cookie !== undefined || referer !== undefined),
        [],
      );
    });

    it('from a browser that signals Global Privacy Control, exempt statistics included', async () => {
      const signal = `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });\n`;
      const { example, tab } = await start({ editFile: (_, text) => signal + text });
      await tab.visitGuarded('/');
      assert.equal(await tab.allows('plausible'), false);
      await tab.quiet();
      assertNothingReached(example, 'plausible');
    });

    it('and the page is told what was refused', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.page.evaluate(() => {
        window.gatekeeper.addEventListener(
          'refusal',
          ({ detail }) => ((window as { heard?: unknown }).heard = detail),
          { once: true },
        );
      });
      const url = `${example.thirdParties.youtube.origin}/probe`;
      assert.equal(await tab.fetchesUrl(url), 'refused');
      await tab.page.waitForFunction(() => 'heard' in window);
      const refusal = (await tab.refusals()).find((refusal) => refusal.url === url);
      assert.deepEqual(refusal, await tab.page.evaluate(() => (window as { heard?: unknown }).heard));
      assert.deepEqual(
        { service: refusal?.service, layer: refusal?.layer, reason: refusal?.reason },
        { service: 'youtube', layer: 'gate', reason: 'undecided' },
      );
    });
  });
});

/** Whether an image is refused by the policy of the page's frame. */
function closesFrame(url: string): Promise<boolean> {
  const { contentDocument } = document.querySelector('iframe')!;
  return new Promise((resolve) => {
    contentDocument!.addEventListener('securitypolicyviolation', () => resolve(true), { once: true });
    const image = contentDocument!.createElement('img');
    image.onload = () => resolve(false);
    image.src = url;
  });
}
