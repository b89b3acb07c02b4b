import assert from 'node:assert/strict';
import { contentsOf, fill } from '../site-storage';
import { forEachEngine, PLAIN, type StartVisit } from '../harness';
import type { Tab } from '../tab';
import { until } from '../third-party-hits';

const TRACKER = {
  id: 'tracker',
  provider: 'Tracker',
  purpose: 'statistics',
  cookies: [{ name: '_trk.*' }],
  storage: ['trk_*'],
};
const KEEPER = {
  id: 'keeper',
  provider: 'Keeper',
  purpose: 'statistics',
  cookies: [{ name: '_keep' }],
  storage: ['keep'],
};

describe('What a refused service has left in the browser is swept', () => {
  forEachEngine(({ start }) => {
    it('when the visitor takes the consent back: its own, and nothing else', async () => {
      const { tab } = await withTracker(start);
      await tab.set({ tracker: true, keeper: true });
      await leaveTraces(tab);
      // An earlier choice's sweep may end just now, and has nothing to tell.
      await tab.page.evaluate(() =>
        window.gatekeeper.addEventListener(
          'sweep',
          ({ detail }) => detail.deleted.length > 0 && ((window as { swept?: unknown }).swept ??= detail),
        ),
      );
      await tab.withdraw('tracker');
      await tab.page.waitForFunction(() => 'swept' in window);
      assert.deepEqual(await traces(tab), {
        cookies: ['_keep', 'undeclared'],
        local: ['keep', 'other'],
        session: ['keep'],
      });
      const { deleted, remaining, undeclared } = (await tab.page.evaluate(
        () => (window as { swept?: unknown }).swept,
      )) as {
        deleted: { service: string; kind: string; name: string }[];
        remaining: unknown[];
        undeclared: string[];
      };
      assert.deepEqual(deleted.map(({ service, kind, name }) => `${service} ${kind} ${name}`).sort(), [
        'tracker cookie _trk.id',
        'tracker localStorage trk_id',
        'tracker sessionStorage trk_visit',
      ]);
      assert.deepEqual(remaining, []);
      assert.ok(undeclared.includes('undeclared'));
    });

    it('in all kinds of storage that the policy names, whole databases and caches too', async () => {
      const { tab } = await withTracker(start);
      await tab.set({ tracker: true, keeper: true });
      await fill(tab.page, ['trk_1', 'keep', 'other']);
      await tab.set({ keeper: true });
      const before = await contentsOf(tab.page);
      for (const [kind, names] of Object.entries(before))
        assert.ok(names.includes('trk_1'), `${kind} of what is permitted stays`);

      await tab.withdraw('tracker');
      await until(
        async () => Object.values(await contentsOf(tab.page)).every((names) => !names.includes('trk_1')),
        'everything of the tracker is gone',
      );
      const left = await contentsOf(tab.page);
      for (const [kind, names] of Object.entries(left))
        assert.deepEqual(
          names.filter((name) => !name.startsWith('cookie-gatekeeper')),
          ['keep', 'other'],
          kind,
        );
      assert.ok(left['indexedDB']!.includes('cookie-gatekeeper'));
    });

    it('also when the choice is made while another sweep is under way', async () => {
      const { tab } = await withTracker(start);
      await tab.set({ tracker: true });
      await fill(tab.page, ['trk_1']);
      await tab.page.evaluate(async () => {
        const { databases } = IDBFactory.prototype;
        let answer!: () => void;
        const answered = new Promise<void>((resolve) => (answer = resolve));
        IDBFactory.prototype.databases = function () {
          return answered.then(() => databases.call(this));
        };
        const first = window.gatekeeper.sweep();
        await window.gatekeeper.set({ tracker: false });
        IDBFactory.prototype.databases = databases;
        answer();
        await first;
      });
      await until(
        async () => Object.values(await contentsOf(tab.page)).every((names) => !names.includes('trk_1')),
        'everything of the tracker is gone',
      );
    });

    it('when it is found on a later page, though nobody has agreed', async () => {
      const { tab, loads } = await withTracker(start);
      const registered = loads();
      await tab.visit(PLAIN);
      assert.equal(loads(), registered, 'nothing is loaded for nothing');
      await tab.page.evaluate(() => void (document.cookie = '_trk.id=1; Path=/'));
      await tab.visit(PLAIN);
      await tab.page.waitForFunction(() => !document.cookie.includes('_trk.id'));
      assert.notEqual(loads(), registered);
    });

    it('when a cookie of it appears on the open page, where browsers tell of that', async () => {
      const { tab } = await withTracker(start);
      if (!(await tab.page.evaluate(() => 'cookieStore' in window))) return;
      await tab.page.evaluate(() => void (document.cookie = '_trk.late=1; Path=/'));
      await tab.page.waitForFunction(() => !document.cookie.includes('_trk.late'));
    });

    it('but not what is permitted, nor the record, nor the mirror', async () => {
      const { tab } = await withTracker(start);
      await tab.set({ tracker: true });
      await leaveTraces(tab);
      await tab.page.evaluate(() => window.gatekeeper.sweep());
      assert.deepEqual(await traces(tab), {
        cookies: ['_trk.id', 'undeclared'],
        local: ['other', 'trk_id'],
        session: ['trk_visit'],
      });
      await tab.visit(PLAIN);
      assert.equal(await tab.allows('tracker'), true);
      assert.match(await tab.page.evaluate(() => document.cookie), /cookies_preferences=/);
    });
  });
});

async function withTracker(start: StartVisit) {
  const { example, tab } = await start({
    lock: 'none',
    editPolicy: (policy) => ({ ...policy, wall: 'off', services: [...policy.services, TRACKER, KEEPER] }),
  });
  let loaded = 0;
  tab.page.on('request', (request) => void (request.url().endsWith('/gatekeeper-on-demand.js') && loaded++));
  await tab.visit(PLAIN);
  return { example, tab, loads: () => loaded };
}

function leaveTraces({ page }: Tab): Promise<void> {
  return page.evaluate(() => {
    for (const cookie of ['_trk.id', '_keep', 'undeclared']) document.cookie = `${cookie}=1; Path=/`;
    for (const key of ['trk_id', 'keep', 'other']) localStorage.setItem(key, '1');
    for (const key of ['trk_visit', 'keep']) sessionStorage.setItem(key, '1');
  });
}

async function traces({ page }: Tab): Promise<{ cookies: string[]; local: string[]; session: string[] }> {
  await until(() => page.evaluate(() => document.readyState === 'complete'), 'the page is there');
  return page.evaluate(() => ({
    cookies: document.cookie
      .split('; ')
      .map((cookie) => cookie.split('=')[0]!)
      .filter((name) => /^(_trk|_keep|undeclared)/.test(name))
      .sort(),
    local: Object.keys(localStorage)
      .filter((key) => /^(trk|keep|other)/.test(key))
      .sort(),
    session: Object.keys(sessionStorage)
      .filter((key) => /^(trk|keep)/.test(key))
      .sort(),
  }));
}
