import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { countAfresh, hits, received, until } from '../third-party-hits';

describe('A service learns no more than its access says', () => {
  forEachEngine(({ engine, start }) => {
    /** The partner, permitted, and known to the visitor, who has a cookie of it; what it receives for each kind of request. */
    async function learned(access: string | undefined, ...others: object[]) {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.flatMap((service: { id: string; origins: string[] }) =>
            service.id === 'partner'
              ? [{ ...service, purpose: 'necessary', access }, ...others.map((other) => ({ ...service, ...other }))]
              : [service],
          ),
        }),
      });
      const { partner } = example.thirdParties;
      await tab.page.goto(`${partner.origin}/frame/a.html`);
      await tab.visitGuarded(PLAIN);
      await tab.quiet();
      countAfresh(example);
      const kinds = { image: '/image/a.svg', fetch: '/fetched', script: '/script/a.js' };
      await tab.showsImage(partner.origin + kinds.image);
      await tab.fetchesUrl(partner.origin + kinds.fetch);
      await tab.page.evaluate(
        (src) => document.head.append(Object.assign(document.createElement('script'), { src })),
        partner.origin + kinds.script,
      );
      await until(() => hits(partner) >= 3, 'all of it was asked for');
      return { site: example.origin, requests: received(partner) };
    }

    it('everything: "full"', async () => {
      const { site, requests } = await learned('full');
      // Chromium keeps no cookie of another site that is not on https.
      if (engine === 'firefox')
        assert.ok(
          requests.some(({ cookie }) => cookie?.includes('partner_uid')),
          'a cookie to hold back',
        );
      assert.deepEqual(new Set(requests.map(({ referer }) => referer)), new Set([`${site}/`]));
    });

    it('the site’s origin as referrer and no cookies: "origin-only"', async () => {
      const { site, requests } = await learned('origin-only');
      assert.deepEqual(
        requests.map(({ path, cookie, referer }) => ({ path, cookie, referer })),
        ['/image/a.svg', '/fetched', '/script/a.js'].map((path) => ({ path, cookie: undefined, referer: `${site}/` })),
      );
    });

    it('neither: "without-credentials"', async () => {
      const { requests } = await learned('without-credentials');
      assert.deepEqual(
        requests.map(({ cookie, referer }) => ({ cookie, referer })),
        Array(3).fill({ cookie: undefined, referer: undefined }),
      );
    });

    it('as much as the fullest access of those that share its host and are permitted', async () => {
      const { site, requests } = await learned(
        'without-credentials',
        { id: 'refused', purpose: 'third-party', access: 'full' },
        { id: 'keyed', purpose: 'necessary', access: 'origin-only' },
      );
      assert.deepEqual(
        requests.map(({ cookie, referer }) => ({ cookie, referer })),
        Array(3).fill({ cookie: undefined, referer: `${site}/` }),
      );
    });
  });
});
