import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type VisitOptions } from '../../harness';
import { assertNothingReached, hits, until } from '../../third-party-hits';

describe('A grant reloads a page that was opened closed, once', () => {
  forEachEngine(({ start }) => {
    it('and everything then loads', async () => {
      const { example, tab, documents } = await withCountedPage(start);
      await tab.visit(PLAIN);
      await tab.visit('/counted');
      await tab.quiet();
      assertNothingReached(example, 'partner');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(() => hits(example.thirdParties.partner) === 2, 'script and frame were loaded');
      await tab.quiet();
      assert.equal(documents(), 2);
      await tab.set({ 'recently-viewed': false });
      await tab.withdraw('partner');
      await tab.quiet();
      assert.equal(documents(), 2);
    });

    it('also after it was refused: what the mirror still says is older', async () => {
      const { example, tab, documents } = await withCountedPage(start);
      await tab.visit(PLAIN);
      await tab.visit('/counted');
      await tab.set({ partner: false });
      await tab.page.waitForFunction(() => document.cookie.includes('partner%22%3Afalse'));
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(() => hits(example.thirdParties.partner) === 2, 'script and frame were loaded');
      await tab.quiet();
      assert.equal(documents(), 2);
    });

    it('on the first page of a visit, too', async () => {
      const { example, tab, documents } = await withCountedPage(start);
      await tab.visit('/counted');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(() => hits(example.thirdParties.partner) === 2, 'script and frame were loaded');
      await tab.quiet();
      assert.equal(documents(), 2);
    });

    it('unless the site keeps it: it stays closed then', async () => {
      const { example, tab, documents } = await withCountedPage(start);
      await tab.visit(PLAIN);
      await tab.visit('/counted');
      await tab.page.evaluate(() => {
        window.gatekeeper.addEventListener('beforereload', (event) => {
          event.preventDefault();
          (window as { kept?: unknown }).kept = event.detail;
        });
      });
      await tab.set({ partner: true });
      await tab.page.waitForFunction(() => 'kept' in window);
      assert.deepEqual(await tab.page.evaluate(() => (window as { kept?: unknown }).kept), await tab.consent());
      assert.equal(await tab.fetches('partner', '/probe'), 'refused');
      await tab.quiet();
      assert.equal(documents(), 1);
      assertNothingReached(example, 'partner');
    });

    it('but not a document that its worker cannot open', async () => {
      const { example, tab, documents } = await withCountedPage(start, {
        editFile: (name, text) =>
          name === 'gatekeeper-sw.js'
            ? `addEventListener('fetch', () => { self.Headers = class { constructor() { throw new Error('broken by the test'); } }; });\n${text}`
            : text,
      });
      await tab.visit(PLAIN);
      await tab.visit('/counted');
      await tab.set({ partner: true });
      await tab.quiet();
      assert.equal(documents(), 1);
      assertNothingReached(example, 'partner');
    });

    it('but not when everything that was granted is open already', async () => {
      const { tab, documents } = await withCountedPage(start);
      await tab.visit(PLAIN);
      await tab.visit('/counted');
      await tab.set({ plausible: true });
      await tab.refuseAll();
      await tab.quiet();
      assert.equal(documents(), 1);
    });

    it('and not what a form was posted to: the visitor would have to post it again', async () => {
      const { example, tab } = await start();
      const methods: string[] = [];
      example.page('/form', { body: '<form method="post" action="/posted"><button>Send</button></form>' });
      example.route('/posted', ({ method }) => {
        methods.push(method);
        return new Response('<!doctype html><script src="/gatekeeper.js"></script>', {
          headers: { 'Content-Type': 'text/html' },
        });
      });
      await tab.visit(PLAIN);
      await tab.visit('/form');
      await Promise.all([tab.page.waitForNavigation(), tab.page.click('button')]);
      await tab.registered();
      await tab.set({ partner: true });
      assert.equal(await tab.fetches('partner', '/probe'), 'refused');
      await tab.quiet();
      assert.deepEqual(methods, ['POST']);
      assertNothingReached(example, 'partner');
    });

    it('where the visitor was reading also in parts that scroll by themselves, those too that a script makes', async () => {
      const { example, tab } = await start();
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a" width="400" height="300"></iframe>`;
      const tall = '<p style="height: 5000px">long</p>';
      example.page('/parts', {
        head: '<style>html, body { height: 100%; margin: 0; overflow: hidden } main { height: 60%; overflow: auto } aside { height: 30%; overflow: auto }</style>',
        body: `<main>${frame}${tall}</main><script>
          addEventListener('load', () => setTimeout(() => {
            document.body.append(document.createElement('aside'));
            setTimeout(() => { document.querySelector('aside').innerHTML = '${tall}' });
          }));
        </script>`,
      });
      const scrolled = () => [...document.querySelectorAll('main, aside')].map(({ scrollTop }) => scrollTop).join();
      await tab.visit(PLAIN);
      await tab.visit('/parts');
      await tab.page.waitForSelector('aside p');
      const scrollAll = () =>
        tab.page.$$eval('main, aside', (parts) => parts.forEach((part, index) => (part.scrollTop = 1000 + index)));
      await scrollAll();
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(async () => (await tab.page.evaluate(scrolled)) === '1000,1001', 'all are scrolled');
    });

    it('where the visitor was reading, with the focus where it was, at the same address', async () => {
      const { example, tab } = await start();
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a" width="400" height="300"></iframe>`;
      example.page('/long', {
        body: `<p><a href="#a">one</a><a href="#b">two</a></p>${frame}<p style="height: 5000px">long</p>`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/long?q=1');
      await tab.page.evaluate(() => {
        history.pushState({ kept: true }, '', '/long?q=2#part');
        window.scrollTo(0, 2500);
        document.querySelectorAll('a')[1]!.focus({ preventScroll: true });
      });
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await tab.page.waitForFunction(() => scrollY === 2500 && document.activeElement?.textContent === 'two');
      assert.deepEqual(await tab.page.evaluate(() => [location.search, location.hash, history.state]), [
        '?q=2',
        '#part',
        { kept: true },
      ]);
      await tab.withdraw();
      await tab.reload();
      await tab.page.waitForSelector('cookie-placeholder button');
      await tab.page.focus('cookie-placeholder button');
      await tab.reloadedBy(() => tab.page.keyboard.press('Enter'));
      await tab.page.waitForFunction(() => document.activeElement?.localName === 'iframe');
    });

    it('though its router answers every navigation inside the site; and where that prevents one, it stays', async () => {
      const { example, tab } = await start();
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a" width="400" height="300"></iframe>`;
      example.page('/routed', {
        body: `${frame}<script>
          prevents = false; answered = [];
          navigation.addEventListener('navigate', (event) => {
            if (prevents) return event.preventDefault();
            if (event.canIntercept) event.intercept({ handler: async () => { answered.push(event.navigationType); } });
          });
        </script>`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/routed');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(() => hits(example.thirdParties.partner) === 1, 'the frame was loaded');
      await tab.page.evaluate(`location.href = '/routed?second#part'`);
      assert.deepEqual(await tab.page.evaluate('answered'), ['push'], 'the router goes on');
      await tab.withdraw('partner');
      // Open to less than it was, it is loaded in another way.
      await tab.page.evaluate('old = 1');
      await tab.set({ youtube: true });
      await until(() => tab.page.evaluate('!window.old && "gatekeeper" in window').catch(() => false), 'it is another');
      await tab.registered();
      await tab.page.evaluate('prevents = true');
      await tab.set({ partner: true });
      await tab.quiet();
      assert.equal(await tab.page.evaluate('prevents'), true, 'it is the same document');
      await tab.page.evaluate('prevents = false');
      await tab.reloadedBy(() => tab.page.evaluate(() => window.gatekeeper.reopen()));
      assert.deepEqual(await tab.page.evaluate('[answered.length, location.search, location.hash]'), [
        0,
        '?second',
        '#part',
      ]);
    });

    it('and not in tabs where nobody acted', async () => {
      const { tab, documents } = await withCountedPage(start);
      await tab.visit(PLAIN);
      const other = await tab.another();
      await other.visit('/counted');
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await other.page.waitForFunction(() => window.gatekeeper.allows('partner'));
      await other.quiet();
      assert.equal(documents(), 1);
    });

    it('but no page in an object, which no worker ever opens', async () => {
      const { example, tab } = await start();
      const asked: string[] = [];
      example.route('/inner', ({ headers }) => {
        if (headers.get('sec-fetch-dest') !== 'empty') asked.push(headers.get('sec-fetch-dest')!);
        return new Response('<!doctype html><title>Inner</title><script src="/gatekeeper.js"></script>', {
          headers: { 'Content-Type': 'text/html; charset=utf-8' },
        });
      });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.acceptAll());
      await tab.page.evaluate(() => {
        document.body.append(Object.assign(document.createElement('object'), { data: '/inner', type: 'text/html' }));
      });
      await tab.page.waitForFunction(
        () =>
          (document.querySelector('object')?.contentWindow as Window | undefined)?.gatekeeper?.consent.choices[
            'partner'
          ],
      );
      await tab.quiet();
      assert.deepEqual(asked, ['object']);
    });
  });
});

/** A page with a script and a frame of the partner's, and how often it was loaded. */
async function withCountedPage(start: StartVisit, options?: VisitOptions) {
  const { example, tab } = await start(options);
  const { origin } = example.thirdParties.partner;
  let documents = 0;
  example.route('/counted', ({ method }) => {
    // Looking for the lock, the page asks for its own headers.
    if (method === 'GET') documents++;
    const text = `<!doctype html><script src="/gatekeeper.js"></script><script src="${origin}/script/counted.js"></script><body><iframe src="${origin}/frame/counted"></iframe>`;
    return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  });
  return { example, tab, documents: () => documents };
}
