import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { BrowserContext, Page } from 'puppeteer';
import { listen } from '../../../../example/listen';
import { makeApps, pathsOf, serveApps } from '../../frameworks/apps';
import { bundled, type AppState, type Framework } from '../../frameworks/bundle';
import { look, type Seen, type Shown } from '../../frameworks/look';
import { stepsOf, type Step } from '../../frameworks/steps';
import { forEachEngine, PLAIN } from '../../harness';
import { assertNothingReached, countAfresh, received, until } from '../../third-party-hits';

/** A busy machine's slowest rendering. */
const LIMIT_MS = 5_000;

/** What the engines could be different in, these do: taking over a whole document, keeping and bringing back pages. */
const IN_EVERY_ENGINE = ['react-document', 'turbo'];

/** What an application has in its page, besides `render`. */
declare const said: string[];
declare function unmount(): unknown;

describe('Every framework lives as without us', () => {
  let all: Map<string, Framework>;

  before(async () => {
    all = await makeApps();
  });

  forEachEngine(({ engine, start, newcomer }) => {
    let apps: Map<string, Framework>;

    before(() => {
      apps = engine === 'chromium' ? all : new Map([...all].filter(([name]) => IN_EVERY_ENGINE.includes(name)));
    });

    it('while its frames are refused, when they are allowed, and when they are refused again', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const { page } = tab;
      const { partner } = example.thirdParties;
      const steps = stepsOf(example);
      const [{ state: sent }, , { state: moved }] = steps as [Step, Step, Step];
      const respond = serveApps(apps, sent);
      for (const path of pathsOf(apps)) example.route(path, respond);
      await tab.visitGuarded(PLAIN);
      const withoutUs = await seenWithoutUs(respond, apps, steps, await newcomer());
      // Its players report that they are left.
      await tab.quiet();
      countAfresh(example);
      for (const name of apps.keys()) {
        const shows = (what: string, wanted: Partial<Shown>) =>
          assertShown(page, `${name}, ${what}`, {
            said: [],
            ...wanted,
            ours: [wanted.frames!.filter((seen) => /^held/.test(seen)).length, 1],
          });
        await tab.visit(`/app/${name}`);
        for (const [index, step] of stepsFor(name, steps).entries()) {
          await act(page, step);
          await shows(step.what, { dom: withoutUs.get(name)![index]!, frames: framesOf(step.state) });
        }
        await tab.quiet();
        assertNothingReached(example, 'partner', 'youtube');

        // Turbo has gone on to another address.
        if (!page.url().endsWith(`/app/${name}`)) await tab.visit(`/app/${name}`);
        await tab.reloadedBy(() => tab.set({ partner: true }));
        await shows('allowed', { dom: withoutUs.get(name)![0]!, frames: framesOf(sent, 'partner') });
        await until(() => received(partner).length > 0, `${name} loads what is allowed`);
        await tab.withdraw('partner');
        await act(page, { what: '', state: moved });
        await shows('refused again', { frames: framesOf(moved) });
        await page.evaluate(() => unmount());
        await shows('taken out', { frames: [] });
        countAfresh(example);
      }
      assert.deepEqual(tab.errors, []);
    });

    it('though its pages unregister whatever worker there is, as create-react-app has them do', async () => {
      const { example, tab } = await start();
      const script = `
        navigator.serviceWorker.getRegistrations().then((all) => all.forEach((registration) => registration.unregister()));
        navigator.serviceWorker.ready.then((registration) => registration.unregister());`;
      example.page('/made-without-worker', { body: `<script>${script}</script>` });
      // What one takes away the other one may be waiting for.
      const tabs = [tab, await tab.another()];
      for (let time = 0; time < 4; time++) {
        const outcomes = await Promise.all(tabs.map((each) => each.visit('/made-without-worker')));
        assert.deepEqual(outcomes, ['guarded', 'guarded'], `time ${time}`);
      }
      for (const { errors, warnings } of tabs) assert.deepEqual([errors, warnings], [[], []]);
    });

    it('and a page that comes back as it was kept has nothing of ours that does nothing', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const [first, second] = stepsOf(example) as [Step, Step];
      const respond = serveApps(apps, first.state);
      for (const path of pathsOf(apps)) example.route(path, respond);
      await tab.visitGuarded('/app/turbo');
      const shows = ({ state, what }: Step, banners: number) =>
        assertShown(tab.page, what, { said: [], frames: framesOf(state), ours: [2, banners] });
      await shows(first, 1);
      await act(tab.page, second);
      await shows(second, 1);
      await tab.refuseAll();
      await act(tab.page, { ...first, act: 'back()' });
      await shows(first, 0);
    });

    it('also where it takes a part of the page over long after that has loaded: nothing of ours is in it before', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const late = await bundled('react-late-part.js', { file: 'react-late-server.js', render: 'part' });
      const respond = serveApps(new Map([['late', late]]), stepsOf(example)[0].state);
      for (const path of ['/app/late', '/app/late.js']) example.route(path, respond);
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a" width="400" height="300"></iframe>`;
      example.page('/islands', {
        head: '<script>said = []</script>',
        body: `<main>${frame}<astro-island ssr client="visible">${frame}</astro-island><astro-island ssr client="media">${frame}</astro-island></main>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/app/late');
      const shows = (what: string, wanted: Partial<Shown>) => assertShown(tab.page, what, { said: [], ...wanted });
      await shows('before', { frames: ['held partner', 'shown'], ours: [1, 1] });
      await tab.page.evaluate('arrive()');
      await shows('afterwards', { frames: ['held partner', 'held youtube'], ours: [2, 1] });
      await tab.visit('/islands');
      const islands = async (what: string, frames: string[]) => {
        await until(async () => isDeepStrictEqual((await look(tab.page)).frames, frames), what);
      };
      await islands('what is taken over later waits', ['held partner', 'shown', 'held partner']);
      await tab.page.evaluate(() => document.querySelector('astro-island')!.removeAttribute('ssr'));
      await islands('all is held', ['held partner', 'held partner', 'held partner']);
      await tab.quiet();
      assertNothingReached(example, 'partner', 'youtube');
    });

    it('and what Vue takes over once its data or its script is there, or once it is seen, but for what may wait for a press for ever', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const late = await bundled('vue-late-part.js', { file: 'vue-late-server.js', render: 'part' });
      const respond = serveApps(new Map([['late', late]]), stepsOf(example)[0].state);
      for (const path of ['/app/late', '/app/late.js']) example.route(path, respond);
      await tab.visitGuarded(PLAIN);
      await tab.visit('/app/late');
      const [waiting, held] = ['shown', 'held youtube'] as const;
      const shows = (what: string, frames: string[]) =>
        assertShown(tab.page, what, { said: [], frames: ['held partner', ...frames] });
      await shows('before', [waiting, waiting, waiting, waiting]);
      await tab.page.evaluate('arrive()');
      await shows('once what they waited for is there', [held, held, waiting, waiting]);
      const scrollTo = (frame: number) =>
        tab.page.evaluate((frame) => document.querySelectorAll('main iframe')[frame]!.scrollIntoView(), frame);
      await scrollTo(3);
      await shows('once it has been seen for a while', [held, held, held, waiting]);
      await scrollTo(4);
      await shows('all', [held, held, held, held]);
      await tab.quiet();
      assertNothingReached(example, 'partner', 'youtube');
    });

    it('and what Angular takes over once it is pressed or seen: before, it waits for a while only', async () => {
      const { example, tab } = await start({ interface: 'own' });
      const frame = `<iframe src="${example.thirdParties.partner.origin}/frame/a" width="400" height="300"></iframe>`;
      example.page('/deferred', {
        head: '<script>said = []</script>',
        body: `<main>${frame}<p ngb="d0" jsaction="click:;keydown:;">${frame}</p><div style="height: 200vh"></div><app-map ngh="1">${frame}</app-map><!--ngh=d1--><app-map ngh="2">${frame}</app-map><!--ngh=d2--></main>`,
      });
      await tab.visitGuarded(PLAIN);
      await tab.visit('/deferred');
      const [waiting, held] = ['shown', 'held partner'] as const;
      const shows = (what: string, frames: string[]) => assertShown(tab.page, what, { said: [], frames });
      await shows('before', [held, waiting, waiting, waiting]);
      await tab.page.evaluate(() => document.querySelector('app-map')!.removeAttribute('ngh'));
      await shows('once it is taken over', [held, waiting, held, waiting]);
      await shows('once it has been seen for a while', [held, held, held, waiting]);
      await tab.page.evaluate(() => document.querySelector('app-map:last-of-type')!.scrollIntoView());
      await shows('all', [held, held, held, held]);
      await tab.quiet();
      assertNothingReached(example, 'partner');
    });

    it('and where it owns the head, and puts the lock of the markup back, the page says what to do', async () => {
      const { example, tab } = await start({ lock: 'meta', interface: 'own' });
      const { page } = tab;
      const [first, second] = stepsOf(example) as [Step, Step];
      const respond = serveApps(apps, first.state, example.lock);
      for (const path of pathsOf(apps)) example.route(path, respond);
      const owning = new Map([...apps].filter(([name]) => IN_EVERY_ENGINE.includes(name)));
      await tab.visitGuarded(PLAIN);
      await tab.reloadedBy(() => tab.set({ partner: true }));
      const withoutUs = await seenWithoutUs(respond, owning, [first, second], await newcomer());
      for (const name of owning.keys()) {
        await tab.visit(`/app/${name}`);
        const goesOn = (what: string, wanted: Partial<Shown>) => assertShown(page, `${name}, ${what}`, wanted);
        await goesOn(first.what, { said: [], ours: [1, 1] });
        assert.deepEqual(bodyOf((await look(page)).dom), bodyOf(withoutUs.get(name)![0]!), name);
        await act(page, second);
        await page.waitForSelector('cookie-placeholder[data-service=partner][data-opens=again]');
        await goesOn(second.what, { frames: framesOf(second.state), ours: [2, 1] });
        const { said, dom } = await look(page);
        assert.deepEqual(bodyOf(dom), bodyOf(withoutUs.get(name)![1]!), name);
        assert.deepEqual(
          said.map((text) => (/a <meta>, was put back .* Send the lock as a header/.exec(text) ? 'what to do' : text)),
          ['what to do'],
          name,
        );
      }
    });
  });
});

/** Without the head, where the lock is somewhere else. */
function bodyOf(dom: Seen): Seen | undefined {
  return (dom[2] as Seen[]).at(-1);
}

/** Turbo shows pages again that it has kept, as they were when they were left. */
function stepsFor(name: string, steps: Step[]): Step[] {
  return name === 'turbo' && steps[4]
    ? [...steps, { what: 'shown again by Back', act: 'back()', state: steps[4].state }]
    : steps;
}

function act(page: Page, { act, state }: Step): Promise<unknown> {
  return page.evaluate(act ?? `render(${JSON.stringify(state)})`);
}

function framesOf({ isShown, items }: AppState, allowed?: string): string[] {
  return isShown ? items.map(({ service }) => (service && service !== allowed ? `held ${service}` : 'shown')) : [];
}

/** What the same applications are, after each step, on a server that has nothing of ours. */
async function seenWithoutUs(
  respond: (request: Request) => Promise<Response>,
  apps: Map<string, Framework>,
  steps: Step[],
  { context }: { context: BrowserContext },
): Promise<Map<string, Seen[]>> {
  const server = await listen({ fetch: respond }, 0);
  const page = await context.newPage();
  const seen = new Map<string, Seen[]>();
  for (const name of apps.keys()) {
    await page.goto(`http://localhost:${server.port}/app/${name}`);
    const doms: Seen[] = [];
    for (const step of stepsFor(name, steps)) {
      await act(page, step);
      const { said, dom, frames } = await look(page);
      doms.push(dom);
      assert.deepEqual(
        { said, frames: frames.length },
        { said: [], frames: framesOf(step.state).length },
        `${name}, ${step.what}`,
      );
    }
    seen.set(name, doms);
  }
  await page.close();
  await server.close();
  return seen;
}

/** Waits until the page shows something, and tells what it shows otherwise. */
async function assertShown(page: Page, when: string, wanted: Partial<Shown>): Promise<void> {
  const shown = async () => {
    const all = await look(page);
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key as keyof Shown]]));
  };
  await until(async () => isDeepStrictEqual(await shown(), wanted), when, LIMIT_MS).catch(() => {});
  assert.deepEqual(await shown(), wanted, when);
}
