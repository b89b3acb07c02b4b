import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from './harness';
import type { Tab } from './tab';
import { SENTINEL, until, type Counted } from './third-party-hits';

const TABS = 4;
const ROUNDS = 10;
const CHANGES = 25;
const SERVICES: Counted[] = ['posthog', 'youtube', 'partner', 'sharing'];
/** A change that is on its way to a worker which is being killed may be told to have failed; it counts all the same. */
const LOST_AT_MOST = 0.02;

/** Firefox stops a worker only when it has been idle for so many milliseconds. */
const IDLE = { extraPrefsFirefox: { 'dom.serviceWorkers.idle_timeout': 10 } };

describe('A thousand changes from several tabs, with the worker stopped in between, end in one state', () => {
  forEachEngine(({ engine, start }) => {
    it('in IndexedDB, the worker, the pages and the cookie', async () => {
      let started = 0;
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? `fetch('/worker-started');\n${text}` : text),
      });
      example.route('/worker-started', () => {
        started++;
        return new Response('noted', { headers: { 'Cache-Control': 'no-store' } });
      });
      await tab.visitGuarded(PLAIN);
      const tabs = [tab];
      while (tabs.length < TABS) tabs.push(await tab.another());
      for (const other of tabs.slice(1)) await other.visit(PLAIN);

      const stopping = engine === 'chromium' ? await stopWorkers(tab) : undefined;
      const before = started;
      let acknowledged = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const counts = await Promise.all(tabs.map((each, index) => change(each, 1 + index + round * TABS)));
        acknowledged += counts.reduce((sum, count) => sum + count);
        // In Firefox it stops by itself, as soon as nobody asks it.
        const soFar = started;
        await until(async () => (await tab.fetches('tiles', SENTINEL)) && (stopping || started > soFar), 'the worker was started again');
      }
      await stopping?.end();
      const all = TABS * ROUNDS * CHANGES;
      assert.ok(acknowledged >= all * (1 - LOST_AT_MOST), `${acknowledged} of ${all} changes were acknowledged`);
      assert.ok(started - before >= ROUNDS, `the worker was started again ${started - before} times`);

      const stored = await storedRecord(tab);
      for (const each of tabs) {
        await each.page.waitForFunction((id) => window.gatekeeper.consent.record?.id === id, {}, stored.id);
        assert.deepEqual((await each.consent()).record!.choices, stored.choices);
        const sent = await Promise.all(SERVICES.map((id) => each.fetches(id, '/probe')));
        assert.deepEqual(sent, SERVICES.map((id) => (stored.choices[id] ? 'sent' : 'refused')));
      }
      const mirror = JSON.parse(decodeURIComponent((await tab.page.evaluate(() => document.cookie)).match(/cookies_preferences=([^;]+)/)![1]!)) as Record<string, unknown>;
      assert.deepEqual(Object.fromEntries(SERVICES.map((id) => [id, mirror[id]])), Object.fromEntries(SERVICES.map((id) => [id, stored.choices[id]])));
      assert.equal(mirror['timestamp'], stored.decidedAt);
    }).timeout(300_000);
  }, IDLE);
});

/** Changes services in an order of the seed's own. @returns how many changes were acknowledged by the worker */
function change({ page }: Tab, seed: number): Promise<number> {
  return page.evaluate(
    async (services, changes, seed) => {
      let acknowledged = 0;
      for (let turn = 0, random = seed; turn < changes; turn++) {
        random = (random * 48271) % 2147483647;
        const id = services[random % services.length]!;
        await window.gatekeeper.set({ [id]: random % 3 > 0 }).then(
          () => acknowledged++,
          () => {},
        );
      }
      return acknowledged;
    },
    SERVICES,
    CHANGES,
    seed,
  );
}

/** Stops the worker again and again, as Chromium can be told to. */
async function stopWorkers({ page }: Tab): Promise<{ end(): Promise<void> }> {
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  let going = true;
  const stopping = (async () => {
    while (going) {
      const stopped = new Promise<void>((resolve) =>
        session.once('ServiceWorker.workerVersionUpdated', ({ versions }) => versions.some(({ runningStatus }) => runningStatus === 'stopped') && resolve()),
      );
      await session.send('ServiceWorker.stopAllWorkers');
      await Promise.race([stopped, page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))]);
    }
  })();
  return {
    async end() {
      going = false;
      await stopping;
    },
  };
}

interface Stored {
  id: string;
  decidedAt: number;
  choices: Record<string, boolean>;
}

function storedRecord({ page }: Tab): Promise<Stored> {
  return page.evaluate(
    () =>
      new Promise<Stored>((resolve, reject) => {
        const opening = indexedDB.open('cookie-gatekeeper');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('consent').objectStore('consent').get('record');
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result as Stored);
          };
        };
      }),
  );
}
