import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer';
import { until } from '../browser/third-party-hits';
import type { Answer, Html } from './raw-site';
import { goTo, look, openTab, runIn, type Visit } from './visit';

const HTML = 'text/html; charset=utf-8';
const BIG = 30_000;
const PIECES = 5;
const PIECE_MS = 60;

/** The pages that the visitor goes through in `navigations`. */
export function wayPages(html: Html): Record<string, Answer> {
  const page =
    (body: string, status = 200, headers: Record<string, string | string[]> = {}): Answer =>
    (response) =>
      void response.writeHead(status, { 'Content-Type': HTML, ...headers }).end(html(body));
  const showPosted: Answer = (response, { method, body, headers }) =>
    page(
      `<pre>${method} ${headers['content-type']?.replace(/boundary=.*/, 'boundary')} ${body.replace(/-{4,}\S+/g, 'boundary').replaceAll('<', '&lt;')}</pre>`,
    )(response, undefined!);
  const form = (enctype: string, action = '/posted') =>
    `<form method="post" action="${action}" enctype="${enctype}"><input name="accents" value="été &amp; hiver"><input name="file" type="file"><button>Send</button></form>`;
  const isLoggedIn = (authorization = '') => authorization === `Basic ${btoa('a:b')}`;

  return {
    '/links':
      page(`<a id="plain" href="/linked">plain</a><a id="silent" href="/linked?silent" rel="noreferrer">silent</a><a id="origin" href="/linked?origin" referrerpolicy="origin">origin</a>
      <a id="popup" href="/linked?popup" target="_blank" rel="opener">popup</a><a id="pinged" href="/linked?pinged" ping="/echo?ping">ping</a><a id="moved" href="/redirect/301">moved</a><a id="fragment" href="#there">fragment</a>`),
    '/linked': page('linked'),
    '/refresh': page('refresh', 200, { Refresh: '0; url=/linked?refreshed' }),
    '/posted': showPosted,
    '/posted-elsewhere': (response) => void response.writeHead(307, { Location: '/posted' }).end(),
    '/form/url': page(form('application/x-www-form-urlencoded')),
    '/form/multipart': page(form('multipart/form-data')),
    '/form/text': page(form('text/plain')),
    '/form/redirected': page(form('application/x-www-form-urlencoded', '/posted-elsewhere')),
    '/log-in': page(
      '<form method="post" action="/session"><input name="user" value="a"><button>Log in</button></form>',
    ),
    '/session': (response, { body }) =>
      void response
        .writeHead(303, {
          Location: '/account',
          'Set-Cookie': `session=${body.replace(/\W/g, '-')}; Path=/account; HttpOnly; SameSite=Lax`,
        })
        .end(),
    '/account': (response, { headers }) =>
      page(`<p>${/session=[\w-]+/.exec(headers.cookie ?? '')?.[0]}</p>`)(response, undefined!),
    '/private/basic': (response, { headers }) =>
      isLoggedIn(headers.authorization)
        ? page('<p>in</p>')(response, undefined!)
        : page('<p>out</p>', 401, { 'WWW-Authenticate': 'Basic realm="Site"' })(response, undefined!),
    '/private/data': (response, { headers }) =>
      void response
        .writeHead(isLoggedIn(headers.authorization) ? 200 : 401, { 'WWW-Authenticate': 'Basic realm="Site"' })
        .end('data'),
    '/download': async (response, { query }) => {
      response.writeHead(200, {
        'Content-Type': 'text/csv',
        'Content-Disposition': `attachment; filename="${query.get('name')}"`,
      });
      for (let piece = 1; piece <= PIECES; piece++) {
        response.write(`row ${piece}\n`);
        await pause(PIECE_MS);
      }
      response.end();
    },
    '/downloading': page(
      '<a id="attached" href="">attached</a><a id="named" href="/own.txt?named" download="">named</a>',
    ),
    '/long': page('<p style="height: 5000px">long</p><a href="/plain">away</a>'),
    '/big': (response) =>
      void response.writeHead(200, { 'Content-Type': HTML }).end(html(`<div>${'<p>x</p>'.repeat(BIG)}</div>`)),
  };
}

