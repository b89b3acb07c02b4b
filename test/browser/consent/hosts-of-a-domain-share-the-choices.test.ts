import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../harness';
import type { Tab } from '../tab';

const DOMAIN = 'portal.localhost';
/** Names below localhost are this machine, and secure enough for workers. */
const RESOLVED = {
  args: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE *.localhost'],
};

describe('The hosts of a domain share the choices, when the policy says so', () => {
  forEachEngine(({ start }) => {
    it('what is decided on one counts on the other, for as long as on the first', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off', consent: { cookie: { domain: DOMAIN } } } });
      await open(tab, 'one');
      await tab.set({ youtube: true, posthog: false });
      const { record } = await tab.consent();

      await open(tab, 'two');
      const shared = (await tab.consent()).record!;
      assert.equal(await tab.allows('youtube'), true);
      assert.equal(await tab.allows('posthog'), false);
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(shared.expiresAt, record!.expiresAt);

      await tab.withdraw('youtube');
      await open(tab, 'one');
      assert.equal(await tab.allows('youtube'), false);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
    });

    it('and otherwise nothing of it reaches another host', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await open(tab, 'one');
      await tab.set({ youtube: true });
      await open(tab, 'two');
      assert.equal((await tab.consent()).state, 'undecided');
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
    });

    it('so that a visitor is asked in the window that they came to, and not in its frames of another of these hosts', async () => {
      const { tab, example } = await start({
        interface: 'own',
        lock: 'none',
        policy: { wall: 'off', consent: { cookie: { domain: DOMAIN }, ask: { embeds: 'banner' } } },
      });
      const other = example.origin.replace('localhost', `two.${DOMAIN}`);
      example.page('/around', {
        body: `<iframe src="${other}${PLAIN}" width="600" height="400" title="Of another host"></iframe>`,
      });
      for (const [origin, banners] of [
        [example.origin.replace('localhost', `one.${DOMAIN}`), 0],
        [example.origin, 1],
      ] as const) {
        await tab.page.goto(`${origin}/around`);
        await tab.page.waitForSelector('cookie-banner button');
        const frame = tab.page.frames().find((frame) => frame.url().startsWith(other))!;
        await frame.waitForFunction(() => customElements.get('cookie-banner'), { polling: 100 });
        await frame.evaluate(() => window.gatekeeper.ready);
        assert.equal(await frame.$$eval('cookie-banner', ({ length }) => length), banners, origin);
      }
    });
  }, RESOLVED);
});

async function open(tab: Tab, host: string): Promise<void> {
  await tab.page.goto(`${tab.place.example.origin.replace('localhost', `${host}.${DOMAIN}`)}${PLAIN}`);
  assert.equal(await tab.registered(), 'guarded');
}
