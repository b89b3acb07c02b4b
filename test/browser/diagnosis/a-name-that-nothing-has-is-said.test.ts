import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';

const MARKUP = `
  <script type="text/plain" data-service="YouTube">window.ran = true;</script>
  <script type="text/plain" data-category="analytics">window.ran = true;</script>
  <iframe data-service="plausibel" data-src="https://plausible.example/frame" width="300" height="200"></iframe>
  <img data-service="statistics" data-src="https://plausible.example/image" alt="">
  <script type="text/plain" data-service="youtube">window.ran = true;</script>
  <cookie-placeholder data-service="posthogg"></cookie-placeholder>`;

describe('A name that nothing has is said, with the nearest that something has', () => {
  forEachEngine(({ start }) => {
    it('in inert markup, placeholders and calls: once each, and never for what the policy has', async () => {
      const { example, tab } = await start({ interface: 'own' });
      example.page('/misnamed', { body: MARKUP });
      await tab.visit('/misnamed');
      await tab.page.evaluate(() => {
        void window.gatekeeper.whenGranted('Partner');
        for (let times = 0; times < 3; times++) window.gatekeeper.allows('unheard-of');
        window.gatekeeper.allows('partner');
      });
      await tab.warned(/id "YouTube" \(data-service\).*Did you mean "youtube"\?/);
      await tab.warned(/purpose "analytics" \(data-category\).*Did you mean "statistics"\?/);
      await tab.warned(/id "plausibel".*Did you mean "plausible"\?/);
      await tab.warned(/id "statistics".*Did you mean data-category="statistics"\?/);
      await tab.warned(/id "posthogg".*Did you mean "posthog"\?/);
      await tab.warned(/id "Partner".*Did you mean "partner"\?/);
      await tab.warned(/id "unheard-of".*There are: .*youtube/);
      assert.match(await tab.refusesToSet({ YouTube: true }), /TypeError.*Did you mean "youtube"\?/);
      assert.equal(tab.warnings.length, new Set(tab.warnings).size);
      assert.equal(tab.warnings.length, 7, tab.warnings.join('\n'));
      assert.equal(await tab.page.evaluate(() => 'ran' in window), false);
    });

    it('and a page without one loads nothing that would say it', async () => {
      const { tab } = await start({ interface: 'own' });
      await tab.visitGuarded('/dataset/aide-humanitaire-d-urgence');
      await tab.reloadedBy(() => tab.acceptAll());
      await tab.visit(PLAIN);
      await tab.quiet();
      assert.deepEqual(tab.warnings, []);
      assert.equal(
        await tab.page.evaluate(() =>
          performance.getEntriesByType('resource').some(({ name }) => name.includes('diagnosis')),
        ),
        false,
      );
    });
  });
});
