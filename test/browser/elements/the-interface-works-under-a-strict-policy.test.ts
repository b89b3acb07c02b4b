import assert from 'node:assert/strict';
import { forEachEngine } from '../harness';
import { banner, openPreferences, press, startAsking, THEMES } from './asking-page';

/** Neither inline styles nor inline scripts, scripts by nonce only, and no text that becomes code or markup. */
const STRICT =
  "default-src 'self'; script-src 'nonce-n0nce'; style-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types cookie-gatekeeper; base-uri 'none'";

describe('The interface works under a strict Content-Security-Policy with Trusted Types', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      it(`in the theme ${theme}`, async () => {
        const { tab, example } = await startAsking(start, theme);
        const style = theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : '';
        example.route(
          '/strict',
          () =>
            new Response(
              `<!doctype html><html lang="en"><head><title>Strict</title>${style}<script nonce="n0nce" src="/gatekeeper.js"></script></head><body><main><cookie-policy></cookie-policy><button id="manage" data-cookie-preferences>Manage</button></main></body></html>`,
              { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': STRICT } },
            ),
        );
        await tab.page.evaluateOnNewDocument(() => {
          const violations: string[] = ((window as { violations?: string[] }).violations = []);
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile, sample }) =>
            violations.push(`${effectiveDirective} ${sourceFile} ${sample}`),
          );
        });
        await tab.page.goto(`${example.origin}/strict`);
        await banner(tab);
        const fixed = await tab.page.$eval('cookie-banner > div', (box) => getComputedStyle(box).position);
        assert.equal(fixed, 'fixed', 'it has its styles');
        await openPreferences(tab);
        await press(tab, 'Close', 'dialog');
        await tab.page.waitForSelector('cookie-policy table');
        const violations = await tab.page.evaluate(() => (window as { violations?: string[] }).violations);
        assert.deepEqual(violations, []);
        assert.equal(await tab.registered(), 'guarded');
      });
    }
  });
});
