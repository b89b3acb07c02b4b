import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../../src/cli/all-commands';
import { forEachEngine, PLAIN } from '../harness';

describe('A site is rid of the worker by a file', () => {
  let goes: string;

  before(async () => {
    const out = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-uninstall-'));
    await COMMANDS['uninstall']!.run([] as never, { out } as never);
    goes = await readFile(join(out, 'gatekeeper-sw.js'), 'utf8');
    await rm(out, { recursive: true });
  });

  forEachEngine(({ start }) => {
    it('with the next page that is opened, which is not loaded again; what the site has stored stays', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.fetches('youtube', '/probe'), 'refused');
      await tab.page.evaluate(async () => {
        document.cookie = 'own=1; max-age=1000';
        localStorage.setItem('own', '1');
        await caches.open('own');
      });
      example.setFile('gatekeeper-sw.js', () => goes);
      example.route('/without', () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }));
      await tab.page.goto(`${example.origin}/without`);
      await tab.page.evaluate(() => ((window as { mark?: true }).mark = true));
      await tab.page.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent', 'nobody answers for it any more');
      assert.deepEqual(
        await tab.page.evaluate(async () => ({
          mark: (window as { mark?: true }).mark,
          cookie: document.cookie.includes('own=1'),
          entry: localStorage.getItem('own'),
          caches: await caches.keys(),
          databases: (await indexedDB.databases()).map(({ name }) => name),
        })),
        { mark: true, cookie: true, entry: '1', caches: ['own'], databases: ['cookie-gatekeeper'] },
      );
      await tab.page.reload();
      assert.equal(await tab.page.evaluate(() => navigator.serviceWorker.controller), null);
    });
  });
});
