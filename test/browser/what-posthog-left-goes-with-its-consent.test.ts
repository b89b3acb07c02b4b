import assert from 'node:assert/strict';
import type { Swept } from '../../src/page/index';
import { forEachEngine, type StartVisit } from './harness';
import type { Tab } from './tab';
import { assertNothingReached, countAfresh, hits, until } from './third-party-hits';

interface PostHogPage {
  posthog: { __loaded?: boolean; capture(event: string): void };
  swept?: Swept[];
}

describe('What PostHog’s own client has left goes with the consent to it', () => {
  forEachEngine(({ start }) => {
    it('cookies and storage, on the page that it runs on; nothing is sent any more', async () => {
      const { example, tab } = await measured(start);
      const before = await traces(tab);
      assert.ok(before.cookies.length > 0, 'PostHog has left a cookie');
      assert.ok(before.local.length > 0, 'PostHog has left something in localStorage');
      await tab.page.evaluate(() => {
        document.cookie = 'old_banner=1; Path=/';
        const page = window as unknown as PostHogPage;
        page.swept = [];
        window.gatekeeper.addEventListener('sweep', ({ detail }) => page.swept!.push(detail));
      });

      await tab.withdraw('posthog');
      countAfresh(example);
      await until(() => tab.page.evaluate(() => (window as unknown as PostHogPage).swept!.length > 0), 'the page has swept');
      const swept = await tab.page.evaluate(() => (window as unknown as PostHogPage).swept!);
      const deleted = new Set(swept.flatMap(({ deleted }) => deleted.map(({ service, kind, name }) => `${service} ${kind} ${name}`)));
      for (const name of before.cookies) assert.ok(deleted.has(`posthog cookie ${name}`), `the event tells of ${name}`);
      for (const name of before.local) assert.ok(deleted.has(`posthog localStorage ${name}`), `the event tells of ${name}`);
      assert.deepEqual(swept.flatMap(({ remaining }) => remaining), []);
      assert.deepEqual(swept[0]!.undeclared, ['old_banner'], 'the portal’s own cookies are declared');

      await tab.page.evaluate(() => (window as unknown as PostHogPage).posthog.capture('after the withdrawal'));
      await tab.quiet();
      assertNothingReached(example, 'posthog');

      // What its client, which still runs there, may have written since goes with the next sweep.
      await tab.visit('/cookies');
      await tab.page.evaluate(() => window.gatekeeper.sweep().then(() => {}));
      await until(async () => Object.values(await traces(tab)).flat().length === 0, 'no trace is left');
      assert.match(await tab.page.evaluate(() => document.cookie), /old_banner=1/);
      await tab.quiet();
      assertNothingReached(example, 'posthog');
      assert.deepEqual(tab.errors, []);
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

function traces({ page }: Tab): Promise<{ cookies: string[]; local: string[]; session: string[] }> {
  return page.evaluate(() => ({
    cookies: document.cookie.split('; ').map((cookie) => cookie.split('=')[0]!).filter((name) => /^ph_/.test(name)),
    local: Object.keys(localStorage).filter((name) => /^(ph_|__ph)/.test(name)),
    session: Object.keys(sessionStorage).filter((name) => /^(ph_|__ph)/.test(name)),
  }));
}
