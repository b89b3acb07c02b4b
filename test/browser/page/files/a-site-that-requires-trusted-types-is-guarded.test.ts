import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../../harness';
import { assertNothingReached, received, until } from '../../third-party-hits';

const REQUIRED = { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types cookie-gatekeeper" };

const markup = (origin: string) => `
  <script type="text/plain" data-service="partner" src="${origin}/script/external.js" onload="(window.ran ??= []).push('its handler')"></script>
  <script type="text/plain" data-service="partner">(window.ran ??= []).push('inline');</script>
  <script type="text/plain" data-service="partner" data-src="${origin}/script/named.js"></script>
  <script src="${origin}/script/refused.js"></script>`;

interface Watched {
  ran?: string[];
  violations: string[];
}

describe('A site that requires Trusted Types is guarded', () => {
  forEachEngine(({ start }) => {
    it('the worker is registered, and what was held back is released, without a violation', async () => {
      const { tab, example } = await opened(start, REQUIRED);
      await tab.quiet();
      assertNothingReached(example, 'partner');
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => (window as unknown as Watched).ran?.length === 5);
      const { ran, violations } = await tab.page.evaluate(() => ({
        ran: (window as unknown as Watched).ran!,
        violations: (window as unknown as Watched).violations,
      }));
      assert.deepEqual(ran.sort(), ['external', 'inline', 'its handler', 'named', 'refused']);
      assert.deepEqual(violations, []);
      await until(() => received(example.thirdParties.partner).length === 3, 'each script was loaded once');
    });

    it('and where its policy does not permit ours, the page stays closed, says why, and works', async () => {
      const { tab, example, outcome } = await opened(start, {
        'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types somebody-else",
      });
      const enforced = await tab.page.evaluate(() => 'trustedTypes' in window);
      assert.equal(outcome, enforced ? 'not-loaded' : 'guarded');
      if (enforced) assert.match(await tab.whyNotRegistered(), /trusted-types cookie-gatekeeper/);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });
  });
});

async function opened(start: StartVisit, headers: Record<string, string>) {
  const { tab, example } = await start({ policy: { wall: 'live' } });
  await tab.page.evaluateOnNewDocument(() => {
    const violations: string[] = ((window as unknown as Watched).violations = []);
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) => {
      if (/trusted-types/.test(effectiveDirective)) violations.push(`${effectiveDirective} ${sample}`);
    });
  });
  example.page('/trusted', { headers, body: markup(example.thirdParties.partner.origin) });
  const outcome = await tab.visit('/trusted');
  if (outcome === 'guarded') await tab.visit('/trusted');
  return { tab, example, outcome };
}
