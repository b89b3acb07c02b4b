import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { withSockets } from '../../leaving';
import { store } from '../../stored-consent';
import type { Tab } from '../../tab';
import { assertNothingReached, countAfresh, received, until, type TestedExample } from '../../third-party-hits';

/** Long enough to open two pages on a busy machine. */
const LIFE_MS = 6000;
const WORKERS = ['classic', 'module', 'nested', 'blob'];

describe('What a page has started ends with its consent', () => {
  forEachEngine(({ engine, start }) => {
    // Not in Firefox yet.
    if (engine === 'chromium')
      it('what it was to send when it is left, but for what goes to the site', async () => {
        const { example, tab } = await start();
        const { origin } = example.thirdParties.partner;
        await tab.visitGuarded(PLAIN);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        const arrived: string[] = [];
        example.route('/later', ({ url }) => {
          arrived.push(url);
          return new Response(null, { status: 204 });
        });
        await tab.page.evaluate((there) => {
          const { fetchLater } = window as unknown as { fetchLater(input: string | Request): void };
          for (const later of [there, new Request(`${there}?request`), '/later']) fetchLater(later);
        }, `${origin}/later`);
        await tab.withdraw('partner');
        await tab.visit('/cookies');
        await until(() => arrived.length > 0, 'what goes to the site was sent');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });

    it('its workers, which keep the policy of when they were started; the page is loaded again, and has new ones', async () => {
      const { example, tab } = await pageWithWorkers(start);
      await tab.visit('/working');
      await allReach(example);
      countAfresh(example);
      await tab.reloadedBy(() =>
        tab.page.evaluate(() =>
          window.gatekeeper.withdraw('partner').then(() => new BroadcastChannel('again').postMessage('')),
        ),
      );
      await tab.page.waitForFunction(
        (workers) => (window as unknown as { there: string[] }).there.length === workers,
        {},
        WORKERS.length,
      );
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('those in another tab too, which goes on', async () => {
      const { example, tab } = await pageWithWorkers(start);
      await tab.visit(PLAIN);
      const other = await tab.another();
      await other.visit('/working');
      await allReach(example);
      countAfresh(example);
      await tab.page.evaluate(() =>
        window.gatekeeper.withdraw('partner').then(() => new BroadcastChannel('again').postMessage('')),
      );
      await other.quiet();
      assertNothingReached(example, 'partner');
      assert.equal(
        await other.page.evaluate(() => (window as unknown as { failed: number }).failed),
        1,
        'a worker of the page hears that it has ended',
      );
    });

    it('its shared workers, with what nobody sees of theirs: fonts, and workers of their own', async () => {
      const { example, tab, reach, script } = await pageWithWorkers(start);
      const { partner } = example.thirdParties;
      const font = (kind: string) =>
        `new FontFace('font', 'url(${partner.origin}/font/${kind})').load().catch(() => {})`;
      script(
        '/shared-inner.js',
        `${reach('shared-inner')}; new BroadcastChannel('again').onmessage = () => ${font('inner')}`,
      );
      // A comment is the last thing in it.
      script(
        '/shared.js',
        `'use strict'; new BroadcastChannel('again').onmessage = () => { ${font('shared')}; there.postMessage('again') };
        const there = new BroadcastChannel('there'); there.postMessage('started');
        if (self.Worker) new Worker('/shared-inner.js'); // the end`,
      );
      example.page('/sharing', {
        body: `<script>said = []; new BroadcastChannel('there').onmessage = ({ data }) => said.push(data); new SharedWorker('/shared.js')</script>`,
      });
      await tab.visit('/sharing');
      await tab.page.waitForFunction(`said.includes('started')`);
      const again = () => tab.page.evaluate(() => new BroadcastChannel('again').postMessage(''));
      await again();
      await until(() => received(partner).some(({ path }) => path === '/font/shared'), 'it loads a font');
      const other = await tab.another();
      await other.visit(PLAIN);
      await other.withdraw('partner');
      countAfresh(example);
      await again();
      await tab.quiet();
      assertNothingReached(example, 'partner');
      assert.deepEqual(await tab.page.evaluate('said'), ['started', 'again']);
    });

    it('shared workers that have something else under the name of what ends them; one that declares it does not start', async () => {
      const { example, tab, script } = await pageWithWorkers(start);
      const { partner } = example.thirdParties;
      const named = {
        assigned: 'self.close = () => {}',
        variable: 'var close = () => {}',
        constant: 'const close = () => {}',
        declared: 'function close() {}',
      };
      for (const [name, spoilt] of Object.entries(named))
        script(
          `/${name}.js`,
          `const reach = () => new FontFace('font', 'url(${partner.origin}/font/${name})').load().catch(() => {});
          reach(); new BroadcastChannel('again').onmessage = reach; ${spoilt}`,
        );
      const starting = Object.keys(named).map(
        (name) => `new SharedWorker('/${name}.js').onerror = () => failed = '${name}'`,
      );
      example.page('/sharing', { body: `<script>failed = ''; ${starting.join('; ')}</script>` });
      await tab.visit('/sharing');
      const fonts = ['/font/assigned', '/font/constant', '/font/variable'];
      const reached = () =>
        [...new Set(received(partner).map(({ path }) => path))].filter((path) => path.startsWith('/font'));
      await until(() => reached().length >= fonts.length, 'they load fonts');
      await tab.page.waitForFunction(`failed === 'declared'`);
      assert.deepEqual(reached().sort(), fonts);
      const other = await tab.another();
      await other.visit(PLAIN);
      await other.withdraw('partner');
      countAfresh(example);
      await other.page.evaluate(() => new BroadcastChannel('again').postMessage(''));
      await other.quiet();
      assertNothingReached(example, 'partner');
    });

    it('workers of frames without our script, and shared ones, also where what they run throws or waits for ever', async () => {
      const { example, tab, reach, script } = await pageWithWorkers(start);
      const { partner } = example.thirdParties;
      const lead = `#! a line\n/* a licence **/ 'use strict' // as bundlers write it\n`;
      const isStrict = `(function () { return this === undefined })()`;
      script('/throws.js', `${lead}if (${isStrict}) { ${reach('throws')} }; throw new Error('on purpose')`);
      script('/sloppy.js', `if (!${isStrict}) { ${reach('sloppy')} }; throw new Error('on purpose')`);
      script('/waits.js', `import '/imported.js'; ${reach('waits')}; await new Promise(() => {})`);
      script('/imported.js', `${reach('imported')}`);
      script(
        '/sharing.js',
        `const reach = () => new FontFace('font', 'url(${partner.origin}/font/shared)').load().catch(() => {});
        reach(); new BroadcastChannel('again').onmessage = reach; self.Worker && new Worker('/throws.js'); throw new Error('on purpose')`,
      );
      const inside = `for (const way of ['throws', 'sloppy']) new Worker('/' + way + '.js'); new Worker('/waits.js', { type: 'module' })`;
      example.route(
        '/inside',
        () => new Response(`<!doctype html><script>${inside}</script>`, { headers: { 'Content-Type': 'text/html' } }),
      );
      for (const [body, ways] of [
        ['<iframe src="/inside"></iframe>', ['throws', 'sloppy', 'waits', 'imported'].map((way) => `/socket/${way}`)],
        // Chromium's shared workers have no workers of their own.
        [
          `<script>new SharedWorker('/sharing.js')</script>`,
          ['/font/shared', ...(engine === 'firefox' ? ['/socket/throws'] : [])],
        ],
      ] as const) {
        example.page('/around', { body });
        await tab.visit(PLAIN);
        await tab.set({ partner: true });
        countAfresh(example);
        await tab.visit('/around');
        await until(
          () => ways.every((way) => received(partner).some(({ path }) => path === way)),
          `all of ${ways.join()}`,
        );
        const other = await tab.another();
        await other.visit(PLAIN);
        await other.withdraw('partner');
        await other.quiet();
        countAfresh(example);
        await other.page.evaluate(() => new BroadcastChannel('again').postMessage(''));
        await other.quiet();
        assertNothingReached(example, 'partner');
        await other.page.close();
      }
    });

    it('frames and workers without our script that were asked for before and come after', async () => {
      const { example, tab, reach } = await pageWithWorkers(start);
      const { partner } = example.thirdParties;
      const frame = `<!doctype html><script>${reach('frame')}; document.write('<iframe src="${partner.origin}/frame/inner"></iframe>'); new BroadcastChannel('there').postMessage('')</script>`;
      const bodies: Record<string, [string, string]> = {
        '/late.html': ['text/html', frame],
        '/late.js': ['text/javascript', `${reach('worker')}; new BroadcastChannel('there').postMessage('')`],
      };
      const asked = new Set<string>();
      let send!: () => void;
      const sent = new Promise<void>((resolve) => (send = resolve));
      for (const [path, [type, text]] of Object.entries(bodies))
        example.route(path, () => {
          asked.add(path);
          const body = new ReadableStream<Uint8Array>({
            async pull(stream) {
              await sent;
              stream.enqueue(new TextEncoder().encode(text));
              stream.close();
            },
          });
          return new Response(body, { headers: { 'Content-Type': type, 'Content-Security-Policy': example.lock } });
        });
      example.route(
        '/inside',
        () =>
          new Response(`<!doctype html><script>new Worker('/late.js')</script>`, {
            headers: { 'Content-Type': 'text/html' },
          }),
      );
      example.page('/around', {
        body: `<script>came = 0; new BroadcastChannel('there').onmessage = () => came++;
          addEventListener('load', () => setTimeout(() => { for (const src of ['/inside', '/late.html']) document.body.append(Object.assign(document.createElement('iframe'), { src })) }))</script>`,
      });
      await tab.visit('/around');
      await until(() => asked.size === 2, 'both were asked for');
      await tab.withdraw('partner');
      countAfresh(example);
      send();
      await tab.page.waitForFunction('came === 2');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('own frames without our script, also those of XML, and pages that have lost their head', async () => {
      const { example, tab } = await start({ editPolicy: withSockets });
      const { partner } = example.thirdParties;
      const XHTML = 'http://www.w3.org/1999/xhtml';
      const going = `let n = 0; setInterval(() => {
        try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/' + n++) } catch {}
        const frame = document.createElementNS('${XHTML}', 'iframe');
        frame.src = '${partner.origin}/frame/' + n;
        document.documentElement.append(frame);
      }, 300)`;
      const documents: Record<string, string> = {
        'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg"><script>//<![CDATA[\n${going}//]]></script></svg>`,
        'text/xml': `<x><script xmlns="${XHTML}">//<![CDATA[\n${going}//]]></script></x>`,
        'text/html': `<!doctype html><body><script>document.head.remove(); ${going}</script>`,
      };
      for (const [type, text] of Object.entries(documents)) {
        const headers = { 'Content-Type': type, 'Content-Security-Policy': example.lock };
        example.route('/inside', () => new Response(text, { headers }));
        example.page('/around', { body: '<iframe src="/inside"></iframe>' });
        example.page('/beheaded', { body: `<script>document.head.remove(); ${going}</script>` });
        for (const path of type === 'text/html' ? ['/around', '/beheaded'] : ['/around']) {
          await tab.visitGuarded(PLAIN);
          await tab.set({ partner: true });
          await tab.visit(path);
          const hasReached = (kind: string) => received(partner).some(({ path }) => path.startsWith(kind));
          await until(() => hasReached('/frame') && hasReached('/socket'), `${type} in ${path} goes on`);
          const other = await tab.another();
          await other.visit(PLAIN);
          await other.withdraw('partner');
          await other.quiet();
          countAfresh(example);
          await tab.quiet();
          assertNothingReached(example, 'partner');
          await other.page.close();
        }
      }
    });

    it('own frames without our script, which came after the grant, in a tab that is closed to it itself', async () => {
      const { example, tab } = await start({ editPolicy: withSockets });
      const { partner } = example.thirdParties;
      const going = `setInterval(() => {
        const frame = document.createElement('iframe');
        frame.src = '${partner.origin}/frame/a';
        document.body.replaceChildren(frame);
        try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/a') } catch {}
      }, 50)`;
      const inside = `<!doctype html><body><script>${going}</script>`;
      example.route('/inside', () => new Response(inside, { headers: { 'Content-Type': 'text/html' } }));
      await tab.visitGuarded(PLAIN);
      const other = await tab.another();
      await other.visit(PLAIN);
      await tab.set({ partner: true });
      await other.page.waitForFunction(() => window.gatekeeper.allows('partner'));
      await other.page.evaluate(
        () => void document.body.append(Object.assign(document.createElement('iframe'), { src: '/inside' })),
      );
      await until(
        () => ['/frame/a', '/socket/a'].every((way) => received(partner).some(({ path }) => path === way)),
        'the frame is open',
      );
      await tab.withdraw('partner');
      await other.quiet();
      countAfresh(example);
      await other.quiet();
      assertNothingReached(example, 'partner');
    });

    it('frames, which a browser would bring back with the page as they were', async () => {
      const { example, tab } = await visitorOfBusyPage(start);
      await tab.visit('/busy');
      await until(() => received(example.thirdParties.partner).length > 20, 'they report all the time');
      await tab.visit(PLAIN);
      await tab.withdraw('partner');
      countAfresh(example);
      await goBack(tab);
      assertNothingReached(example, 'partner');
    });

    it('frames of frame sets and of closed shadow trees, on the open page', async () => {
      const { example, tab } = await visitorOfBusyPage(start);
      const { origin } = example.thirdParties.partner;
      example.route(
        '/set',
        () =>
          new Response(`<!doctype html><frameset><frame src="${origin}/busy?set"></frameset>`, {
            headers: { 'Content-Type': 'text/html' },
          }),
      );
      example.page('/hidden', { body: `<iframe src="/set"></iframe><div id="host"></div>${attachedLate(origin)}` });
      await tab.visit('/hidden');
      const reaches = (query: string) =>
        received(example.thirdParties.partner).some((request) => request.query === query);
      await until(() => ['?set', '?closed'].every(reaches), 'both were loaded');
      await tab.withdraw('partner');
      await until(() => tab.page.frames().every((frame) => !frame.url().startsWith(origin)), 'both are empty');
      countAfresh(example);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('frames beside one that was refused for where it led', async () => {
      const { example, tab } = await visitorOfBusyPage(start);
      const { partner, posthog } = example.thirdParties;
      const leading = `${partner.origin}/redirect?to=${encodeURIComponent(`${posthog.origin}/frame`)}`;
      example.page('/leading', {
        body: `<iframe src="${leading}"></iframe><iframe src="${partner.origin}/busy"></iframe>`,
      });
      await tab.visit('/leading');
      await until(async () => (await tab.refusals()).some(({ layer }) => layer === 'wall'), 'one was refused');
      await until(() => received(partner).some(({ path }) => path === '/pulse'), 'the other reports');
      await tab.withdraw('partner');
      await until(() => tab.page.frames().every((frame) => !frame.url().endsWith('/busy')), 'it is empty');
      countAfresh(example);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('and those that a script puts late into a closed shadow tree are not brought back with the page', async () => {
      const { example, tab } = await visitorOfBusyPage(start);
      example.page('/busy', { body: `<div id="host"></div>${attachedLate(example.thirdParties.partner.origin)}` });
      await tab.visit('/busy');
      await until(() => received(example.thirdParties.partner).length > 20, 'they report all the time');
      await tab.visit(PLAIN);
      await tab.withdraw('partner');
      countAfresh(example);
      await goBack(tab);
      assertNothingReached(example, 'partner');
    });

    it('also where the consent has ended while no page of the site was open', async () => {
      const { example, tab } = await visitorOfBusyPage(start);
      const { record } = await tab.consent();
      const expiresAt = Date.now() + LIFE_MS;
      // Under another id, so that the worker reads it again when the next page says which one it has read.
      await store(tab, { ...record, id: crypto.randomUUID(), expiresAt });
      await tab.visit(PLAIN);
      await tab.visit('/busy');
      await until(() => received(example.thirdParties.partner).length > 20, 'they report all the time');
      await tab.page.goto(`${example.thirdParties.posthog.origin}/`);
      await until(() => Date.now() > expiresAt, 'it has ended');
      await tab.page.evaluate(() => history.back());
      await backAgain(tab);
      // A frame in a process of its own may go on for a moment, until the page has ended it.
      countAfresh(example);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });
  });
});

/** Who permits the partner, and has not been yet on a page whose frames ask for something of the partner's all the time. */
async function visitorOfBusyPage(start: StartVisit) {
  const { example, tab } = await start({ editPolicy: withSockets });
  const { origin } = example.thirdParties.partner;
  const pulse = `<script>setInterval(() => { new Image().src = '${origin}/pulse?' + Math.random() }, 50)</script>`;
  example.page('/busy', {
    body: `<iframe src="${origin}/busy"></iframe><iframe srcdoc="${pulse}"></iframe><iframe sandbox="allow-scripts" srcdoc="${pulse}"></iframe>`,
  });
  await tab.visitGuarded(PLAIN);
  await tab.reloadedBy(() => tab.set({ partner: true }));
  return { example, tab };
}

/** Puts a frame into a closed shadow tree that is attached to a host when the page is long there. */
function attachedLate(origin: string): string {
  return `<script>addEventListener('load', () => setTimeout(() => { host.attachShadow({ mode: 'closed' }).innerHTML = '<iframe src="${origin}/busy?closed"></iframe>' }, 100))</script>`;
}

async function goBack(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => history.back());
  await backAgain(tab);
  await tab.quiet();
}

function backAgain(tab: Tab): Promise<void> {
  return until(
    () =>
      tab.page.evaluate(() => location.pathname === '/busy' && document.readyState === 'complete').catch(() => false),
    'the page is back',
  );
}

async function pageWithWorkers(start: StartVisit) {
  const { example, tab } = await start({ editPolicy: withSockets });
  const { origin } = example.thirdParties.partner;
  const reach = (
    kind: string,
  ) => `const reach = () => { try { new WebSocket('${origin.replace('http', 'ws')}/socket/${kind}') } catch {} };
    reach(); new BroadcastChannel('again').onmessage = reach`;
  const script = (path: string, text: string) =>
    example.route(
      path,
      () =>
        new Response(text, { headers: { 'Content-Type': 'text/javascript', 'Content-Security-Policy': example.lock } }),
    );
  for (const kind of ['classic', 'module']) script(`/${kind}.js`, `${reach(kind)}; postMessage('${kind}')`);
  script('/inner.js', `${reach('nested')}; postMessage('nested')`);
  script('/nested.js', `const inner = new Worker('/inner.js'); inner.onmessage = ({ data }) => postMessage(data)`);
  example.page('/working', {
    body: `<script>
      there = []; failed = 0;
      const started = [new Worker('/classic.js'), new Worker('/module.js', { type: 'module' }), new Worker('/nested.js'),
        new Worker(URL.createObjectURL(new Blob([${JSON.stringify(`${reach('blob')}; postMessage('blob')`)}], { type: 'text/javascript' })))];
      for (const worker of started) worker.onmessage = ({ data }) => there.push(data);
      started[0].onerror = () => failed++;
    </script>`,
  });
  await tab.visitGuarded(PLAIN);
  await tab.reloadedBy(() => tab.set({ partner: true }));
  return { example, tab, reach, script };
}

function allReach({ thirdParties: { partner } }: TestedExample): Promise<void> {
  return until(
    () => WORKERS.every((kind) => received(partner).some(({ path }) => path === `/socket/${kind}`)),
    'all of them reach the partner',
  );
}
