import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { forEachEngine } from '../harness';
import { banner, startAsking, THEMES } from './asking-page';

/** Autoconsent as a whole script, which acts in the page as DuckDuckGo's browsers and extensions do. */
const AUTOCONSENT = new URL(
  '../../../node_modules/@duckduckgo/autoconsent/dist/autoconsent.standalone.js',
  import.meta.url,
);

interface Standalone {
  autoconsentStandalone?: { messages: { type: string; cmp?: string; result?: boolean }[] };
}

describe('Automatic visitors can refuse: DuckDuckGo’s autoconsent finds the banner, and refuses through it', () => {
  forEachEngine(({ start }) => {
    for (const theme of THEMES) {
      for (const language of ['en', 'fr']) {
        it(`in the theme ${theme}, in ${language}`, async () => {
          const { tab, example } = await startAsking(start, theme);
          const style = theme === 'dsfr' ? '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' : '';
          const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>-</title>${style}<script src="/gatekeeper.js"></script></head><body><main><h1>-</h1></main></body></html>`;
          example.route(
            '/automatic',
            () => new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
          );
          await tab.visit('/automatic');
          await banner(tab);
          await tab.page.evaluate(await readFile(AUTOCONSENT, 'utf8'));
          await tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'decided');
          assert.equal((await tab.consent()).record!.action, 'refuse-all');
          await tab.page.waitForFunction(() =>
            (window as Standalone).autoconsentStandalone!.messages.some(({ type }) => type === 'optOutResult'),
          );
          const messages = await tab.page.evaluate(() =>
            (window as Standalone).autoconsentStandalone!.messages.map(({ type, result }) => ({ type, result })),
          );
          assert.ok(messages.some(({ type }) => type === 'popupFound'));
          assert.equal(messages.find(({ type }) => type === 'optOutResult')!.result, true);
        });
      }
    }
  });
});
