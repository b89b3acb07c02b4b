import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { forEachEngine, PLAIN, type Visit } from './harness';
import { assertNothingReached, received } from './third-party-hits';

const ANSWERS = `addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('/answered-by-the-site')) event.respondWith(new Response('by the site’s own worker'));
});`;
/** Long after a worker that skips waiting has taken over. */
const WAITING_MS = 500;

describe('A worker of the site’s own can be the gate', () => {
  forEachEngine(({ start }) => {
    it('when it imports ours with importScripts', async () => {
      const visit = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text),
      });
      visit.example.route('/sw.js', () => script(`importScripts('/gatekeeper-sw.js');\n${ANSWERS}`));
      await visit.tab.visit(PLAIN);
      assert.equal(await visit.tab.visit(PLAIN), 'guarded');
      await assertGuards(visit);
    });

    it('and it decides itself when it takes over from its predecessor, and whether pages are preloaded', async () => {
      const { example, tab } = await start({
        editFile: (name, text) => (name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text),
      });
      let version = 1;
      example.route('/sw.js', () =>
        script(
          `importScripts('/gatekeeper-sw.js');\n/* ${version} */ onmessage = ({ data }) => data === 'take over' && skipWaiting();`,
        ),
      );
      // On a first visit, the page asks it to take this one page over.
      assert.equal(await tab.visit(PLAIN), 'guarded');
      version = 2;
      const seen = await tab.page.evaluate(async (limit) => {
        const { serviceWorker } = navigator;
        const registration = await serviceWorker.ready;
        const { enabled } = await registration.navigationPreload.getState();
        const first = serviceWorker.controller;
        await registration.update();
        const next = (registration.installing ?? registration.waiting)!;
        while (next.state === 'installing')
          await new Promise((resolve) => next.addEventListener('statechange', resolve, { once: true }));
        await new Promise((resolve) => setTimeout(resolve, limit));
        const waits = next.state === 'installed' && serviceWorker.controller === first;
        if (!waits) return { preloads: enabled, waits };
        const changed = new Promise((resolve) =>
          serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
        );
        next.postMessage('take over');
        await changed;
        return { preloads: enabled, waits, takesOver: serviceWorker.controller === next };
      }, WAITING_MS);
      assert.deepEqual(seen, { preloads: false, waits: true, takesOver: true });
    });

    it('when it is bundled with ours, page and worker from the package’s modules', async () => {
      let policy: unknown;
      const visit = await start({
        lock: 'none',
        editPolicy: (written) => (policy = { ...(written as object), wall: 'off' }),
      });
      const whole = `const policy = parsePolicy(${JSON.stringify(policy)});`;
      const [worker, page] = await Promise.all([
        bundle(
          `import { startGatekeeping } from 'cookie-gatekeeper/worker'; import { parsePolicy } from 'cookie-gatekeeper/policy'; ${whole} startGatekeeping(policy); ${ANSWERS}`,
        ),
        bundle(
          `import { createGatekeeper } from 'cookie-gatekeeper'; import { parsePolicy } from 'cookie-gatekeeper/policy'; ${whole} window.gatekeeper = createGatekeeper(policy, { worker: '/bundled-sw.js' });`,
        ),
      ]);
      visit.example.route('/bundled-sw.js', () => script(worker));
      visit.example.setFile('gatekeeper.js', () => page);
      await visit.tab.visit(PLAIN);
      assert.equal(await visit.tab.visit(PLAIN), 'guarded');
      await assertGuards(visit);
    });
  });
});

async function assertGuards({ example, tab }: Visit): Promise<void> {
  const answer = await tab.page.evaluate(() => fetch('/answered-by-the-site').then((response) => response.text()));
  assert.equal(answer, 'by the site’s own worker');
  assert.equal(await tab.fetches('partner', '/undecided'), 'refused');
  assert.equal(await tab.fetches('sharing', '/undeclared'), 'refused');
  await tab.set({ partner: true });
  assert.equal(await tab.fetches('partner', '/granted'), 'sent');
  await tab.withdraw('partner');
  assert.equal(await tab.fetches('partner', '/withdrawn'), 'refused');
  await tab.quiet();
  assert.deepEqual(
    received(example.thirdParties.partner).map(({ path }) => path),
    ['/granted'],
  );
  assertNothingReached(example, 'sharing');
}

function script(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'text/javascript' } });
}

/** One classic script, as a site's own bundler would make it. */
async function bundle(source: string): Promise<string> {
  const root = dirname(createRequire(import.meta.url).resolve('cookie-gatekeeper/package.json'));
  const entry = join(root, 'entry.js');
  const bundled = await rollup({
    input: entry,
    plugins: [
      { name: 'entry', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? source : null) },
      nodeResolve({ browser: true }),
    ],
    onwarn: () => {},
  });
  const { output } = await bundled.generate({ format: 'iife', inlineDynamicImports: true });
  return output[0].code;
}
