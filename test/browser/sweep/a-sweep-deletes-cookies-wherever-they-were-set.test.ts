import assert from 'node:assert/strict';
import { onTheSweptSite, seenBy, setByScript, sweepOn, type Site } from '../swept-site';

const MATOMO = { id: 'matomo', cookies: [{ name: '_pk_*' }, { name: '__Host-pk' }, { name: '__Secure-pk' }] };

/** Every scope that a page at `/explore/dataset/air` can see, by the server or a script. */
const ON_HTTP = [
  '_pk_host=1; Path=/',
  '_pk_host_domain=1; Path=/; Domain=www.data.ville.TLD',
  '_pk_parent=1; Path=/; Domain=data.ville.TLD',
  '_pk_grandparent=1; Path=/; Domain=.ville.TLD',
  '_pk_folder=1; Path=/explore',
  '_pk_folder_slash=1; Path=/explore/',
  '_pk_deep=1; Path=/explore/dataset; Domain=ville.TLD',
  '_pk_deep_slash=1; Path=/explore/dataset/',
  '_pk_page=1; Path=/explore/dataset/air',
  '_pk_strict=1; Path=/; SameSite=Strict; Max-Age=3600',
];
const ON_SECURE_SITES = [
  '_pk_secure=1; Path=/; Secure',
  '_pk_secure_deep=1; Path=/explore/; Secure; Domain=data.ville.TLD',
  '__Host-pk=1; Path=/; Secure',
  '__Secure-pk=1; Path=/explore; Secure; Domain=ville.TLD',
  '_pk_partitioned=1; Path=/; Secure; SameSite=None; Partitioned',
  '_pk_partitioned_deep=1; Path=/explore; Secure; SameSite=None; Partitioned; Domain=ville.TLD',
];
const STAYING = ['sessionid=1; Path=/', '_pkX=1; Path=/explore; Domain=ville.TLD', 'x_pk_host=1; Path=/'];

const cookiesOf = (tld: string, ...cookies: string[]) => cookies.map((cookie) => cookie.replace('TLD', tld));
const namesOf = (cookies: string[]) => cookies.map((cookie) => cookie.split('=')[0]!).sort();

