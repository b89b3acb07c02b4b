import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import { assertNothingReached } from '../third-party-hits';

const OTHER = '/other-worker.js';
const SITES_OWN = `addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('/answered-by-the-site')) event.respondWith(new Response('by the site’s own worker'));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));`;

interface Mistake {
  path: string;
  /** Attributes of the tag. */
  tag?: string;
  headers?: Record<string, string>;
  code: string;
  says: RegExp;
}

const csp = (value: string) => ({ 'Content-Security-Policy': value });

const MISTAKES: Mistake[] = [
  {
    path: '/nonce',
    tag: 'nonce="n"',
    headers: csp("script-src 'nonce-n'; worker-src blob:"),
    code: 'csp',
    says: /"worker-src blob:"\. Add worker-src 'self'/,
  },
  {
    path: '/fallback',
    tag: 'nonce="n"',
    headers: csp("default-src 'self'; script-src 'nonce-n'"),
    code: 'csp',
    says: /"script-src 'nonce-n'"\. Add worker-src 'self'/,
  },
  {
    path: '/closed',
    headers: csp("default-src 'none'; script-src 'self'; worker-src 'none'"),
    code: 'csp',
    says: /"worker-src 'none'"/,
  },
  {
    path: '/unseen',
    tag: 'data-worker="/nowhere-sw.js"',
    headers: csp("default-src 'none'; script-src 'self'"),
    code: 'csp',
    says: /may not be looked at.*"default-src 'none'"\. Add connect-src 'self'/,
  },
  {
    path: '/moved',
    tag: 'data-worker="/static/gatekeeper-sw.js"',
    code: 'not-found',
    says: /status 404.*It is at \/gatekeeper-sw\.js: say so on the tag, data-worker="\/gatekeeper-sw\.js"/,
  },
  {
    path: '/cdn',
    tag: 'data-worker="https://cdn.example/gatekeeper-sw.js"',
    code: 'scope',
    says: /another origin.*data-worker/,
  },
  { path: '/narrow', tag: 'data-scope="/elsewhere/"', code: 'scope', says: /pages below .*\/elsewhere\/.*data-scope/ },
  {
    path: '/page-instead',
    tag: 'data-worker="/moved"',
    code: 'wrong-mime-type',
    says: /text\/html.*the file is not there/,
  },
];

/** Minutes pass in seconds for timers of our page script, so that no test waits for its time limits. */
const HASTE = `{
  const { setTimeout } = window;
  window.setTimeout = (callback, delay = 0, ...more) => setTimeout(callback, delay < 4000 ? delay : delay / 20, ...more);
}`;

