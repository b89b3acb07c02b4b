import assert from 'node:assert/strict';
import { createStorage } from 'unstorage';
import { readReports, receiveReports } from '../../src/server/index';
import { forEachEngine, PLAIN, type StartVisit } from './harness';
import type { Tab } from './tab';
import { assertNothingReached, hits, received, until, type TestedExample } from './third-party-hits';

const PATH = '/gatekeeper-reports';
const MIXED = '/mixed';
/** Of PostHog, which is refused. */
const COOKIE = 'ph_phc_report_posthog=1';

describe('Nothing is refused in report mode, and everything is listed', () => {
  forEachEngine(({ start }) => {
    it('from the first page on: what needs consent, what nobody declares, frames and sockets; and the site’s server is told', async () => {
      const { example, tab, posted, storage } = await withReports(start, 'report');
      const { partner, sharing } = example.thirdParties;
      const socket = `${sharing.origin.replace('http', 'ws')}/live`;
      for (const page of ['the first', 'the second']) {
        await tab.visit(`${MIXED}?email=someone`);
        await tab.page.waitForFunction(
          () => window.gatekeeper.refusals.length >= 2 && window.gatekeeper.undeclared.length >= 2,
        );
        await tab.quiet();
        assert.deepEqual(await listed(tab), {
          refusals: [`partner ${partner.origin}/frame/a`, `partner ${partner.origin}/script/first.js`],
          undeclared: [`${sharing.origin}/pixel.svg`, socket],
        });
        assert.deepEqual(await loaded(tab), { ran: ['first'], image: true, placeholders: 0 }, page);
        assert.equal(await tab.page.evaluate((cookie) => document.cookie.includes(cookie), COOKIE), true, 'swept');
      }
      assert.deepEqual(paths(partner), ['/frame/a', '/frame/a', '/script/first.js', '/script/first.js']);
      assert.deepEqual(await tab.consent().then(({ state }) => state), 'undecided', 'visitors are asked as ever');

      await tab.visit(PLAIN);
      await until(async () => (await readReports(storage)).at(-1)?.count === 2, 'both pages have told');
      const both = { page: MIXED, count: 2 };
      assert.deepEqual(
        new Set(await readReports(storage)),
        new Set([
          { origin: partner.origin, kind: 'frame', ...both },
          { origin: partner.origin, kind: 'script', ...both },
          { origin: sharing.origin, kind: 'image', ...both },
          { origin: new URL(socket).origin, kind: 'connect', ...both },
        ]),
      );
      assert.equal(posted.length, 2, 'one for each page');
      for (const { headers } of posted) assert.deepEqual([headers.get('cookie'), headers.get('referer')], [null, null]);
      // Nobody answers to the socket.
      assert.deepEqual(
        tab.errors.filter((error) => !error.includes(socket)),
        [],
      );
    });

    it('whatever the visitor decides: nothing is closed, run again or deleted, and what is granted is listed no more', async () => {
      const { example, tab } = await withReports(start, 'report');
      await tab.visit(PLAIN);
      await tab.visit(MIXED);
      await tab.refuseAll();
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.showsImage(`${example.thirdParties.sharing.origin}/pixel.svg?again`), 'loaded');
      await tab.set({ partner: true });
      await tab.quiet();
      await tab.withdraw('partner');
      await tab.quiet();
      assert.deepEqual(await loaded(tab), { ran: ['first'], image: true, placeholders: 0 });
      assert.equal(await tab.page.evaluate((cookie) => document.cookie.includes(cookie), COOKIE), true);
      assert.equal(await tab.page.evaluate(() => document.querySelector('meta[http-equiv]')), null);
      assert.equal(hits(example.thirdParties.partner), 2, 'the script and the frame, once');
      await tab.set({ partner: true });
      await tab.visit(MIXED);
      await tab.page.waitForFunction(() => window.gatekeeper.undeclared.length >= 2);
      await tab.quiet();
      assert.deepEqual((await listed(tab)).refusals, []);
    });

    it('and in force, the site’s server is told of what nobody declares, and of nothing else', async () => {
      const { example, tab, storage } = await withReports(start, 'enforce');
      const { partner, sharing } = example.thirdParties;
      // Nothing else has a page do what it loads on demand.
      example.page('/closed', {
        body: `<script src="${partner.origin}/script/first.js"></script><img src="${sharing.origin}/pixel.svg">`,
      });
      await tab.visit(PLAIN);
      await tab.visit('/closed');
      await tab.page.waitForFunction(() => window.gatekeeper.refusals.length >= 2 && 'gatekeeperOnDemand' in window);
      await tab.visit(PLAIN);
      await until(async () => (await readReports(storage)).length > 0, 'the page has told');
      assert.deepEqual(await readReports(storage), [
        { origin: sharing.origin, kind: 'image', page: '/closed', count: 1 },
      ]);
      assertNothingReached(example, 'sharing', 'partner');
    });

    it('by the share of the pages that the policy says', async () => {
      const { tab, posted } = await withReports(start, 'report', { reportSampleRate: 0.5 });
      // What decides which pages tell.
      const random = (value: number) => tab.page.evaluateOnNewDocument(`Math.random = () => ${value}`);
      const leaveListed = async () => {
        await tab.visit(MIXED);
        await tab.page.waitForFunction(
          () => window.gatekeeper.undeclared.length >= 2 && 'gatekeeperOnDemand' in window,
        );
        await tab.visit(PLAIN);
      };
      await random(0.7);
      await leaveListed();
      await tab.quiet();
      assert.equal(posted.length, 0);
      await random(0.3);
      await leaveListed();
      await until(() => posted.length > 0, 'the page has told');
    });
  });
});

async function withReports(start: StartVisit, mode: 'report' | 'enforce', more: object = {}) {
  const { example, tab } = await start({ policy: { mode, reports: PATH, ...more } });
  const { partner, sharing } = example.thirdParties;
  example.page(MIXED, {
    body: `<script>document.cookie = '${COOKIE}'; new WebSocket('${sharing.origin.replace('http', 'ws')}/live');</script>
      <script src="${partner.origin}/script/first.js"></script>
      <img src="${sharing.origin}/pixel.svg"><iframe src="${partner.origin}/frame/a" width="300" height="200"></iframe>`,
  });
  const storage = createStorage();
  const receive = receiveReports(storage);
  const posted: Request[] = [];
  example.route(PATH, (request) => {
    posted.push(request.clone());
    return receive(request);
  });
  return { example, tab, posted, storage };
}

/** What is listed on the page, in order. */
async function listed(tab: Tab): Promise<{ refusals: string[]; undeclared: string[] }> {
  return tab.page.evaluate(() => ({
    refusals: window.gatekeeper.refusals.map(({ service, url }) => `${service} ${url}`).sort(),
    undeclared: window.gatekeeper.undeclared.map(({ url }) => url).sort(),
  }));
}

/** What the page has of what would have been refused. */
function loaded(tab: Tab): Promise<{ ran: unknown; image: boolean; placeholders: number }> {
  return tab.page.evaluate(() => ({
    ran: (window as { ran?: unknown }).ran,
    image: document.images[0]!.naturalWidth > 0,
    placeholders: document.querySelectorAll('cookie-placeholder').length,
  }));
}

function paths(thirdParty: TestedExample['thirdParties']['partner']): string[] {
  return received(thirdParty)
    .map(({ path }) => path)
    .sort();
}
