import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type VisitOptions } from '../harness';
import { usePortal } from '../portal-use';
import { assertNothingReached, countAfresh } from '../third-party-hits';

/** What a hand, an editor or a deployment may have made of the files after they were built. */
const BROKEN: Record<string, (text: string) => string> = {
  'has no services': (text) => text.replace('"services":[', '"services":null,"were":['),
  'has garbage for services': (text) => text.replace('"services":[', '"services":"a lot","were":['),
  'has a service that is none': (text) => text.replace('"services":[', '"services":[null,'),
};
const UNREADABLE_ORIGIN = (text: string) => text.replaceAll('"origins":[', '"origins":["not an origin",');

describe('A broken policy refuses', () => {
  forEachEngine(({ start }) => {
    for (const [what, breakIt] of Object.entries(BROKEN)) {
      it(`everything from other origins, and register() says so, when it ${what}`, async () => {
        const { example, tab } = await start({ editFile: inPolicy(breakIt) });
        assert.match(await tab.visit('/cookies'), /^(broken-policy|refused-by-worker)$/);
        assert.match(await tab.whyNotRegistered(), /policy is broken/);
        assert.equal(await tab.allows('youtube'), false);
        assert.match(await tab.refusesToSet({ youtube: true }), /TypeError|broken/);
        await tab.visit('/dataset/aide-humanitaire-d-urgence');
        await tab.quiet();
        assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
      });
    }

    it('at the worker, although the page’s policy is whole', async () => {
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? broken(text, UNREADABLE_ORIGIN) : text),
      });
      assert.equal(await tab.visit(PLAIN), 'refused-by-worker');
      assert.match(await tab.whyNotRegistered(), /policy is broken.*Build it again/);
      await tab.visit(PLAIN);
      countAfresh(example);
      assert.notEqual(await tab.refusesToSet({ youtube: true }), '');
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      assert.equal(await tab.fetches('tiles', '/probe'), 'refused');
      assert.equal(await tab.fetchesUrl('/api/records?dataset=aide-humanitaire-d-urgence'), 'sent');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'tiles', 'youtube', 'sharing');
    });

    it('also what the visitor had agreed to before it broke', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      await tab.acceptAll();
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      for (const name of ['gatekeeper.js', 'gatekeeper-sw.js'] as const)
        example.setFile(name, (text) => broken(text, BROKEN['has no services']!));
      // The page does not register a worker any more; the browser looks for a new one by itself.
      await tab.page.evaluate(async () => {
        const registration = (await navigator.serviceWorker.getRegistration())!;
        const changed = new Promise((resolve) =>
          navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
        );
        await registration.update();
        await changed;
      });
      await tab.visit(PLAIN);
      countAfresh(example);
      for (const service of ['youtube', 'posthog', 'sharing'] as const)
        assert.equal(await tab.fetches(service, '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'youtube', 'posthog', 'sharing');
    });

    it('and the portal works', async () => {
      const { example, tab } = await start({ editFile: inPolicy(BROKEN['has no services']!) });
      await usePortal(tab);
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });

    it('and the portal works when the page’s file was cut off', async () => {
      const { example, tab } = await start({
        editFile: (name, text) => (name === 'gatekeeper.js' ? text.slice(0, text.length / 2) : text),
      });
      await tab.visit('/cookies');
      assert.ok(tab.errors.length > 0, 'the browser reports the syntax error');
      tab.errors.length = 0;
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });
  });
});

/** Breaks the policy in the files that have one. */
function inPolicy(breakIt: (text: string) => string): VisitOptions['editFile'] {
  return (name, text) => (name === 'gatekeeper.js' || name === 'gatekeeper-sw.js' ? broken(text, breakIt) : text);
}

function broken(text: string, breakIt: (text: string) => string): string {
  const result = breakIt(text);
  assert.notEqual(result, text, 'the file is not broken as this test means it to be');
  return result;
}
