import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import { withSockets } from '../leaving';
import type { Tab } from '../tab';
import { assertNothingReached, countAfresh, until, type TestedExample } from '../third-party-hits';

/** By which browsers show a document, or look into what they have: none of them is a type, or none that says what it is. */
const TYPES = ['foo', 'text /x', 'text/xsl', 'application/x-unknown-content-type'];
const REFUSED_FRAMES = 5;

/** Answers with errors, as one does that is offline, or whose code fails. */
const SITES_WORKER = `importScripts('/gatekeeper-sw.js');
onfetch = (event) => {
  const { pathname } = new URL(event.request.url);
  if (/^.rejected/.test(pathname)) event.respondWith(Promise.reject(new Error('offline')));
  if (/^.error/.test(pathname)) event.respondWith(Response.error());
};`;

describe('Whatever an answer is called, what runs of it is closed', () => {
  forEachEngine(({ engine, start }) => {
    it('the script of a worker that comes as a file to save, and frames of odd types, where the site sends no lock', async () => {
      const { example, tab } = await start({ editPolicy: withSockets, lock: 'none' });
      const { partner } = example.thirdParties;
      const leave = (way: string) =>
        `try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/${way}') } catch {}`;
      const saved = { 'Content-Type': 'text/javascript', 'Content-Disposition': 'attachment' };
      example.route('/saved.js', () => new Response(`${leave('worker')}; postMessage('there')`, { headers: saved }));
      TYPES.forEach((type, i) =>
        example.route(
          `/typed/${i}`,
          () =>
            new Response(
              `<html xmlns="http://www.w3.org/1999/xhtml"><body><iframe src="${partner.origin}/frame/${i}"></iframe><script>${leave(type)}</script></body></html>`,
              { headers: { 'Content-Type': type } },
            ),
        ),
      );
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit(PLAIN);
      countAfresh(example);
      await tab.page.evaluate(async (frames) => {
        for (let i = 0; i < frames; i++)
          document.body.append(Object.assign(document.createElement('iframe'), { src: `/typed/${i}` }));
        await new Promise((resolve) => (new Worker('/saved.js').onmessage = resolve));
      }, TYPES.length);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('frames that are no redirects though their status is near, or nearly a file to save, where the site sends no lock', async () => {
      const { example, tab, leave } = await refusedWithoutLock(start);
      const { origin } = example.thirdParties.partner;
      const frame = `<script>${leave}</script><iframe src="${origin}/frame/inside"></iframe>`;
      const nearlySaved = { 'Content-Type': 'text/html', 'Content-Disposition': 'attachment filename=frame.html' };
      for (const status of [300, 305])
        example.route(`/${status}`, () => new Response(frame, { status, headers: { 'Content-Type': 'text/html' } }));
      example.route('/nearly-saved', () => new Response(frame, { headers: nearlySaved }));
      await showFrame(tab, '/300');
      await showFrame(tab, '/305');
      // Firefox saves it.
      if (engine === 'chromium') await showFrame(tab, '/nearly-saved');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('workers and frames on a path of the site that belongs to a service, where the site sends no lock', async () => {
      const { example, tab, leave } = await refusedWithoutLock(start, {
        services: [
          { id: 'app', provider: 'App', purpose: 'necessary', origins: ['/app/'] },
          { id: 'quiet', provider: 'Quiet', purpose: 'necessary', access: 'without-credentials', origins: ['/quiet/'] },
        ],
      });
      for (const folder of ['/app', '/quiet']) {
        example.route(`${folder}/worker.js`, () => script(`${leave} postMessage('there')`));
        example.route(`${folder}/frame`, () => html(`<script>${leave}</script>`));
        assert.equal(await startWorker(tab, `${folder}/worker.js`), 'there');
        await showFrame(tab, `${folder}/frame`);
      }
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('workers whose scripts the browser would ask for by itself, since the site has asked for a password', async () => {
      const { example, tab, leave } = await refusedWithoutLock(start);
      let asked = 0;
      example.route('/worker.js', () =>
        asked++ > 0
          ? script(`${leave} postMessage('there')`)
          : new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Site"' } }),
      );
      assert.equal(await startWorker(tab, '/worker.js'), 'failed');
      assert.equal(await startWorker(tab, '/worker.js'), 'there');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('workers and frames that the site’s own worker answers with an error, which Firefox asks for without it', async () => {
      const { example, tab, leave } = await refusedWithoutLock(start, {}, SITES_WORKER);
      for (const failing of ['rejected', 'error']) {
        example.route(`/${failing}.js`, () => script(`${leave} postMessage('there')`));
        example.route(`/${failing}`, () => html(`<script>${leave}</script>`));
        assert.equal(await startWorker(tab, `/${failing}.js`), 'failed');
        await showFrame(tab, `/${failing}`);
      }
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('frames on a path of the site that is refused: nobody is asked for them, and the worker stays', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: [
            ...policy.services,
            { id: 'hidden', provider: 'Hidden', purpose: 'third-party', origins: ['/hidden/'] },
          ],
        }),
      });
      let asked = 0;
      example.route('/hidden/frame', () => {
        asked++;
        return new Response('<p>Hidden', { headers: { 'Content-Type': 'text/html' } });
      });
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit(PLAIN);
      for (let i = 0; i < REFUSED_FRAMES; i++) await showFrame(tab, `/hidden/frame?${i}`);
      await tab.quiet();
      assert.equal(asked, 0, `${engine} has asked`);
      await tab.visit(PLAIN);
      await until(() => tab.page.evaluate(() => !!navigator.serviceWorker.controller), 'the worker is there');
    });
  });
});

/**
 * A visitor who has refused, on a page of a site whose answers have no lock.
 * @param sitesWorker the site's own worker, which imports ours
 * @returns also a script that tries what a worker or a wall has to hold
 */
async function refusedWithoutLock(
  start: StartVisit,
  { services = [] }: { services?: unknown[] } = {},
  sitesWorker?: string,
): Promise<{ example: TestedExample; tab: Tab; leave: string }> {
  const { example, tab } = await start({
    lock: 'none',
    editPolicy: (policy) => {
      const written = withSockets(policy as Parameters<typeof withSockets>[0]);
      return { ...written, services: [...written.services, ...services] };
    },
    editFile: (name, text) =>
      sitesWorker && name === 'gatekeeper.js' ? text.replaceAll('"gatekeeper-sw.js"', '"/sw.js"') : text,
  });
  if (sitesWorker) example.route('/sw.js', () => script(sitesWorker));
  await tab.visitGuarded(PLAIN);
  await tab.refuseAll();
  await tab.visit(PLAIN);
  countAfresh(example);
  const { origin } = example.thirdParties.partner;
  const leave = `try { new WebSocket('${origin.replace('http', 'ws')}/socket/' + location.pathname) } catch {}
    fetch('${origin}/fetch/' + location.pathname, { mode: 'no-cors' }).catch(() => {});`;
  return { example, tab, leave };
}

function script(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'text/javascript' } });
}

function html(text: string): Response {
  return new Response(text, { headers: { 'Content-Type': 'text/html' } });
}

/** @returns what it says, or that it has failed */
function startWorker(tab: Tab, url: string): Promise<unknown> {
  return tab.page.evaluate(
    (url) =>
      new Promise((resolve) =>
        ['message', 'error'].reduce((worker, type) => {
          worker.addEventListener(type, (event) => resolve((event as MessageEvent).data ?? 'failed'));
          return worker;
        }, new Worker(url)),
      ),
    url,
  );
}

/** Resolves when it has loaded. */
async function showFrame(tab: Tab, src: string): Promise<void> {
  await tab.page.evaluate(
    (src) =>
      new Promise((resolve) =>
        document.body.append(Object.assign(document.createElement('iframe'), { src, onload: resolve })),
      ),
    src,
  );
}
