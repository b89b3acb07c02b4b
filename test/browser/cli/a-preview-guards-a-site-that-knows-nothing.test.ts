import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:http';
import type { Page } from 'puppeteer';
import { examplePolicy } from '../../../example/example-policy';
import { freePort } from '../../free-port';
import { startCommand, type RunningCommand } from '../../command-line/running-command';
import { forEachEngine } from '../harness';
import { startMessySite } from '../messy-site';
import { assertNothingReached, hits, nothingArrives, until, type TestedExample } from '../third-party-hits';

const DATASET = '/dataset/aide-humanitaire-d-urgence';

describe('A preview guards a site that knows nothing', () => {
  forEachEngine(({ start }) => {
    let folder: string;
    let running: RunningCommand | undefined;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-preview-'));
    });
    afterEach(async () => {
      await running?.end();
      running = undefined;
      await rm(folder, { recursive: true });
    });

    const file = () => join(folder, 'policy.json');
    const text = () => readFile(file(), 'utf8');
    const previewed = async (site: string) => {
      const port = await freePort();
      running = startCommand(folder, 'preview', site, '--policy', 'policy.json', '--port', String(port));
      await running.says(/Ctrl-C ends it/);
      return `http://localhost:${port}`;
    };

    it('and what its panel is told goes into the policy, which guards the next page', async () => {
      const { example, tab } = await start({ guarded: false });
      const { page } = tab;
      const written = policyWithout(example, 'posthog');
      await writeFile(file(), `${JSON.stringify(written, null, 4)}\n`);
      const preview = await previewed(example.origin);
      await page.goto(preview + DATASET);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await quiet(page, example);
      assertNothingReached(example, 'posthog', 'youtube', 'sharing', 'eulerian');
      const host = new URL(example.thirdParties.posthog.origin).host;
      assert.match(await entryOf(page, host), /refused: .*which no service declares/);

      // Half of a policy, as it is just being written.
      const half = (await text()).slice(0, 500);
      await writeFile(file(), half);
      await running!.says(/policy\.json is not JSON/);
      await choose(page, host, 'necessary');
      await until(async () => /policy\.json is not JSON/.test(await entryOf(page, host)), 'the panel says it');
      assert.equal(await text(), half);

      const whole = `${JSON.stringify(written, null, 4)}\n`;
      await writeFile(file(), whole);
      const loaded = page.waitForNavigation();
      await choose(page, host, 'necessary');
      await loaded;
      await until(() => hits(example.thirdParties.posthog) > 0, 'it is let through');
      const { services, ...rest } = JSON.parse(await text());
      assert.deepEqual({ ...rest, services: services.slice(0, -1) }, written);
      assert.deepEqual(
        [services.at(-1).purpose, services.at(-1).origins],
        ['necessary', [example.thirdParties.posthog.origin]],
      );
      assert.ok((await text()).startsWith(whole.slice(0, whole.lastIndexOf('"services"'))), 'all else is as it was');
      await quiet(page, example);
      assertNothingReached(example, 'youtube', 'sharing', 'eulerian');
      assert.deepEqual(tab.errors, []);
      await nobodyElseChanges(preview, text);
    });

    it('with its own address everywhere, a strict policy, zipped pages, sockets, and cookies for its domain', async () => {
      const { example, tab } = await start();
      const { page } = tab;
      const { partner } = example.thirdParties;
      const messy = await startMessySite(partner.origin);
      try {
        const service = { id: 'partner', provider: 'Partner', purpose: 'third-party', origins: [partner.origin] };
        await writeFile(file(), JSON.stringify({ revision: '1', services: [service] }));
        const preview = await previewed(messy.origin);
        await page.goto(preview);
        await page.waitForFunction(() => document.documentElement.dataset['echoed']);
        await page.waitForFunction(() => document.documentElement.dataset['next']);
        assert.deepEqual(
          await page.evaluate(() => ({ ...document.documentElement.dataset, cookie: document.cookie })),
          { echoed: `from the page, at ${messy.origin}`, next: `${preview}/next`, cookie: 'seen=1' },
        );
        await page.click('a');
        await page.waitForFunction(() => location.pathname === '/next');
        assert.equal(new URL(page.url()).origin, preview);
        await page.waitForFunction(() => navigator.serviceWorker.controller);
        assert.match(messy.asked.get('/next')!.cookie!, /seen=1; own=2/);
        assert.equal(messy.asked.get('/next')!.referer, `${messy.origin}/`);
        assert.match(
          await entryOf(page, new URL(partner.origin).host),
          /Partner, the service "partner" \(third-party\)/,
        );
        await quiet(page, example);
        assertNothingReached(example, 'partner');
        const loaded = page.waitForNavigation();
        await page.evaluate(() => void window.gatekeeper.set({ partner: true }));
        await loaded;
        await until(() => partner.requests.some(({ path }) => path === '/image/messy'), 'it is let through');
        assert.match(running!.said(), /worker-src: 'self'/);
      } finally {
        await messy.close();
      }
    });
  });
});