describe('A sweep deletes a service’s cookies wherever they were set', () => {
  onTheSweptSite((visit, engine) => {
    const PAGE = '/explore/dataset/air';

    for (const [site, secure, tld, leaving] of [
      ['a secure site', true, 'localhost', [...ON_HTTP, ...ON_SECURE_SITES]],
      ['a site on http', false, 'test', ON_HTTP],
    ] as const) {
      it(`by the server of ${site}: on host, domains above, folders, secure and partitioned`, async () => {
        const { openWith, mirror } = await visit();
        const cookies = cookiesOf(tld, ...leaving);
        const staying = cookiesOf(tld, ...STAYING, `${mirror}=1; Path=/`);
        const page = await openWith([...cookies, ...staying], PAGE, secure);
        assert.deepEqual(await seenBy(page), namesOf([...cookies, ...staying]), 'the browser has taken them all');

        const { deleted, remaining } = await sweepOn(page, { refused: [MATOMO], kept: [], mirror });
        assert.deepEqual(await seenBy(page), namesOf(staying));
        assert.deepEqual(deleted.map(({ name }) => name).sort(), namesOf(cookies));
        assert.ok(deleted.every(({ service, kind }) => service === 'matomo' && kind === 'cookie'));
        assert.deepEqual(remaining, []);
      });

      it(`by a script of ${site}`, async () => {
        const { open, mirror } = await visit();
        const page = await open(PAGE, secure);
        const cookies = cookiesOf(tld, ...leaving);
        const staying = cookiesOf(tld, ...STAYING);
        await setByScript(page, ...cookies, ...staying, '_pk_of_the_folder=1');
        assert.deepEqual(await seenBy(page), namesOf([...cookies, ...staying, '_pk_of_the_folder=1']));

        const { remaining } = await sweepOn(page, { refused: [MATOMO], kept: [], mirror });
        assert.deepEqual(await seenBy(page), namesOf(staying));
        assert.deepEqual(remaining, []);
      });
    }

    it('all of them, where a name was set in several scopes', async () => {
      const { openWith, mirror } = await visit();
      const scopes = [
        'Path=/',
        'Path=/explore',
        'Path=/; Domain=ville.localhost',
        'Path=/explore/; Domain=data.ville.localhost',
        'Path=/; Secure; SameSite=None; Partitioned',
      ];
      const page = await openWith(
        scopes.map((scope) => `_pk_id=1; ${scope}`),
        PAGE,
      );
      assert.deepEqual(
        await seenBy(page),
        scopes.map(() => '_pk_id'),
      );
      const { deleted } = await sweepOn(page, { refused: [MATOMO], kept: [], mirror });
      assert.deepEqual(await seenBy(page), []);
      assert.deepEqual(deleted, [{ service: 'matomo', kind: 'cookie', name: '_pk_id' }]);
    });

    it('but not what a service that stays declares too, nor the mirror', async () => {
      const { openWith, mirror } = await visit();
      const page = await openWith(
        ['_pk_shared=1; Path=/', '_pk_own=1; Path=/', `${mirror}=1; Path=/`, 'other=1; Path=/'],
        PAGE,
      );
      const everything = { id: 'greedy', cookies: [{ name: '*' }] };
      const login = { id: 'login', cookies: [{ name: '*_shared' }, { name: 'other' }] };
      await sweepOn(page, { refused: [everything], kept: [login], mirror });
      assert.deepEqual(await seenBy(page), ['_pk_shared', mirror, 'other'].sort());
    });

    it('one of a folder as soon as a page in that folder sweeps', async () => {
      const { openWith, open, mirror } = await visit();
      const elsewhere = await openWith(['_pk_map=1; Path=/map'], PAGE);
      assert.deepEqual(await sweepOn(elsewhere, { refused: [MATOMO], kept: [], mirror }), {
        deleted: [],
        remaining: [],
      });
      const there = await open('/map/paris');
      assert.deepEqual(await seenBy(there), ['_pk_map']);
      await sweepOn(there, { refused: [MATOMO], kept: [], mirror });
      assert.deepEqual(await seenBy(there), []);
    });

    it('also for another path that the policy declares, unseen from here: the report says so', async () => {
      const { openWith, mirror, context } = await visit();
      const map = {
        id: 'map',
        cookies: [
          { name: '_map', path: '/map' },
          { name: '_map_*', path: '/map' },
        ],
      };
      const page = await openWith(['_map=1; Path=/map', '_map_2=1; Path=/map'], PAGE);
      const { deleted, remaining } = await sweepOn(page, { refused: [map], kept: [], mirror });
      assert.deepEqual(deleted, []);
      assert.deepEqual(remaining, [
        {
          service: 'map',
          kind: 'cookie',
          name: '_map',
          why: 'It is set for /map, and was told to go: only a page there sees whether it has.',
        },
        {
          service: 'map',
          kind: 'cookie',
          name: '_map_*',
          why: 'It is set for /map, and goes when a page there is opened.',
        },
      ]);
      assert.deepEqual(await storedIn(context), ['_map_2']);
    });

    it('but none that is HttpOnly: the report says so in Chromium, where the policy has the whole name', async () => {
      const { openWith, mirror, context } = await visit();
      const hidden = {
        id: 'hidden',
        cookies: [
          { name: '_hidden' },
          { name: '_above' },
          { name: '__Host-hidden' },
          { name: '_never' },
          { name: '_kept' },
        ],
      };
      const cookies = [
        '_hidden=1; Path=/; HttpOnly',
        '_above=1; Path=/; Domain=ville.localhost; HttpOnly',
        '__Host-hidden=1; Path=/; Secure; HttpOnly',
        '_kept=1; Path=/; HttpOnly',
      ];
      const page = await openWith(cookies, PAGE);
      const { deleted, remaining } = await sweepOn(page, {
        refused: [hidden],
        kept: [{ id: 'login', cookies: [{ name: '_kept' }] }],
        mirror,
      });
      assert.deepEqual(deleted, []);
      const why = 'It is HttpOnly: no script can delete it, the server has to.';
      const found = engine === 'chromium' ? ['_hidden', '_above', '__Host-hidden'] : [];
      assert.deepEqual(
        remaining,
        found.map((name) => ({ service: 'hidden', kind: 'cookie', name, why })),
      );
      assert.deepEqual((await storedIn(context)).sort(), namesOf(cookies));
      assert.deepEqual(await seenBy(page), [], 'looking leaves nothing behind');
    });

    it('nor one by a pattern: nobody can name those', async () => {
      const { openWith, mirror, context } = await visit();
      const page = await openWith(['_pk_hidden=1; Path=/; HttpOnly', '_pk_seen=1; Path=/'], PAGE);
      const { deleted, remaining } = await sweepOn(page, { refused: [MATOMO], kept: [], mirror });
      assert.deepEqual(
        deleted.map(({ name }) => name),
        ['_pk_seen'],
      );
      assert.deepEqual(remaining, []);
      assert.deepEqual(await storedIn(context), ['_pk_hidden']);
    });
  });
});

async function storedIn(context: Site['context']): Promise<string[]> {
  return (await context.cookies()).map(({ name }) => name);
}
