import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { forEachEngine, PLAIN, type StartVisit, type Visit, type VisitOptions } from '../harness';
import { countAfresh, received, until } from '../third-party-hits';

/** The portal's server adds its lock to what begins with `text/html`. */
const UNLOCKED = { 'Content-Type': 'Text/HTML; charset=utf-8' };
const LOCKED = { 'Content-Type': 'text/html; charset=utf-8' };
/** Beyond those of HTTP. */
const ODD_STATUSES = [600, 999];
const PICTURES_TYPE = 'multipart/x-mixed-replace; boundary=next';
const GIF = atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
const PICTURES = Uint8Array.from(
  `--next\r\nContent-Type: image/gif\r\n\r\n${GIF}\r\n--next\r\nContent-Type: image/gif\r\n\r\n${GIF}\r\n--next--\r\n`,
  (letter) => letter.charCodeAt(0),
);
/** What a document shows. */
const SHOWN = `document.images[0]?.naturalWidth === 1 ? 'a picture' : document.title`;
const JAVASCRIPT = { 'Content-Type': 'text/javascript' };
/** Long after a page that came would have been shown. */
const SHOWN_MS = 500;
const SITES_WORKER = `importScripts('/gatekeeper-sw.js'); addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`;

describe('What only the browser can do, and what is none of the site’s pages, is left alone', () => {
  forEachEngine(({ engine, start }) => {
    it('a challenge that a CDN puts before the site, and a back office: without the lock, they show what they hold', async () => {
      const visit = await refused(start);
      const { example, tab } = visit;
      const { origin } = example.thirdParties.partner;
      example.route(
        '/challenge',
        () =>
          new Response(`<!doctype html><iframe src="${origin}/frame/challenge"></iframe>`, {
            status: 403,
            headers: UNLOCKED,
          }),
      );
      example.route(
        '/admin/',
        () =>
          new Response(
            `<!doctype html><img src="${origin}/image/avatar.svg"><script src="${origin}/script/editor.js"></script><iframe src="${origin}/frame/help"></iframe>`,
            { headers: UNLOCKED },
          ),
      );
      example.page('/own', { body: `<img src="${origin}/image/own.svg"><iframe src="${origin}/frame/own"></iframe>` });
      assert.equal(await tab.visit('/challenge'), 'no gatekeeper');
      assert.deepEqual(await reached(visit), ['/frame/challenge']);
      await tab.visit('/admin/');
      assert.deepEqual(await reached(visit), ['/frame/help', '/image/avatar.svg', '/script/editor.js']);
      assert.equal(await tab.visit('/own'), 'guarded');
      assert.deepEqual(await reached(visit), []);
    });

    it('what opens a program by a frame, as old pages do, under the lock, and under the wall', async () => {
      for (const lock of ['header', 'meta'] as const) {
        const { example, tab } = await start({ lock });
        const frames = ['mailto:desk@example.fr', 'tel:+33123456789', 'sms:+33612345678'];
        example.page('/programs', {
          head: `<script>refused = []; document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective))</script>`,
          body: frames.map((address) => `<iframe src="${address}"></iframe>`).join(''),
        });
        const visits = async () => {
          await tab.visit('/programs');
          await pause(SHOWN_MS);
          assert.deepEqual(await tab.page.evaluate('refused'), [], lock);
        };
        await visits();
        await visits();
        await tab.reloadedBy(() => tab.set({ partner: true }));
        await visits();
      }
    });

    it('what the policy leaves out, where documents come without the lock', async () => {
      const visit = await refused(start, { lock: 'none', policy: { exclude: ['/admin/', '/legal'] } });
      const { example, tab } = visit;
      const { origin } = example.thirdParties.partner;
      for (const path of ['/admin/users', '/legal', '/legal/more']) {
        example.route(
          path,
          () =>
            new Response(
              `<!doctype html><img src="${origin}/image${path}"><iframe src="${origin}/frame${path}"></iframe>`,
              { headers: LOCKED },
            ),
        );
      }
      const arrivals: string[][] = [];
      for (const path of ['/admin/users', '/legal', '/legal/more']) {
        await tab.visit(path);
        arrivals.push(await reached(visit));
      }
      assert.deepEqual(arrivals, [['/frame/admin/users', '/image/admin/users'], ['/frame/legal', '/image/legal'], []]);
    });

    it('and asked for once: a link that counts once is not used up', async () => {
      // A policy without a service on the site's own host, for which pages are never asked for ahead of the worker.
      const { example, tab } = await start({
        policy: { exclude: ['/admin/'] },
        editPolicy: ({ services, ...rest }: { services: { id: string }[] }) => ({
          ...rest,
          services: services.filter(({ id }) => id !== 'eulerian'),
        }),
      });
      let asked = 0;
      example.route('/admin/confirm', () => new Response(`<!doctype html><p>${++asked}`, { headers: LOCKED }));
      await tab.visitGuarded(PLAIN);
      await tab.page.goto(`${example.origin}/admin/confirm`);
      assert.equal(await tab.page.evaluate(() => document.body.textContent.trim()), '1');
      await tab.visit(PLAIN);
      assert.equal(asked, 1);
    });

    it('what such a page makes, while no other page of the site is open', async () => {
      const visit = await refused(start, { lock: 'none', policy: { exclude: ['/admin/'] } });
      const { example, tab } = visit;
      const { origin } = example.thirdParties.partner;
      const image = (name: string) => `<img src="${origin}/image/${name}">`;
      const makes = `
        new Worker(URL.createObjectURL(new Blob(['fetch("${origin}/fetch/worker", { mode: "no-cors" })'], { type: 'text/javascript' })));
        document.body.append(document.createElement('iframe'));
        frames[1].document.write('${image('written')}');
        frames[1].document.close();`;
      example.route(
        '/admin/editor',
        () =>
          new Response(`<!doctype html><body><iframe srcdoc='${image('srcdoc')}'></iframe><script>${makes}</script>`, {
            headers: LOCKED,
          }),
      );
      await tab.visit('/admin/editor');
      const made = ['/fetch/worker', '/image/srcdoc', '/image/written'];
      await until(() => received(example.thirdParties.partner).length >= made.length, 'all has arrived');
      assert.deepEqual(await reached(visit), made);
      const other = await tab.another();
      await other.visit(PLAIN);
      await tab.visit('/admin/editor');
      assert.deepEqual(
        (await reached(visit)).filter((path) => path !== '/image/written'),
        [],
        'what may be of the guarded page is refused',
      );
    });

    it('and such a page that was open before the worker was there', async () => {
      const visit = await start({ lock: 'none', policy: { exclude: ['/admin/'] } });
      const { example, tab } = visit;
      const { origin } = example.thirdParties.partner;
      example.route('/admin/early', () => new Response('<!doctype html><body>', { headers: LOCKED }));
      await tab.visit('/admin/early');
      const other = await tab.another();
      assert.equal(await other.visit(PLAIN), 'guarded');
      await tab.page.waitForFunction(() => navigator.serviceWorker.controller);
      await tab.page.evaluate((origin) => void (new Image().src = `${origin}/image/late`), origin);
      await until(() => received(example.thirdParties.partner).length > 0, 'it has arrived');
      assert.deepEqual(await reached(visit), ['/image/late']);
    });

    it('which of several types a document has', async () => {
      const { example, tab } = await refused(start);
      for (const [path, type] of Object.entries({
        '/last': 'application/json, text/html; charset=utf-8',
        '/any': 'text/html, */*',
      })) {
        example.route(
          path,
          () => new Response(`<!doctype html><title>${path}</title>`, { headers: { 'Content-Type': type } }),
        );
        await tab.page.goto(example.origin + path);
        assert.equal(await tab.page.title(), path);
      }
    });

    it('a document of a status that no worker can answer with, and a stream of pictures: as before the worker was there', async () => {
      const { example, tab } = await start();
      const seen = async (path: string) => {
        const answer = await tab.page.goto(example.origin + path).catch(String);
        return [path, typeof answer === 'object' ? answer?.status() : answer, await tab.page.evaluate(SHOWN)];
      };
      const paths = ODD_STATUSES.map((status) => `/odd/${status}`);
      for (const [index, status] of ODD_STATUSES.entries())
        example.route(paths[index]!, () => ofStatus(status, '<!doctype html><title>Odd</title>'));
      example.route('/pictures', () => new Response(PICTURES, { headers: { 'Content-Type': PICTURES_TYPE } }));
      const all = async () => {
        const shown: unknown[] = [];
        for (const path of [...paths, '/pictures']) shown.push(await seen(path));
        return shown;
      };
      const before = await all();
      assert.deepEqual(before, [
        ...ODD_STATUSES.map((status) => [`/odd/${status}`, status, 'Odd']),
        ['/pictures', 200, 'a picture'],
      ]);
      assert.equal(await tab.visitGuarded(PLAIN), 'guarded');
      assert.deepEqual(await all(), before);
    });

    for (const [how, worker] of [
      ['', undefined],
      [', also past a worker of the site’s own', SITES_WORKER],
    ] as const) {
      it(`a log-in by the browser’s own dialog, when it has forgotten what was typed${how}`, async () => {
        const { example, tab } = await refused(start, {}, worker);
        const said: (string | null)[] = [];
        example.route('/basic', ({ headers }) => {
          said.push(headers.get('authorization'));
          return headers.has('authorization')
            ? new Response('<!doctype html><title>In</title><script src="/gatekeeper.js"></script>', {
                headers: LOCKED,
              })
            : new Response('<!doctype html><title>Out</title>', {
                status: 401,
                headers: { ...LOCKED, 'WWW-Authenticate': 'Basic realm="Site"' },
              });
        });
        // No dialog comes for what a worker has fetched.
        if (engine === 'firefox') {
          // Its dialog cannot be answered here: the page waits for it, instead of saying that the visitor is out.
          void tab.page.goto(`${example.origin}/basic`).catch(() => {});
          await until(() => said.length >= 2, 'the browser has asked by itself');
          assert.notEqual(
            await Promise.race([
              tab.page
                .waitForFunction(() => document.title === 'Out')
                .then(
                  () => 'out',
                  () => 'gone',
                ),
              pause(SHOWN_MS),
            ]),
            'out',
          );
          return;
        }
        await tab.page.authenticate({ username: 'a', password: 'b' });
        await tab.page.goto(`${example.origin}/basic`);
        assert.equal(await tab.page.title(), 'In');
        assert.equal(said.at(-1), `Basic ${btoa('a:b')}`);
      });
    }

    it('and a worker that is redirected starts its imports from where it is', async () => {
      const visit = await refused(start);
      const { example, tab } = visit;
      for (const name of ['classic', 'module', 'shared']) {
        example.route(
          `/${name}.js`,
          () => new Response(null, { status: 302, headers: { Location: `/v2/${name}.js` } }),
        );
      }
      const send = `${`fetch('${example.thirdParties.partner.origin}/from-worker', { mode: 'no-cors' })`}.then(() => 'sent', () => 'refused').then((fetched) => to.postMessage([dependency, location.pathname, fetched]));`;
      const sources: Record<string, string> = {
        'classic.js': `importScripts('dependency.js'); const to = self; ${send}`,
        'module.js': `import './dependency.js'; const to = self; ${send}`,
        'shared.js': `importScripts('dependency.js'); onconnect = ({ ports: [to] }) => { ${send} };`,
        'dependency.js': `self.dependency = 'from v2';`,
      };
      for (const [name, source] of Object.entries(sources))
        example.route(`/v2/${name}`, () => new Response(source, { headers: JAVASCRIPT }));
      await tab.visit(PLAIN);
      const answers = await tab.page.evaluate(() =>
        Promise.all(
          [new Worker('/classic.js'), new Worker('/module.js', { type: 'module' }), new SharedWorker('/shared.js')].map(
            (worker) =>
              new Promise((resolve) => {
                worker.onerror = () => resolve('failed');
                ('port' in worker ? worker.port : worker).onmessage = ({ data }: MessageEvent) => resolve(data);
              }),
          ),
        ),
      );
      assert.deepEqual(
        answers,
        ['classic', 'module', 'shared'].map((name) => ['from v2', `/v2/${name}.js`, 'refused']),
      );
      assert.deepEqual(await reached(visit), []);
    });
  });
});

/** A visitor who has refused everything, on a site whose worker is there. */
async function refused(start: StartVisit, options: VisitOptions = {}, worker?: string): Promise<Visit> {
  const visit = await start({
    ...options,
    editFile: (name, text) =>
      worker && name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text,
  });
  if (worker) visit.example.route('/sw.js', () => new Response(worker, { headers: JAVASCRIPT }));
  assert.equal(await visit.tab.visitGuarded(PLAIN), 'guarded');
  await visit.tab.refuseAll();
  return visit;
}

/** What has reached the partner since this was asked last. */
async function reached({ example, tab }: Visit): Promise<string[]> {
  await tab.quiet();
  const paths = received(example.thirdParties.partner)
    .map(({ path }) => path)
    .sort();
  countAfresh(example);
  return paths;
}

/** An answer as servers send it, and no program can make it. */
function ofStatus(status: number, text: string): Response {
  // A copy is one of the platform's: of its own, the server's library sends what it was made with.
  return Object.defineProperty(new Response(text, { headers: LOCKED }).clone(), 'status', { value: status });
}
