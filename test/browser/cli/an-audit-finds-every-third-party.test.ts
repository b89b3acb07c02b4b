import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePolicy } from '../../../src/policy/parse-policy';
import { launch } from '../../browsers';
import type { MappedSite } from '../mapped-site';
import { guardSite, runAudit, serviceAt, writeBrowser, type Ran } from '../run-audit';
import { until } from '../third-party-hits';
import { LEAKING, PARTIES, startTrackingSite } from '../tracking-site';

const HOSTS = Object.keys(PARTIES);

describe('An audit finds every third party of a site', () => {
  let site: MappedSite;
  let folder: string;
  let first: Ran;
  let policy: any;

  before(async () => {
    site = await startTrackingSite();
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-audit-'));
    // The names of the third parties are real; this browser takes all of them for the test's own server.
    await writeBrowser(folder, 'chromium', site.chromiumFlags);
    first = await audit(
      site.origin,
      '--out',
      'policy.json',
      '--report',
      'audit.html',
      '--json',
      '--pages',
      '2',
      '--fail-on',
      'leak',
    );
    policy = JSON.parse(await readFile(join(folder, 'policy.json'), 'utf8'));
  });
  after(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const audit = (...args: string[]) => runAudit(folder, ...args);
  const serviceOf = (host: string) => serviceAt(policy, host);

  it('by request, frame, socket, worker and preconnect, in what is loaded, accepted or scrolled to', () => {
    assert.equal(first.stderr, '');
    const { observation } = JSON.parse(first.stdout);
    const found = new Map<string, any>(
      observation.contacts.map((contact: any) => [new URL(contact.url).hostname, contact]),
    );
    assert.deepEqual(
      HOSTS.filter((host) => !found.has(host)),
      [],
    );
    assert.equal(found.get('ws.hotjar.com').kind, 'socket');
    assert.equal(found.get('player.vimeo.com').kind, 'frame');
    assert.equal(found.get('snap.licdn.com').kind, 'preconnect');
    assert.ok(observation.answeredBy.refused, 'the banner was refused');
    assert.ok(observation.answeredBy.accepted, 'and accepted');
    assert.deepEqual(
      found.get('www.facebook.com').chain.map((url: string) => new URL(url).hostname),
      ['localhost', 'www.googletagmanager.com', 'connect.facebook.net'],
      'what led to it, through the tag manager',
    );
  });

  it('names at least nine in ten with the purpose that a person would write, and says what is unknown', () => {
    const wrong = HOSTS.filter((host) => serviceOf(host)?.purpose !== PARTIES[host]);
    assert.ok(wrong.length <= HOSTS.length / 10, wrong.join(', '));
    assert.match(serviceOf('metrics.unheard-of.example')!.review!, /Nobody knows unheard-of\.example/);
    const matomo = serviceOf('portal.matomo.cloud')!;
    assert.deepEqual(matomo.cookies!.map(({ name }) => name).sort(), ['_pk_id.*', '_pk_ses.*']);
    assert.deepEqual(serviceOf('eu.i.posthog.com')!.storage, ['ph_phc_*']);
  });

  it('says what leaks, with an exit code, and what lasts too long', () => {
    assert.equal(first.status, 1);
    const { problems } = JSON.parse(first.stdout);
    const of = (kind: string) => problems.filter((problem: any) => problem.kind === kind).map(({ text }: any) => text);
    for (const host of LEAKING)
      for (const when of ['before any choice', 'after everything was refused'])
        assert.ok(
          of('leak').some((text: string) => text.includes(host) && text.endsWith(when)),
          `${host} ${when}`,
        );
    assert.ok(!of('leak').some((text: string) => text.includes('hotjar')), 'which waits for consent');
    assert.deepEqual(
      of('lifetime').map((text: string) => /cookie (\S+)/.exec(text)![1]),
      ['_ga'],
    );
  });

  it('writes a report that loads nothing', async () => {
    const report = await readFile(join(folder, 'audit.html'), 'utf8');
    assert.equal(report.match(/<img [^>]*src="data:image\/jpeg;base64,/g)!.length, 6, 'two pages, three visits');
    assert.doesNotMatch(report, /<(script|link|iframe)|(src|href)="(?!data:)|url\(/i);
    assert.equal(report.match(/class="(passed|failed|to)">/g)!.length, 15);
  });

  it('in Firefox as well, as far as that tells', async () => {
    // There, names can only be taken for this machine, where nobody answers for them.
    const preference = 'user_pref("network.dns.forceResolve", "127.0.0.1");';
    const preferring = `for given; do [ "$last" = --profile ] && echo '${preference}' >> "$given/user.js"; last=$given; done`;
    await writeBrowser(folder, 'firefox', [], preferring);
    const { stdout, stderr } = await audit(site.origin, '--browser', 'firefox', '--pages', '1', '--json');
    assert.equal(stderr, '');
    const { observation } = JSON.parse(stdout);
    const hostsIn = (pass: string) =>
      observation.contacts.filter((contact: any) => contact.pass === pass).map(({ url }: any) => new URL(url).hostname);
    for (const pass of ['untouched', 'accepted']) {
      assert.ok(hostsIn(pass).includes('www.googletagmanager.com'), pass);
      assert.equal(hostsIn(pass).includes('player.vimeo.com'), pass === 'accepted');
    }
  });

  it('and the policy that it writes lets nothing out that is refused, and everything that is accepted', async () => {
    await guardSite(site, policy, join(folder, 'public'));
    const browser = await launch('chromium', { args: site.chromiumFlags });
    try {
      const page = await browser.newPage();
      const visit = async () => {
        await page.goto(`${site.origin}/page`);
        await page.evaluate(() => window.scrollTo(0, 5000));
        // Comes last, when the page has been scrolled; what was asked for before it has been sent when the site answers.
        await page.waitForSelector('iframe');
        await page.evaluate(() => fetch('/sentinel').then(() => {}));
      };
      site.hits.clear();
      await visit();
      await page.evaluate(() =>
        window.gatekeeper
          .refuseAll()
          .then(() => navigator.serviceWorker.ready)
          .then(() => {}),
      );
      await visit();
      assert.deepEqual(
        HOSTS.filter((host) => site.hits.has(host)),
        [],
      );
      await page.evaluate(() => void window.gatekeeper.acceptAll());
      await page.waitForFunction(() => window.gatekeeper?.consent?.record?.action === 'accept-all');
      await visit();
      // Of a connection that is only prepared, a server receives nothing.
      const missing = () => HOSTS.filter((host) => !site.hits.has(host) && host !== 'snap.licdn.com');
      await until(() => missing().length === 0, 'all have received something').catch(() =>
        assert.deepEqual(missing(), []),
      );
    } finally {
      await browser.close();
    }
  });

  it('keeps what a person has written, shows what is new and gone, and holds the site to it', async () => {
    const [analytics] = policy.services.filter(({ id }: any) => id === 'ga');
    const written = {
      revision: '7',
      services: [
        {
          ...analytics,
          description: 'Our own words',
          origins: ['https://*.google-analytics.com'],
          cookies: [{ name: '_g*' }],
        },
        { id: 'old', provider: 'Old', purpose: 'statistics', origins: ['https://old.example'] },
      ],
    };
    await writeFile(join(folder, 'written.json'), JSON.stringify(written));
    const again = await audit(
      site.origin,
      '--policy',
      'written.json',
      '--out',
      'merged.json',
      '--pages',
      '1',
      '--fail-on',
      'undeclared',
    );
    assert.equal(again.status, 1, again.stderr);
    const merged = JSON.parse(await readFile(join(folder, 'merged.json'), 'utf8'));
    assert.equal(merged.revision, '7');
    assert.deepEqual(merged.services.slice(0, 2), [
      { ...written.services[0], origins: ['https://*.google-analytics.com', 'https://www.googletagmanager.com'] },
      written.services[1],
    ]);
    assert.match(again.stdout, /^new: ga: https:\/\/www\.googletagmanager\.com$/m);
    assert.match(again.stdout, /^gone: nothing of old was seen$/m);
    assert.match(again.stdout, /^undeclared: .*connect\.facebook\.net/m);
    parsePolicy(merged);
  });
});
