import assert from 'node:assert/strict';
import { forEachEngine, PLAIN } from '../../harness';
import { assertNothingReached, received } from '../../third-party-hits';

/** What our page script reads of a document. */
const HIDDEN = [
  'cookie',
  'head',
  'body',
  'documentElement',
  'hidden',
  'readyState',
  'title',
  'baseURI',
  'activeElement',
  'querySelector',
  'querySelectorAll',
  'createElement',
  'getElementsByTagName',
  'adoptedStyleSheets',
  'defaultView',
  'scrollingElement',
  'addEventListener',
  'removeEventListener',
  'designMode',
];
const MONTH_MS = 30 * 24 * 3600 * 1000;

describe('The page script keeps the visitor’s choices', () => {
  forEachEngine(({ start }) => {
    it('about a service with the id "constructor" as about any other', async () => {
      const { example, tab } = await start({
        editPolicy: (policy) => ({
          ...policy,
          services: policy.services.map((service: { id: string }) =>
            service.id === 'partner' ? { ...service, id: 'constructor' } : service,
          ),
        }),
      });
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.page.evaluate(() => window.gatekeeper.set({ constructor: true })));
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.allows('constructor'), true);
      await tab.showsImage(`${example.thirdParties.partner.origin}/image/a.svg`);
      assert.deepEqual(
        received(example.thirdParties.partner).map(({ path }) => path),
        ['/image/a.svg'],
      );
      await tab.page.evaluate(() => window.gatekeeper.withdraw('constructor'));
      await tab.visitGuarded(PLAIN);
      assert.equal(await tab.allows('constructor'), false);
      assert.equal((await tab.consent()).standings['constructor'], 'refused');
    });

    it('whatever of the browser’s own the names in a page hide', async () => {
      const { example, tab } = await start();
      const names = HIDDEN.map((name) => `<img name="${name}" alt=""><form name="${name}"></form>`).join('');
      const frame = `${example.thirdParties.partner.origin}/frame`;
      example.page('/names', { body: `${names}<iframe src="${frame}" width="300" height="200"></iframe>` });
      const placeholders = (count: number) =>
        tab.page.waitForFunction(
          (count) => Document.prototype.querySelectorAll.call(document, 'cookie-placeholder').length === count,
          {},
          count,
        );
      const mirror = () =>
        tab.page.evaluate(() =>
          decodeURIComponent(Reflect.get(Document.prototype, 'cookie', document)).includes('"partner":true'),
        );
      await tab.visitGuarded('/names');
      await placeholders(1);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await placeholders(0);
      assert.equal(await mirror(), true);
      await tab.withdraw('partner').catch(() => {});
      await placeholders(1);
      assert.equal(await mirror(), false);
      assert.deepEqual([tab.errors, tab.warnings], [[], []]);
    });

    it('and says what is permitted', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visit(PLAIN);
      const undecided = await tab.consent();
      assert.deepEqual(undecided, {
        state: 'undecided',
        toAsk: ['posthog', 'eulerian', 'recently-viewed', 'youtube', 'partner'],
        standings: {
          opendatasoft: 'necessary',
          tiles: 'necessary',
          posthog: 'undecided',
          plausible: 'exempt',
          eulerian: 'undecided',
          'recently-viewed': 'undecided',
          youtube: 'undecided',
          partner: 'undecided',
        },
        choices: {
          opendatasoft: true,
          tiles: true,
          posthog: false,
          plausible: true,
          eulerian: false,
          'recently-viewed': false,
          youtube: false,
          partner: false,
        },
        ...('record' in undecided && { record: undefined }),
      });
      assert.equal(await tab.allows('unheard-of'), false);

      const before = Date.now();
      await tab.set({ youtube: true });
      await tab.set({ posthog: false });
      const { state, toAsk, choices, record } = await tab.consent();
      assert.equal(state, 'undecided', 'about the others');
      assert.deepEqual(toAsk, ['eulerian', 'recently-viewed', 'partner']);
      assert.deepEqual([choices['youtube'], choices['posthog'], choices['plausible']], [true, false, true]);
      assert.equal(record!.action, 'choose');
      assert.equal(record!.revision, '2026-11-23');
      assert.deepEqual(record!.choices, { youtube: true, posthog: false });
      assert.ok(record!.decidedAt >= before - 1000 && record!.decidedAt <= Date.now() + 1000);
      assert.ok(
        record!.expiresAt > before + 5.8 * MONTH_MS && record!.expiresAt < before + 6.3 * MONTH_MS,
        'six months',
      );
    });

    it('all at once as well', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visit(PLAIN);
      const optional = ['posthog', 'plausible', 'eulerian', 'recently-viewed', 'youtube', 'partner'];
      const all = (choice: boolean) => Object.fromEntries(optional.map((id) => [id, choice]));
      for (const [change, action, choice] of [
        ['acceptAll', 'accept-all', true],
        ['refuseAll', 'refuse-all', false],
        ['acceptAll', 'accept-all', true],
        ['withdraw', 'withdraw', false],
      ] as const) {
        await tab[change]();
        const { record, choices } = await tab.consent();
        assert.deepEqual({ action: record!.action, choices: record!.choices }, { action, choices: all(choice) });
        assert.deepEqual([choices['opendatasoft'], choices['tiles']], [true, true]);
      }
    });

    it('but none that is not the visitor’s to make: nothing changes then', async () => {
      const { tab } = await start();
      await tab.visit(PLAIN);
      await tab.page.evaluate(() =>
        window.gatekeeper.addEventListener('consentchange', () => ((window as { changed?: boolean }).changed = true)),
      );
      assert.match(await tab.refusesToSet({ posthog: true, 'unheard-of': true }), /TypeError: .*unheard-of/);
      assert.match(await tab.refusesToSet({ posthog: true, tiles: false }), /TypeError: .*tiles/);
      for (const choice of ['yes', 1, null])
        assert.match(await tab.refusesToSet({ posthog: choice }), /TypeError: .*posthog/);
      assert.match(
        await tab.page.evaluate(() => window.gatekeeper.withdraw('unheard-of').then(() => '', String)),
        /TypeError/,
      );
      assert.equal((await tab.consent()).state, 'undecided');
      assert.equal(await tab.page.evaluate(() => 'changed' in window), false);
      assert.doesNotMatch(await tab.page.evaluate(() => document.cookie), /cookies_preferences/);
    });

    it('and whenGranted() resolves when a service is permitted', async () => {
      const { tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visit(PLAIN);
      await tab.page.evaluate(() => {
        const granted: string[] = ((window as { granted?: string[] }).granted = []);
        for (const id of ['tiles', 'youtube', 'posthog'])
          void window.gatekeeper.whenGranted(id).then(() => granted.push(id));
      });
      const granted = () => tab.page.evaluate(() => (window as { granted?: string[] }).granted);
      await tab.page.waitForFunction(() => (window as { granted?: string[] }).granted!.length === 1);
      await tab.set({ posthog: false });
      assert.deepEqual(await granted(), ['tiles']);
      await tab.set({ youtube: true });
      await tab.page.waitForFunction(() => (window as { granted?: string[] }).granted!.length === 2);
      assert.deepEqual(await granted(), ['tiles', 'youtube']);
    });

    it('and set() resolves when the next request is decided under them', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      await tab.visit(PLAIN);
      const outcomes = await tab.page.evaluate(async (origin) => {
        const outcomes: string[] = [];
        for (const choice of [true, false, true, false]) {
          await window.gatekeeper.set({ partner: choice });
          outcomes.push(
            await fetch(`${origin}/${choice}`, { mode: 'no-cors' }).then(
              () => 'sent',
              () => 'refused',
            ),
          );
        }
        return outcomes;
      }, example.thirdParties.partner.origin);
      assert.deepEqual(outcomes, ['sent', 'refused', 'sent', 'refused']);
      await tab.quiet();
      assert.deepEqual(
        received(example.thirdParties.partner).map(({ path }) => path),
        ['/true', '/true'],
      );
    });

    it('and set() rejects when the worker does not acknowledge it', async () => {
      const hasty = `{ const { setTimeout } = window; window.setTimeout = (callback, delay = 0) => setTimeout(callback, delay < 4000 ? delay : delay / 20); }`;
      const deaf = `self.BroadcastChannel = class {}; addEventListener('message', (event) => { if (event.data.type === 'consent-changed') event.stopImmediatePropagation(); }, true);`;
      const { example, tab } = await start({
        lock: 'none',
        policy: { wall: 'off' },
        editFile: (name, text) => (({ 'gatekeeper.js': hasty, 'gatekeeper-sw.js': deaf })[name as string] ?? '') + text,
      });
      await tab.visit(PLAIN);
      assert.match(await tab.refusesToSet({ partner: true }), /did not answer/);
      assert.equal(await tab.fetches('partner', '/probe'), 'refused');
      assertNothingReached(example, 'partner');
    });

    it('and set() works before the worker is there', async () => {
      const { example, tab } = await start({ lock: 'none', policy: { wall: 'off' } });
      example.route(
        '/early',
        () =>
          new Response(
            `<!doctype html><script src="/gatekeeper.js"></script><script>window.early = gatekeeper.set({ youtube: true }).then(() => 'set', String)</script>`,
            { headers: { 'Content-Type': 'text/html' } },
          ),
      );
      assert.equal(await tab.visit('/early'), 'guarded');
      assert.equal(await tab.page.evaluate(() => (window as { early?: Promise<string> }).early), 'set');
      assert.equal(await tab.fetches('youtube', '/probe'), 'sent');
      assert.equal(await tab.fetches('posthog', '/probe'), 'refused');
    });
  });
});
