import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import { contentsOf, fill } from '../site-storage';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

/** It leaves no cookies, by which a page would see that there is something to sweep. */
const TRACKER = { id: 'tracker', provider: 'Tracker', purpose: 'statistics', storage: ['trk_*'] };
const KEEPER = { id: 'keeper', provider: 'Keeper', purpose: 'statistics', storage: ['keep'] };

/** A page that storage does not answer: its sweep would go on for as long as it stays. */
const LEAVING = '/leaving';
const NO_ANSWER = `
if (location.pathname === '${LEAVING}') {
  const { setTimeout, Storage } = window;
  const { removeItem } = Storage.prototype;
  window.setTimeout = (callback, delay) => (delay === 1000 ? 0 : setTimeout(callback, delay));
  Storage.prototype.removeItem = function (name) { if (!name.startsWith('trk')) removeItem.call(this, name); };
  IDBFactory.prototype.databases = CacheStorage.prototype.keys = () => new Promise(() => {});
}
`;

describe('A sweep that was cut short is done by the next page', () => {
  forEachEngine(({ start }) => {
    it('when the choice that it belongs to loads the page again', async () => {
      const { tab } = await tracked(start);
      await tab.reloadedBy(() => tab.set({ tracker: false, partner: true }));
      assert.equal(await tab.allows('partner'), true);
      await isSwept(tab);
    });

    it('when the visitor leaves the page before it is done', async () => {
      const { tab } = await tracked(start);
      await tab.visit(LEAVING);
      await tab.set({ tracker: false });
      assert.equal(await tab.page.evaluate(() => localStorage.getItem('trk_1')), '1', 'the page has not swept');
      await tab.visit(PLAIN);
      await isSwept(tab);
    });
  });
});

/** A visitor whose browser keeps something of a service that is permitted, and of another. */
async function tracked(start: StartVisit) {
  const { example, tab } = await start({
    editPolicy: (policy) => ({ ...policy, services: [...policy.services, TRACKER, KEEPER] }),
    editFile: (name, text) => (name === 'gatekeeper.js' ? NO_ANSWER + text : text),
  });
  example.page(LEAVING, {});
  await tab.visitGuarded(PLAIN);
  await tab.set({ tracker: true, keeper: true });
  await fill(tab.page, ['trk_1', 'keep']);
  return { example, tab };
}

async function isSwept({ page }: Tab): Promise<void> {
  await until(
    async () => Object.values(await contentsOf(page)).every((names) => !names.includes('trk_1')),
    'nothing of the tracker was left',
  );
  for (const [kind, names] of Object.entries(await contentsOf(page))) assert.ok(names.includes('keep'), kind);
}