/** What the visitor does that leads to another page, in a tab of its own each. */
const navigations: Record<string, (visit: Visit, page: Page) => Promise<unknown>> = {
  'links, and what their pages know of where the visitor comes from': async ({ site }, page) => {
    const seen: unknown[] = [];
    for (const id of ['plain', 'silent', 'origin', 'pinged', 'moved']) {
      await page.goto(`${site.origin}/links`);
      await Promise.all([page.waitForNavigation(), page.click(`#${id}`)]);
      seen.push(await look(page));
    }
    await page.goto(`${site.origin}/links`);
    await page.click('#fragment');
    seen.push(await look(page));
    await page.goto(`${site.origin}/refresh`).catch(() => {});
    await arrived(page, '/linked?refreshed');
    seen.push(await look(page));
    return seen;
  },

  'windows that a page opens': async ({ site }, page) => {
    await page.goto(`${site.origin}/links`);
    const seen: unknown[] = [];
    for (const open of [
      () => page.click('#popup'),
      () => page.evaluate(() => void window.open('/linked?scripted', 'scripted')),
    ]) {
      const opened = new Promise<Page>((resolve) => page.once('popup', (popup) => resolve(popup!)));
      await open();
      const popup = await opened;
      await arrived(popup, '/linked');
      seen.push(await look(popup));
      await popup.close();
    }
    return seen;
  },

  'forms of each kind': async ({ site }, page) => {
    const seen: unknown[] = [];
    for (const kind of ['url', 'multipart', 'text', 'redirected']) {
      await page.goto(`${site.origin}/form/${kind}`);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      seen.push(await look(page));
    }
    return seen;
  },

  'a log-in by form': async ({ site }, page) => {
    await page.goto(`${site.origin}/log-in`);
    await Promise.all([page.waitForNavigation(), page.click('button')]);
    const first = await look(page);
    await page.reload();
    return [first, await look(page)];
  },

  'a log-in by the address': async ({ site }, page) => {
    const going = await goTo(page, `${site.origin.replace('://', '://a:b@')}/private/basic`);
    const seen = await look(page);
    const fetched = await page
      .evaluate(() => fetch('/private/data').then((response) => response.status, String))
      .catch(String);
    await goTo(page, `${site.origin}/private/basic`);
    return { going, seen, fetched, again: await look(page) };
  },

  'a log-in by the browser’s dialog': async ({ site, engine }, page) => {
    // Firefox's cannot be answered here.
    if (engine === 'firefox') return 'not asked';
    await page.authenticate({ username: 'a', password: 'b' });
    const going = await goTo(page, `${site.origin}/private/basic`);
    return { going, seen: await look(page) };
  },

  'a download that takes its time, and one that its link names': async ({ site, downloads }, page) => {
    const { port } = new URL(site.origin);
    await page.goto(`${site.origin}/downloading`);
    const contents: string[] = [];
    for (const [id, href, name, end] of [
      ['attached', `/download?name=rows-${port}.csv`, `rows-${port}.csv`, `row ${PIECES}\n`],
      ['named', '', `own-${port}.txt`, 'own'],
    ] as const) {
      await page.evaluate(
        (id, href, name) => {
          const link = document.getElementById(id) as HTMLAnchorElement;
          if (href) link.href = href;
          else link.download = name;
          link.click();
        },
        id,
        href,
        name,
      );
      const read = () => readFile(join(downloads, name), 'utf8').catch(() => '');
      await until(async () => (await read()).endsWith(end), `${id} is whole`).catch(() => {});
      contents.push(await read());
    }
    return { contents, seen: await look(page) };
  },

  'history: entries, their state, scrolling, and pages that are kept whole': async ({ site }, page) => {
    await page.goto(`${site.origin}/long`);
    await page.evaluate(() => {
      history.pushState({ step: 1 }, '', '?step=1');
      history.replaceState({ step: 2 }, '', '?step=2');
      window.scrollTo(0, 2500);
      window.addEventListener(
        'pageshow',
        ({ persisted }) => ((window as { persisted?: boolean }).persisted = persisted),
      );
    });
    await page.goto(`${site.origin}/plain`);
    const away = await look(page);
    await page.evaluate(() => history.back());
    await arrived(page, '/long?step=2');
    const back = await page.evaluate(() => {
      const [timing] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & {
        notRestoredReasons?: object;
      })[];
      const { navigation } = window as {
        navigation?: {
          entries(): { url: string; index: number; getState(): unknown; sameDocument: boolean }[];
          canGoBack: boolean;
          canGoForward: boolean;
        };
      };
      return {
        persisted: (window as { persisted?: boolean }).persisted,
        reasons: timing?.notRestoredReasons && JSON.stringify(timing.notRestoredReasons),
        scrolled: Math.round(scrollY),
        state: history.state,
        entries: navigation?.entries().map((entry) => [entry.url, entry.index, entry.getState(), entry.sameDocument]),
        can: navigation && [navigation.canGoBack, navigation.canGoForward],
      };
    });
    await page.evaluate(() => history.back());
    await arrived(page, '/long');
    const first = await look(page);
    await page.evaluate(() => location.reload());
    await page.waitForFunction(
      () =>
        document.readyState === 'complete' &&
        performance
          .getEntriesByType('navigation')
          .some((one) => (one as PerformanceNavigationTiming).type === 'reload'),
      { polling: 50 },
    );
    const reloaded = await look(page);
    await page.evaluate(() => location.replace('/arrived'));
    await arrived(page, '/arrived');
    return { away, back, first, reloaded, replaced: await look(page) };
  },

  'what other sites link to, post, and embed': async ({ site, elsewhere }, page) => {
    const at = (path: string, to: string) => `${elsewhere.origin}${path}?to=${encodeURIComponent(site.origin + to)}`;
    const seen: unknown[] = [];
    for (const by of ['a', 'button']) {
      await page.goto(at('/linking', by === 'a' ? '/linked?elsewhere' : '/posted?elsewhere'));
      await Promise.all([page.waitForNavigation(), page.click(by)]);
      seen.push(await look(page));
    }
    await page.goto(at('/embedding', '/embeddable'));
    await page.waitForFunction(() => 'told' in window, { polling: 50 });
    seen.push(await page.evaluate(() => (window as { told?: unknown }).told));
    return seen;
  },

  'a page of 30,000 elements is shown, and no task of ours is long': async ({ site, engine }, page) => {
    const profiler = engine === 'chromium' ? await page.createCDPSession() : undefined;
    await profiler?.send('Profiler.enable');
    await profiler?.send('Profiler.setSamplingInterval', { interval: SAMPLE_MS * 1000 });
    await profiler?.send('Profiler.start');
    await page.goto(`${site.origin}/big`);
    const count = await page.evaluate((more) => {
      document.querySelector('div')!.insertAdjacentHTML('beforeend', '<p>y</p>'.repeat(more));
      return document.querySelectorAll('p').length;
    }, BIG);
    await runIn(page, () => new Promise((resolve) => setTimeout(resolve)));
    if (!profiler) return { count };
    const { profile } = await profiler.send('Profiler.stop');
    return { count, isLong: longestRun(profile) > LONG_TASK_MS };
  },
};

