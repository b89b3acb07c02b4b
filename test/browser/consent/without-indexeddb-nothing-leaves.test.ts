import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { usePortal } from '../portal-use';
import { assertNothingReached, hits } from '../third-party-hits';

const FAILURES = {
  'forbids it': `IDBFactory.prototype.open = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };`,
  'fails to open it': `IDBFactory.prototype.open = () => {
    const opening = { error: new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError') };
    setTimeout(() => (opening.onerror ?? (() => {}))({ target: opening }));
    return opening;
  };`,
  'never answers': `IDBFactory.prototype.open = () => ({});`,
};

describe('Without IndexedDB nothing leaves', () => {
  forEachEngine(({ start }) => {
    for (const [what, failure] of Object.entries(FAILURES)) {
      it(`and a choice is rejected with a message, when the browser ${what}`, async () => {
        const { example, tab } = await start({
          lock: 'none',
          policy: { wall: 'off' },
          editFile: (_, text) => `${failure}\n${text}`,
        });
        assert.equal(await tab.visit(PLAIN), 'guarded');
        assert.match(await tab.refusesToSet({ youtube: true }), /could not be stored.*IndexedDB/);
        assert.equal(await tab.allows('youtube'), false);
        await tab.page.goto(`${example.origin}/`);
        assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
        await tab.quiet();
        assertNothingReached(example, 'posthog', 'youtube', 'sharing', 'eulerian');
      });
    }

    for (const what of ['forbids it', 'never answers'] as const) {
      it(`and the portal works, when the browser ${what}`, async () => {
        const { example, tab } = await start({ editFile: (_, text) => `${FAILURES[what]}\n${text}` });
        await usePortal(tab);
        assertNothingReached(example, 'posthog', 'youtube', 'sharing');
      });
    }

    it('when the worker alone cannot read it: a choice is rejected, and the gate stays closed', async () => {
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? `${FAILURES['forbids it']}\n${text}` : text),
      });
      await tab.visitGuarded(PLAIN);
      assert.notEqual(await tab.refusesToSet({ youtube: true }), '');
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'youtube');
    });

    it('and when it comes back, so does the stored consent', async () => {
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? `${OUTAGE}\n${text}` : text),
      });
      await tab.visitGuarded(PLAIN);
      await tab.set({ youtube: true });
      await tab.fetchesUrl(`${example.thirdParties.tiles.origin}/outage`);
      assert.equal(await tab.refusesToSet({ youtube: true }).then(Boolean), true);
      assert.equal(await tab.fetches('youtube', '/outage'), 'refused');
      await tab.fetchesUrl(`${example.thirdParties.tiles.origin}/repaired`);
      assert.equal(await tab.fetches('youtube', '/repaired'), 'sent');
      await tab.quiet();
      assert.equal(hits(example.thirdParties.youtube), 1);
    });
  });
});

/** Begins and ends with requests that the visitor makes. */
const OUTAGE = `{
  const { get } = IDBObjectStore.prototype;
  addEventListener('fetch', ({ request }) => {
    if (request.url.endsWith('/outage') && request.url.includes('127')) IDBObjectStore.prototype.get = () => { throw new Error('an outage'); };
    if (request.url.endsWith('/repaired')) IDBObjectStore.prototype.get = get;
  }, true);
}`;
