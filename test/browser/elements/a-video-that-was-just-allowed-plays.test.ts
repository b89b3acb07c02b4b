import assert from 'node:assert/strict';
import { forEachEngine, type VisitOptions } from '../harness';
import type { Tab } from '../tab';
import { PAGE, press, pressIn, startAsking } from './asking-page';

const DATASET = '/dataset/aide-humanitaire-d-urgence';
const EMBED = 'https://www.youtube-nocookie.com/embed/';
const VIDEOS = { id: 'videos', provider: 'Videos', purpose: 'third-party', origins: [EMBED] };
const WITH_VIDEOS: VisitOptions = {
  editPolicy: (policy) => ({ ...policy, services: [...policy.services, VIDEOS] }),
};
/** Shows its frame late, and by another name each time, as players do that a script of the site makes. */
const PLAYER_SCRIPT = `<div id="player"></div><script>
  addEventListener('message', ({ data }) => (document.documentElement.dataset.heard = data));
  addEventListener('load', () => setTimeout(() => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { id: 'youtube-' + crypto.randomUUID(), width: 300, height: 200, allow: 'autoplay' });
    frame.src = '${EMBED}one?enablejsapi=1';
    player.append(frame);
  }, 300));
</script>`;
/** Tells the page around it what it was told. */
const PLAYER =
  '<!doctype html><title>A video</title><script>onmessage = ({ data }) => parent.postMessage(data, "*")</script>';

/** What the browser is asked for and what it grants, of each frame. */
const frames = ({ page }: Tab) =>
  page.$$eval('iframe', (frames) => frames.map(({ src, allow }) => `${src} ${allow}`.trim()));
const markup = (attribute: string) =>
  ['one', 'two?rel=0', 'three?autoplay=0']
    .map((video) => `<iframe ${attribute}="${EMBED}${video}" title="A video" width="300" height="200"></iframe>`)
    .join('');

/** There are videos where they are asked for. */
async function haveVideos({ page }: Tab): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (!request.url().startsWith(EMBED)) void request.continue();
    else void request.respond({ contentType: 'text/html', body: PLAYER });
  });
}

describe('A video that was just allowed plays', () => {
  forEachEngine(({ start }) => {
    it('when the page has been loaded again for it, once, and no other does', async () => {
      const { tab } = await startAsking(start, 'own', { ...WITH_VIDEOS, content: markup('src') });
      const declared = ['one', 'two?rel=0', 'three?autoplay=0'].map((video) => EMBED + video);
      await tab.visitGuarded(PAGE);
      await tab.refuseAll();
      await tab.visit(PAGE);
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder button').length >= 6);
      assert.deepEqual(await frames(tab), declared);
      const placeholders = await tab.page.$$('cookie-placeholder');
      const allowOnce = await placeholders[1]!.$('button');
      await tab.reloadedBy(() => allowOnce!.click());
      await tab.page.waitForFunction(() => /autoplay=1/.test(document.querySelectorAll('iframe')[1]!.src));
      assert.deepEqual(await frames(tab), [declared[0], `${declared[1]}&autoplay=1 autoplay;`, declared[2]]);
      await tab.set({ videos: true });
      await tab.reload();
      await tab.quiet();
      assert.deepEqual(await frames(tab), declared);
    });

    it('and so does one in a player that a script makes late, and by another name', async () => {
      const { tab } = await startAsking(start, 'own', { ...WITH_VIDEOS, content: PLAYER_SCRIPT });
      await tab.visitGuarded(PAGE);
      await tab.refuseAll();
      await haveVideos(tab);
      await tab.visit(PAGE);
      await tab.reloadedBy(() => pressIn(tab, 'Allow once: Videos', 'cookie-placeholder'));
      await tab.page.waitForFunction(() => /playVideo/.test(document.documentElement.dataset['heard'] ?? ''));
      assert.equal(await tab.page.evaluate(() => document.activeElement?.localName), 'iframe');
      assert.deepEqual(await frames(tab), [`${EMBED}one?enablejsapi=1 autoplay`]);
    });

    it('and so does one in a facade that needs its service itself, where the site has put the placeholder into it', async () => {
      const { tab } = await start({ interface: 'own' });
      await tab.visitGuarded(DATASET);
      await tab.refuseAll();
      await tab.visit(DATASET);
      await tab.page.waitForSelector('lite-youtube cookie-placeholder button');
      await tab.reloadedBy(() => pressIn(tab, 'Allow once: YouTube videos', 'lite-youtube cookie-placeholder'));
      await tab.page.waitForSelector('lite-youtube iframe[src*="autoplay=1"]');
      assert.equal(await tab.page.evaluate(() => document.activeElement?.closest('lite-youtube') !== null), true);
    });

    it('and so does one that is a media element of the page', async () => {
      const { tab, example } = await startAsking(start, 'own', {
        policy: { wall: 'off' },
        lock: 'none',
        content: '<video id="own" data-service="partner" controls width="300" height="200"></video>',
      });
      const sound = `${example.thirdParties.partner.origin}/sound/long.wav`;
      await tab.page.evaluateOnNewDocument((sound) => {
        document.addEventListener('DOMContentLoaded', () => {
          document.querySelector<HTMLElement>('#own')!.dataset['src'] = sound;
        });
        HTMLMediaElement.prototype.play = new Proxy(HTMLMediaElement.prototype.play, {
          apply(play, media: HTMLElement, given) {
            media.dataset['asked'] = 'to play';
            return Reflect.apply(play, media, given);
          },
        });
      }, sound);
      await tab.visit(PAGE);
      await tab.page.waitForSelector('cookie-placeholder button');
      assert.equal(await tab.page.$('[data-asked]'), null);
      await press(tab, 'Always allow: Partner', 'cookie-placeholder');
      await tab.page.waitForSelector('#own[src][data-asked]');
    });

    it('in place, and does not when its consent is taken back and given otherwise', async () => {
      const { tab } = await startAsking(start, 'own', {
        ...WITH_VIDEOS,
        policy: { wall: 'off' },
        lock: 'none',
        content: markup('data-service="videos" data-src'),
      });
      // Chromium may crash where a frame that has the focus, and shows an error, is emptied.
      await haveVideos(tab);
      await tab.visit(PAGE);
      await tab.page.waitForSelector('cookie-placeholder button');
      await press(tab, 'Always allow: Videos', 'cookie-placeholder');
      await tab.page.waitForFunction(() => /autoplay=1/.test(document.querySelector('iframe')!.src));
      assert.equal(await tab.page.evaluate(() => document.activeElement === document.querySelector('iframe')), true);
      await tab.withdraw();
      await tab.page.focus('#link');
      await tab.set({ videos: true });
      await tab.page.waitForFunction(() => document.querySelector('iframe')!.src.endsWith('/one'));
    });
  });
});
