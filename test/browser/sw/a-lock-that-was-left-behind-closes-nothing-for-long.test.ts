import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { until } from '../third-party-hits';

/** As if the policy had changed, and the server's lines had not. */
const ofAnotherPolicy = (text: string) => text.replace(/"fingerprint":"\w+"/, '"fingerprint":"another"');

describe('A lock that was left behind closes nothing for long', () => {
  forEachEngine(({ start }) => {
    for (const lock of ['header', 'meta'] as const) {
      it(`the worker finds out that it is the newest the site has, and opens, as of then at once (${lock})`, async () => {
        const { example, tab } = await start({ lock, editFile: (_, text) => ofAnotherPolicy(text) });
        const frames = (path: string) => {
          example.page(path, { body: `<iframe src="${example.thirdParties.partner.origin}/frame${path}"></iframe>` });
          return until(
            () => example.thirdParties.partner.requests.some((request) => request.path === `/frame${path}`),
            `the frame of ${path} was loaded`,
          );
        };
        await tab.visitGuarded(PLAIN);
        await tab.set({ partner: true });
        const first = frames('/first');
        // It is loaded again before it is complete.
        await tab.page.goto(`${example.origin}/first`).catch(() => {});
        await first;
        await tab.quiet();
        const second = frames('/second');
        await tab.visit('/second');
        await second;
        await tab.quiet();
        assert.equal(
          await tab.page.evaluate(
            () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).type,
          ),
          'navigate',
          'it is not loaded again',
        );
      });
    }
  });
});
