import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';

describe('A missing lock is noticed', () => {
  forEachEngine(({ start }) => {
    it('of documents and of the worker, with the command that prints it', async () => {
      const { tab } = await start({ lock: 'none', policy: { lock: 'header' } });
      await tab.visit(PLAIN);
      await tab.warned(
        /\/plain is sent without its lock, so that what its HTML names loads before the visitor agrees\..*npx cookie-gatekeeper lock policy\.json --format nginx\. In nginx.*check policy\.json http/,
      );
      await tab.warned(/\/gatekeeper-sw\.js is sent without its lock.*--format nginx/);
      // Later pages are not looked at: the worker tells.
      tab.warnings.length = 0;
      await tab.visit('/cookies');
      await tab.warned(/\/cookies is sent without its lock/);
      assert.equal(tab.warnings.length, 1);
    });

    it('and not where there is one, or where none is wanted', async () => {
      for (const options of [
        {},
        { lock: 'none', policy: { wall: 'off', lock: 'header' } },
        { lock: 'none' },
        { lock: 'meta' },
      ] as const) {
        const { tab } = await start(options);
        await tab.visitGuarded(PLAIN);
        await tab.quiet();
        assert.deepEqual(tab.warnings, [], JSON.stringify(options));
      }
    });
  });
});
