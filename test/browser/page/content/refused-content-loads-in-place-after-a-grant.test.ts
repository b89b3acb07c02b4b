import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type Visit } from '../../harness';
import { assertNothingReached, countAfresh, hits, received, until } from '../../third-party-hits';

const SETTINGS = {
  'behind a live wall': { policy: { wall: 'live' } },
  'with the gate alone': { lock: 'none', policy: { wall: 'off' } },
} as const;

describe('Refused content loads in place after a grant', () => {
  forEachEngine(({ engine, start }) => {
    for (const [setting, options] of Object.entries(SETTINGS)) {
      it(`scripts in document order, each once, ${setting}`, async () => {
        const visit = await start(options);
        const { example, tab } = visit;
        const { origin } = example.thirdParties.partner;
        await openContent(visit, {
          head: `<script src="${origin}/script/first.js?after=second"></script>
            <script type="text/plain" data-category="third-party" data-service="partner">(window.ran ??= []).push('inline');</script>`,
          body: `<script defer src="${origin}/script/second.js"></script>
            <script type="module" src="${origin}/script/third.js"></script>
            <script async src="${origin}/script/whenever.js"></script>
            <script src="${origin}/script/fourth.js"></script>`,
        });
        await tab.quiet();
        assertNothingReached(example, 'partner');

        await tab.set({ partner: true });
        await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.length === 6);
        const ran = await tab.page.evaluate(() => (window as { ran?: string[] }).ran!);
        assert.deepEqual(
          ran.filter((name) => name !== 'whenever'),
          ['first', 'inline', 'second', 'third', 'fourth'],
        );
        await changeSomethingElse(visit);
        assert.equal(await tab.page.evaluate(() => (window as { ran?: string[] }).ran!.length), 6);
        assertReachedOnce(
          visit,
          ['first', 'second', 'third', 'fourth', 'whenever'].map((name) => `/script/${name}.js`),
        );
        assert.ok(await stayed(visit));
      });

      it(`images and styles, each once, ${setting}`, async () => {
        const visit = await start(options);
        const { example, tab } = visit;
        const { origin } = example.thirdParties.partner;
        await openContent(visit, {
          head: `<link rel="stylesheet" href="${origin}/style/sheet.css">`,
          body: `<img src="${origin}/image/plain.svg">
            <img srcset="${origin}/image/candidate.svg 1x, ${origin}/image/large.svg 2x">
            <picture><source srcset="${origin}/image/source.svg"><img src="/public/logo.svg"></picture>
            <svg><image href="${origin}/image/inside.svg" width="8" height="8"/></svg>
            <input type="image" src="${origin}/image/input.svg">
            <video poster="${origin}/image/poster.svg"></video>`,
        });
        await tab.quiet();
        assertNothingReached(example, 'partner');

        await tab.set({ partner: true });
        const expected = ['plain', 'candidate', 'source', 'inside', 'input', 'poster']
          .map((name) => `/image/${name}.svg`)
          .concat('/style/sheet.css');
        await until(() => hits(example.thirdParties.partner) >= expected.length, 'all of it was asked for').catch(
          () => {},
        );
        await tab.page.waitForFunction(() => [...document.images].every(({ naturalWidth }) => naturalWidth > 0));
        await tab.page.waitForFunction(
          () => getComputedStyle(document.documentElement).getPropertyValue('--sheet') === 'loaded',
        );
        assert.match(await tab.page.$eval('picture img', (image) => image.currentSrc), /source\.svg$/);
        await changeSomethingElse(visit);
        assertReachedOnce(visit, expected);
        assert.ok(await stayed(visit));
      });

      // Firefox loads media of other origins past a worker.
      if (engine === 'chromium') {
        it(`sound and video, ${setting}`, async () => {
          const visit = await start(options);
          const { example, tab } = visit;
          const { origin } = example.thirdParties.partner;
          await openContent(visit, {
            body: `<audio preload="auto" src="${origin}/sound/audio.wav"></audio>
              <video preload="auto"><source src="${origin}/sound/source.wav" type="audio/wav"></video>`,
          });
          await tab.quiet();
          assertNothingReached(example, 'partner');
          await tab.set({ partner: true });
          await tab.page.waitForFunction(() =>
            [...document.querySelectorAll<HTMLMediaElement>('audio,video')].every(({ readyState }) => readyState > 0),
          );
          assert.ok(await stayed(visit));
        });
      }

      it(`also on a page in another tab, ${setting}`, async () => {
        const visit = await start(options);
        const { example, tab } = visit;
        await openContent(visit, {
          body: `<script src="${example.thirdParties.partner.origin}/script/there.js"></script>`,
        });
        const other = await tab.another();
        await other.visit(PLAIN);
        await other.set({ partner: true });
        await tab.page.waitForFunction(() => (window as { ran?: string[] }).ran?.includes('there'));
        assert.ok(await stayed(visit));
      });

      it(`once more after it was withdrawn and granted again, ${setting}`, async () => {
        const visit = await start(options);
        const { example, tab } = visit;
        const { partner } = example.thirdParties;
        await openContent(visit, { body: `<img src="${partner.origin}/image/first.svg">` });
        await tab.set({ partner: true });
        await until(() => hits(partner) === 1, 'the image was asked for');
        await tab.withdraw('partner');
        assert.equal(await tab.showsImage(`${partner.origin}/image/second.svg`), 'failed');
        assert.equal(hits(partner), 1);
        countAfresh(example);
        await tab.set({ partner: true });
        await until(
          () => received(partner).some(({ path }) => path === '/image/second.svg'),
          'the second image was asked for',
        );
      });
    }

    it('except frames behind a live wall: those need a reload, once', async () => {
      const visit = await start({ policy: { wall: 'live' } });
      const { example, tab } = visit;
      const { partner } = example.thirdParties;
      await openContent(visit, { body: `<iframe src="${partner.origin}/frame/plain"></iframe>` });
      await tab.quiet();
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(() => hits(partner) > 0, 'the frame was loaded');
    });
  });
});

/** Opens a page with some content when the worker is there already, and marks the document. */
async function openContent({ example, tab }: Visit, content: { head?: string; body?: string }): Promise<void> {
  example.page('/content', content);
  await tab.visit(PLAIN);
  countAfresh(example);
  assert.equal(await tab.visit('/content'), 'guarded');
  await tab.page.evaluate(() => ((window as { opened?: boolean }).opened = true));
}

function stayed({ tab }: Visit): Promise<boolean> {
  return tab.page.evaluate(() => 'opened' in window);
}

async function changeSomethingElse({ tab }: Visit): Promise<void> {
  await tab.set({ 'recently-viewed': false });
  await tab.set({ posthog: false });
  await tab.quiet();
}

function assertReachedOnce({ example }: Visit, paths: string[]): void {
  assert.deepEqual(
    received(example.thirdParties.partner)
      .map(({ path }) => path)
      .sort(),
    paths.toSorted(),
  );
}
