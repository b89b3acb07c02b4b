import assert from 'node:assert/strict';
import { forEachEngine, type Setting } from '../harness';
import { servePackage } from '../package-in-page';

/** As a component does that is mounted, taken out and mounted again. */
const MOUNT = `
  const { createGatekeeper } = await import('cookie-gatekeeper');
  const { languages: { en }, ownTheme, showInterface } = await import('cookie-gatekeeper/elements');
  const made = createGatekeeper(policy, { worker: '/gatekeeper-sw.js' });
  (window.all ??= []).push(made);
  window.gatekeeper ??= made;
  showInterface(made, policy, { theme: ownTheme, texts: { en } });
  await made.register();`;

describe('A page has one gatekeeper', () => {
  forEachEngine(({ start }: Setting) => {
    for (const isBuilt of [false, true])
      it(`where a component makes it twice${isBuilt ? ', in a page that has the tag as well' : ''}`, async () => {
        let policy: unknown;
        const { example, tab } = await start({ editPolicy: (written) => (policy = written) });
        const { origin } = example.thirdParties.partner;
        const mount = `<script type="module">const policy = ${JSON.stringify(policy)}; const mount = async () => {${MOUNT}}; await mount(); await mount(); window.mounted = true;</script>`;
        const head = `${servePackage(example, ['cookie-gatekeeper', 'cookie-gatekeeper/elements'])}${mount}`;
        const body = `<iframe src="${origin}/frame/map" width="400" height="300"></iframe><button data-cookie-preferences>Choices</button>`;
        if (isBuilt) example.page('/mounting', { head, body });
        else
          example.route(
            '/mounting',
            () =>
              new Response(
                `<!doctype html><html lang="en"><head><title>Mounting</title>${head}</head><body>${body}</body></html>`,
                {
                  headers: { 'Content-Type': 'text/html; charset=utf-8' },
                },
              ),
          );
        await tab.goto(`${example.origin}/mounting`);
        await tab.page.waitForFunction('window.mounted && document.querySelector("cookie-placeholder button")');
        const count = (selector: string) => tab.page.$$eval(selector, ({ length }) => length);
        assert.equal(await tab.page.evaluate('new Set(all).size'), 1);
        assert.equal(await count('cookie-banner'), 1);
        assert.equal(await count('cookie-placeholder'), 1);
        await tab.page.click('[data-cookie-preferences]');
        await tab.page.waitForSelector('dialog[open]');
        assert.equal(await count('dialog[open]'), 1);
        assert.deepEqual(tab.errors, []);
      });
  });
});
