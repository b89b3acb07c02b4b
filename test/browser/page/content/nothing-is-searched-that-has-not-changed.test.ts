import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { until } from '../../third-party-hits';

/** Counts, from the start of a page, how often the whole of it is searched. */
const COUNT = `<script>
  searches = 0;
  for (const name of ['querySelector', 'querySelectorAll', 'getElementsByTagName']) {
    const search = Document.prototype[name];
    Document.prototype[name] = function (...args) { searches++; return search.apply(this, args); };
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve));
</script>`;

describe('Nothing is searched that has not changed', () => {
  forEachEngine(({ start }) => {
    it('when the page changes, nor for each refusal, beside what is held back and after a decision', async () => {
      const { tab, example } = await start({ interface: 'own' });
      const { origin } = example.thirdParties.partner;
      const images = '<img src="/public/logo.svg" alt="" width="1" height="1">'.repeat(500);
      // The script that counts comes first: it stands before ours, in the document itself.
      const head = '<script src="/gatekeeper.js"></script>';
      example.route(
        '/long',
        () =>
          new Response(
            `<!doctype html><html lang="en"><head>${COUNT}${head}</head><body>${images}<iframe src="${origin}/frame/a" width="300" height="200"></iframe><iframe data-service="partner" data-src="${origin}/frame/b" width="300" height="200"></iframe></body></html>`,
            { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
          ),
      );
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit('/long');
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder button').length > 1);
      await tab.quiet();
      const refused = async () => (await tab.refusals()).length;
      const before = await refused();
      await tab.page.evaluate('searches = 0');
      await tab.page.evaluate(`(async () => {
        for (let count = 0; count < 20; count++) {
          document.body.append(document.createElement('p'));
          new Image().src = '${origin}/image/' + count + '.svg';
          await turn();
        }
      })()`);
      await until(async () => (await refused()) >= before + 20, 'all of it was refused');
      await tab.page.evaluate('turn()');
      assert.equal(await tab.page.evaluate('searches'), 0);
      // What is added is found all the same.
      await tab.page.evaluate(
        `document.body.append(Object.assign(document.createElement('div'), { innerHTML: '<p><iframe data-service="partner" data-src="${origin}/frame/c" width="300" height="200"></iframe></p>' }))`,
      );
      await tab.page.waitForFunction(() => document.querySelectorAll('cookie-placeholder').length === 3);
    });

    it('nor is anything measured beside many frames but what is near them, and nothing at all elsewhere', async () => {
      const { tab, example } = await start({ interface: 'own' });
      const { origin } = example.thirdParties.partner;
      const FRAMES = 40;
      const part = (_: unknown, index: number) =>
        `${'<p></p>'.repeat(50)}<iframe src="${origin}/frame/${index}" width="300" height="200"></iframe>`;
      const count = `<script>
        measured = 0;
        const count = (object, name) => {
          const measure = object[name];
          object[name] = function (...args) { measured++; return measure.apply(this, args); };
        };
        count(window, 'getComputedStyle');
        count(Element.prototype, 'getBoundingClientRect');
      </script>`;
      example.page('/article', {
        head: count,
        body: `<main>${Array.from({ length: FRAMES }, part).join('')}</main><aside></aside>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.refuseAll();
      await tab.visit('/article');
      await tab.page.waitForFunction(
        (frames) => document.querySelectorAll('cookie-placeholder button').length >= frames * 2,
        {},
        FRAMES,
      );
      await tab.quiet();
      const measured = async (change: string) => {
        await tab.page.evaluate(`measured = 0; ${change}`);
        await tab.quiet();
        return tab.page.evaluate('measured') as Promise<number>;
      };
      const near = await measured(`document.querySelector('main').append(document.createElement('p'))`);
      assert.ok(0 < near && near <= FRAMES * 20, `${near} times`);
      assert.equal(await measured(`document.querySelector('aside').append(document.createElement('p'))`), 0);
    });
  });
});