/** Waits until the page of an address is shown. */
async function arrived(page: Page, address: string): Promise<unknown> {
  return page.waitForFunction(
    (address) => document.readyState === 'complete' && (location.pathname + location.search).startsWith(address),
    { polling: 50 },
    address,
  );
}

/** What the Long Tasks API calls long, and as much again for a slow machine. */
const LONG_TASK_MS = 100;
const SAMPLE_MS = 1;

interface Profile {
  nodes: { id: number; callFrame: { url: string }; children?: number[] }[];
  samples?: number[];
}

/** The longest time, in milliseconds, for which scripts of ours were running without a pause, but for those of a busy machine. */
function longestRun({ nodes, samples = [] }: Profile): number {
  const ours = new Set<number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const mark = (id: number, isWithin: boolean) => {
    const { callFrame, children = [] } = byId.get(id)!;
    const isOurs = isWithin || /gatekeeper/.test(callFrame.url);
    if (isOurs) ours.add(id);
    for (const child of children) mark(child, isOurs);
  };
  if (nodes[0]) mark(nodes[0].id, false);
  let [longest, run] = [0, 0];
  for (const sample of samples) {
    run = ours.has(sample) ? run + SAMPLE_MS : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Opens a tab for each, one after the other: only the one in front is drawn. */
export async function observeNavigations(visit: Visit): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const [what, observe] of Object.entries(navigations)) {
    const page = await openTab(visit);
    seen[what] = await observe(visit, page).catch((error: Error) => `failed: ${error.message}`);
    await page.close();
  }
  return seen;
}
