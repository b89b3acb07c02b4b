import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from './harness';
import { assertNothingReached, countAfresh, hits, until } from './third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('A permission reaches one service only', () => {
  forEachEngine(({ start }) => {
    it('the one that the visitor has agreed to', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.set({ posthog: true }));
      await until(() => hits(example.thirdParties.posthog) > 0, 'PostHog was asked');
      await tab.visit('/');
      await tab.quiet();
      assertNothingReached(example, 'youtube', 'sharing', 'eulerian');
    });

    it('and on the site’s own host just as well', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.set({ eulerian: true });
      await tab.visit(DATASET);
      await until(() => hits(example.thirdParties.eulerian) > 0, 'Eulerian was asked');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'youtube', 'sharing');
    });

    it('frames and media of an embedded player included', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.set({ youtube: true }));
      const paths = () => example.thirdParties.youtube.requests.map(({ path }) => path);
      await until(() => paths().some((path) => path.startsWith('/embed/')) && paths().some((path) => path.startsWith('/audio/')), 'the player and the sound were loaded');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'sharing', 'eulerian');
    });

    it('and accepting everything reaches what the policy declares, nothing else', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded(DATASET);
      countAfresh(example);
      await tab.reloadedBy(() => tab.acceptAll());
      const { posthog, plausible, tiles, youtube, eulerian, sharing } = example.thirdParties;
      for (const service of [posthog, plausible, tiles, youtube, eulerian]) await until(() => hits(service) > 0, `${service.origin} was asked`);
      await tab.fetches('sharing', '/shares');
      await tab.quiet();
      assert.equal(hits(sharing), 0);
    });

    it('of those that share a host, ports told apart', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.set({ youtube: true });
      countAfresh(example);
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      assert.equal(hits(example.thirdParties.youtube), 1);
      assertNothingReached(example, 'posthog');
    });
  });
});
