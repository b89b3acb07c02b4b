import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const HOUR = 3600_000;
const ADOPTING = { policy: { consent: { cookie: { adopt: true } }, wall: 'off' }, lock: 'none' } as const;

describe('A choice that the platform’s own banner wrote into the mirror is taken over', () => {
  forEachEngine(({ start }) => {
    it('when the policy says so, by the worker too', async () => {
      const { tab } = await withBannersChoice(start, ADOPTING, {
        youtube: true,
        posthog: false,
        functional_cookies: true,
        timestamp: Date.now() - HOUR,
      });
      const { state, choices, record, toAsk } = await tab.consent();
      assert.equal(choices['youtube'], true);
      assert.equal(choices['posthog'], false);
      assert.equal(record?.action, 'adopt');
      assert.equal(state, 'undecided');
      assert.ok(!toAsk.includes('youtube') && toAsk.includes('partner'));
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
      assert.match(await mirror(tab), /"functional_cookies":true/);
    });

    it('and not otherwise', async () => {
      const { tab } = await withBannersChoice(
        start,
        { policy: { wall: 'off' }, lock: 'none' },
        { youtube: true, timestamp: Date.now() },
      );
      assert.equal(await tab.allows('youtube'), false);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
    });

    it('while the page is open, where browsers tell of changed cookies', async () => {
      const { tab } = await start(ADOPTING);
      await tab.visit(PLAIN);
      await tab.page.evaluate(writeMirror, { youtube: true, timestamp: Date.now() - HOUR } as never);
      if (!(await tab.page.evaluate(() => 'cookieStore' in window))) await tab.visit(PLAIN);
      await tab.page.waitForFunction(() => window.gatekeeper.allows('youtube'));
    });

    it('without loading another page again, in which somebody may be typing', async () => {
      const { tab } = await start({ policy: { consent: { cookie: { adopt: true } } } });
      await tab.visitGuarded(PLAIN);
      await tab.page.evaluate(() => ((window as { typed?: string }).typed = 'something'));
      const acting = await tab.another();
      await acting.visit('/');
      await acting.page.bringToFront();
      await acting.reloadedBy(() =>
        acting.page.evaluate(writeMirror, { youtube: true, timestamp: Date.now() } as never),
      );
      assert.equal(await acting.allows('youtube'), true, 'where the visitor has acted, it is');
      await tab.page.waitForFunction(() => window.gatekeeper.allows('youtube'));
      await tab.page.bringToFront();
      await tab.fetchesUrl('/plain');
      assert.equal(await tab.page.evaluate(() => (window as { typed?: string }).typed), 'something');
    });

    it('if it is later than the visitor’s choice here: the later one counts', async () => {
      const { tab } = await start(ADOPTING);
      await tab.visit(PLAIN);
      await tab.set({ youtube: true });
      await tab.page.evaluate(writeMirror, { youtube: false, timestamp: Date.now() - HOUR } as never);
      await tab.visit(PLAIN);
      assert.equal(await tab.allows('youtube'), true);
      await tab.page.evaluate(writeMirror, { youtube: false, timestamp: Date.now() } as never);
      await tab.visit(PLAIN);
      assert.equal(await tab.allows('youtube'), false);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
    });

    it('once, though the banner renews its time with every page: the consent is proven once, and ends when it did', async () => {
      const { tab, posted, open } = await withRenewingBanner(start, '');
      await open();
      await until(() => posted.length === 1, 'the receipt was sent');
      const { record } = await tab.consent();
      for (let pages = 0; pages < 3; pages += 1) {
        await open();
        const { id, decidedAt, expiresAt } = (await tab.consent()).record!;
        assert.deepEqual([id, decidedAt, expiresAt], [record!.id, record!.decidedAt, record!.expiresAt]);
        await tab.page.waitForFunction(
          (expires) => decodeURIComponent(document.cookie).includes(`"expires":${expires}`),
          {},
          expiresAt,
        );
        assert.match(
          await mirror(tab),
          new RegExp(`"timestamp":${await tab.page.evaluate('written')}\\b`),
          'its time stays',
        );
      }
      await open('#refusing');
      assert.equal(await tab.allows('youtube'), false, 'a later choice counts');
      await until(() => posted.length === 2, 'and is proven');
    });

    it('nor does a banner that answers each change of the mirror keep the page busy', async () => {
      const { tab, open } = await withRenewingBanner(
        start,
        'cookieStore.addEventListener("change", () => /expires/.test(document.cookie) && write())',
      );
      await open();
      await open();
      await tab.page.waitForFunction('writes > 1');
      // It ends: for longer than the page waits before it writes again, nobody has written.
      await tab.page.evaluate((quiet) => {
        let seen = 0;
        let since = 0;
        setInterval(() => {
          const { writes } = window as unknown as { writes: number };
          if (writes !== seen) [seen, since] = [writes, performance.now()];
          Object.assign(window, { isQuiet: performance.now() - since > quiet });
        }, 100);
      }, 2500);
      await tab.page.waitForFunction('window.isQuiet', { timeout: 60_000 });
      const writes = Number(await tab.page.evaluate('writes'));
      assert.ok(writes < 100, `${writes} writes`);
      await tab.set({ youtube: false });
      assert.equal(await tab.allows('youtube'), false);
    });

    for (const [what, value] of Object.entries({
      'from the future': JSON.stringify({ youtube: true, timestamp: Date.now() + 48 * HOUR }),
      'that has expired': JSON.stringify({ youtube: true, timestamp: Date.now() - 400 * 24 * HOUR }),
      'that is cut off': '{"youtube":true,"timest',
      'that is no JSON': '<script>alert(1)</script>',
    })) {
      it(`never one ${what}`, async () => {
        const { tab } = await start(ADOPTING);
        await tab.visit(PLAIN);
        await tab.page.evaluate(
          (text) => void (document.cookie = `cookies_preferences=${encodeURIComponent(text)}; Path=/`),
          value,
        );
        await tab.visit(PLAIN);
        assert.equal(await tab.allows('youtube'), false);
        assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
        assert.deepEqual(tab.errors, []);
      });
    }
  });
});

