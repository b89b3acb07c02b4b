import assert from 'node:assert/strict';
import type { Page } from 'puppeteer';
import { onTheSweptSite, seenBy, setByScript } from './swept-site';

const POLLING_MS = 50;
const MATOMO = { id: 'matomo', cookies: [{ name: '_pk_*' }] };

interface Watching extends Window {
  noticed: string[];
  stop(): void;
}

describe('A cookie that appears is noticed', () => {
  onTheSweptSite((visit, engine) => {
    it('set by a script, by a response, or in another tab; until one stops watching', async () => {
      const { open } = await visit();
      const page = await open('/explore/');
      await watch(page);
      await setByScript(page, 'by_script=1; Path=/');
      await noticed(page, 'by_script');
      await page.evaluate(() => fetch('/?cookie=by_response%3D1%3B%20Path%3D%2Fexplore'));
      await noticed(page, 'by_response');
      const other = await open('/');
      await setByScript(other, 'by_tab=1; Path=/; Domain=ville.localhost');
      await noticed(page, 'by_tab');

      await page.evaluate(() => (window as unknown as Watching).stop());
      // The later watcher has heard of it, so the earlier one would have.
      const before = await page.evaluate(() => (window as unknown as Watching).noticed);
      const appeared = page.evaluate(() => new Promise<string[]>((resolve) => window.sweeper.watchCookies(resolve)));
      await setByScript(page, 'unwatched=1; Path=/');
      assert.deepEqual(await appeared, ['unwatched']);
      assert.deepEqual(
        before.filter((name) => name === 'unwatched'),
        [],
      );
      assert.deepEqual(await page.evaluate(() => (window as unknown as Watching).noticed), before);
    });

    it('when it is deleted, nothing appears', async () => {
      const { openWith } = await visit();
      const page = await openWith(['_pk_id=1; Path=/'], '/');
      await watch(page);
      await setByScript(page, '_pk_id=; Path=/; Max-Age=0', 'after=1; Path=/');
      await noticed(page, 'after');
      assert.deepEqual(await page.evaluate(() => (window as unknown as Watching).noticed), ['after']);
    });

    it('but not on http, where no browser tells', async () => {
      const { open } = await visit();
      const page = await open('/', false);
      await watch(page);
      await setByScript(page, 'by_script=1; Path=/');
      assert.deepEqual(await seenBy(page), ['by_script']);
      assert.deepEqual(await page.evaluate(() => (window as unknown as Watching).noticed), []);
    });

    it('and named, if no service declares it', async () => {
      const { openWith, mirror } = await visit();
      const page = await openWith(
        [
          '_pk_id.1=1; Path=/',
          'sessionid=1; Path=/; HttpOnly',
          `${mirror}=1; Path=/`,
          'surprise=a=b; Path=/',
          'nameless',
        ],
        '/',
      );
      const undeclared = await page.evaluate(
        (services, mirror) => window.sweeper.undeclaredCookies(services, mirror),
        [MATOMO],
        mirror,
      );
      // Firefox takes a cookie without a name for one without a value.
      assert.deepEqual(undeclared.sort(), engine === 'firefox' ? ['nameless', 'surprise'] : ['surprise']);
    });
  });
});

function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watching = window as unknown as Watching;
    watching.noticed = [];
    watching.stop = window.sweeper.watchCookies((names) =>
      watching.noticed.push(...(names.length > 0 ? names : ['nothing'])),
    );
  });
}

async function noticed(page: Page, name: string): Promise<void> {
  // Nothing is drawn in a tab that another one hides: it is looked for by the clock.
  await page.waitForFunction(
    (name) => (window as unknown as Watching).noticed.includes(name),
    { polling: POLLING_MS },
    name,
  );
}
