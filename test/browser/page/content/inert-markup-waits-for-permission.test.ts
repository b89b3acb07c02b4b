import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type Visit } from '../../harness';
import { assertNothingReached, received, until } from '../../third-party-hits';

const inert = (origin: string) => `
  <script type="text/plain" data-category="third-party" data-service="partner" src="${origin}/script/external.js"></script>
  <script type="text/plain" data-category="third-party" data-service="partner">(window.ran ??= []).push('inline');</script>
  <script type="text/plain" data-service="partner" data-src="${origin}/script/named.js"></script>
  <img data-service="partner" data-src="${origin}/image/inert.svg">`;
const everything = (origin: string) => `
  <video data-service="partner" data-src="${origin}/sound/video.wav" data-poster="${origin}/image/poster.svg" preload="auto"></video>
  <audio data-service="partner" data-src="${origin}/sound/audio.wav" preload="auto"></audio>
  <video crossorigin="anonymous" src="/demo/chime.wav" preload="auto"><track data-service="partner" data-src="${origin}/text/captions.vtt" kind="captions" srclang="en" label="English" default></video>
  <audio preload="auto"><source data-service="partner" data-src="${origin}/sound/source.wav" type="audio/wav"></audio>
  <audio data-service="partner" preload="auto"><source data-src="${origin}/sound/marked.wav" type="audio/wav"></audio>
  <picture data-category="third-party" data-service="partner"><source data-srcset="${origin}/image/source.svg 1x"><img data-src="${origin}/image/fallback.svg" alt=""></picture>
  <img data-service="partner" data-srcset="${origin}/image/candidate.svg 1x" alt="">
  <link data-service="partner" rel="stylesheet" data-href="${origin}/style/sheet.css">
  <object data-service="partner" data-data="${origin}/frame/object" type="text/html"></object>
  <embed data-service="partner" data-src="${origin}/frame/embed" type="text/html">`;
const EVERYTHING = [
  ...['/frame/embed', '/frame/object', '/image/candidate.svg', '/image/poster.svg', '/image/source.svg'],
  ...[
    '/sound/audio.wav',
    '/sound/marked.wav',
    '/sound/source.wav',
    '/sound/video.wav',
    '/style/sheet.css',
    '/text/captions.vtt',
  ],
];
const frame = (origin: string) =>
  `<iframe data-category="third-party" data-service="partner" data-src="${origin}/frame/inert"></iframe>`;
const ran = ({ tab }: Visit) => tab.page.evaluate(() => (window as { ran?: string[] }).ran);
const allRan = async (visit: Visit) => {
  await visit.tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.length === 3);
  assert.deepEqual(await ran(visit), ['external', 'inline', 'named']);
};