function policyWithout({ thirdParties }: TestedExample, id: string) {
  const origins = Object.fromEntries(Object.entries(thirdParties).map(([name, { origin }]) => [name, origin]));
  const policy = examplePolicy(origins as Parameters<typeof examplePolicy>[0]);
  return { ...policy, services: policy.services.filter((service) => service.id !== id) };
}

/** What the panel says of a host. */
async function entryOf(page: Page, host: string): Promise<string> {
  const entry = await page.waitForSelector(`cookie-gatekeeper-preview >>> li:has(form)`);
  return entry!.evaluate((item, host) => {
    const items = [...item.parentElement!.children];
    return items.find(({ textContent }) => textContent.includes(host))?.textContent ?? '';
  }, host);
}

async function choose(page: Page, host: string, purpose: string): Promise<void> {
  await page.evaluate(
    (host, purpose) => {
      const root = document.querySelector('cookie-gatekeeper-preview')!.shadowRoot!;
      const item = [...root.querySelectorAll('li')].find(({ textContent }) => textContent.includes(host))!;
      item.querySelector('select')!.value = purpose;
      item.querySelector('button')!.click();
    },
    host,
    purpose,
  );
}

/** What the page has asked for has been sent, and nothing more arrives. */
async function quiet(page: Page, example: TestedExample): Promise<void> {
  await page.waitForFunction(() => document.readyState === 'complete');
  await page.evaluate(() => fetch('/sentinel').then(() => {}));
  await nothingArrives(example);
}

/** Other sites, other programs, and names that lead to this machine: the file stays as it is. */
async function nobodyElseChanges(preview: string, text: () => Promise<string>): Promise<void> {
  const before = await text();
  const path = '/__gatekeeper-preview/policy';
  const script = await (await fetch(`${preview}/__gatekeeper-preview/panel.js`)).text();
  const token = /"token":"(\w+)"/.exec(script)![1]!;
  const post = (headers: Record<string, string>, { sent = token, purpose = 'necessary' } = {}) =>
    new Promise<number>((resolve, reject) => {
      const body = JSON.stringify({ token: sent, address: 'https://evil.example', purpose });
      const asked = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } };
      request(preview + path, asked, (response) => resolve(response.resume().statusCode!))
        .once('error', reject)
        .end(body);
    });
  assert.equal(await post({ Origin: 'https://evil.example' }), 403);
  assert.equal(await post({ 'Sec-Fetch-Site': 'cross-site', Origin: preview }), 403);
  assert.equal(await post({ 'Sec-Fetch-Site': 'same-origin' }, { sent: 'guessed' }), 403);
  assert.equal(
    await post({ Origin: preview }, { purpose: 'No Purpose' }),
    422,
    'a policy with a mistake is not written',
  );
  assert.equal(await post({ 'Content-Type': 'text/plain' }), 415);
  assert.equal(await post({ Host: 'evil.example' }), 421);
  const fromElsewhere = await fetch(`${preview}/__gatekeeper-preview/panel.js`, {
    headers: { 'Sec-Fetch-Site': 'cross-site' },
  });
  assert.equal(fromElsewhere.status, 403);
  assert.equal(await text(), before);
}
