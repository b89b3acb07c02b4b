import assert from 'node:assert/strict';
import { contentsOf, fill, holdDatabase } from '../site-storage';
import { onTheSweptSite, sweepOn } from '../swept-site';

const POSTHOG = { id: 'posthog', storage: ['ph_*', '__ph', 'length'] };
const GREEDY = { id: 'greedy', cookies: [{ name: '*' }], storage: ['*'] };
const LOGIN = { id: 'login', storage: ['session*'] };

describe('A sweep empties storage by name', () => {
  onTheSweptSite((visit) => {
    it('local and session storage, databases and caches', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      await fill(page, ['ph_1', '__ph', 'length', 'draft', 'xph_1']);

      const { deleted, remaining } = await sweepOn(page, { refused: [POSTHOG], kept: [], mirror });
      const left = ['draft', 'xph_1'];
      assert.deepEqual(await contentsOf(page), {
        localStorage: left,
        sessionStorage: left,
        indexedDB: left,
        cache: left,
      });
      const expected = ['localStorage', 'sessionStorage', 'indexedDB', 'cache'].flatMap((kind) =>
        ['__ph', 'length', 'ph_1'].map((name) => `${kind} ${name} of posthog`),
      );
      assert.deepEqual(
        deleted.map(({ service, kind, name }) => `${kind} ${name} of ${service}`).sort(),
        expected.sort(),
      );
      assert.deepEqual(remaining, []);
    });

    it('on a site on http, which has no caches', async () => {
      const { open, mirror } = await visit();
      const page = await open('/', false);
      await fill(page, ['ph_1', 'draft']);
      assert.deepEqual((await sweepOn(page, { refused: [POSTHOG], kept: [], mirror })).remaining, []);
      assert.deepEqual(await contentsOf(page), {
        localStorage: ['draft'],
        sessionStorage: ['draft'],
        indexedDB: ['draft'],
        cache: [],
      });
    });

    it('but not what a service that stays declares too, nor what the gatekeeper keeps', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      const own = ['cookie-gatekeeper', 'cookie-gatekeeper:reloaded'];
      await fill(page, ['ph_1', 'session-1', ...own]);
      await sweepOn(page, { refused: [GREEDY], kept: [LOGIN], mirror });
      const left = [...own, 'session-1'];
      assert.deepEqual(await contentsOf(page), {
        localStorage: left,
        sessionStorage: left,
        indexedDB: left,
        cache: left,
      });
    });

    it('a database that a page closes when asked to', async () => {
      const { open, mirror } = await visit();
      const page = await open('/');
      await holdDatabase(page, '__ph', { letsGo: true });
      const { deleted, remaining } = await sweepOn(page, { refused: [POSTHOG], kept: [], mirror });
      assert.deepEqual(deleted, [{ service: 'posthog', kind: 'indexedDB', name: '__ph' }]);
      assert.deepEqual(remaining, []);
    });
  });
});