describe('Inert markup waits for permission', () => {
  forEachEngine(({ start }) => {
    it('and is activated in place with the gate alone, frames too', async () => {
      const visit = await opened({ lock: 'none', policy: { wall: 'off' } }, (origin) => inert(origin) + frame(origin));
      await waitsFor(visit);
      await visit.tab.set({ partner: true });
      await allRan(visit);
      await until(
        () => received(visit.example.thirdParties.partner).length === 4,
        'scripts, image and frame were loaded',
      );
      await visit.tab.quiet();
      assert.equal(received(visit.example.thirdParties.partner).length, 4);
      assert.equal((await ran(visit))?.length, 3);
    });

    it('and what waits for it on the first page of a visit loads the rest of the script once', async () => {
      const { tab, example } = await start();
      const { origin } = example.thirdParties.partner;
      example.page('/first', {
        body: `${inert(origin)}${frame(origin)}<iframe src="${origin}/frame/refused"></iframe>`,
      });
      assert.equal(await tab.visit('/first'), 'guarded');
      await tab.quiet();
      const loaded = await tab.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.equal(loaded.filter((url) => url.includes('on-demand')).length, 1);
    });

    it('and is activated in place behind a live wall', async () => {
      const visit = await opened({ policy: { wall: 'live' } }, inert);
      await waitsFor(visit);
      await visit.tab.set({ partner: true });
      await allRan(visit);
      await visit.tab.quiet();
      assert.equal(received(visit.example.thirdParties.partner).length, 3);
    });

    it('whatever it is: players and their sources, pictures, style sheets, objects and embeds', async () => {
      const visit = await opened({ lock: 'none', policy: { wall: 'off' } }, everything);
      await waitsFor(visit);
      const begun = await visit.tab.page.evaluateHandle(() => {
        const again: string[] = [];
        document.querySelector('[src^="/demo/"]')!.addEventListener('emptied', () => again.push('emptied'));
        return again;
      });
      await visit.tab.set({ partner: true });
      const paths = () => new Set(received(visit.example.thirdParties.partner).map(({ path }) => path));
      await until(() => paths().size === EVERYTHING.length, 'all of it was asked for').catch(() => {});
      assert.deepEqual([...paths()].sort(), EVERYTHING);
      await visit.tab.page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLMediaElement>('audio,video[src]')].every(({ readyState }) => readyState > 0),
      );
      assert.deepEqual(await begun.jsonValue(), [], 'the site’s own player does not begin again with its captions');
      assert.equal(
        await visit.tab.page.$$eval(
          '[data-src],[data-href],[data-srcset],[data-poster],[data-data]',
          ({ length }) => length,
        ),
        0,
      );
    });

    it('and where the page is merged with what its server renders, which is inert, what was released is so again', async () => {
      const visit = await opened(
        { lock: 'none', policy: { wall: 'off' } },
        (origin) => frame(origin) + `<img data-service="partner" data-src="${origin}/image/inert.svg">` + inert(origin),
      );
      const { tab, example } = visit;
      await tab.set({ partner: true });
      await tab.reload();
      await allRan(visit);
      for (let time = 0; time < 3; time++) {
        await tab.page.waitForFunction(() => document.querySelectorAll(':is(iframe,img)[src*=inert]').length === 3);
        await tab.page.evaluate(() => {
          for (const element of document.querySelectorAll<HTMLIFrameElement>(':is(iframe,img)[src*=inert]')) {
            element.setAttribute('data-src', element.src);
            element.removeAttribute('src');
          }
        });
      }
      await tab.page.waitForFunction(() => document.querySelectorAll(':is(iframe,img)[src*=inert]').length === 3);
      assert.equal((await ran(visit))?.length, 3);
      await tab.withdraw('partner');
      await tab.page.evaluate(() => {
        const frame = document.querySelector('iframe')!;
        frame.setAttribute('data-src', frame.dataset.src ?? frame.src);
        frame.removeAttribute('src');
      });
      await tab.quiet();
      assert.equal(await tab.page.evaluate(() => document.querySelector('iframe')!.src), '', 'what is refused waits');
      assert.ok(received(example.thirdParties.partner).length > 0);
    });

    it('stays where it is: what the site has put into the page is not taken out of it', async () => {
      const visit = await opened(
        { lock: 'none', policy: { wall: 'off' } },
        (origin) => `<div id="own">${inert(origin)}${frame(origin)}</div>`,
      );
      await visit.tab.page.evaluate(
        () =>
          ((window as unknown as { nodes: Element[] }).nodes = [...document.querySelector('#own')!.children].filter(
            (node) => !node.matches('cookie-placeholder'),
          )),
      );
      await visit.tab.set({ partner: true });
      await allRan(visit);
      const left = await visit.tab.page.evaluate(() =>
        (window as unknown as { nodes: Element[] }).nodes.map(({ parentNode }) => (parentNode as Element | null)?.id),
      );
      assert.deepEqual(left, Array(5).fill('own'));
    });

    it('and what is necessary does not', async () => {
      const { tab } = await opened(
        { lock: 'none', policy: { wall: 'off' } },
        () => `<script type="text/plain" data-category="necessary">(window.ran ??= []).push('necessary');</script>`,
      );
      await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.join() === 'necessary');
    });

    it('and is activated by the reload behind a strict wall, and from then on', async () => {
      const visit = await opened({}, (origin) => inert(origin) + frame(origin));
      await waitsFor(visit);
      await visit.tab.reloadedBy(() => visit.tab.set({ partner: true }));
      await allRan(visit);
      await until(
        () => received(visit.example.thirdParties.partner).length === 4,
        'scripts, image and frame were loaded',
      );
      await visit.tab.reload();
      await allRan(visit);
    });

    it('also when it is added to the page later, before or after permission', async () => {
      const visit = await opened({ lock: 'none', policy: { wall: 'off' } }, () => '');
      const { tab, example } = visit;
      const add = (name: string) =>
        tab.page.evaluate((url) => {
          const place = document.createElement('div');
          place.innerHTML = `<script type="text/plain" data-service="partner" src="${url}.js"></script>`;
          document.body.append(place);
        }, `${example.thirdParties.partner.origin}/script/${name}`);
      await add('before');
      await waitsFor(visit);
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.join() === 'before');
      await add('after');
      await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.join() === 'before,after');
    });

    it('of every service of its purpose, when it names a purpose only', async () => {
      const visit = await opened(
        { lock: 'none', policy: { wall: 'off' } },
        () => `<script type="text/plain" data-category="third-party">(window.ran ??= []).push('all');</script>`,
      );
      await visit.tab.set({ partner: true });
      await visit.tab.quiet();
      assert.equal(await ran(visit), undefined);
      await visit.tab.set({ youtube: true });
      await visit.tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.join() === 'all');
    });

    it('of a service that the policy has', async () => {
      const visit = await opened(
        { lock: 'none', policy: { wall: 'off' } },
        () => `<script type="text/plain" data-service="unheard-of">(window.ran ??= []).push('unheard-of');</script>`,
      );
      await visit.tab.acceptAll();
      await visit.tab.quiet();
      assert.equal(await ran(visit), undefined);
    });

    async function opened(options: Parameters<typeof start>[0], content: (origin: string) => string): Promise<Visit> {
      const visit = await start(options);
      visit.example.page('/inert', { body: content(visit.example.thirdParties.partner.origin) });
      await visit.tab.visit(PLAIN);
      assert.equal(await visit.tab.visit('/inert'), 'guarded');
      return visit;
    }

    async function waitsFor(visit: Visit): Promise<void> {
      await visit.tab.quiet();
      assertNothingReached(visit.example, 'partner');
      assert.equal(await ran(visit), undefined);
    }
  });
});
