import assert from 'node:assert/strict';
import type { Swept } from '../../../src/page/index';
import { forEachEngine, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const TRACKER = { id: 'tracker', provider: 'Tracker', purpose: 'statistics', storage: ['trk_*'] };
const BUNDLED = '/bundled';
const CLEAN = '/clean';

/** A client inside the site's own script: opens its database first, keeps who the visitor is there, and never lets go. */
const CLIENT = `
  const open = indexedDB.open('trk_visitors', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('ids');
  open.onsuccess = () => {
    const store = open.result.transaction('ids', 'readwrite').objectStore('ids');
    const get = store.get('id');
    get.onsuccess = () => {
      window.visitor = get.result ?? crypto.randomUUID();
      store.put(window.visitor, 'id');
    };
  };
`;

interface Tracked extends Window {
  visitor?: string;
  swept?: Swept;
}

describe('A database that pages hold open is deleted before their scripts run', () => {
  forEachEngine(({ start }) => {
    it('once its service was refused; the report says what to do', async () => {
      const { tab } = await bundled(start);
      await tab.visitGuarded(BUNDLED);
      await tab.set({ tracker: true });
      const known = await visitor(tab);
      await tab.reload();
      assert.equal(await visitor(tab), known, 'it is kept while it is permitted');

      await tab.set({ tracker: false });
      await until(() => owed(tab).then((owed) => owed.includes('trk_visitors')), 'the page has tried, and could not');
      await tab.reload();
      const next = await visitor(tab);
      assert.notEqual(next, known, 'the visitor is not known any more');
      const { remaining } = await swept(tab);
      assert.deepEqual(
        remaining.map(({ service, kind, name }) => `${service} ${kind} ${name}`),
        ['tracker indexedDB trk_visitors'],
      );
      assert.match(remaining[0]!.why, /Start what opens it only when the service is permitted/);

      await tab.visit(CLEAN);
      await until(async () => !(await databases(tab)).includes('trk_visitors'), 'a page without the client deletes it');
      await until(async () => (await owed(tab)) === '' || (await tab.reload(), false), 'nothing is owed any more');
      assert.deepEqual(tab.errors, []);
    });

    it('but not once it is permitted again', async () => {
      const { tab } = await bundled(start);
      await tab.visitGuarded(BUNDLED);
      await tab.set({ tracker: false });
      await until(() => owed(tab).then((owed) => owed.includes('trk_visitors')), 'the page has tried, and could not');
      await tab.set({ tracker: true });
      // What was asked of the browser before cannot be taken back: it goes with the page that had it open.
      await tab.reload();
      const known = await visitor(tab);
      await tab.reload();
      assert.equal(await visitor(tab), known);
      await tab.visit(CLEAN);
      await tab.visit(BUNDLED);
      assert.equal(await visitor(tab), known);
    });

    it('without holding up what other pages open, however often it is tried', async () => {
      const { tab } = await bundled(start);
      await tab.visitGuarded(BUNDLED);
      await visitor(tab);
      const requests = await tab.page.evaluate(async () => {
        let requests = 0;
        const { deleteDatabase } = IDBFactory.prototype;
        IDBFactory.prototype.deleteDatabase = function (name) {
          requests++;
          return deleteDatabase.call(this, name);
        };
        for (let sweep = 0; sweep < 5; sweep++) await window.gatekeeper.sweep();
        return requests;
      });
      assert.equal(requests, 1);
      // The page before is left for another one, which browsers may keep it for.
      await tab.visit(`${BUNDLED}?another`);
      assert.ok(await visitor(tab), 'the client on the next page has opened its database');
    });
  });
});

async function bundled(start: StartVisit) {
  const { example, tab } = await start({
    lock: 'none',
    editPolicy: (policy) => ({ ...policy, wall: 'off', services: [...policy.services, TRACKER] }),
  });
  example.page(BUNDLED, { head: `<script>${CLIENT}</script>` });
  example.page(CLEAN, {});
  return { example, tab };
}

async function visitor({ page }: Tab): Promise<string> {
  await page.waitForFunction(() => 'visitor' in window);
  return page.evaluate(() => (window as Tracked).visitor!);
}

function swept({ page }: Tab): Promise<Swept> {
  return page.evaluate(() => window.gatekeeper.sweep());
}

function owed({ page }: Tab): Promise<string> {
  return page.evaluate(() => localStorage.getItem('cookie-gatekeeper:sweep-owed') ?? '');
}

function databases({ page }: Tab): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!));
}
