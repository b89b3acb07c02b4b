import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import { contentsOf, fill } from '../site-storage';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const TRACKER = {
  id: 'tracker',
  provider: 'Tracker',
  purpose: 'statistics',
  cookies: [{ name: '_trk.*' }],
  storage: ['trk_*'],
};
const REFUSED = { id: 'refused', provider: 'Refused', purpose: 'statistics', storage: ['ref_*'] };

/** A page on which IndexedDB cannot be opened, and one on which that takes until the sweep's code is there. */
const FAILING = '/failing';
const SLOW = '/slow';
const TROUBLE = `
if (location.pathname === '${FAILING}') IDBFactory.prototype.open = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
if (location.pathname === '${SLOW}') {
  const { open } = IDBFactory.prototype;
  const released = new Promise((resolve) => (window.release = resolve));
  IDBFactory.prototype.open = function (...names) {
    const slow = {};
    const opening = open.apply(this, names);
    opening.onsuccess = () => released.then(() => {
      slow.result = opening.result;
      slow.onsuccess();
    });
    return slow;
  };
}
`;
const EARLY = `
<script>window.early = gatekeeper.sweep().then(() => {}, () => {});</script>
<script src="/gatekeeper-on-demand.js"></script>
<script>setTimeout(release);</script>`;

describe('A sweep takes nothing that may be permitted', () => {
  forEachEngine(({ start }) => {
    it('when it is called before the stored consent has been read', async () => {
      const { example, tab } = await withPermittedTracker(start);
      example.page(SLOW, { head: EARLY });
      await tab.visit(SLOW);
      await tab.page.evaluate(() => (window as { early?: Promise<void> }).early);
      await isStillThere(tab);
      // What is refused goes as soon as that is known.
      await fill(tab.page, ['ref_1']);
      await tab.page.evaluate(() => window.gatekeeper.sweep().then(() => {}));
      for (const [kind, names] of Object.entries(await contentsOf(tab.page))) assert.ok(!names.includes('ref_1'), kind);
      await isStillThere(tab);
    });

    it('when the stored consent cannot be read', async () => {
      const { tab } = await withPermittedTracker(start);
      await tab.visit(FAILING);
      assert.equal((await tab.consent()).standings['tracker'], 'unrestored');
      await tab.page.evaluate(() =>
        window.gatekeeper
          .sweep()
          .catch(() => {})
          .then(() => {}),
      );
      await tab.visit(PLAIN);
      assert.equal(await tab.allows('tracker'), true);
      await isStillThere(tab);
    });

    it('when it can no longer be read on an open page', async () => {
      const { tab } = await withPermittedTracker(start);
      await tab.page.evaluate(() => {
        IDBObjectStore.prototype.get = () => {
          throw new DOMException('An internal error was encountered.', 'UnknownError');
        };
      });
      const other = await tab.another();
      await other.visit(PLAIN);
      await other.set({ refused: false, 'recently-viewed': false });
      await until(
        async () => (await tab.consent()).standings['tracker'] === 'unrestored',
        'the page failed to read the change',
      );
      await tab.page.evaluate(() =>
        window.gatekeeper
          .sweep()
          .catch(() => {})
          .then(() => {}),
      );
      assert.equal(await other.allows('tracker'), true);
      await isStillThere(other);
      assert.ok((await contentsOf(tab.page))['sessionStorage']!.includes('trk_1'));
    });
  });
});

async function withPermittedTracker(start: StartVisit) {
  const { example, tab } = await start({
    lock: 'none',
    editPolicy: (policy) => ({ ...policy, wall: 'off', services: [...policy.services, TRACKER, REFUSED] }),
    editFile: (name, text) => (name === 'gatekeeper.js' ? TROUBLE + text : text),
  });
  example.page(FAILING, {});
  await tab.visitGuarded(PLAIN);
  await tab.set({ tracker: true, refused: false });
  await fill(tab.page, ['trk_1']);
  await tab.page.evaluate(() => void (document.cookie = '_trk.id=1; Path=/'));
  return { example, tab };
}

async function isStillThere({ page }: Tab): Promise<void> {
  const { sessionStorage: _, ...shared } = await contentsOf(page);
  for (const [kind, names] of Object.entries(shared))
    assert.ok(names.includes('trk_1'), `${kind} of a service that is permitted`);
  assert.match(await page.evaluate(() => document.cookie), /_trk\.id=1/);
}
