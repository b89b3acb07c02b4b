import assert from 'node:assert/strict';
import { forEachEngine, type StartVisit } from '../harness';
import { RunningWorker } from '../running-worker';
import { assertNothingReached, countAfresh, received, until } from '../third-party-hits';

/** Firefox stops a worker only when it has been idle for so many milliseconds. */
const IDLE = { extraPrefsFirefox: { 'dom.serviceWorkers.idle_timeout': 10 } };

describe('A worker that was stopped decides as before when it starts again', () => {
  forEachEngine(({ engine, start }) => {
    it('refuses what was refused', async () => {
      const { tab, example, requestOfNewWorker } = await withRestarts(start);
      assert.deepEqual(await requestOfNewWorker('youtube'), ['refused']);
      assert.deepEqual(await requestOfNewWorker('sharing'), ['refused']);
      await tab.quiet();
      assertNothingReached(example, 'youtube');
      assertNothingReached(example, 'sharing');
    });

    it('lets through what was granted, and nothing else', async () => {
      const { tab, example, requestOfNewWorker } = await withRestarts(start);
      await tab.set({ youtube: true });
      assert.deepEqual(await requestOfNewWorker('youtube'), ['sent']);
      assert.deepEqual(await requestOfNewWorker('posthog'), ['refused']);
      await tab.withdraw('youtube');
      countAfresh(example);
      assert.deepEqual(await requestOfNewWorker('youtube'), ['refused']);
      await tab.quiet();
      assert.deepEqual([...received(example.thirdParties.youtube), ...received(example.thirdParties.posthog)], []);
    });

    it('and opens documents as the visitor has decided', async () => {
      const { tab, example, stopped } = await withRestarts(start, {});
      await tab.reloadedBy(() => tab.set({ youtube: true }));
      await stopped();
      await tab.visit('/probe-page');
      assert.equal(await tab.showsImage(`${example.thirdParties.youtube.origin}/vi/probe/hqdefault.jpg`), 'loaded');
      assert.equal(await tab.showsImage(`${example.thirdParties.sharing.origin}/pixel.svg`), 'failed');
      assertNothingReached(example, 'sharing');
    });

    it('and follows a necessary service where it redirects, as before, while nobody is refused', async () => {
      const quiet: Record<string, object> = { partner: { purpose: 'necessary' }, youtube: {} };
      const { tab, example, outcomesOfNewWorker } = await withRestarts(start, {
        lock: 'none',
        editPolicy: (policy) => ({
          ...policy,
          wall: 'off',
          services: policy.services.map((service: { id: string }) =>
            quiet[service.id] ? { ...service, ...quiet[service.id], access: 'without-credentials' } : service,
          ),
        }),
      });
      await tab.set({ youtube: true });
      const { origin } = example.thirdParties.partner;
      const fetched = () => tab.fetchesUrl(`${origin}/redirect?to=/fetched&${Math.random()}`);
      assert.deepEqual(await outcomesOfNewWorker(fetched), ['sent']);
      assert.ok(received(example.thirdParties.partner).some(({ path }) => path === '/fetched'));
    });

    it('sends as it was what must not be redirected, to a tracker on the site’s own host', async () => {
      const { tab, example, outcomesOfNewWorker } = await withRestarts(start, {});
      await tab.set({ eulerian: true });
      for (const redirect of ['error', 'manual'] as const) {
        const fetched = () =>
          tab.page.evaluate(
            (redirect) => fetch('/ea/ea.js', { redirect, cache: 'no-store' }).then(({ status }) => status, String),
            redirect,
          );
        assert.deepEqual(await outcomesOfNewWorker(fetched), [200], redirect);
      }
      assert.ok(received(example.thirdParties.eulerian).length >= 2);
    });

    if (engine === 'chromium') {
      it('and the site’s own subresources do not even start it', async () => {
        const { tab, example, stopped, starts } = await withRestarts(start);
        const worker = await stopped();
        const before = starts();
        assert.equal(await tab.fetchesUrl('/api/records?dataset=aide-humanitaire-d-urgence'), 'sent');
        assert.equal(await tab.showsImage('/public/logo.svg'), 'loaded');
        await tab.page.addStyleTag({ url: '/public/portal.css' });
        await tab.page.addScriptTag({ url: '/vendor/chart.js' });
        assert.equal(worker?.status(), 'stopped');
        assert.equal(starts(), before);
        // A tracker on the site's own host does.
        assert.equal(await tab.fetchesUrl(`${example.origin}/ea/ea.js`), 'refused');
        assert.equal(starts(), before + 1);
      });
    }

    async function withRestarts(
      start: StartVisit,
      options: Parameters<StartVisit>[0] = { lock: 'none', policy: { wall: 'off' } },
    ) {
      let started = 0;
      const { tab, example } = await start({
        ...options,
        editFile: (name, text) => (name === 'gatekeeper-sw.js' ? `fetch('/worker-started');\n${text}` : text),
      });
      example.route('/worker-started', () => {
        started++;
        return new Response('noted', { headers: { 'Cache-Control': 'no-store' } });
      });
      example.page('/probe-page', {});
      await tab.visitGuarded('/probe-page');
      const running = engine === 'chromium' ? await RunningWorker.of(tab) : undefined;

      /** Stops the worker. In Firefox it stops by itself, as soon as it is idle. */
      const stopped = async () => {
        await running?.stop();
        return running;
      };
      /** Outcomes of requests whose worker had to be started for them: of the same request, until one had. */
      const outcomesOfNewWorker = async <Outcome>(send: () => Promise<Outcome>) => {
        const outcomes = new Set<Outcome>();
        const before = started;
        await stopped();
        await until(async () => {
          outcomes.add(await send());
          return started > before;
        }, 'the worker was started again');
        return [...outcomes];
      };
      const requestOfNewWorker = (service: 'youtube' | 'posthog' | 'sharing') =>
        outcomesOfNewWorker(() => tab.fetches(service, '/probe'));
      countAfresh(example);
      return { tab, example, stopped, outcomesOfNewWorker, requestOfNewWorker, starts: () => started };
    }
  }, IDLE);
});
