import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import type { Browser, Page } from 'puppeteer';
import { examplePolicy } from '../../example/example-policy';
import { startExample, type Example } from '../../example/portal';
import { standInIds } from '../../example/third-parties/start-third-parties';
import { buildInMemory } from '../../src/cli/build';
import { hits, nothingArrives, until } from '../browser/third-party-hits';
import { launch } from '../browsers';
import { bundledWorker, GATEWAY } from './bundled-worker';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('The gateway guards a portal from workerd, the runtime of Cloudflare Workers', () => {
  let example: Example;
  let workerd: Miniflare;
  let front: string;
  let browser: Browser;

  before(async () => {
    example = await startExample({ guarded: false });
    const origins = Object.fromEntries(standInIds.map((id) => [id, example.thirdParties[id].origin]));
    const policy = examplePolicy(origins as Parameters<typeof examplePolicy>[0]);
    const { files } = await buildInMemory(policy, { interface: 'own' });
    const scripts = [...files].filter(([name]) => name.endsWith('.js'));
    workerd = new Miniflare({
      modules: true,
      script: await bundledWorker(GATEWAY, PACKAGE),
      compatibilityDate: '2026-04-01',
      compatibilityFlags: ['nodejs_compat'],
      bindings: { ORIGIN: example.origin, POLICY: policy, FILES: Object.fromEntries(scripts) },
      // Or it would ask Cloudflare where it is.
      cf: false,
    });
    front = (await workerd.ready).origin;
    browser = await launch('chromium');
  });
  after(async () => {
    await browser?.close();
    await workerd?.dispose();
    await example?.close();
  });

  const counted = () => standInIds.filter((id) => hits(example.thirdParties[id]) > 0);
  /** The first page of a visit, which no service worker has seen. */
  const firstPage = async (choices?: Record<string, boolean>): Promise<Page> => {
    for (const id of standInIds) example.thirdParties[id].requests.length = 0;
    const context = await browser.createBrowserContext();
    const mirror = { ...choices, timestamp: Date.now() - 1000, expires: Date.now() + 1e9 };
    if (choices)
      await context.setCookie({
        name: 'cookies_preferences',
        value: encodeURIComponent(JSON.stringify(mirror)),
        domain: '127.0.0.1',
      });
    const page = await context.newPage();
    await page.goto(front + DATASET);
    return page;
  };

  it('of which nothing that may be refused is asked on the first page', async () => {
    const page = await firstPage();
    await page.waitForFunction(() => 'Chart' in window && document.querySelector('.brand img'));
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    await page.evaluate(() => fetch('/sentinel').then(() => {}));
    await nothingArrives(example);
    assert.deepEqual(
      counted().filter((id) => id !== 'tiles'),
      [],
    );
    assert.ok(counted().includes('tiles'), 'what is necessary is');
  });

  it('and what the mirror cookie permits is, and no more', async () => {
    await firstPage({ posthog: true, youtube: false, plausible: false, eulerian: false, 'recently-viewed': false });
    const { posthog, tiles } = example.thirdParties;
    await until(() => hits(posthog) > 0 && hits(tiles) > 0, 'they are let through');
    await nothingArrives(example);
    assert.deepEqual(counted().sort(), ['posthog', 'tiles']);
  });

  it('while everything else passes as it is', async () => {
    const page = await firstPage();
    const { status, sent } = await page.evaluate(async () => {
      const response = await fetch('/api/problems', { method: 'POST', body: '{}' });
      return { status: response.status, sent: (await response.text()).length };
    });
    assert.deepEqual([status, sent > 0], [403, true], 'by the portal itself, which wants its token');
    const worker = await fetch(`${front}/gatekeeper-sw.js`);
    assert.match(worker.headers.get('content-security-policy')!, /^default-src 'self'; connect-src/);
  });
});
