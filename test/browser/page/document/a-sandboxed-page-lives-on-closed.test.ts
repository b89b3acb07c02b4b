import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { assertNothingReached, until } from '../../third-party-hits';

interface Told {
  gatekeeper: string;
  errors: string[];
  state?: string;
  allowed?: boolean;
  outcome?: string;
  decided?: string;
  swept?: string;
}

/** Says what it finds of ours, and tries everything that a page may do with it. */
const TELL = `<script>
  const failed = (error) => error.code ?? error.message;
  addEventListener('load', async () => {
    const told = { gatekeeper: typeof gatekeeper, errors };
    if (told.gatekeeper === 'object') {
      await gatekeeper.ready;
      Object.assign(told, { state: gatekeeper.consent.state, allowed: gatekeeper.allows('partner') });
      told.outcome = await gatekeeper.register().then(() => 'guarded', failed);
      told.decided = await gatekeeper.acceptAll().then(() => 'decided', () => 'not decided');
      told.swept = await gatekeeper.sweep().then(() => 'swept', () => 'not swept');
      gatekeeper.receipt();
      told.allowed ||= gatekeeper.allows('partner');
    }
    parent.postMessage(told, '*');
  });
</script>`;

describe('A sandboxed page lives on, closed', () => {
  forEachEngine(({ start }) => {
    it('in a frame without an origin: it has its gatekeeper, nothing is permitted, and no error is left', async () => {
      const { tab, example } = await start({ interface: 'own' });
      const { origin } = example.thirdParties.partner;
      example.route(
        '/inner',
        () =>
          new Response(
            `<!doctype html><html lang="en"><head><script>errors = []; onerror = (message) => errors.push(message); addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))</script><script src="${example.origin}/gatekeeper.js"></script></head><body><iframe src="${origin}/frame/a" width="300" height="200"></iframe><iframe data-service="partner" data-src="${origin}/frame/b" width="300" height="200"></iframe><script type="text/plain" data-service="partner">errors.push('ran')</script>${TELL}</body></html>`,
            { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
          ),
      );
      example.page('/outer', {
        body: '<script>told = []; onmessage = ({ data }) => told.push(data)</script><iframe sandbox="allow-scripts" src="/inner" width="600" height="400"></iframe>',
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/outer');
      const told = () => tab.page.evaluate('told[0]') as Promise<Told | undefined>;
      await until(told, 'the frame told');
      const { outcome, ...rest } = (await told())!;
      assert.deepEqual(rest, {
        gatekeeper: 'object',
        errors: [],
        state: 'undecided',
        allowed: false,
        decided: 'not decided',
        swept: 'not swept',
      });
      assert.equal(outcome, 'unsupported');
      await tab.quiet();
      assertNothingReached(example, 'partner');
      assert.deepEqual(tab.errors, []);
    });
  });
});
