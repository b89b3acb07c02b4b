import assert from 'node:assert/strict';
import { forEachEngine } from './harness';
import { usePortal } from './portal-use';

describe('The portal’s own pages, log-in, languages, API and files work throughout', () => {
  forEachEngine(({ start }) => {
    it('before the visitor has decided, from the first page on', async () => {
      const { tab } = await start();
      await usePortal(tab);
    });

    it('when everything is refused', async () => {
      const { tab } = await start();
      await tab.visitGuarded('/cookies');
      await tab.refuseAll();
      await usePortal(tab);
    });

    it('when everything is accepted', async () => {
      const { tab } = await start();
      await tab.visitGuarded('/cookies');
      await tab.reloadedBy(() => tab.acceptAll());
      await usePortal(tab);
    });

    it('and a document arrives as it is sent, not when it is complete', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      let end!: () => void;
      example.route('/slow', () => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
            send(`<!doctype html><title>Slow</title><p id="first">${'first '.repeat(500)}</p>`);
            end = () => {
              send('<p id="last">last</p>');
              controller.close();
            };
          },
        });
        return new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
      });
      const going = tab.page.goto(`${example.origin}/slow`);
      await tab.page.waitForSelector('#first');
      assert.equal(await tab.page.$('#last'), null);
      end();
      await going;
      assert.ok(await tab.page.$('#last'));
    });

    it('and an import map counts, also after what is loaded on demand', async () => {
      const { example, tab } = await start();
      let end!: () => void;
      example.route('/with-map', () => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
            send(`<!doctype html><title>With a map</title><script src="/gatekeeper.js"></script>`);
            end = () => {
              send(
                `<script type="importmap">{ "imports": { "mapped": "/mapped.js" } }</script><script type="module">import 'mapped';</script>`,
              );
              controller.close();
            };
          },
        });
        return new Response(body, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
      });
      example.route(
        '/mapped.js',
        () => new Response('window.mapped = true;', { headers: { 'Content-Type': 'text/javascript' } }),
      );
      const going = tab.page.goto(`${example.origin}/with-map`);
      await tab.page.waitForFunction(() => window.gatekeeper);
      await tab.page.evaluate(() => void window.gatekeeper.register());
      await tab.page.waitForFunction(() => 'gatekeeperOnDemand' in window);
      end();
      await going;
      assert.deepEqual(
        await tab.page.evaluate(() => [(window as { mapped?: boolean }).mapped, window.gatekeeper.refusals]),
        [true, []],
      );
      assert.deepEqual(tab.errors, []);
    });

    it('and the site’s own Content-Security-Policy stays as it is', async () => {
      const { example, tab } = await start();
      example.page('/own-policy', { headers: { 'Content-Security-Policy': `img-src 'self'` } });
      await tab.visitGuarded('/cookies');
      await tab.reloadedBy(() => tab.acceptAll());
      await tab.visit('/own-policy');
      const { origin } = example.thirdParties.youtube;
      assert.equal(await tab.showsImage(`${origin}/vi/probe/hqdefault.jpg`), 'failed');
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.showsImage('/public/logo.svg'), 'loaded');
    });
  });
});
