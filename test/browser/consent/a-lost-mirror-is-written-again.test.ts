import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const NAME = 'cookies_preferences';

describe('A mirror that was lost is written again', () => {
  forEachEngine(({ start }) => {
    it('by the next page', async () => {
      const { tab, mirror } = await decided(start);
      await tab.page.goto('about:blank'); // An open page would write it again at once.
      const { context } = tab.place;
      await context.deleteCookie(...(await context.cookies()).filter(({ name }) => name === NAME));
      assert.ok((await context.cookies()).every(({ name }) => name !== NAME));
      await tab.visit(PLAIN);
      await until(async () => (await mirrored(tab)) !== undefined, 'the mirror was written');
      assert.deepEqual(await mirrored(tab), mirror);
      assert.equal(await tab.allows('youtube'), true);
    });

    it('on the open page, where browsers tell of deleted cookies', async () => {
      const { tab, mirror } = await decided(start);
      assert.ok(await tab.page.evaluate(() => 'cookieStore' in window), 'both browsers do');
      await tab.page.evaluate((name) => void (document.cookie = `${name}=; Max-Age=0; Path=/`), NAME);
      await until(async () => (await mirrored(tab)) !== undefined, 'the mirror was written');
      assert.deepEqual(await mirrored(tab), mirror);
    });

    it('but not where the record was deleted with it', async () => {
      const { tab } = await start({ policy: { consent: { cookie: { adopt: true } } } });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ youtube: true }));
      const deleted = tab.page.waitForFunction(() => window.gatekeeper.consent.state === 'undecided');
      await tab.page.evaluate(async (name) => {
        // What a visitor deletes goes cookies first.
        document.cookie = `${name}=; Max-Age=0; Path=/`;
        localStorage.clear();
        for (const { name = '' } of await indexedDB.databases())
          await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
      }, NAME);
      await deleted;
      assert.equal(await mirrored(tab), undefined);
      await tab.reload();
      assert.equal(await tab.allows('youtube'), false);
    });
  });
});

async function decided(start: StartVisit) {
  const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
  await tab.visit(PLAIN);
  await tab.set({ youtube: true, posthog: false });
  const mirror = await mirrored(tab);
  const { record } = await tab.consent();
  assert.deepEqual([mirror!['youtube'], mirror!['posthog'], mirror!['timestamp']], [true, false, record!.decidedAt]);
  return { tab, mirror };
}

async function mirrored({ page }: Tab): Promise<Record<string, unknown> | undefined> {
  const cookies = await page.evaluate(() => document.cookie);
  const value = cookies
    .split('; ')
    .find((cookie) => cookie.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
  return value === undefined ? undefined : (JSON.parse(decodeURIComponent(value)) as Record<string, unknown>);
}
