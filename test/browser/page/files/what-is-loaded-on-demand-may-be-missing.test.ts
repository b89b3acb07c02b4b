import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { usePortal } from '../../portal-use';
import { assertNothingReached, countAfresh, type TestedExample } from '../../third-party-hits';

const missing = (name: string, text: string) => (name === 'gatekeeper-on-demand.js' ? '' : text);

describe('What is loaded on demand may be missing', () => {
  forEachEngine(({ start }) => {
    it('the portal works, nothing leaves, and register() says what to serve', async () => {
      const { tab, example } = await start({ editFile: missing });
      assert.equal(await tab.visit(PLAIN), 'not-loaded');
      assert.match(
        await tab.whyNotRegistered(),
        /gatekeeper-on-demand\.js was not loaded\. Serve it beside gatekeeper\.js/,
      );
      assert.match(await tab.refusesToSet({ youtube: true }), /gatekeeper-on-demand\.js was not loaded/);
      assert.equal(await tab.allows('youtube'), false);
      await usePortal(tab);
      await tab.quiet();
      assertNothingReached(example, 'posthog', 'plausible', 'youtube', 'sharing', 'partner');
    });

    it('or come late: the page is closed before, and its frames are emptied then', async () => {
      const { tab, example } = await start();
      const { origin } = example.thirdParties.partner;
      example.page('/embedding', { body: `<iframe src="${origin}/frame/one"></iframe>` });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      let arrive = () => {};
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const onDemand = await fetch(`${example.origin}/gatekeeper-on-demand.js`).then((response) => response.text());
      example.route('/late.js', async () => {
        await arrived;
        return new Response(onDemand, { headers: { 'Content-Type': 'text/javascript' } });
      });
      example.setFile('gatekeeper.js', (text) => text.replace('("gatekeeper-on-demand.js")', '("late.js")'));
      const other = await tab.another();
      await other.visit('/embedding');
      await tab.withdraw('partner');
      await other.page.waitForSelector('meta[http-equiv="Content-Security-Policy"]');
      arrive();
      await other.page.waitForFunction(() => document.querySelector('iframe')!.src === 'about:blank');
    });

    for (const [what, take] of [
      [
        'missing',
        (example: TestedExample) =>
          example.setFile('gatekeeper-on-demand.js', (text) => missing('gatekeeper-on-demand.js', text)),
      ],
      [
        'never there',
        (example: TestedExample) => {
          example.route('/never.js', () => new Promise(() => {}));
          example.setFile('gatekeeper.js', (text) => text.replace('("gatekeeper-on-demand.js")', '("never.js")'));
        },
      ],
    ] as const) {
      it(`what was decided before holds, and a withdrawal in another tab closes the page: it is ${what}`, async () => {
        const { tab, example } = await start();
        await tab.visitGuarded(PLAIN);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        await tab.page.evaluate(() => window.gatekeeper.sweep()); // Its tab has loaded what it needs.
        take(example);
        const other = await tab.another();
        assert.equal(await other.visit(PLAIN), 'guarded');
        assert.equal(await other.allows('partner'), true);
        countAfresh(example);
        await tab.withdraw('partner');
        await other.page.waitForFunction(
          () =>
            !window.gatekeeper.allows('partner') &&
            document.querySelectorAll('meta[http-equiv="Content-Security-Policy"]').length > 0,
        );
        await other.page.evaluate((origin) => {
          const frame = document.createElement('iframe');
          frame.src = `${origin}/frame/one`;
          document.body.append(frame);
          try {
            new WebSocket(origin.replace('http', 'ws'));
          } catch {
            // Firefox throws what Chromium keeps to itself.
          }
        }, example.thirdParties.partner.origin);
        await other.quiet();
        assertNothingReached(example, 'partner');
      });
    }
  });
});
