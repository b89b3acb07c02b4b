import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { forEachEngine, PLAIN, type Visit } from '../harness';
import { assertNothingReached, received, until } from '../third-party-hits';

/** The page's script, told by whom it is guarded. */
const withWorkerOfSite = (name: string, text: string) =>
  name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text;
const ANSWERS = `addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('/answered-by-the-site')) event.respondWith(new Response('by the site’s own worker'));
});`;
/** In both ways that there are. */
const COUNTS_CHANGES = `<script>
  changes = 0;
  navigator.serviceWorker.addEventListener('controllerchange', () => changes++);
  navigator.serviceWorker.oncontrollerchange = () => changes++;
</script>`;
/** As long as a worker takes to delete caches of before. */
const CLEANING_MS = 300;
/** Long after a worker that skips waiting has taken over. */
const WAITING_MS = 500;
/** A busy machine's slowest answer. */
const LONG_MS = 5_000;

describe('A worker of the site’s own can be the gate', () => {
  forEachEngine(({ start }) => {
    it('when it imports ours with importScripts', async () => {
      const visit = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: withWorkerOfSite,
      });
      visit.example.route('/sw.js', () => script(`importScripts('/gatekeeper-sw.js');\n${ANSWERS}`));
      await visit.tab.visit(PLAIN);
      assert.equal(await visit.tab.visit(PLAIN), 'guarded');
      await assertGuards(visit);
    });

    it('and it decides itself when it takes over from its predecessor, and whether pages are preloaded', async () => {
      const { example, tab } = await start({
        editFile: withWorkerOfSite,
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

    it('and a page that is loaded again when a worker takes it is not, where that is our doing', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () => script(`importScripts('/gatekeeper-sw.js');`));
      example.page('/counting', { body: COUNTS_CHANGES });
      assert.equal(await tab.visit('/counting'), 'guarded');
      assert.equal(await tab.page.evaluate('changes'), 0);
    });

    it('nor is one in another tab, which is taken with it', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () => script(`importScripts('/gatekeeper-sw.js');`));
      // Its visitor has not been asked yet, so it does not ask for the worker itself.
      example.page('/counting', { body: `${COUNTS_CHANGES}<img src="/slow">` });
      example.page('/asking', { body: COUNTS_CHANGES });
      let goOn: () => void;
      const isOver = new Promise<void>((resolve) => (goOn = resolve));
      example.route('/slow', () => isOver.then(() => new Response('')));
      const other = await tab.another();
      await other.page.goto(`${example.origin}/counting`, { waitUntil: 'domcontentloaded' });
      assert.equal(await tab.visit('/asking'), 'guarded');
      await other.page.waitForFunction('navigator.serviceWorker.controller');
      await pause(CLEANING_MS);
      goOn!();
      assert.deepEqual([await tab.page.evaluate('changes'), await other.page.evaluate('changes')], [0, 0]);
    });

    it('and where the worker takes pages by itself, after a while, they hear of it', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () =>
        script(`importScripts('/gatekeeper-sw.js');
          const cleanUp = () => new Promise((resolve) => setTimeout(resolve, ${CLEANING_MS}));
          addEventListener('activate', (event) => event.waitUntil(cleanUp().then(() => clients.claim())));`),
      );
      example.page('/counting', { body: COUNTS_CHANGES });
      assert.equal(await tab.visit('/counting'), 'guarded');
      assert.equal(await tab.page.evaluate('changes'), 2);
    });

    it('and neither it nor its pages hear what ours say to each other, whatever they answer', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () =>
        script(`importScripts('/gatekeeper-sw.js');
          const heard = [];
          onmessage = ({ data, ports: [port] }) => {
            if (data === 'what have you heard?') return port.postMessage(heard);
            heard.push(data);
            port?.postMessage({ error: 'unknown message' });
          };`),
      );
      example.page('/listening', {
        body: `<script>heard = []; navigator.serviceWorker.addEventListener('message', ({ data }) => heard.push(data)); navigator.serviceWorker.startMessages();</script>`,
      });
      assert.equal(await tab.visit(PLAIN), 'guarded');
      assert.equal(await tab.visit('/listening'), 'guarded');
      await tab.refuseAll();
      assert.equal(await tab.fetches('sharing', '/undeclared'), 'refused');
      await until(async () => (await tab.refusals()).length > 0, 'the page was told');
      const heardByWorker = await tab.page.evaluate(
        () =>
          new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => resolve(data);
            navigator.serviceWorker.controller!.postMessage('what have you heard?', [port2]);
          }),
      );
      assert.deepEqual([heardByWorker, await tab.page.evaluate('heard')], [[], []]);
    });

    it('and what it says while a page is read waits for that page, as without us', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () =>
        script(`importScripts('/gatekeeper-sw.js');
          addEventListener('fetch', ({ request, clientId }) => {
            if (request.url.endsWith('/early')) clients.get(clientId).then((page) => page.postMessage('early'));
          });`),
      );
      let goOn: () => void;
      const isSaid = new Promise<void>((resolve) => (goOn = resolve));
      const parts = [
        `<!doctype html><head><script src="/gatekeeper.js"></script></head><body><script>fetch('/early').then(() => fetch('/said'))</script>`,
        `<script>heard = []; navigator.serviceWorker.addEventListener('message', ({ data, source }) => heard.push([data, source === navigator.serviceWorker.controller]))</script>`,
      ].map((part) => new TextEncoder().encode(part));
      example.route('/early', () => new Response(''));
      example.route('/said', () => {
        // What is under way to the page is there by then.
        setTimeout(goOn, WAITING_MS);
        return new Response('');
      });
      example.route(
        '/read',
        () =>
          new Response(
            new ReadableStream({
              async start(controller) {
                controller.enqueue(parts[0]);
                await isSaid;
                controller.enqueue(parts[1]);
                controller.close();
              },
            }),
            { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
          ),
      );
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.visit('/read'), 'guarded');
      await tab.page.waitForFunction('heard.length > 0');
      assert.deepEqual(await tab.page.evaluate('heard'), [['early', true]]);
    });

    it('but not where that listens for it at once', async () => {
      const { example, tab } = await start({ editFile: withWorkerOfSite });
      example.route('/sw.js', () =>
        script(`importScripts('/gatekeeper-sw.js');
          addEventListener('message', ({ data, source }) => data === 'ask' && source.postMessage('answer'));`),
      );
      const LISTENS = {
        '/started': `addEventListener('message', hear); navigator.serviceWorker.startMessages()`,
        '/handled': `onmessage = hear`,
      };
      await tab.visitGuarded(PLAIN);
      for (const [path, listens] of Object.entries(LISTENS)) {
        let goOn: () => void;
        const isHeard = new Promise<void>((resolve) => (goOn = resolve));
        example.route('/heard', () => (goOn(), new Response('')));
        const begun = `<!doctype html><head><script src="/gatekeeper.js"></script></head><body><script>
          heard = [];
          hear = ({ data }) => { heard.push(data); fetch('/heard'); };
          navigator.serviceWorker.${listens};
          navigator.serviceWorker.controller.postMessage('ask');
        </script>`;
        const body = new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode(begun));
            await Promise.race([isHeard, pause(LONG_MS)]);
            controller.enqueue(new TextEncoder().encode('<script>heardEarly = [...heard]</script>'));
            controller.close();
          },
        });
        example.route(path, () => new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
        await tab.visit(path);
        assert.deepEqual(await tab.page.evaluate('[heardEarly, heard]'), [['answer'], ['answer']], path);
      }
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
