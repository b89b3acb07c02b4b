import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';

/** In the order in which a page that nobody holds back has them. */
const HEARD = [
  'loading is over',
  'inline: DOMContentLoaded of document',
  'window: DOMContentLoaded',
  'object: DOMContentLoaded',
  'inline: load of window',
  'onload',
  'once',
  'pageshow',
];

describe('A released script finds the events that it waits for', () => {
  forEachEngine(({ start }) => {
    it('once each, in their order, when every script has run; and those of the site hear nothing twice', async () => {
      const { tab, example } = await start({ lock: 'none', policy: { wall: 'off' } });
      const { origin } = example.thirdParties.partner;
      example.page('/waiting', {
        body: `<script>
            heard = []; site = 0;
            hear = (name) => (event) => heard.push(name + (name === 'inline' ? ': ' + event.type + ' of ' + (event.currentTarget === document ? 'document' : 'window') : ''));
            for (const type of ['DOMContentLoaded', 'load', 'pageshow']) addEventListener(type, () => site++);
          </script>
          <script type="text/plain" data-service="partner">
            addEventListener('pageshow', hear('pageshow'));
            addEventListener('load', hear('inline'));
            document.addEventListener('DOMContentLoaded', hear('inline'));
            addEventListener('DOMContentLoaded', hear('window: DOMContentLoaded'));
            document.addEventListener('DOMContentLoaded', { handleEvent: hear('object: DOMContentLoaded') });
            onload = hear('onload');
            addEventListener('load', () => { throw new Error('of the script') });
            addEventListener('click', hear('click'));
          </script>
          <script type="text/plain" data-service="partner" src="${origin}/script/external.js"></script>
          <script type="text/plain" data-service="partner">
            heard.push('loading is over');
            addEventListener('load', hear('once'), { once: true });
            setTimeout(() => addEventListener('load', hear('later')));
          </script>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/waiting');
      await tab.page.waitForFunction(() => performance.getEntriesByType('navigation')[0]!.duration > 0);
      assert.equal(await tab.page.evaluate('site'), 3);
      await tab.set({ partner: true });
      await tab.page.waitForFunction('heard.includes("pageshow")');
      await tab.quiet();
      const heard = (await tab.page.evaluate('heard')) as string[];
      assert.deepEqual([...heard].sort(), [...HEARD].sort());
      const first = (name: string) => heard.findIndex((entry) => entry.includes(name));
      assert.ok(
        first('loading is over') < first('DOMContentLoaded') &&
          first('DOMContentLoaded') < first('load of') &&
          first('load of') < first('pageshow'),
        heard.join(),
      );
      assert.equal(await tab.page.evaluate('site'), 3);
      assert.deepEqual(
        await tab.page.evaluate('[document, window].map((target) => Object.hasOwn(target, "addEventListener"))'),
        [false, false],
      );
      assert.ok(tab.errors.splice(0).every((error) => error.includes('of the script')));
    });

    it('also what it loads itself, and a place for what it writes: the page stays', async () => {
      const { tab, example } = await start({ lock: 'none', policy: { wall: 'off' } });
      const script = (text: string) => () => new Response(text, { headers: { 'Content-Type': 'text/javascript' } });
      example.route('/loaded.js', script(`addEventListener('load', () => heard.push('loaded'));`));
      example.route('/external.js', script(`document.write('<b id="external">external</b>');`));
      example.page('/writing', {
        body: `<h1>Stays</h1><script>heard = []</script>
          <script type="text/plain" data-service="partner">
            const loaded = document.createElement('script');
            loaded.src = '/loaded.js';
            document.head.append(loaded);
            addEventListener('load', () => heard.push('inline'));
          </script>
          <div><script type="text/plain" data-service="partner">
            document.write('<p id="written">');
            document.writeln('in pieces</p><script>heard.push("run")</' + 'script>');
          </script><i></i></div>
          <script type="text/plain" data-service="partner" data-src="/external.js"></script><u></u>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/writing');
      await tab.set({ partner: true });
      await tab.page.waitForFunction('heard.includes("loaded") && document.getElementById("external")');
      assert.deepEqual(((await tab.page.evaluate('heard')) as string[]).sort(), ['inline', 'loaded', 'run']);
      const [title, written, external] = await tab.page.evaluate(() => [
        document.querySelector('h1')?.textContent,
        document.querySelector('div > #written')?.textContent,
        document.querySelector('#external')?.nextElementSibling?.localName,
      ]);
      assert.deepEqual([title, written, external], ['Stays', 'in pieces', 'u']);
      await tab.page.waitForFunction('!Object.hasOwn(document, "write") && !Object.hasOwn(document, "createElement")');
    });

    it('and a module that RequireJS has asked for goes to whoever required it, and not to the next script', async () => {
      const { tab, example } = await start({ lock: 'none', policy: { wall: 'off' } });
      const { origin } = example.thirdParties.partner;
      // What matters here of https://github.com/requirejs/requirejs: a module that failed is not asked for again before `undef`.
      example.page('/modules', {
        body: `<script>
            heard = []; asked = {};
            requirejs = ([module]) => {
              if (asked[module]) return;
              asked[module] = document.head.appendChild(Object.assign(document.createElement('script'), {
                src: module, async: true, onload: () => heard.push('defined'), onerror: () => heard.push('failed'),
              }));
              asked[module].dataset.requiremodule = module;
            };
            requirejs.undef = (module) => { asked[module].remove(); delete asked[module]; };
            requirejs(['${origin}/script/module.js']);
          </script>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/modules');
      await tab.page.waitForFunction('heard.includes("failed")');
      await tab.set({ partner: true });
      await tab.page.waitForFunction('window.ran');
      await tab.quiet();
      assert.deepEqual(await tab.page.evaluate('[heard, ran]'), [['failed', 'defined'], ['module']]);
    });

    it('and runs where the page has named something like a method that is replaced meanwhile', async () => {
      const { tab, example } = await start({ lock: 'none', policy: { wall: 'off' } });
      example.page('/named', {
        body: `<form name="write"></form><img name="createElement" alt="">
          <script type="text/plain" data-service="partner">ran = document.write.localName</script>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/named');
      await tab.set({ partner: true });
      await tab.page.waitForFunction('window.ran === "form"');
    });
  });
});
