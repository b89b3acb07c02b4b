import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const TRACKER = {
  id: 'tracker',
  provider: 'Tracker',
  purpose: 'statistics',
  cookies: [{ name: '_track_*' }],
  storage: ['track_*'],
};
/** More than any limit of so many sweeps, while they last. */
const TIMES = 60;
/** No sweep may have to wait for longer, once it is quiet. */
const SOON_MS = 5000;

interface Tracked extends Window {
  sweeps: number;
}

describe('A cookie that keeps coming back is swept in the end', () => {
  forEachEngine(({ start }) => {
    it('by the page, which sweeps no more than once a second', async () => {
      const { tab } = await withTracker(start);
      await tab.visitGuarded(PLAIN);
      await tab.set({ tracker: false });
      if (!(await tab.page.evaluate(() => 'cookieStore' in window))) return;
      const { seconds, gone } = await tab.page.evaluate(async (times) => {
        const page = window as unknown as Tracked;
        page.sweeps = 0;
        window.gatekeeper.addEventListener('sweep', () => page.sweeps++);
        const before = performance.now();
        let gone = 0;
        for (let time = 0; time < times; time++) {
          if (!document.cookie.includes('_track_')) gone++;
          document.cookie = `_track_1=${time}; Path=/`;
          localStorage.setItem('track_1', `${time}`);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return { seconds: (performance.now() - before) / 1000, gone };
      }, TIMES);
      assert.ok(gone > 1, 'it is swept while it keeps coming back');
      await until(
        () => tab.page.evaluate(() => !document.cookie.includes('_track_') && !localStorage.getItem('track_1')),
        'it was gone after the last time',
        SOON_MS,
      );
      const sweeps = await tab.page.evaluate(() => (window as unknown as Tracked).sweeps);
      // One may be owed from the choice, and one may start at once.
      assert.ok(sweeps <= seconds + 4, `${sweeps} sweeps in ${seconds} s`);
    });

    it('by the worker, where no page is open', async () => {
      const { example, tab } = await withTracker(start);
      let times = 0;
      // A page that the worker does not guard.
      example.route(
        '/outside/track',
        () => new Response(null, { status: 204, headers: { 'Set-Cookie': `_track_${times++}=1; Path=/` } }),
      );
      example.route(
        '/outside/',
        () =>
          new Response('<!doctype html><title>Another part of the site</title>', {
            headers: { 'Content-Type': 'text/html' },
          }),
      );
      await tab.page.goto(`${example.origin}/outside/`);
      await tab.page.evaluate(async (times) => {
        const registration = await navigator.serviceWorker.register('/gatekeeper-sw.js', { scope: '/guarded/' });
        const worker = registration.installing ?? registration.active!;
        while (worker.state !== 'activated')
          await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
        for (let time = 0; time < times; time++) {
          await fetch('/outside/track');
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }, TIMES);
      assert.equal(times, TIMES);
      await until(
        async () => !(await names(tab)).some((name) => name.startsWith('_track_')),
        'all of them were gone after the last one',
        SOON_MS,
      );
    });
  });
});

function withTracker(start: StartVisit) {
  return start({
    lock: 'none',
    editPolicy: (policy) => ({ ...policy, wall: 'off', services: [...policy.services, TRACKER] }),
  });
}

async function names(tab: Tab): Promise<string[]> {
  return (await tab.place.context.cookies()).map(({ name }) => name);
}
