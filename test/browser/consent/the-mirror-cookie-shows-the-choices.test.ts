import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import type { Tab } from '../tab';
import { assertNothingReached } from '../third-party-hits';

const NAME = 'cookies_preferences';

describe('The mirror cookie shows the choices in Opendatasoft’s shape', () => {
  forEachEngine(({ start }) => {
    it('with the keys of others kept', async () => {
      const { tab } = await start();
      await tab.visit(PLAIN);
      await writeCookie(tab, encodeURIComponent(JSON.stringify({ functional_cookies: true, ga: false, timestamp: 1 })));
      await tab.set({ eulerian: false, 'recently-viewed': false });
      const { record } = await tab.consent();
      assert.deepEqual(await mirror(tab), {
        functional_cookies: true,
        ga: false,
        eulerian: false,
        'recently-viewed': false,
        timestamp: record!.decidedAt,
        expires: record!.expiresAt,
      });
    });

    it('for the whole site, as long as the decision holds', async () => {
      const { tab } = await start();
      await tab.visit(PLAIN);
      await tab.refuseAll();
      const { record } = await tab.consent();
      const cookie = (await tab.place.context.cookies()).find(({ name }) => name === NAME)!;
      assert.equal(cookie.path, '/');
      assert.equal(cookie.sameSite, 'Lax');
      assert.ok(Math.abs(cookie.expires * 1000 - record!.expiresAt) < 2000, 'it expires with the record');
    });

    it('over garbage, too', async () => {
      const { tab } = await start();
      await tab.visit(PLAIN);
      for (const garbage of ['%7B%22youtube', '%E0%A4%A', '[1,2]', 'null', '"text"']) {
        await writeCookie(tab, garbage);
        assert.equal(await tab.visit(PLAIN), 'guarded');
        await tab.set({ 'recently-viewed': false });
        const { record } = await tab.consent();
        assert.deepEqual(
          await mirror(tab),
          { ...record!.choices, timestamp: record!.decidedAt, expires: record!.expiresAt },
          garbage,
        );
      }
      assert.deepEqual(tab.errors, []);
    });

    it('under the name that the policy gives it', async () => {
      const { tab } = await start({ policy: { consent: { months: 6, cookie: { name: 'preferences' } } } });
      await tab.visit(PLAIN);
      await tab.refuseAll();
      assert.match(await tab.page.evaluate(() => document.cookie), /(^|; )preferences=/);
      assert.doesNotMatch(await tab.page.evaluate(() => document.cookie), /cookies_preferences/);
    });

    it('but grants nothing by itself', async () => {
      const { example, tab } = await start();
      await tab.visit(PLAIN);
      await writeCookie(
        tab,
        encodeURIComponent(JSON.stringify({ youtube: true, partner: true, timestamp: Date.now() })),
      );
      await tab.visit(PLAIN);
      assert.equal(await tab.allows('youtube'), false);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      await tab.quiet();
      assertNothingReached(example, 'youtube', 'partner');
    });
  });
});

function writeCookie(tab: Tab, value: string): Promise<unknown> {
  return tab.page.evaluate((cookie) => (document.cookie = cookie), `${NAME}=${value}; Path=/`);
}

async function mirror(tab: Tab): Promise<unknown> {
  const cookies = await tab.page.evaluate(() => document.cookie);
  const value = cookies
    .split('; ')
    .find((cookie) => cookie.startsWith(`${NAME}=`))!
    .slice(NAME.length + 1);
  return JSON.parse(decodeURIComponent(value));
}
