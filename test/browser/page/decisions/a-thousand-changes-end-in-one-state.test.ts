import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import type { Tab } from '../../tab';
import { SENTINEL, until, type Counted } from '../../third-party-hits';

const TABS = 4;
const ROUNDS = 25;
const CHANGES = 10;
const SERVICES: Counted[] = ['posthog', 'plausible', 'youtube', 'partner'];

/** A worker that is killed while it reads may keep Chromium's IndexedDB busy for longer than a page waits. The change counts all the same. */
const SLOW_AT_MOST = 0.02;

/** Firefox stops a worker only when it has been idle for so long: longer than the browser needs to come again with a request that was told to. */
const IDLE_MS = 100;
const IDLE = { extraPrefsFirefox: { 'dom.serviceWorkers.idle_timeout': IDLE_MS } };
const STARTED_LIMIT_MS = 10_000;

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

      const killer = engine === 'chromium' ? await workerKiller(tab) : undefined;
      const before = started;
      const failures: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const soFar = started;
        const changes = tabs.map((each, index) => change(each, 1 + index + round * TABS));
        await killer?.stop();
        failures.push(...(await Promise.all(changes)).flat());
        // In Firefox it stops by itself, when nobody has asked it for a while: it must not be asked more often.
        await until(
          async () => (await tab.fetches('tiles', SENTINEL)) && started > soFar,
          'the worker was started again',
          STARTED_LIMIT_MS,
          2 * IDLE_MS,
        );
      }
      const all = TABS * ROUNDS * CHANGES;
      assert.deepEqual(
        failures.filter((failure) => !failure.includes('(IndexedDB)')),
        [],
        'the worker answered all others',
      );
      assert.ok(
        failures.length <= all * SLOW_AT_MOST,
        `${failures.length} of ${all} changes were too slow: ${[...new Set(failures)].join(', ')}`,
      );
      assert.ok(started - before >= ROUNDS, `the worker was started again ${started - before} times`);

      const stored = await storedRecord(tab);
      for (const each of tabs) {
        // A browser may let a tab that nobody sees, and that has been busy, wait for a quarter of a minute.
        await each.page.bringToFront();
        await each.page.waitForFunction((id) => window.gatekeeper.consent.record?.id === id, {}, stored.id);
        assert.deepEqual((await each.consent()).record!.choices, stored.choices);
        const sent = await Promise.all(SERVICES.map((id) => each.fetches(id, '/probe')));
        assert.deepEqual(
          sent,
          SERVICES.map((id) => (stored.choices[id] ? 'sent' : 'refused')),
        );
      }
      // Chromium shows a cookie that was written hundreds of times in a second with a delay.
      let mirror: Record<string, unknown> = {};
      await until(
        async () => (mirror = await mirrorIn(tab))['timestamp'] === stored.decidedAt,
        `the mirror shows the record of ${stored.decidedAt}`,
      );
      assert.deepEqual(
        Object.fromEntries(SERVICES.map((id) => [id, mirror[id]])),
        Object.fromEntries(SERVICES.map((id) => [id, stored.choices[id]])),
      );
    }).timeout(300_000);
  }, IDLE);
});

/** Changes services in an order of the seed's own. @returns why changes were not acknowledged by the worker */
function change({ page }: Tab, seed: number): Promise<string[]> {
  return page.evaluate(
    async (services, changes, seed) => {
      const failures: string[] = [];
      for (let turn = 0, random = seed; turn < changes; turn++) {
        random = (random * 48271) % 2147483647;
        const id = services[random % services.length]!;
        await window.gatekeeper.set({ [id]: random % 3 > 0 }).catch((error: unknown) => failures.push(String(error)));
      }
      return failures;
    },
    SERVICES,
    CHANGES,
    seed,
  );
}

/** Stops the worker in the middle of what it does, as Chromium can be told to. */
async function workerKiller({ page }: Tab): Promise<{ stop(): Promise<void> }> {
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  return { stop: () => session.send('ServiceWorker.stopAllWorkers') };
}

async function mirrorIn({ page }: Tab): Promise<Record<string, unknown>> {
  const cookies = await page.evaluate(() => document.cookie);
  return JSON.parse(decodeURIComponent(/cookies_preferences=([^;]+)/.exec(cookies)![1]!)) as Record<string, unknown>;
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
