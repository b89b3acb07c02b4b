import assert from 'node:assert/strict';
import { forEachEngine, PLAIN, type StartVisit } from '../../harness';
import { leaveTo, LEFT, withSockets } from '../../leaving';
import type { Tab } from '../../tab';
import { assertNothingReached, countAfresh, received, until, type TestedExample } from '../../third-party-hits';

/** Beside a tab that opens sockets all the time. */
const UPDATE_LIMIT_MS = 30_000;
/** Between two sockets: of more, browsers keep a queue, which they still connect. */
const NOT_QUEUED_MS = 300;

describe('A page that is shown under a later decision is closed at once', () => {
  forEachEngine(({ engine, start }) => {
    it('when it comes out of the back/forward cache, before its own listeners hear of it', async () => {
      const { example, tab } = await leavingWhen(
        start,
        `addEventListener('pageshow', ({ persisted }) => persisted && leave())`,
      );
      await tab.visit('/leaving');
      await tab.visit(PLAIN);
      await tab.withdraw('partner');
      countAfresh(example);
      await tab.page.evaluate(() => history.back());
      await until(
        () => tab.page.evaluate(() => (window as unknown as { hasLeft?: true }).hasLeft).catch(() => false),
        'the page is back and has tried its ways out',
      );
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('also before those that listen at the window first of all', async () => {
      // What each engine tells a page of first that comes out of its cache.
      const moment = engine === 'chromium' ? 'resume' : 'visibilitychange';
      const { example, tab } = await leavingWhen(
        start,
        `addEventListener('${moment}', () => document.hidden || leave(), true)`,
      );
      await leaveAndComeBack(tab);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('also where another cookie of the mirror’s name hides it, or the browser has taken none', async () => {
      for (const [path, hide, domain] of [
        [
          '/sub/leaving',
          `document.cookie = 'cookies_preferences=' + encodeURIComponent('{"timestamp":1}') + '; Path=/sub'`,
        ],
        ['/leaving', '', 'elsewhere.example'],
      ] as const) {
        const { example, tab } = await start({ editPolicy: withSockets, policy: { consent: { cookie: { domain } } } });
        example.page(path, {
          body: `<script>${hide}; ${leave(example)}; addEventListener('pageshow', ({ persisted }) => persisted && leave())</script>`,
        });
        await tab.visitGuarded(PLAIN);
        await grant(tab);
        await leaveAndComeBack(tab, path, example);
        await tab.quiet();
        assertNothingReached(example, 'partner');
      }
    });

    it('also where it was allowed once, which ended when it was left', async () => {
      const { example, tab } = await leavingWhen(
        start,
        `addEventListener('pageshow', ({ persisted }) => persisted && leave())`,
        false,
      );
      await tab.visitGuarded('/leaving');
      await tab.reloadedBy(() => tab.page.evaluate(() => window.gatekeeper.allowOnce('partner')));
      assert.equal(await tab.fetches('partner', '/once'), 'sent');
      await assertClosedWhenBack(tab, example);
    });

    it('also where a script has written it anew since, which takes its listeners away', async () => {
      const { example, tab } = await leavingWhen(start, '', false);
      await tab.visitGuarded('/leaving');
      await tab.reloadedBy(() => tab.page.evaluate(() => window.gatekeeper.allowOnce('partner')));
      await tab.page.evaluate(() => {
        document.open();
        document.write(`<p>Anew<script>addEventListener('pageshow', ({ persisted }) => persisted && leave())</script>`);
        document.close();
      });
      assert.equal(await tab.fetches('partner', '/once'), 'sent');
      await assertClosedWhenBack(tab, example);
    });

    it('in every other tab, by the time that a withdrawal resolves', async () => {
      const { example, tab } = await leavingWhen(start, `const leaving = setInterval(leave, 50)`);
      await tab.visit(PLAIN);
      const others = [await tab.another(), await tab.another()];
      for (const other of others) await other.visit('/leaving');
      await until(() => received(example.thirdParties.partner).length > 10, 'they leave all the time');
      const { unreached, resolved } = await tab.page.evaluate(async () => ({
        ...(await window.gatekeeper.withdraw('partner')),
        resolved: Date.now(),
      }));
      assert.equal(unreached, 0);
      for (const other of others)
        await other.page.waitForFunction(
          (resolved) => (window as unknown as { hasLeft: number }).hasLeft > resolved,
          {},
          resolved,
        );
      for (const other of others) await other.page.evaluate('clearInterval(leaving)');
      await tab.quiet();
      // Browsers connect a page's sockets one after the other: what was asked for before may arrive later.
      const later = received(example.thirdParties.partner).filter(({ query }) => Number(query.slice(1)) > resolved);
      assert.deepEqual(later, []);
    });

    it('or a withdrawal says how many pages it did not reach', async () => {
      const { example, tab } = await leavingWhen(start, '');
      example.route(
        '/unguarded',
        () => new Response('<!doctype html><title>No script of ours', { headers: { 'Content-Type': 'text/html' } }),
      );
      await tab.visit(PLAIN);
      const other = await tab.another();
      await other.page.goto(`${example.origin}/unguarded`);
      assert.deepEqual(await tab.withdraw('partner'), { unreached: 1 });
    });

    it('on the first page after the site has revised its policy', async () => {
      for (const revised of ['asked about', 'dropped'] as const) {
        let before: { services: { id: string; purpose: string }[] };
        const { example, tab } = await start({
          editPolicy: (policy) => {
            before = withSockets(policy) as unknown as typeof before;
            return {
              ...before,
              services: before.services.map((service) =>
                service.id === 'partner' ? { ...service, purpose: 'necessary' } : service,
              ),
            };
          },
        });
        await tab.visitGuarded(PLAIN);
        await leaveTo(tab, example.thirdParties.partner.origin);
        await until(
          () => LEFT.every((way) => received(example.thirdParties.partner).some(({ path }) => path === way)),
          'it was necessary',
        );
        const services = before!.services.filter(({ id }) => revised === 'asked about' || id !== 'partner');
        await example.revise({ ...before!, services });
        countAfresh(example);
        const leaving = `${example.thirdParties.partner.origin}`;
        example.page('/revised', {
          body: `<img src="${leaving}/image/revised.svg"><iframe src="${leaving}/frame/revised"></iframe><script>${leave(example)}; leave()</script>`,
        });
        await tab.visit('/revised');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      }
    });

    for (const [was, revised] of [
      ['necessary', 'asked about'],
      ['necessary', 'dropped'],
      ['granted', 'dropped'],
    ] as const) {
      it(`in a tab that was open when the site revised its policy: a service that was ${was} is ${revised}`, async () => {
        let before!: { revision: string; services: { id: string; purpose: string }[] };
        const { example, tab } = await start({
          editPolicy: (policy) => {
            before = withSockets(policy) as unknown as typeof before;
            const services = before.services.map((service) =>
              service.id === 'partner' && was === 'necessary' ? { ...service, purpose: was } : service,
            );
            return { ...before, services };
          },
        });
        const { partner } = example.thirdParties;
        const working = `setInterval(() => { try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/worker?' + Date.now()); } catch {} }, ${NOT_QUEUED_MS})`;
        example.route(
          '/worker.js',
          () =>
            new Response(working, {
              headers: { 'Content-Type': 'text/javascript', 'Content-Security-Policy': example.lock },
            }),
        );
        example.page('/leaving', {
          body: `<script>${leave(example)}; setInterval(leave, ${NOT_QUEUED_MS}); new Worker('/worker.js')</script>`,
        });
        await tab.visitGuarded(PLAIN);
        if (was === 'granted') await grant(tab);
        const other = await tab.another();
        await other.visit('/leaving');
        await until(
          () => ['/frame/now', '/socket/worker'].every((way) => received(partner).some(({ path }) => path === way)),
          'it leaves all the time',
        );
        const services = before.services.filter(({ id }) => revised !== 'dropped' || id !== 'partner');
        await example.revise({ ...before, revision: '2099-01-01', services });
        await until(
          async () => {
            await tab.visit(PLAIN);
            // The one that is replaced may go away without an answer.
            const guard = await tab.page.evaluate(() => window.gatekeeper.register().catch(() => undefined));
            return guard?.revision === '2099-01-01';
          },
          'the new worker is there',
          UPDATE_LIMIT_MS,
        );
        await tab.quiet();
        const closedAt = Date.now();
        await other.page.waitForFunction(
          (later) => (window as unknown as { hasLeft: number }).hasLeft > later,
          {},
          closedAt + 3 * NOT_QUEUED_MS,
        );
        await tab.quiet();
        // Firefox keeps a queue of sockets that it connects late.
        const since = received(partner).filter(({ query }) => Number(query.slice(1)) > closedAt);
        assert.deepEqual(
          since.map(({ path }) => path),
          [],
        );
      });
    }

    it('in a shared worker, which outlives the pages that are closed', async () => {
      const { example, tab } = await leavingWhen(start, '');
      const { origin } = example.thirdParties.partner;
      example.route(
        '/shared.js',
        () =>
          new Response(
            `setInterval(() => {
              try { new WebSocket('${origin.replace('http', 'ws')}/socket/shared'); } catch {}
              fetch('${origin}/fetch/shared', { mode: 'no-cors' }).catch(() => {});
            }, 50);
            onconnect = ({ ports: [port] }) => port.postMessage('there');`,
            { headers: { 'Content-Type': 'text/javascript', 'Content-Security-Policy': example.lock } },
          ),
      );
      example.page('/sharing', {
        body: `<script>new SharedWorker('/shared.js').port.onmessage = () => { there = true }</script>`,
      });
      const tabs = [tab, await tab.another()];
      for (const each of tabs) {
        await each.visit('/sharing');
        await each.page.waitForFunction('window.there');
      }
      await until(
        () => received(example.thirdParties.partner).some(({ path }) => path === '/fetch/shared'),
        'what the worker sees goes out',
      );
      await tab.withdraw('partner');
      for (const each of tabs) await each.reload();
      countAfresh(example);
      await tab.page.waitForFunction('window.there');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    for (const [how, isKept] of [
      ['', false],
      [', whose script a cache has kept with the lock of then', true],
    ] as const)
      it(`in a shared worker that the site’s policy of before has opened to a necessary service, which is asked about now${how}`, async () => {
        const { example, tab, asked } = await startWithNecessaryPartner(start);
        const { origin } = example.thirdParties.partner;
        example.route(
          '/shared.js',
          () =>
            new Response(
              `onconnect = ({ ports: [port] }) => {
              try { new WebSocket('${origin.replace('http', 'ws')}/socket/shared'); } catch {}
              port.postMessage('tried');
            }`,
              {
                headers: {
                  'Content-Type': 'text/javascript',
                  ...(isKept && { 'Content-Security-Policy': example.lock }),
                },
              },
            ),
        );
        const share = () =>
          new Promise<unknown>(
            (resolve) => (new SharedWorker('/shared.js').port.onmessage = ({ data }) => resolve(data)),
          );
        await tab.visitGuarded(PLAIN);
        const other = await tab.another();
        await other.visit(PLAIN);
        await other.page.evaluate(share);
        await until(() => received(example.thirdParties.partner).length > 0, 'the socket was asked for');
        await example.revise(asked);
        await tab.page.evaluate(async () => {
          const changed = new Promise((resolve) =>
            navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
          );
          await (await navigator.serviceWorker.ready).update();
          await changed;
        });
        await tab.visit(PLAIN);
        await tab.quiet();
        countAfresh(example);
        for (const { page } of [tab, other]) assert.equal(await page.evaluate(share), 'tried');
        await tab.quiet();
        assertNothingReached(example, 'partner');
      });

    it('in a frame without our script, which a cache has kept with the lock of a policy that a service was necessary for', async () => {
      const { example, tab, asked } = await startWithNecessaryPartner(start);
      const { origin } = example.thirdParties.partner;
      // Written so, it is not given the lock of now.
      const headers = { 'Content-Type': 'Text/HTML', 'Content-Security-Policy': example.lock };
      const leaving = `<iframe src="${origin}/frame/kept"></iframe><script>new WebSocket('${origin.replace('http', 'ws')}/socket/kept')</script>`;
      example.route('/kept', () => new Response(leaving, { headers }));
      example.page('/around', { body: '<iframe src="/kept"></iframe>' });
      await example.revise(asked);
      await tab.visitGuarded(PLAIN);
      await tab.visit('/around');
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    if (engine === 'chromium') {
      for (const by of ['prefetch', 'prerender'] as const)
        it(`where it is fetched ahead by ${by}: by not being opened then`, async () => {
          const { example, tab } = await leavingWhen(start, 'leave()');
          await tab.visit(PLAIN);
          example.page('/ahead', {
            body: `<iframe src="${example.thirdParties.partner.origin}/frame/ahead"></iframe><script>${leave(example)}; leave()</script>`,
          });
          assert.equal(await fetchAhead(tab, by), 503);
          await tab.withdraw('partner');
          countAfresh(example);
          await follow(tab);
          await tab.registered();
          await tab.quiet();
          assertNothingReached(example, 'partner');
        });

      it('and what nobody’s consent has opened is fetched ahead as ever', async () => {
        const { example, tab } = await leavingWhen(start, '', false);
        // Exempt services are open until then.
        await tab.page.evaluate(() => window.gatekeeper.refuseAll());
        await tab.visit(PLAIN);
        example.page('/ahead', { body: 'Ahead' });
        assert.equal(await fetchAhead(tab, 'prefetch'), 200);
        await follow(tab);
        assert.equal(
          await tab.page.evaluate(
            () => (performance.getEntriesByType('navigation')[0] as unknown as { deliveryType: string }).deliveryType,
          ),
          'navigational-prefetch',
        );
      });
    }
  });
});

/** A page that tries the ways out when its script says so, opened to the partner unless it is said. */
async function leavingWhen(start: StartVisit, script: string, granted = true) {
  const { example, tab } = await start({ editPolicy: withSockets });
  example.page('/leaving', { body: `<script>${leave(example)}; ${script}</script>` });
  await tab.visitGuarded(PLAIN);
  if (granted) await grant(tab);
  return { example, tab };
}

/** @returns the status that the browser was answered with */
async function fetchAhead(tab: Tab, by: 'prefetch' | 'prerender'): Promise<number> {
  const fetched = tab.page.waitForResponse((response) => response.url().endsWith('/ahead'));
  await tab.page.evaluate((by) => {
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.text = JSON.stringify({ [by]: [{ source: 'list', urls: ['/ahead'], eagerness: 'immediate' }] });
    document.head.append(rules);
    document.body.append(Object.assign(document.createElement('a'), { href: '/ahead', id: 'ahead' }));
  }, by);
  return (await fetched).status();
}

async function follow({ page }: Tab): Promise<void> {
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(() => document.querySelector<HTMLElement>('#ahead')!.click()),
  ]);
}

/** Leaves a page, withdraws on another, and comes back to the first, which the browser has kept. */
async function leaveAndComeBack(tab: Tab, path = '/leaving', example?: TestedExample): Promise<void> {
  await tab.visit(path);
  await tab.page.evaluate('isKept = true');
  await tab.visit(PLAIN);
  await tab.withdraw('partner');
  await tab.quiet();
  if (example) countAfresh(example);
  await tab.page.evaluate(() => history.back());
  await until(
    () => tab.page.evaluate((path) => location.pathname === path && 'isKept' in window, path).catch(() => false),
    'the page is back as it was',
  );
}

/** A visitor of a site for which the partner is necessary. @returns also the policy by which it is asked about, later */
async function startWithNecessaryPartner(start: StartVisit) {
  let asked!: { services: { id: string; purpose: string }[] };
  const visit = await start({
    editPolicy: (policy) => {
      asked = { ...(withSockets(policy) as unknown as typeof asked), revision: '2099-01-01' } as typeof asked;
      const services = asked.services.map((service) =>
        service.id === 'partner' ? { ...service, purpose: 'necessary' } : service,
      );
      return { ...policy, services };
    },
  });
  return { ...visit, asked };
}

async function grant(tab: Tab): Promise<void> {
  await tab.reloadedBy(() => tab.set({ partner: true }));
}

/** Declares a function of the page: a socket, which passes every worker; a frame; and what the worker sees. */
function leave({ thirdParties: { partner } }: TestedExample): string {
  return `function leave() {
    window.hasLeft = Date.now();
    try { new WebSocket('${partner.origin.replace('http', 'ws')}/socket/now?' + hasLeft); } catch {}
    document.documentElement.append(Object.assign(document.createElement('iframe'), { src: '${partner.origin}/frame/now?' + hasLeft }));
    new Image().src = '${partner.origin}/image/now.svg?' + hasLeft;
  }`;
}

/** Leaves a page and comes back to it by history: it tries its ways out, and nothing arrives. */
async function assertClosedWhenBack(tab: Tab, example: TestedExample): Promise<void> {
  await tab.visit(PLAIN);
  countAfresh(example);
  await tab.page.evaluate(() => history.back());
  await until(
    () => tab.page.evaluate(() => (window as unknown as { hasLeft?: true }).hasLeft).catch(() => false),
    'the page is back and has tried its ways out',
  );
  await tab.quiet();
  assertNothingReached(example, 'partner');
}
