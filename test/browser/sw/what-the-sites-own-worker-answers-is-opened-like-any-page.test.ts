import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type Visit } from '../harness';
import { countAfresh, received } from '../third-party-hits';

const IMPORT = `importScripts('/gatekeeper-sw.js');`;
const STORED = ['/stored', PLAIN, '/gatekeeper.js', '/gatekeeper-on-demand.js', '/gatekeeper-diagnosis.js'];

/** As Workbox's `generateSW` has it: what is stored is answered from there, and what fails has a page that says so. */
const answers = (origin: string) => `
const frame = (path) => '<iframe src="${origin}/frame/' + path + '"></iframe>';
const made = {
  '/made': '<!doctype html><title>Made</title><script src="/gatekeeper.js"></script>' + frame('made') + '<iframe src="/made/inner"></iframe>',
  '/made/inner': '<!doctype html>' + frame('inner') + '<img src="${origin}/image/inner.svg">',
};
const answer = async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === '/fails') throw new TypeError('on purpose');
  const found = made[pathname];
  if (found) return new Response(found, { headers: { 'Content-Type': 'text/html' } });
  return await caches.match(pathname) ?? fetch(request);
};
addEventListener('install', (event) => event.waitUntil(caches.open('site').then((cache) => cache.addAll(${JSON.stringify(STORED)}))));
function respond(event) {
  if (event.request.url.startsWith(location.origin + '/')) event.respondWith(answer(event.request));
}`;
const LISTENS = `addEventListener('fetch', respond);`;

/** Each with ours in another place. */
const WORKERS: Record<string, (site: string) => string> = {
  'imports ours first': (site) => `${IMPORT}\n${site}\n${LISTENS}`,
  'imports ours last': (site) => `${site}\n${LISTENS}\n${IMPORT}`,
  'has its handler in onfetch': (site) => `${IMPORT}\n${site}\nself.onfetch = respond;`,
};

describe('What the site’s own worker answers is opened like any page', () => {
  forEachEngine(({ start }) => {
    for (const [how, worker] of Object.entries(WORKERS)) {
      it(`also without the site’s server, when that ${how}`, async () => {
        const visit = await guardedBy(start, worker);
        const { example, tab } = visit;
        await tab.refuseAll();
        assert.equal(await timesAskedFor(visit, '/counted'), 1);
        await example.stop();
        assert.deepEqual(await shows(visit, '/stored'), []);
        assert.deepEqual(await shows(visit, '/made'), []);
        await tab.visit(PLAIN);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        assert.deepEqual(await shows(visit, '/stored'), ['/frame/stored']);
        assert.deepEqual(await shows(visit, '/made'), ['/frame/inner', '/frame/made', '/image/inner.svg']);
        await tab.visit(PLAIN);
        await tab.withdraw('partner');
        assert.deepEqual(await shows(visit, '/stored'), []);
        assert.deepEqual(await shows(visit, '/made'), []);
        // What fails there fails as it does without us. In Firefox its error page may come before the answer.
        await assert.rejects(tab.page.goto(`${example.origin}/fails`), /ERR_FAILED|NS_ERROR|interrupted/);
      });
    }

    it('but not a script of another host for a worker of a page: browsers refuse to run that', async () => {
      const led = `addEventListener('fetch', (event) => {
        const { pathname } = new URL(event.request.url);
        if (pathname === '/led.js') event.respondWith(fetch(location.origin.replace('localhost', '127.0.0.1') + '/script.js', { mode: 'cors' }));
      });`;
      const { example, tab } = await guardedBy(start, () => `${led}\n${IMPORT}`);
      const headers = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
      example.route('/script.js', () => new Response(`postMessage('runs')`, { headers }));
      const heard = (path: string) =>
        tab.page.evaluate(
          (path) =>
            new Promise<string>((resolve) => {
              const worker = new Worker(path);
              worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
              worker.onerror = () => resolve('refused');
            }),
          path,
        );
      assert.equal(await heard('/script.js'), 'runs');
      assert.equal(await heard('/led.js'), 'refused');
    });
  });
});

async function guardedBy(start: StartVisit, worker: (site: string) => string): Promise<Visit> {
  const visit = await start({
    editFile: (name, text) => (name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text),
  });
  const { example, tab } = visit;
  const { origin } = example.thirdParties.partner;
  example.page('/stored', { body: `<iframe src="${origin}/frame/stored"></iframe>` });
  example.route(
    '/sw.js',
    () => new Response(worker(answers(origin)), { headers: { 'Content-Type': 'text/javascript' } }),
  );
  assert.equal(await tab.visitGuarded(PLAIN), 'guarded');
  return visit;
}

async function timesAskedFor({ example, tab }: Visit, path: string): Promise<number> {
  let times = 0;
  example.route(path, () => {
    times++;
    return new Response('<!doctype html><title>Counted</title><script src="/gatekeeper.js"></script>', {
      headers: { 'Content-Type': 'text/html' },
    });
  });
  await tab.visit(path);
  return times;
}

/** Shows a page. @returns what has reached the partner by it */
async function shows({ example, tab }: Visit, path: string): Promise<string[]> {
  countAfresh(example);
  assert.equal(await tab.visit(path), 'guarded');
  await tab.quiet();
  return received(example.thirdParties.partner)
    .map(({ path }) => path)
    .sort();
}
