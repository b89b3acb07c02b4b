import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { launch } from '../../browsers';
import { PURPOSES, startClientSite } from '../clients/client-site';
import { settled, type MappedSite } from '../mapped-site';
import { guardSite, runAudit, serviceAt, writeBrowser } from '../run-audit';
import { until } from '../third-party-hits';

const HOSTS = Object.keys(PURPOSES);
/** What is sent there is sent when a page is left. */
const WHEN_LEFT = 'metrics.hotjar.io';

/** What the clients leave in the browser, by the beginning of its name, and the service whose it is. */
const LEFT: Readonly<Record<string, string>> = {
  AMP_: 'amplitude',
  ajs_: 'segment',
  ph_phc_: 'posthog',
  _dd_: 'datadog',
  _sp_: 'snowplow',
  snowplowOutQueue_: 'snowplow',
  'bugsnag-': 'bugsnag',
  'ld:': 'launch-darkly',
  '0123456789abcdef0123456789abcdef01234567/cly_': 'countly',
  fs_uid: 'fullstory',
  _clck: 'microsoft-clarity',
  _hjSession: 'hotjar',
  _pk_: 'matomo',
};

describe('An audit names what real clients contact', () => {
  let site: MappedSite;
  let folder: string;
  let reached: string[];
  let policy: any;
  let found: any;

  before(async () => {
    site = await startClientSite();
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-clients-'));
    await writeBrowser(folder, 'chromium', site.chromiumFlags);
    const { stdout, stderr } = await runAudit(folder, site.origin, '--out', 'policy.json', '--json', '--pages', '1');
    assert.equal(stderr, '');
    reached = hostsOf(site);
    found = JSON.parse(stdout);
    policy = JSON.parse(await readFile(join(folder, 'policy.json'), 'utf8'));
  });
  after(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const contactsOf = (host: string) =>
    found.observation.contacts.filter(({ url }: any) => new URL(url).hostname === host);

  it('every host that receives anything, by whatever leads to it, and when the page is left', () => {
    const absent = (hosts: string[]) => hosts.filter((host) => contactsOf(host).length === 0);
    assert.deepEqual(absent(reached), []);
    assert.deepEqual(
      HOSTS.filter((host) => !reached.includes(host)),
      [],
      'asked by the clients in no visit',
    );
    assert.equal(contactsOf('nexus-websocket-a.intercom.io')[0].kind, 'socket');
    const chain = (host: string) => contactsOf(host)[0].chain.map((url: string) => new URL(url).host);
    const { host } = new URL(site.origin);
    assert.deepEqual(chain('metrics.hotjar.io'), [host, host, 'static.hotjar.com', 'script.hotjar.com']);
    assert.deepEqual(chain('r.logr-in.com').slice(2), ['cdn.logr-in.com'], 'by a worker without a file');
    assert.deepEqual(
      chain('m.stripe.com').slice(2),
      ['js.stripe.com', 'js.stripe.com', 'm.stripe.network'],
      'by frames',
    );
    assert.deepEqual(
      chain('c.bing.com').slice(2),
      ['www.clarity.ms', 'scripts.clarity.ms', 'c.clarity.ms'],
      'redirected',
    );
  });

  it('also those that do not count what a program visits', () => {
    assert.ok(
      site.hits.get('eu.i.posthog.com')!.some((request) => /\/(e|i\/v0\/e)\/$/.test(request)),
      String(site.hits.get('eu.i.posthog.com')),
    );
  });

  it('with the purpose that a person would write', () => {
    const wrong = HOSTS.filter((host) => serviceAt(policy, host)?.purpose !== PURPOSES[host]);
    assert.deepEqual(wrong, []);
  });

  it('and what they have left in the browser, though the site’s own script has stored it', () => {
    const { cookies, storage } = found.observation;
    const names: string[] = [...cookies, ...storage].map(({ name }: any) => name);
    for (const [beginning, service] of Object.entries(LEFT)) {
      const left = names.filter((name) => name.startsWith(beginning));
      assert.ok(left.length > 0, beginning);
      const use = found.uses.find(({ description }: any) => description.id === service);
      const known = new Set([...(use?.cookies ?? []), ...(use?.entries ?? [])].map(({ name }: any) => name));
      assert.deepEqual(
        left.filter((name) => !known.has(name)),
        [],
        service,
      );
    }
    const [own] = policy.services;
    assert.deepEqual(
      own.cookies.map(({ name }: any) => name),
      ['sessionid', 'cookies_preferences'],
    );
  });

  it('and the policy that it writes lets nothing out that is refused, and breaks nothing that is accepted', async () => {
    const browser = await launch('chromium', { args: site.chromiumFlags });
    try {
      const unguarded = await browser.newPage();
      site.hits.clear();
      const without = await visit(unguarded, HOSTS);
      await unguarded.close();
      await guardSite(site, policy, join(folder, 'public'));
      const page = await (await browser.createBrowserContext()).newPage();
      site.hits.clear();
      assert.deepEqual((await visit(page, [])).hosts, [], 'before any choice');
      await decide(page, 'refuseAll', 'refuse-all');
      assert.deepEqual((await visit(page, [])).hosts, [], 'refused, or while it was');
      await decide(page, 'acceptAll', 'accept-all');
      site.hits.clear();
      assert.deepEqual(await visit(page, without.hosts), without);
    } finally {
      await browser.close();
    }
  });

  async function decide(page: Page, method: 'acceptAll' | 'refuseAll', action: string): Promise<void> {
    await page.goto(site.origin);
    await page.evaluate((name) => void window.gatekeeper[name](), method);
    // A page that loads itself again meanwhile goes on being looked at.
    await page.waitForFunction(
      async (wanted) =>
        window.gatekeeper?.consent?.record?.action === wanted &&
        (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
      {},
      action,
    );
  }

  /** Visits the site, plays its video, and leaves when these hosts, or nobody, have received what they are waiting for. */
  async function visit(page: Page, awaited: readonly string[]): Promise<{ hosts: string[]; errors: string[] }> {
    const missing = (hosts: readonly string[]) => hosts.filter((host) => !site.hits.has(host));
    const errors: string[] = [];
    const note = (error: unknown) => errors.push(String(error));
    const all = (hosts: readonly string[]) =>
      until(() => missing(hosts).length === 0, 'all were asked').catch(() => assert.deepEqual(missing(hosts), []));
    page.on('pageerror', note);
    await page.goto(site.origin);
    await page.evaluate(() => document.querySelector<HTMLElement>('lite-youtube')!.click());
    if (awaited.length === 0) await page.waitForNetworkIdle();
    await all(awaited.filter((host) => host !== WHEN_LEFT));
    await page.goto('about:blank');
    await all(awaited);
    await settled(site);
    page.off('pageerror', note);
    return { hosts: hostsOf(site), errors };
  }
});

function hostsOf({ hits }: MappedSite): string[] {
  return [...hits.keys()].sort();
}