describe('register() says why a page is not guarded', () => {
  forEachEngine(({ start }) => {
    const inPage = (edit: (text: string) => string) => (name: string, text: string) =>
      name === 'gatekeeper.js' ? edit(text) : text;
    const inWorker = (edit: (text: string) => string) => (name: string, text: string) =>
      name === 'gatekeeper-sw.js' ? edit(text) : text;
    const elsewhere = (path: string) => inPage((text) => text.replaceAll('"gatekeeper-sw.js"', JSON.stringify(path)));
    const script = (text: string, type = 'text/javascript') =>
      new Response(text, { headers: { 'Content-Type': type } });

    it('not-found: there is no worker', async () => {
      const { example, tab } = await start({ editFile: elsewhere(OTHER) });
      assert.equal(await tab.visit('/'), 'not-found');
      assert.match(await tab.whyNotRegistered(), /other-worker\.js.*404/);
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
    });

    it('wrong-mime-type: the worker is served as something else', async () => {
      const { example, tab } = await start({ editFile: elsewhere(OTHER) });
      example.route(OTHER, () => script('', 'text/plain'));
      assert.equal(await tab.visit(PLAIN), 'wrong-mime-type');
      assert.match(await tab.whyNotRegistered(), /text\/plain.*text\/javascript/);
    });

    it('redirected: the worker is somewhere else', async () => {
      const { example, tab } = await start({ editFile: elsewhere(OTHER) });
      example.route(OTHER, () => new Response(null, { status: 302, headers: { Location: '/gatekeeper-sw.js' } }));
      assert.equal(await tab.visit(PLAIN), 'redirected');
    });

    it('scope: the worker’s folder does not hold the page', async () => {
      const { example, tab } = await start({
        editFile: (name, text) =>
          (name === 'gatekeeper.js' ? HASTE : '') + elsewhere('/assets/gatekeeper-sw.js')(name, text),
      });
      const worker = await (await fetch(`${example.origin}/gatekeeper-sw.js`)).text();
      example.route('/assets/gatekeeper-sw.js', () => script(worker));
      assert.equal(await tab.visit(PLAIN), 'scope');
    });

    it('scope: the worker may not have the scope that it is registered for', async () => {
      const scoped = (text: string) =>
        text.replace(
          /\{worker:(\w+)\}\),window\.gatekeeper\.register/,
          '{worker:$1,scope:"/"}),window.gatekeeper.register',
        );
      const { example, tab } = await start({
        editFile: (name, text) => scoped(elsewhere('/assets/gatekeeper-sw.js')(name, text)),
      });
      const worker = await (await fetch(`${example.origin}/gatekeeper-sw.js`)).text();
      example.route('/assets/gatekeeper-sw.js', () => script(worker));
      assert.equal(await tab.visit(PLAIN), 'scope');
      assert.match(await tab.whyNotRegistered(), /Service-Worker-Allowed/);
    });

    it('occupied: the site has a worker there, which goes on, and the way out that the message names works', async () => {
      const { example, tab } = await start({
        policy: { wall: 'off' },
        lock: 'none',
        editFile: elsewhere('/gatekeeper-sw.js'),
      });
      const gatekeeper = await (await fetch(`${example.origin}/gatekeeper.js`)).text();
      example.setFile('gatekeeper.js', () => '');
      let own = SITES_OWN;
      example.route('/sw.js', () => script(own));
      await tab.visit(PLAIN);
      await tab.page.evaluate(async () => {
        const controlled = new Promise((resolve) =>
          navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
        );
        await navigator.serviceWorker.register('/sw.js');
        await controlled;
      });
      example.setFile('gatekeeper.js', () => HASTE + gatekeeper);
      assert.equal(await tab.visit(PLAIN), 'occupied');
      assert.match(
        await tab.whyNotRegistered(),
        /importScripts\("http:\/\/localhost:\d+\/gatekeeper-sw\.js"\).*\/sw\.js/,
      );
      const answer = () => tab.page.evaluate(() => fetch('/answered-by-the-site').then((response) => response.text()));
      assert.equal(await answer(), 'by the site’s own worker');

      const takesOver = `addEventListener('install', (event) => event.waitUntil(skipWaiting()));`;
      own = `importScripts('/gatekeeper-sw.js');\n${takesOver}\n${SITES_OWN}`;
      example.route(
        '/by-its-tag',
        () =>
          new Response('<!doctype html><script src="/gatekeeper.js" data-worker="/sw.js"></script>', {
            headers: { 'Content-Type': 'text/html' },
          }),
      );
      await tab.visit('/by-its-tag');
      await tab.page.waitForFunction(() =>
        window.gatekeeper.register().then(
          () => true,
          () => false,
        ),
      );
      assert.equal(await tab.fetches('sharing', '/probe'), 'refused');
      assert.equal(await answer(), 'by the site’s own worker');
      assertNothingReached(example, 'sharing');
    });

    it('script-error: the worker’s script throws; once it is repaired, register() succeeds', async () => {
      const broken = `throw new Error('broken by the test');\n`;
      const { example, tab } = await start({ editFile: inWorker((text) => broken + text) });
      assert.equal(await tab.visit(PLAIN), 'script-error');
      example.setFile('gatekeeper-sw.js', (text) => text.replace(broken, ''));
      assert.equal(await tab.registered(), 'guarded');
    });

    it('and for each of these, what to write', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      for (const { path, tag = '', headers = {}, code, says } of MISTAKES) {
        example.route(
          path,
          () =>
            new Response(`<!doctype html><script src="/gatekeeper.js" ${tag}></script>`, {
              headers: { 'Content-Type': 'text/html', ...headers },
            }),
        );
        assert.equal(await tab.visit(path), code, path);
        assert.match(`${path}: ${await tab.whyNotRegistered()}`, says);
      }
      example.route('/assets/chunked-sw.js', () => script(`/* built */import{a as t}from"./chunk.js";t();`));
      example.route('/assets/missing-part-sw.js', () => script(`importScripts('./nowhere.js');`));
      for (const [file, says] of [
        ['chunked', /one classic file.*docs\/existing-worker\.md/],
        ['missing-part', /imports \.\/nowhere\.js, which is not there.*404/],
      ] as const) {
        example.route(
          '/assets/own',
          () =>
            new Response(`<!doctype html><script src="/gatekeeper.js" data-worker="/assets/${file}-sw.js"></script>`, {
              headers: { 'Content-Type': 'text/html' },
            }),
        );
        assert.equal(await tab.visit('/assets/own'), 'script-error');
        assert.match(await tab.whyNotRegistered(), says);
      }
    });

    it('in short, where what explains it is missing too', async () => {
      const { tab } = await start({
        editFile: (name, text) => (name === 'gatekeeper-diagnosis.js' ? '' : elsewhere(OTHER)(name, text)),
      });
      assert.equal(await tab.visit(PLAIN), 'not-registered');
      assert.match(await tab.whyNotRegistered(), /other-worker\.js was not registered\. See docs\/api\.md/);
    });

    it('timeout: the worker never gets installed', async () => {
      const { tab } = await start({
        editFile: (name, text) =>
          (name === 'gatekeeper.js'
            ? HASTE
            : `addEventListener('install', (event) => event.waitUntil(new Promise(() => {})));`) + text,
      });
      assert.equal(await tab.visit(PLAIN), 'timeout');
    });

    it('timeout: the worker does not answer', async () => {
      const { tab } = await start({
        editFile: (name, text) =>
          (name === 'gatekeeper.js'
            ? HASTE
            : `addEventListener('message', (event) => event.stopImmediatePropagation(), true);`) + text,
      });
      assert.equal(await tab.visit(PLAIN), 'timeout');
    });

    it('unsupported: the browser has no workers here', async () => {
      const { example, tab } = await start({
        editFile: inPage((text) => `delete Navigator.prototype.serviceWorker;\n${text}`),
      });
      assert.equal(await tab.visit('/'), 'unsupported');
      assert.equal(await tab.visit('/dataset/aide-humanitaire-d-urgence'), 'unsupported');
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing');
      assert.deepEqual(tab.errors, []);
    });

    it('nor over plain http, where what was refused is listed, and has its placeholder, all the same', async () => {
      const { tab } = await start({
        editFile: inPage(
          (text) => `delete Navigator.prototype.serviceWorker; delete Crypto.prototype.randomUUID;\n${text}`,
        ),
      });
      assert.equal(await tab.visit('/dataset/aide-humanitaire-d-urgence'), 'unsupported');
      await tab.page.waitForFunction(() => window.gatekeeper.refusals.length > 0);
      await tab.page.waitForSelector('cookie-placeholder');
      assert.deepEqual(tab.errors, []);
    });

    it('and otherwise tells the revision of the worker’s policy', async () => {
      const { tab } = await start();
      await tab.visit(PLAIN);
      assert.deepEqual(await tab.page.evaluate(() => window.gatekeeper.register()), { revision: '2026-11-23' });
      assert.ok(await tab.page.evaluate(() => !!navigator.serviceWorker.controller));
    });
  });
});
