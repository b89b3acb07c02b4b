import assert from 'node:assert/strict';
import type { Swept } from '../../../src/page/index';
import { forEachEngine, type StartVisit } from '../harness';
import { contentsOf, fill } from '../site-storage';
import type { Tab } from '../tab';
import { assertNothingReached, countAfresh, hits, received, until } from '../third-party-hits';

interface PostHogPage {
  posthog: {
    __loaded?: boolean;
    capture(event: string, properties?: object, options?: { send_instantly: boolean }): void;
  };
  swept?: Swept[];
}

/** Few enough not to be held back by the client itself. */
const EVENTS = 5;

describe('What PostHog’s own client has left goes with the consent to it', () => {
  forEachEngine(({ start }) => {
    it('cookies and storage, on the page that it runs on; nothing is sent any more', async () => {
      const { example, tab } = await measured(start);
      // As clients do that keep events or recordings until they can be sent.
      await fill(tab.page, ['ph_queue']);
      const before = await traces(tab);
      assert.ok(before.cookies.length > 0, 'PostHog has left a cookie');
      assert.ok(before.localStorage.length > 0, 'PostHog has left something in localStorage');
      await tab.page.evaluate(() => {
        document.cookie = 'old_banner=1; Path=/';
        const page = window as unknown as PostHogPage;
        page.swept = [];
        window.gatekeeper.addEventListener('sweep', ({ detail }) => page.swept!.push(detail));
      });

      await tab.withdraw('posthog');
      countAfresh(example);
      await until(
        () => tab.page.evaluate(() => (window as unknown as PostHogPage).swept!.length > 0),
        'the page has swept',
      );
      const swept = await tab.page.evaluate(() => (window as unknown as PostHogPage).swept!);
      const deleted = new Set(
        swept.flatMap(({ deleted }) => deleted.map(({ service, kind, name }) => `${service} ${kind} ${name}`)),
      );
      for (const name of before.cookies) assert.ok(deleted.has(`posthog cookie ${name}`), `the event tells of ${name}`);
      for (const name of before.localStorage)
        assert.ok(deleted.has(`posthog localStorage ${name}`), `the event tells of ${name}`);
      assert.deepEqual(
        swept.flatMap(({ remaining }) => remaining),
        [],
      );
      assert.deepEqual(swept[0]!.undeclared, ['old_banner'], 'the portal’s own cookies are declared');

      await tab.page.evaluate(() => (window as unknown as PostHogPage).posthog.capture('after the withdrawal'));
      await tab.quiet();
      assertNothingReached(example, 'posthog');

      // What its client, which still runs there, has written since goes with one reload.
      assert.ok(Object.values(await traces(tab)).flat().length > 0, 'it has written again');
      await tab.reload();
      await until(async () => Object.values(await traces(tab)).flat().length === 0, 'no trace is left');
      assert.match(await tab.page.evaluate(() => document.cookie), /old_banner=1/);
      await tab.quiet();
      assertNothingReached(example, 'posthog');
      assert.deepEqual(tab.errors, []);
    });

    it('and while it is permitted, every event arrives; Plausible’s, too', async () => {
      const { example, tab } = await start();
      await tab.visitGuarded('/cookies');
      await tab.reloadedBy(() => tab.set({ posthog: true, plausible: true }));
      await tab.page.waitForFunction(() => (window as unknown as Partial<PostHogPage>).posthog?.__loaded);
      const events = (id: 'posthog' | 'plausible') =>
        received(example.thirdParties[id]).filter(
          ({ method, path }) => method === 'POST' && /^\/(e|i\/v0\/e|api\/event)\/?$/.test(path),
        ).length;
      await until(() => events('plausible') > 0, 'Plausible has counted the page');
      await tab.quiet();
      const before = { posthog: events('posthog'), plausible: events('plausible') };
      await tab.page.evaluate((count) => {
        for (let event = 0; event < count; event++) {
          (window as unknown as PostHogPage).posthog.capture(`event ${event}`, {}, { send_instantly: true });
          history.pushState(null, '', `?event=${event}`);
        }
      }, EVENTS);
      await until(() => events('plausible') === before.plausible + EVENTS, 'each page view has reached Plausible');
      await until(() => events('posthog') >= before.posthog + EVENTS, 'each event has reached PostHog');
      assert.deepEqual(
        await tab
          .refusals()
          .then((refusals) => refusals.filter(({ service }) => /posthog|plausible/.test(service ?? ''))),
        [],
      );
      assert.ok((await traces(tab)).cookies.length > 0, 'and nothing of it is swept');
    });
  });
});

/** A visitor whom PostHog measures: it has started, sent, and remembered. */
async function measured(start: StartVisit) {
  const { example, tab } = await start();
  await tab.visitGuarded('/cookies');
  assert.deepEqual(Object.values(await traces(tab)).flat(), [], 'nothing is left without consent');
  await tab.reloadedBy(() => tab.set({ posthog: true }));
  await tab.page.waitForFunction(() => (window as unknown as Partial<PostHogPage>).posthog?.__loaded);
  await until(() => hits(example.thirdParties.posthog) > 0, 'PostHog was asked');
  await until(async () => (await traces(tab)).cookies.length > 0, 'PostHog has remembered the visitor');
  await tab.quiet();
  return { example, tab };
}

/** What is there of PostHog, by kind. */
async function traces({
  page,
}: Tab): Promise<Record<string, string[]> & { cookies: string[]; localStorage: string[] }> {
  const cookies = (await page.evaluate(() => document.cookie)).split('; ').map((cookie) => cookie.split('=')[0]!);
  const { localStorage = [], ...others } = await contentsOf(page);
  return Object.fromEntries(
    Object.entries({ cookies, localStorage, ...others }).map(([kind, names]) => [
      kind,
      names.filter((name) => /^(ph_|__ph)/.test(name)),
    ]),
  ) as never;
}
