import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { forEachEngine, type StartVisit } from '../../harness';

const REQUIRED = { 'Integrity-Policy': 'blocked-destinations=(script)' };

async function requiring(start: StartVisit) {
  const { example, tab } = await start({ interface: 'own' });
  const text = await (await fetch(`${example.origin}/gatekeeper.js`)).text();
  const integrity = `sha256-${createHash('sha256').update(text).digest('base64')}`;
  const body = `<!doctype html><html lang="en"><head><script src="/gatekeeper.js" integrity="${integrity}" crossorigin></script></head><body></body></html>`;
  example.route('/strict', () => new Response(body, { headers: { 'Content-Type': 'text/html', ...REQUIRED } }));
  return { example, tab };
}

describe('A site that requires integrity of every script is guarded', () => {
  forEachEngine(({ start, engine }) => {
    it('what is loaded later carries the hash that it was built with: the visitor is asked, and can choose', async () => {
      const { example, tab } = await requiring(start);
      // Without a hash, a script of the site's own does not run there, where the browser knows of it.
      example.route(
        '/strict-own.js',
        () => new Response('window.ran = true', { headers: { 'Content-Type': 'text/javascript' } }),
      );
      assert.equal(await tab.visit('/strict'), 'guarded');
      await tab.page.waitForSelector('cookie-banner button');
      await tab.set({ youtube: false });
      assert.equal((await tab.consent()).choices['youtube'], false);
      const ran = await tab.page.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            const script = document.createElement('script');
            script.src = '/strict-own.js';
            script.addEventListener('load', () => resolve(true));
            script.addEventListener('error', () => resolve(false));
            document.head.append(script);
          }),
      );
      if (engine === 'chromium') assert.equal(ran, false, 'else the policy was not in force');
    });

    it('and what was made smaller on its way is said by name, and is taken elsewhere', async () => {
      const { example, tab } = await requiring(start);
      for (const name of ['gatekeeper-on-demand.js', 'gatekeeper-interface.js'] as const)
        example.setFile(name, (text) => `${text}\n/* by a proxy */`);
      assert.equal(await tab.visit('/strict'), 'not-loaded');
      assert.match(
        await tab.whyNotRegistered(),
        /gatekeeper-on-demand\.js was not loaded.*as it was built \(Integrity-Policy\)/,
      );
      await tab.warned(/gatekeeper-interface\.js was not loaded/);
      assert.equal(await tab.visit('/plain'), 'guarded');
      await tab.page.waitForSelector('cookie-banner button');
    });
  });
});