async function withBannersChoice(start: StartVisit, options: Parameters<StartVisit>[0], choice: object) {
  const visit = await start(options);
  await visit.tab.visit(PLAIN);
  await visit.tab.page.evaluate(writeMirror, choice as never);
  await visit.tab.visit(PLAIN);
  return visit;
}

/** @param also what the banner's script does besides writing its cookie */
async function withRenewingBanner(start: StartVisit, also: string) {
  const { example, tab } = await start({ lock: 'none', policy: { ...ADOPTING.policy, receipts: '/consent-receipts' } });
  const posted: Request[] = [];
  example.route('/consent-receipts', async (request) => {
    posted.push(request);
    return Response.json(await request.json());
  });
  // What the cookie says already stays, with the time of this page.
  const banner = `var written, writes = 0;
    function write() {
      var known = decodeURIComponent(document.cookie.split("cookies_preferences=")[1] || "").split(";")[0];
      var youtube = known ? JSON.parse(known).youtube : true;
      if (location.hash) youtube = false;
      document.cookie = "cookies_preferences=" + encodeURIComponent(JSON.stringify({ functional_cookies: true, youtube, timestamp: written = Date.now(), view: writes += 1 })) + "; Path=/; Max-Age=1000000";
    }
    write();
    ${also}`;
  example.page('/with-banner', { head: `<script>${banner}</script>` });
  const open = async (hash = '') => {
    await tab.page.goto('about:blank');
    await tab.visit(`/with-banner${hash}`);
    await tab.page.waitForFunction((youtube) => window.gatekeeper.allows('youtube') === youtube, {}, !hash);
  };
  return { tab, posted, open };
}

function writeMirror(choice: object): void {
  document.cookie = `cookies_preferences=${encodeURIComponent(JSON.stringify(choice))}; Path=/; Max-Age=1000000`;
}

async function mirror({ page }: Tab): Promise<string> {
  return decodeURIComponent(await page.evaluate(() => document.cookie));
}
