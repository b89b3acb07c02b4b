import assert from 'node:assert/strict';
import type { Engine } from '../browsers';
import { forEachEngine, PLAIN } from './harness';
import type { Counted } from './third-party-hits';
import type { Tab } from './tab';

const TABS = 4;
const CHANGES = 250;
const SERVICES: Counted[] = ['posthog', 'youtube', 'partner', 'sharing'];

describe('A thousand changes from several tabs, with the worker stopped in between, end in one state', () => {
  forEachEngine(({ engine, start }) => {
    it('in IndexedDB, the worker, the pages and the cookie', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      const tabs = [tab];
      while (tabs.length < TABS) tabs.push(await tab.another());
      for (const other of tabs.slice(1)) await other.visit(PLAIN);

      const stopping = await stopWorkers(engine, tab);
      await Promise.all(tabs.map((each, seed) => change(each, seed)));
      await stopping.end();

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
  });
});

/** Changes services in an order of the tab's own; a change may be told to fail while the worker is being stopped. */
function change({ page }: Tab, seed: number): Promise<void> {
  return page.evaluate(
    async (services, changes, seed) => {
      for (let turn = 0, random = seed + 1; turn < changes; turn++) {
        random = (random * 48271) % 2147483647;
        const id = services[random % services.length]!;
        await window.gatekeeper.set({ [id]: random % 3 > 0 }).catch(() => {});
      }
    },
    SERVICES,
    CHANGES,
    seed,
  );
}

/** Stops the worker again and again, where the browser can be told to. */
async function stopWorkers(engine: Engine, { page }: Tab): Promise<{ end(): Promise<void> }> {
  if (engine === 'firefox') return { end: async () => {} };
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
