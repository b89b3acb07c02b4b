import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { usePortal } from '../portal-use';
import { assertNothingReached, countAfresh } from '../third-party-hits';

/** The page with all of the portal's third parties. */
const DATASET = '/dataset/aide-humanitaire-d-urgence';

/** Ways in which code of the worker may throw while it decides, by what is broken for it. */
const BROKEN = {
  'Map.prototype.get': 'Map.prototype.get = fail;',
  URL: 'self.URL = class { constructor() { fail(); } };',
  'crypto.randomUUID': 'Crypto.prototype.randomUUID = fail;',
  'Date.now': 'Date.now = fail;',
  'clients.get': 'Clients.prototype.get = fail;',
  'Response.error': 'Response.error = fail;',
};

const whileItRuns = (broken: string) => `addEventListener('fetch', () => {
  const fail = () => { throw new Error('broken by the test'); };
  ${broken}
});`;

describe('A worker that fails leaks nothing, and the site works', () => {
  forEachEngine(({ start }) => {
    const inWorker = (prefix: string) => (name: string, text: string) =>
      name === 'gatekeeper-sw.js' ? `${prefix}\n${text}` : text;

    it('when its script throws at the start', async () => {
      const { example, tab } = await start({ editFile: inWorker(`throw new Error('broken by the test');`) });
      assert.equal(await tab.visit('/cookies'), 'script-error');
      assert.match(await tab.refusesToSet({ posthog: 'not a choice' }), /TypeError/);
      await tab.visit(DATASET);
      await tab.page.waitForSelector('[data-map] path.leaflet-interactive');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });

    it('when its script was cut off', async () => {
      const { example, tab } = await start({
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? text.slice(0, text.length / 2) : text),
      });
      assert.equal(await tab.visit('/cookies'), 'script-error');
      assert.equal(await tab.visit(DATASET), 'script-error');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });

    it('when an update of it throws: the version that works goes on', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.set({ youtube: true });
      example.setFile('gatekeeper-sw.js', (text) => `throw new Error('broken by the test');\n${text}`);
      assert.equal(await tab.visit(PLAIN), 'guarded');
      assert.equal(await tab.visit(PLAIN), 'guarded');
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.fetches('sharing', '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'sharing');
    });

    for (const [what, broken] of Object.entries(BROKEN)) {
      it(`while it decides: ${what} is broken for it`, async () => {
        const { example, tab } = await start({
          lock: 'none',
          policy: { wall: 'off' },
          editFile: inWorker(whileItRuns(broken)),
        });
        await tab.visitGuarded(PLAIN);
        countAfresh(example);
        await tab.fetches('sharing', '/probe');
        await tab.fetches('posthog', '/probe');
        await tab.showsImage(`${example.thirdParties.youtube.origin}/vi/probe/hqdefault.jpg`);
        assert.equal(await tab.fetchesUrl('/api/records?dataset=aide-humanitaire-d-urgence'), 'sent');
        assert.equal(await tab.showsImage('/public/logo.svg'), 'loaded');
        await tab.visit('/');
        await tab.quiet();
        assertNothingReached(example, 'posthog', 'youtube', 'sharing');
        assert.deepEqual(tab.errors, []);
      });
    }

    it('when it cannot turn the key: documents keep their lock', async () => {
      const { example, tab } = await start({
        editFile: inWorker(whileItRuns('self.Headers = class { constructor() { fail(); } };')),
      });
      await tab.visitGuarded('/cookies');
      await tab.acceptAll();
      countAfresh(example);
      await tab.visit(DATASET);
      await tab.page.waitForSelector('[data-map] path.leaflet-interactive');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });

    it('when it fails for every request, with the lock', async () => {
      const { example, tab } = await start({
        editFile: inWorker(whileItRuns(BROKEN.URL + BROKEN['Map.prototype.get'])),
      });
      await usePortal(tab);
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing');
    });
  });
});
