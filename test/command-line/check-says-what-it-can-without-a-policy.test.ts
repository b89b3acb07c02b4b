import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { buildInMemory, type BuiltInMemory } from '../../src/cli/build';
import { textOf, type Finding } from '../../src/cli/check/finding';
import { insecureProblems } from '../../src/cli/check/insecure-problems';
import { checkServed, lockOf } from '../../src/cli/index';
import { commandLine, MAIN } from './command-line';
import { servedTexts, siteTexts } from '../unit/cli/check/checked';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

interface Sent {
  status?: number;
  headers: Record<string, string | string[]>;
  body: string;
}
type Site = Record<string, Sent>;
type Change = (site: Site) => unknown;

const PAGE = '<!doctype html><head><script src="/gatekeeper.js"></script></head>';
const EVIL = 'https://evil.example';
const JAVASCRIPT = { 'Content-Type': 'text/javascript' };
const lock = (site: Site) => String(site['/']!.headers['Content-Security-Policy']);

/** A site as it is built and sent, of which a path that there is not is answered with the page, as 404. */
function siteOf({ files, lock, workerLock }: BuiltInMemory): Site {
  const scripts = [...files].map(([name, body]): [string, Sent] => [`/${name}`, { headers: { ...JAVASCRIPT }, body }]);
  const site = Object.fromEntries(scripts);
  Object.assign(site['/gatekeeper-sw.js']!.headers, {
    'Cache-Control': 'no-cache',
    ...(workerLock && { 'Content-Security-Policy': workerLock }),
  });
  const headers = { 'Content-Type': 'text/html', ...(lock && { 'Content-Security-Policy': lock }) };
  return {
    ...site,
    '/': { headers: { ...headers }, body: PAGE },
    '/404': { status: 404, headers: { ...headers }, body: PAGE },
  };
}

const header =
  (path: string, name: string, value?: string | string[]): Change =>
  (site) => {
    if (value === undefined) delete site[path]!.headers[name];
    else site[path]!.headers[name] = value;
  };
/** A bundle of the site's own, from which nobody can read a policy. */
const bundled: Change = (site) => {
  site['/all.js'] = { headers: JAVASCRIPT, body: 'start()' };
  site['/']!.body = PAGE.replace('src="/gatekeeper.js"', 'src="/all.js" data-worker="/gatekeeper-sw.js"');
};

/** What is wrong whatever the policy is: found with the policy file, without it, and where none is to be read anywhere. */
const ALWAYS: Record<string, [Change, RegExp]> = {
  'no lock': [header('/', 'Content-Security-Policy'), /The document is sent without a lock/],
  'the lock as one that only reports': [
    (site) => (site['/']!.headers = { 'Content-Type': 'text/html', 'Content-Security-Policy-Report-Only': lock(site) }),
    /Report-Only, which holds nothing/,
  ],
  'the lock twice': [
    (site) => header('/', 'Content-Security-Policy', [lock(site), lock(site)])(site),
    /2 locks \(2 in headers, 0 in tags\)/,
  ],
  'a page that is not there, without the lock': [
    header('/404', 'Content-Security-Policy'),
    /a page that is not there.*answered with 404.*without the lock.*always/i,
  ],
  'no worker': [(site) => delete site['/gatekeeper-sw.js'], /\/gatekeeper-sw\.js is answered with 404/],
  'a worker that is a page': [header('/gatekeeper-sw.js', 'Content-Type', 'text/html'), /sent as text\/html/],
  'a worker that is redirected': [
    (site) => (site['/gatekeeper-sw.js'] = { status: 302, headers: { Location: '/v2.js' }, body: '' }),
    /redirected to \/v2\.js/,
  ],
  'a worker that caches keep': [header('/gatekeeper-sw.js', 'Cache-Control', 'max-age=86400'), /Cache-Control/],
  'a worker without its lock': [header('/gatekeeper-sw.js', 'Content-Security-Policy'), /without its own lock/],
  'a worker with the documents’ lock': [
    (site) => header('/gatekeeper-sw.js', 'Content-Security-Policy', lock(site))(site),
    /documents' lock in the place of its own/,
  ],
  'a policy of the site’s own that forbids workers': [
    (site) => header('/', 'Content-Security-Policy', [lock(site), "worker-src 'none'"])(site),
    /forbids the worker/,
  ],
  'one that requires Trusted Types': [
    (site) =>
      header('/', 'Content-Security-Policy', [lock(site), "require-trusted-types-for 'script'; trusted-types own"])(
        site,
      ),
    /Add cookie-gatekeeper to trusted-types/,
  ],
  'a mirror that no script can write': [
    header('/', 'Set-Cookie', 'cookies_preferences=%7B%7D; Path=/; HttpOnly'),
    /cookie cookies_preferences with HttpOnly/,
  ],
  'a mirror for a part of the site': [
    header('/', 'Set-Cookie', ['a=1; HttpOnly', 'cookies_preferences=%7B%7D; Path=/fr']),
    /cookie cookies_preferences for \/fr only/,
  ],
};

