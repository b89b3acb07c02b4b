import assert from 'node:assert/strict';
import { message, type Ask } from '../../../src/messages/messages';
import { forEachEngine, PLAIN } from '../harness';
import { RunningWorker } from '../running-worker';
import { store, storedConsent } from '../stored-consent';
import type { Tab } from '../tab';
import { countAfresh, received, until } from '../third-party-hits';

describe('A worker learns what it was not told', () => {
  forEachEngine(({ engine, start }) => {
    it('what was decided on a page of another worker of the site', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      example.page('/other/page', {});
      await tab.visitGuarded(PLAIN);
      await tab.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.register('/gatekeeper-sw.js', { scope: '/other/' });
        const worker = registration.installing ?? registration.active!;
        while (worker.state !== 'activated')
          await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
      });
      const other = await tab.another();
      await other.visit('/other/page');
      assert.equal(await other.fetches('youtube', '/undecided'), 'refused');
      await tab.set({ youtube: true });
      await until(
        async () => (await other.fetches('youtube', '/granted')) === 'sent',
        'the other worker knew of the grant',
      );
      await tab.withdraw('youtube');
      await until(
        async () => (await other.fetches('youtube', '/withdrawn')) === 'refused',
        'the other worker knew of the withdrawal',
      );
    });

    it('what a page has stored that went away before it told: the next document is opened by it', async () => {
      const { tab } = await start();
      await tab.visitGuarded(PLAIN);
      assert.deepEqual(await openedTo(tab), ['navigate', false]);
      await store(tab, storedConsent());
      await tab.page.goto(tab.page.url());
      assert.deepEqual(await openedTo(tab), ['navigate', true]);
      await store(tab, storedConsent({ choices: { youtube: false } }));
      await tab.page.goto(tab.page.url());
      assert.deepEqual(await openedTo(tab), ['navigate', false]);
    });

    it('a Global Privacy Control signal that only pages have, and remembers it when it is started again', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.fetches('plausible', '/no-signal'), 'sent');
      await tells(tab, { type: 'hello', record: undefined, fingerprint: '', globalPrivacyControl: true });
      assert.equal(await tab.fetches('plausible', '/signal'), 'refused');
      if (engine === 'chromium') await (await RunningWorker.of(tab)).stop();
      assert.equal(await tab.fetches('plausible', '/signal'), 'refused');
      await tells(tab, { type: 'hello', record: undefined, fingerprint: '' });
      assert.equal(
        await tab.fetches('plausible', '/signal'),
        'refused',
        'a page that cannot tell does not take it back',
      );
      await tells(tab, { type: 'hello', record: undefined, fingerprint: '', globalPrivacyControl: false });
      assert.equal(await tab.fetches('plausible', '/no-signal'), 'sent');
    });

    it('such a signal, and ends the shared workers that were open to what it objects to', async () => {
      const { example, tab } = await start();
      const { plausible } = example.thirdParties;
      const text = `const reach = () => new FontFace('font', 'url(${plausible.origin}/font?' + Math.random() + ')').load().catch(() => {});
        reach(); new BroadcastChannel('again').onmessage = reach`;
      const headers = { 'Content-Type': 'text/javascript', 'Content-Security-Policy': example.lock };
      example.route('/shared.js', () => new Response(text, { headers }));
      example.page('/sharing', { body: `<script>new SharedWorker('/shared.js')</script>` });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/sharing');
      const fonts = () => received(plausible).filter(({ path }) => path.startsWith('/font'));
      await until(() => fonts().length > 0, 'it loads a font');
      const other = await tab.another();
      await other.visit(PLAIN);
      await tells(other, { type: 'hello', record: undefined, fingerprint: '', globalPrivacyControl: true });
      countAfresh(example);
      await other.page.evaluate(() => new BroadcastChannel('again').postMessage(''));
      await other.quiet();
      assert.deepEqual(fonts(), []);
    });
  });
});

/** How the document was loaded, and whether it was opened to YouTube. */
function openedTo(tab: Tab): Promise<(string | boolean)[]> {
  return tab.page.evaluate(() => {
    const { type, serverTiming } = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming;
    return [type, serverTiming.some(({ description }) => description.includes('youtube'))];
  });
}

/** Sends the worker a message and waits for its answer. */
function tells(tab: Tab, ask: Ask): Promise<unknown> {
  return tab.page.evaluate(
    (message) => {
      const { port1, port2 } = new MessageChannel();
      const answered = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      navigator.serviceWorker.controller!.postMessage(message, [port2]);
      return answered;
    },
    message(ask) as never,
  );
}
