import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { assertNothingReached, countAfresh, hits, until } from '../third-party-hits';
import { usePortal } from '../portal-use';

const DATASET = '/dataset/aide-humanitaire-d-urgence';
const OPTIONAL = ['posthog', 'youtube', 'sharing', 'eulerian'] as const;

describe('A lock in the HTML of every page does as well as a header', () => {
  forEachEngine(({ start }) => {
    it('nothing leaves on the first visit, nor when everything is refused', async () => {
      const { example, tab } = await start({ lock: 'meta' });
      await tab.visit(DATASET);
      await tab.quiet();
      assertNothingReached(example, ...OPTIONAL);
      await tab.refuseAll();
      countAfresh(example);
      await tab.visit(DATASET);
      await tab.quiet();
      assertNothingReached(example, ...OPTIONAL, 'plausible');
    });

    it('a grant opens the page, and a withdrawal closes it', async () => {
      const { example, tab } = await start({ lock: 'meta' });
      await tab.visitGuarded(DATASET);
      await tab.reloadedBy(() => tab.acceptAll());
      const { posthog, youtube } = example.thirdParties;
      await until(
        () => youtube.requests.some(({ path }) => path.startsWith('/embed/')) && hits(posthog) > 0,
        'video and statistics were loaded',
      );
      await tab.withdraw('youtube');
      await tab.quiet();
      countAfresh(example);
      await tab.visit(DATASET);
      await until(() => hits(posthog) > 0, 'statistics were loaded');
      await tab.quiet();
      assert.equal(hits(youtube), 0);
    });

    it('the portal works', async () => {
      const { tab } = await start({ lock: 'meta' });
      await usePortal(tab);
    });
  });
});