/** What only a policy tells: the policy file, or the one that gatekeeper.js was built with. */
const BY_POLICY: Record<string, [Change, RegExp]> = {
  'the lock of another policy': [
    header(
      '/',
      'Content-Security-Policy',
      lockOf(sampleWith((policy) => (policy.services[3].origins[0] = 'https://other.example'))),
    ),
    /another policy \(it lacks https:\/\/tiles\.jawg\.io; it has https:\/\/other\.example\)/,
  ],
  'a connection in advance': [header('/', 'Link', `<${EVIL}>; rel=preconnect`), /rel=preconnect/],
  'an endpoint': [header('/', 'Reporting-Endpoints', `a="${EVIL}/r"`), /Reporting-Endpoints which names/],
  'a part of another build': [
    (site) => {
      const [, mark] = /gatekeeper-on-demand\.js"\),\("(.{6})sha256/.exec(site['/gatekeeper.js']!.body)!;
      site['/gatekeeper-on-demand.js']!.body = site['/gatekeeper-on-demand.js']!.body.replaceAll(mark!, '······');
    },
    /gatekeeper-on-demand\.js is of another build than .*gatekeeper\.js/,
  ],
  'a worker of another policy': [
    (site) =>
      (site['/gatekeeper-sw.js']!.body = site['/gatekeeper-sw.js']!.body.replace(
        /"fingerprint":"\w+"/,
        '"fingerprint":"other"',
      )),
    /gatekeeper-sw\.js is of another policy than .*gatekeeper\.js/,
  ],
};

describe('Check says what it can without a policy', () => {
  const { write, path } = commandLine();
  let built: BuiltInMemory;
  let site: Site;
  let server: Server;
  let origin: URL;

  before(async () => {
    built = await buildInMemory(SAMPLE, { interface: 'own' });
    server = createServer(({ url }, response) => {
      const { status = 200, headers, body } = site[url!] ?? site['/404']!;
      response.writeHead(status, headers).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  beforeEach(() => {
    site = siteOf(built);
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const finds = (wrong: readonly string[], said: RegExp) => {
    assert.ok(
      wrong.some((text) => said.test(text)),
      wrong.join('\n') || 'nothing was found',
    );
    // One mistake is not taken for many.
    assert.ok(wrong.length <= 2, wrong.join('\n'));
  };

  for (const [what, [change, said]] of Object.entries({ ...ALWAYS, ...BY_POLICY })) {
    it(what, async () => {
      change(site);
      finds(await siteTexts(SAMPLE, origin), said);
      finds(await servedTexts(origin), said);
    });
  }

  for (const [what, [change, said]] of Object.entries(ALWAYS)) {
    it(`${what}, where no policy can be read from the page`, async () => {
      bundled(site);
      change(site);
      finds(await servedTexts(origin), said);
    });
  }

  it('nothing, where all is well; and what was compared with no file', async () => {
    assert.deepEqual(await siteTexts(SAMPLE, origin), []);
    const { found, notCompared } = await checkServed(origin);
    assert.deepEqual(found, []);
    assert.match(notCompared.join('\n'), /^whether .*gatekeeper\.js was built from your policy as it is now$/);
  });

  it('what could not be compared at all, where the page has no policy to be read', async () => {
    bundled(site);
    const { found, notCompared } = await checkServed(origin);
    assert.deepEqual(found, []);
    assert.match(notCompared.join('\n'), /what the lock permits[\s\S]*reports and hints/);
  });

  it('only with the file: that the site was built from another one', async () => {
    const other = sampleWith((policy) => (policy.revision = '2027-01-01'));
    const wrong = await siteTexts(other, origin, { file: 'site.json' });
    assert.match(wrong.join('\n'), /gatekeeper\.js was built from another policy than site\.json\. Build again/);
  });

  it('a policy that refuses nothing yet, or has no wall, is what the page says', async () => {
    for (const change of [(p: any) => (p.mode = 'report'), (p: any) => (p.wall = 'off')]) {
      const { files } = await buildInMemory(sampleWith(change), {});
      site = siteOf({ ...built, files, lock: '', workerLock: '' });
      assert.deepEqual(await servedTexts(origin), []);
    }
  });

  it('a site that is not served over https', () => {
    const said = (url: string) => [...insecureProblems(new URL(url))].map(textOf).join();
    assert.match(said('http://data.example.fr/'), /not served over https.*Redirect it: https:\/\/data\.example\.fr\//);
    for (const url of ['https://data.example.fr/', 'http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]/'])
      assert.equal(said(url), '');
  });

  it('as a command: status and words', async () => {
    // Not in the test's own process, which has to answer meanwhile.
    const check = (...args: string[]) =>
      promisify(execFile)(process.execPath, [MAIN, 'check', ...args], { cwd: path() });
    const { stdout } = await check(origin.href);
    assert.match(stdout, /^http:\S+: as far as can be seen without the policy file, everything is as it should be\.\n/);
    assert.match(stdout, /Not compared: .*\nTo compare it: npx cookie-gatekeeper check policy\.json http:\S+\n$/);
    header('/', 'Content-Security-Policy')(site);
    await assert.rejects(
      check(origin.href),
      ({ code, stderr, stdout }: { code: number; stderr: string; stdout: string }) => {
        assert.deepEqual([code, stderr], [1, '']);
        assert.match(
          stdout,
          /something is not as it should be:\n {2}The document is sent without a lock.*\nNot compared: /,
        );
        return true;
      },
    );
    await assert.rejects(check(origin.href, '--json'), ({ stderr, stdout }: { stderr: string; stdout: string }) => {
      const { findings } = JSON.parse(stdout);
      assert.deepEqual(
        findings.map(({ code, fails }: Finding) => [code, fails]),
        [
          ['lock-missing', true],
          ['not-compared', false],
        ],
      );
      assert.match(findings[1].says, /^Not compared: whether .* from your policy as it is now\.$/);
      assert.match(findings[1].remedy, /^To compare it: npx cookie-gatekeeper check policy\.json/);
      assert.equal(stderr, '');
      return true;
    });
    write('policy.json', JSON.stringify(SAMPLE));
    await assert.rejects(check('policy.json'), ({ code, stderr }: { code: number; stderr: string }) => {
      assert.equal(code, 2);
      assert.match(stderr, /say which page: npx cookie-gatekeeper check policy\.json https:\/\/site\.example\/$/m);
      return true;
    });
  });
});
