import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit, type Visit } from '../../harness';
import { assertNothingReached, countAfresh, hits, nothingArrives, received, until } from '../../third-party-hits';
import type { Tab } from '../../tab';

describe('A page that was opened under another consent is put right when it is shown', () => {
  forEachEngine(({ engine, start }) => {
    describe('from the back/forward cache', () => {
      it('closed, and loaded anew, where consent to its frames was withdrawn in the meantime', async () => {
        const visit = await withFrames(start);
        const { example, tab, documents } = visit;
        await tab.reloadedBy(() => tab.set({ partner: true }));
        await until(() => hits(example.thirdParties.partner) === 1, 'the frame was loaded');
        await tab.visit(PLAIN);
        await tab.withdraw('partner');
        countAfresh(example);
        await goBackTo(tab, '/frames');
        await until(() => documents() > 2, 'it was loaded anew: frames from the cache go on where they were');
        await tab.page.waitForFunction(
          () => document.readyState === 'complete' && !window.gatekeeper.allows('partner'),
        );
        await tryWaysOut(visit);
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });

      it('opened, where it was granted in the meantime', async () => {
        const { example, tab } = await withFrames(start);
        await tab.visit(PLAIN);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        countAfresh(example);
        await goBackTo(tab, '/frames');
        await until(
          () => received(example.thirdParties.partner).some(({ path }) => path === '/frame/one'),
          'the frame was loaded',
        );
        await nothingArrives(example);
        assert.equal(hits(example.thirdParties.partner), 1, 'and once');
      });
    });

    it('closed, where consent was withdrawn while it was on its way, to the frames in its markup too', async () => {
      const { example, tab } = await withFrames(start);
      const { origin } = example.thirdParties.partner;
      await tab.reloadedBy(() => tab.set({ partner: true }));
      let release = () => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      let isAsked = false;
      example.route('/slow.js', async () => {
        isAsked = true;
        await released;
        return new Response('', { headers: { 'Content-Type': 'text/javascript' } });
      });
      example.route(
        '/slow',
        () =>
          new Response(
            `<!doctype html><script src="/slow.js"></script><script src="/gatekeeper.js"></script><body><iframe src="${origin}/frame/one"></iframe>`,
            { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
          ),
      );
      const other = await tab.another();
      await other.visit(PLAIN);
      const visited = tab.visit('/slow');
      await until(() => isAsked, 'the document was opened');
      await other.withdraw('partner');
      countAfresh(example);
      release();
      assert.equal(await visited, 'guarded');
      await tryWaysOut({ example, tab });
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    // Only Chromium renders pages ahead.
    if (engine === 'chromium') {
      it('from being prerendered before consent was given', async () => {
        const { example, tab } = await start();
        // A frame that a policy blocks would have Chromium give the rendering up.
        example.page('/rendered', {
          body: `<img src="${example.thirdParties.partner.origin}/picture"><script>${tellWhenAhead}void tellWhenAhead()</script>`,
        });
        await tab.visitGuarded(PLAIN);
        // Exempt services are open until then.
        await tab.page.evaluate(() => window.gatekeeper.refuseAll());
        // Puppeteer loses the page when Chromium shows what it rendered ahead: it tells by itself.
        const told: string[] = [];
        example.route('/told', async (request) => {
          told.push(await request.text());
          return new Response(null, { status: 204 });
        });
        await tab.page.evaluate((url) => {
          const rules = document.createElement('script');
          rules.type = 'speculationrules';
          rules.text = JSON.stringify({ prerender: [{ source: 'list', urls: [url] }] });
          document.head.append(rules);
          const link = document.createElement('a');
          Object.assign(link, { href: url, id: 'ahead', textContent: 'Ahead' });
          document.body.append(link);
        }, `${example.origin}/rendered`);
        await until(() => told[0] === 'ahead: closed', 'the page was prerendered');
        await nothingArrives(example);
        await tab.page.evaluate(async () => {
          window.gatekeeper.addEventListener('beforereload', (event) => event.preventDefault());
          await window.gatekeeper.set({ partner: true });
        });
        await tab.page.evaluate(() => document.querySelector<HTMLElement>('#ahead')!.click());
        await until(
          () => received(example.thirdParties.partner).some(({ path }) => path === '/picture'),
          'the page that was prerendered was shown, and opened',
        );
      });
    }
  });
});

/** A page with a frame of the partner's, opened while nothing is decided. */
async function withFrames(start: StartVisit) {
  const { example, tab } = await start();
  const { origin } = example.thirdParties.partner;
  let documents = 0;
  example.route('/frames', () => {
    documents++;
    const text = `<!doctype html><script src="/gatekeeper.js"></script><body><iframe src="${origin}/frame/one"></iframe>`;
    return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  });
  await tab.visit(PLAIN);
  await tab.visit('/frames');
  return { example, tab, documents: () => documents };
}

async function goBackTo({ page }: Tab, path: string): Promise<void> {
  await page.evaluate(() => history.back());
  await page.waitForFunction((path) => location.pathname === path, {}, path);
}

async function tryWaysOut({ example, tab }: Visit): Promise<void> {
  await tab.page.evaluate(waysOut, example.thirdParties.partner.origin);
}

/** Runs in the page. */
function waysOut(origin: string): void {
  const frame = document.createElement('iframe');
  frame.src = `${origin}/frame/two`;
  document.body.append(frame);
  for (const leave of [
    () => new WebSocket(origin.replace('http', 'ws')),
    () => navigator.sendBeacon(`${origin}/beacon`),
    () => void fetch(origin).catch(() => {}),
  ]) {
    try {
      leave();
    } catch {
      // Firefox throws what Chromium keeps to itself.
    }
  }
}

/** Runs in the page: where that is rendered ahead, it tells the site so. */
async function tellWhenAhead(): Promise<void> {
  if (!(document as { prerendering?: boolean }).prerendering) return;
  await window.gatekeeper.ready;
  await fetch('/told', { method: 'POST', body: `ahead: ${window.gatekeeper.allows('partner') ? 'open' : 'closed'}` });
}
