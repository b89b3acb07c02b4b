import assert from 'node:assert/strict';
import { keyedResponse } from '../../../../src/server/index';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { leaveTo, LEFT, withSockets } from '../../leaving';
import { assertNothingReached, countAfresh, hits, received, until } from '../../third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('Withdrawn consent closes at once', () => {
  forEachEngine(({ start }) => {
    it('on the open page, whose scripts are still running, and after a reload', async () => {
      const { example, tab } = await withEverythingGranted(start);
      await tab.withdraw('posthog');
      countAfresh(example);
      await tab.page.evaluate(() =>
        (window as unknown as { posthog: { capture(event: string): void } }).posthog.capture('after the withdrawal'),
      );
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      assert.equal(await tab.showsImage(`${example.thirdParties.posthog.origin}/probe.svg`), 'failed');
      await tab.quiet();
      assertNothingReached(example, 'posthog');

      await tab.reload();
      await tab.quiet();
      assertNothingReached(example, 'posthog');
      assert.notEqual(hits(example.thirdParties.youtube), 0, 'another service’s consent stays');
    });

    it('for all services when the visitor takes everything back', async () => {
      const { example, tab } = await withEverythingGranted(start);
      await tab.withdraw();
      countAfresh(example);
      for (const service of ['posthog', 'youtube', 'eulerian'] as const)
        assert.equal(await tab.fetches(service, '/ea/probe'), 'refused');
      await tab.reload();
      await tab.visit('/');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'eulerian', 'sharing');
    });

    it('for frames, sockets and whatever else passes the worker by', async () => {
      const { example, tab } = await withEverythingGranted(start);
      const { youtube } = example.thirdParties;
      assert.ok(
        await tab.page.evaluate((origin) => !!document.querySelector(`iframe[src^="${origin}"]`), youtube.origin),
      );
      await tab.withdraw('youtube');
      await tab.page.waitForFunction(
        (origin) => !document.querySelector(`iframe[src^="${origin}"]`),
        {},
        youtube.origin,
      );
      countAfresh(example);
      await leaveTo(tab, youtube.origin);
      await tab.quiet();
      assert.equal(hits(youtube), 0);
    });

    it('and the visitor’s way back leads where it did', async () => {
      const { example, tab } = await start();
      const { partner } = example.thirdParties;
      example.page('/embedding', {
        body: `<iframe src="${partner.origin}/frame/a"></iframe><object data="${partner.origin}/frame/b" type="text/html"></object>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.set({ partner: true });
      await tab.visit('/embedding');
      await until(() => hits(partner) === 2, 'both were loaded');
      const entries = () => tab.page.evaluate(() => history.length);
      const before = await entries();
      await tab.withdraw('partner');
      await tab.page.waitForFunction(
        () => document.querySelectorAll('[data-service]:is([src="about:blank"],[data="about:blank"])').length === 2,
      );
      assert.equal(await entries(), before);
      await tab.page.goBack();
      assert.equal(tab.page.url(), example.origin + PLAIN);
    });

    it('for these in another tab that is open, too', async () => {
      const { example, tab: acting } = await start({ editPolicy: withSockets });
      const { partner } = example.thirdParties;
      example.page('/embedding', { body: `<iframe src="${partner.origin}/frame/one"></iframe>` });
      await acting.visitGuarded(PLAIN);
      await acting.visit('/embedding');
      await acting.reloadedBy(() => acting.set({ partner: true }));
      const other = await acting.another();
      await other.visit('/embedding');
      const tabs = [acting, other];
      for (const tab of tabs) {
        countAfresh(example);
        await leaveTo(tab, partner.origin);
        await until(
          () => LEFT.every((way) => received(partner).some(({ path }) => path === way)),
          'all ways were open',
        );
      }

      await acting.withdraw('partner');
      for (const tab of tabs)
        await tab.page.waitForFunction(
          (origin) => !document.querySelector(`iframe[src^="${origin}"]`),
          {},
          partner.origin,
        );
      await acting.quiet();
      countAfresh(example);
      for (const tab of tabs) {
        assert.equal(await tab.allows('partner'), false);
        await leaveTo(tab, partner.origin);
        await tab.quiet();
      }
      assertNothingReached(example, 'partner');
    });

    it('for what stands inside the page: frames in open shadow trees and in the site’s own frames, and documents of its scripts', async () => {
      const { example, tab } = await start({ editPolicy: withSockets });
      const { partner } = example.thirdParties;
      const leaving = (way: string) => `
        const image = new Image(); image.src = '${partner.origin}/image/${way}.svg';
        try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/${way}'); } catch {}
        const frame = document.createElement('iframe'); frame.src = '${partner.origin}/frame/${way}'; document.body.append(frame);
        navigator.sendBeacon('${partner.origin}/beacon/${way}');`;
      const inner = (way: string) =>
        `<!doctype html><body><script>onmessage = ({ data }) => { if (data === 'leave') { ${leaving(way)} } }; parent.postMessage('there', '*')</script>`;
      example.route(
        '/nested',
        () =>
          new Response(`<!doctype html><body><iframe src="${partner.origin}/frame/nested"></iframe>`, {
            headers: { 'Content-Type': 'text/html' },
          }),
      );
      example.route('/led', () => Response.redirect(`${partner.origin}/frame/led`, 302));
      example.page('/inside', {
        body: `<object data="/public/logo.svg" type="image/svg+xml"></object><iframe src="/nested"></iframe><iframe src="/led"></iframe><div id="host"></div><script>
          document.body.append(Object.assign(document.createElement('iframe'), { name: 'sent' }));
          open('${partner.origin}/frame/sent', 'sent');
          host.attachShadow({ mode: 'open' }).innerHTML = '<iframe src="${partner.origin}/frame/shadow"></iframe>';
          there = 0;
          onmessage = ({ data }) => { there += data === 'there' };
          const add = (attributes) => { const frame = Object.assign(document.createElement('iframe'), attributes); document.body.append(frame); return frame; };
          const text = (way) => ${JSON.stringify(inner('WAY')).replaceAll('</', '<\\/')}.replaceAll('WAY', way);
          const blank = add({}).contentDocument;
          blank.write(text('blank'));
          blank.close();
          add({ srcdoc: text('srcdoc') });
          add({ srcdoc: text('sandboxed'), sandbox: 'allow-scripts' });
          add({ src: 'data:text/html,' + encodeURIComponent(text('data')) });
          add({ src: URL.createObjectURL(new Blob([text('blob')], { type: 'text/html' })) });
        </script>`,
      });
      const WAYS = ['blank', 'srcdoc', 'sandboxed', 'data', 'blob'];
      const leave = () =>
        tab.page.evaluate(() =>
          [...document.querySelectorAll('iframe')].forEach(({ contentWindow }) =>
            contentWindow!.postMessage('leave', '*'),
          ),
        );
      const there = (count: number) =>
        tab.page.waitForFunction((count) => (window as unknown as { there: number }).there >= count, {}, count);
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await tab.visit('/inside');
      await there(WAYS.length);
      const seen = (path: string) => received(partner).some((request) => request.path === path);
      await until(
        () => ['nested', 'shadow', 'led', 'sent'].every((name) => seen(`/frame/${name}`)),
        'frames inside the page were loaded',
      );
      await leave();
      await until(
        () =>
          WAYS.every((way) =>
            ['image', 'socket', 'frame', 'beacon'].every((kind) =>
              received(partner).some(({ path }) => path.startsWith(`/${kind}/${way}`)),
            ),
          ),
        'everything could leave',
      );

      await tab.withdraw('partner');
      const emptied = () => {
        const trees = [
          document.querySelector('#host')!.shadowRoot!,
          document.querySelector<HTMLIFrameElement>('iframe[src="/nested"]')!.contentDocument!,
        ];
        return trees.every((tree) => !tree.querySelector('iframe[src^="http"]'));
      };
      await tab.page.waitForFunction(emptied);
      await until(
        () => tab.page.frames().every((frame) => !frame.url().startsWith(partner.origin)),
        'no frame shows the partner',
      );
      // Those that no script reaches were loaded again, closed.
      await there(WAYS.length + 2);
      await tab.quiet();
      countAfresh(example);
      await leave();
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('for frames of a service on a path of the site itself', async () => {
      const widget = { id: 'widget', provider: 'Widget', purpose: 'third-party', origins: ['/widget/'] };
      const { example, tab } = await start({
        editPolicy: (policy) => ({ ...policy, services: [...policy.services, widget] }),
      });
      example.route(
        '/widget/a',
        () => new Response('<!doctype html><p>A widget</p>', { headers: { 'Content-Type': 'text/html' } }),
      );
      example.page('/embedding', { body: '<iframe src="/widget/a"></iframe>' });
      await tab.visitGuarded(PLAIN);
      await tab.set({ widget: true });
      await tab.visit('/embedding');
      await tab.withdraw('widget');
      await tab.page.waitForFunction(() => document.querySelector('iframe')!.src === 'about:blank');
    });

    it('without a worker too, where the server’s key has opened the page', async () => {
      let policy: unknown;
      const { example, tab } = await start({
        lock: 'none',
        editPolicy: (written) => (policy = written),
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? '' : text),
      });
      const { origin } = example.thirdParties.partner;
      const key = keyedResponse(policy);
      const text = `<!doctype html><script src="/gatekeeper.js"></script><body><iframe src="${origin}/frame/one"></iframe><iframe src="/cookies"></iframe><iframe src="${example.thirdParties.tiles.origin}/1/0/0.svg"></iframe>`;
      example.route('/keyed', (request) =>
        key(request, new Response(text, { headers: { 'Content-Type': 'text/html' } })),
      );
      assert.equal(await tab.visit('/keyed'), 'not-found');
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => document.cookie.includes('partner%22%3Atrue'));
      await tab.visit('/keyed');
      await until(
        () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/one'),
        'the server has opened the page',
      );
      await tab.withdraw('partner');
      await tab.page.waitForFunction((origin) => !document.querySelector(`iframe[src^="${origin}"]`), {}, origin);
      const left = await tab.page.$$eval('iframe', (frames) => frames.map((frame) => frame.getAttribute('src')));
      assert.deepEqual(
        left,
        ['about:blank', '/cookies', `${example.thirdParties.tiles.origin}/1/0/0.svg`],
        'the site’s own, and what is necessary, stays',
      );
    });

    it('again and again, request by request', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      countAfresh(example);
      await tab.page.evaluate(async (origin) => {
        for (let turn = 0; turn < 10; turn++) {
          await window.gatekeeper.set({ youtube: true });
          await fetch(`${origin}/granted/${turn}`, { mode: 'no-cors' });
          await window.gatekeeper.set({ youtube: false });
          await fetch(`${origin}/refused/${turn}`, { mode: 'no-cors' }).catch(() => {});
        }
      }, example.thirdParties.youtube.origin);
      await tab.quiet();
      assert.deepEqual(
        example.thirdParties.youtube.requests.map(({ path }) => path),
        Array.from({ length: 10 }, (_, turn) => `/granted/${turn}`),
      );
    });
  });
});

async function withEverythingGranted(start: StartVisit) {
  const { example, tab } = await start();
  await tab.visitGuarded(DATASET);
  await tab.reloadedBy(() => tab.acceptAll());
  const { posthog, youtube } = example.thirdParties;
  await tab.page.waitForFunction(() => (window as unknown as { posthog?: { __loaded?: boolean } }).posthog?.__loaded);
  await until(() => youtube.requests.some(({ path }) => path.startsWith('/embed/')), 'the video was embedded');
  await until(() => hits(posthog) > 0, 'PostHog was asked');
  await tab.quiet();
  return { example, tab };
}
