import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { lockLine, lockOf, UnreachableError, workerLockOf } from '../../src/cli/index';
import { PolicyError } from '../../src/policy/index';
import { keyedListener } from '../../src/server/index';
import { commandLine, MAIN } from './command-line';
import { siteTexts } from '../unit/cli/check/checked';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

const LOCK = lockOf(SAMPLE);
const OFF = sampleWith((policy) => (policy.wall = 'off'));
const REPORTING = sampleWith((policy) => (policy.mode = 'report'));
const IN_HTML = sampleWith((policy) => (policy.lock = 'meta'));
const WITHOUT = sampleWith((policy) => (policy.lock = 'tag'));
const LEFT_ALONE = '/admin/';
const EXCLUDING = sampleWith((policy) => (policy.exclude = [LEFT_ALONE]));
const SCRIPT = '<script src="/gatekeeper.js"></script>';
const EVIL = 'https://evil.example/r';

/** What a server answers at a path. */
interface Sent {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string;
  hints?: Record<string, string>;
}
type Sites = Record<string, Sent>;

const script = (body = ''): Sent => ({ headers: { 'Content-Type': 'text/javascript' }, body });
const right = (): Sites => ({
  '/': {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': LOCK },
    body: `<!doctype html><head>${SCRIPT}</head>`,
  },
  '/gatekeeper.js': script('load("gatekeeper-on-demand.js")'),
  '/gatekeeper-on-demand.js': script(),
  '/gatekeeper-sw.js': {
    headers: {
      'Content-Type': 'text/javascript',
      'Content-Security-Policy': workerLockOf(SAMPLE),
      'Cache-Control': 'no-cache',
    },
  },
});

/** A site of which one thing is otherwise. */
const page = (headers: Record<string, string | string[]>, body?: string, hints?: Sent['hints']) => (sites: Sites) => {
  sites['/'] = { headers: { ...sites['/']!.headers, ...headers }, body: body ?? sites['/']!.body, hints };
};
const head = (markup: string) => page({}, `<!doctype html><head>${markup}</head>`);
const worker =
  (headers: Record<string, string | string[] | undefined>, status = 200) =>
  (sites: Sites) => {
    const all = { ...sites['/gatekeeper-sw.js']!.headers, ...headers };
    sites['/gatekeeper-sw.js'] = {
      status,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
      body: '',
    };
  };

const NO_LOCK = { 'Content-Type': 'text/html' };
const META = lockLine(LOCK, 'meta');

const WRONG: Record<string, [change: (sites: Sites) => void, said: RegExp, policy?: unknown]> = {
  'no lock': [
    (sites) => (sites['/']!.headers = NO_LOCK),
    /without a lock.*npx cookie-gatekeeper lock site\.json --format/,
  ],
  'one that is only reported': [
    (sites) => (sites['/']!.headers = { ...NO_LOCK, 'Content-Security-Policy-Report-Only': LOCK }),
    /Report-Only, which holds nothing/,
  ],
  'one that holds, where it is to be reported only': [
    page({ 'Content-Security-Policy': lockOf(REPORTING) }),
    /a lock that holds, but the policy says "mode": "report"/,
    REPORTING,
  ],
  'none that reports': [
    (sites) => (sites['/']!.headers = NO_LOCK),
    /without the lock as Content-Security-Policy-Report-Only.*npx cookie-gatekeeper lock site\.json/,
    REPORTING,
  ],
  'one that reports, of another policy': [
    (sites) => (sites['/']!.headers = { ...NO_LOCK, 'Content-Security-Policy-Report-Only': LOCK }),
    /another policy, as Content-Security-Policy-Report-Only \(of an earlier one/,
    REPORTING,
  ],
  'only a policy that looks like it': [
    page({ 'Content-Security-Policy': LOCK.replace('cookie-gatekeeper', 'cookie-gatekeeper-own') }),
    /without a lock/,
  ],
  'the lock of another policy': [
    page({
      'Content-Security-Policy': lockOf(
        sampleWith((policy) => (policy.services[3].origins[0] = 'https://other.example')),
      ),
    }),
    /another policy \(it lacks https:\/\/tiles\.jawg\.io; it has https:\/\/other\.example\)/,
  ],
  'the lock twice': [page({ 'Content-Security-Policy': [LOCK, LOCK] }), /2 locks \(2 in headers, 0 in tags\)/],
  'the lock in header and tag': [head(META + SCRIPT), /2 locks \(1 in headers, 1 in tags\)/],
  'a tag with the lock behind a script': [
    (sites) =>
      (sites['/'] = {
        headers: NO_LOCK,
        body: `<!doctype html><head><script src="/a.js"></script>${META}${SCRIPT}</head>`,
      }),
    /lock's tag stands behind <script>/,
  ],
  'no tag with the lock': [
    (sites) => (sites['/']!.headers = NO_LOCK),
    /without a lock.*npx cookie-gatekeeper lock site\.json --format meta/,
    IN_HTML,
  ],
  'a tag with the lock that no worker takes out': [
    (sites) => (sites['/'] = { headers: NO_LOCK, body: `<head>${META}${SCRIPT}` }),
    /in a tag, but the policy says "lock": "header".*Write "lock": "meta"/,
  ],
  'one where there is to be none': [
    (sites) => (sites['/'] = { headers: NO_LOCK, body: `<head>${META}${SCRIPT}` }),
    /in a tag, but the policy says "lock": "tag"/,
    WITHOUT,
  ],
  'the lock on a page that is left alone': [head(''), /leaves this page alone.*Send it without/, EXCLUDING],
  'the tag on a page that is left alone': [
    (sites) => (sites['/']!.headers = NO_LOCK),
    /leaves this page alone.*\/gatekeeper\.js\. Take it out/,
    EXCLUDING,
  ],
  'a part of a part that is missing': [
    (sites) => (sites['/gatekeeper-on-demand.js'] = script('load("gatekeeper-diagnosis.js")')),
    /\/gatekeeper-diagnosis\.js is answered with 404/,
  ],
  'a worker that the tag names, without its lock': [
    (sites) => {
      sites['/sw.js'] = script();
      sites['/sw.js'].headers!['Cache-Control'] = 'no-cache';
      head('<script src="/gatekeeper.js" data-worker="/sw.js"></script>')(sites);
    },
    /\/sw\.js is sent without its own lock\. What to send: npx cookie-gatekeeper lock site\.json --worker/,
  ],
  'a policy of the site’s own that forbids the worker which the tag names': [
    (sites) => {
      sites['/own/sw.js'] = {
        ...sites['/gatekeeper-sw.js']!,
        headers: { ...sites['/gatekeeper-sw.js']!.headers, 'Service-Worker-Allowed': '/' },
      };
      page(
        { 'Content-Security-Policy': [LOCK, 'worker-src http://127.0.0.1:*/gatekeeper-sw.js'] },
        `<head><script src="/gatekeeper.js" data-worker="/own/sw.js"></script></head>`,
      )(sites);
    },
    /forbids the worker .*\/own\/sw\.js/,
  ],
  'a lock under "wall": "off"': [() => {}, /"wall": "off"/, OFF],
  'no tag': [head('<script src="/app.js"></script>'), /no <script src="\/gatekeeper\.js">/],
  'a tag in a comment only': [head(`<!-- ${SCRIPT} -->`), /no <script src="\/gatekeeper\.js">/],
  'a script that is missing': [(sites) => delete sites['/gatekeeper.js'], /\/gatekeeper\.js is answered with 404/],
  'a part of it that is missing': [
    (sites) => delete sites['/gatekeeper-on-demand.js'],
    /\/gatekeeper-on-demand\.js is answered with 404/,
  ],
  'no worker': [(sites) => delete sites['/gatekeeper-sw.js'], /\/gatekeeper-sw\.js is answered with 404/],
  'a page in its place': [
    worker({ 'Content-Type': 'text/html' }),
    /\/gatekeeper-sw\.js is sent as text\/html.*may be a page/,
  ],
  'a worker that is plain text': [
    worker({ 'Content-Type': 'text/plain' }),
    /sent as text\/plain\. Send it as text\/javascript/,
  ],
  'a worker that is redirected': [
    worker({ Location: '/v2/gatekeeper-sw.js' }, 302),
    /redirected to \/v2\/gatekeeper-sw\.js/,
  ],
  'a worker without its lock': [
    worker({ 'Content-Security-Policy': undefined }),
    /gatekeeper-sw\.js is sent without its own lock/,
  ],
  'a worker with the documents’ lock': [
    worker({ 'Content-Security-Policy': LOCK }),
    /documents' lock in the place of its own/,
  ],
  'a worker with both': [worker({ 'Content-Security-Policy': [LOCK, workerLockOf(SAMPLE)] }), /sent with 2 locks/],
  'a worker that caches keep': [
    worker({ 'Cache-Control': 'public, max-age=86400' }),
    /Cache-Control: public, max-age=86400.*no-cache/,
  ],
  'a worker that may fetch nothing': [
    worker({ 'Content-Security-Policy': [workerLockOf(SAMPLE), "default-src 'none'"] }),
    /fetch nothing of the site/,
  ],
  'a worker below the page': [
    (sites) => {
      for (const name of ['gatekeeper.js', 'gatekeeper-on-demand.js', 'gatekeeper-sw.js'])
        sites[`/static/${name}`] = sites[`/${name}`]!;
      head('<script src="/static/gatekeeper.js"></script>')(sites);
    },
    /\/static\/gatekeeper-sw\.js may not control \/\./,
  ],
  'scripts of another origin': [head('<script src="https://cdn.example/gatekeeper.js"></script>'), /another origin/],
  'a policy of the site’s own that forbids scripts': [
    page({ 'Content-Security-Policy': [LOCK, "script-src 'nonce-abc'; worker-src 'self'"] }),
    /forbids http.*\/gatekeeper\.js: "script-src 'nonce-abc'"/,
  ],
  'one that forbids workers': [
    page({ 'Content-Security-Policy': [LOCK, "script-src 'self'; worker-src blob:"] }),
    /forbids the worker .*: "worker-src blob:". Add worker-src 'self'/,
  ],
  'one that forbids everything': [
    page({ 'Content-Security-Policy': [LOCK, "default-src 'none'; script-src 'self'; worker-src 'none'"] }),
    /forbids the worker/,
  ],
  'one in a tag': [
    head(`<meta http-equiv="Content-Security-Policy" content="default-src https://cdn.example">${SCRIPT}`),
    /forbids the worker/,
  ],
  'one that requires Trusted Types': [
    page({ 'Content-Security-Policy': [LOCK, "require-trusted-types-for 'script'; trusted-types own"] }),
    /Add cookie-gatekeeper to trusted-types/,
  ],
  'a sandbox': [page({ 'Content-Security-Policy': [LOCK, 'sandbox allow-scripts'] }), /Add allow-same-origin/],
  'an error log': [
    page({
      NEL: '{"report_to":"cdn","max_age":60}',
      'Report-To': `{"group":"cdn","max_age":60,"endpoints":[{"url":"${EVIL}"}]}`,
    }),
    /with NEL whose group/,
  ],
  'a group': [
    page({ 'Report-To': `{"group":"cdn","max_age":60,"endpoints":[{"url":"${EVIL}"}]}` }),
    /Report-To which names https:\/\/evil\.example\/r/,
  ],
  'an endpoint': [
    page({ 'Reporting-Endpoints': `a="${EVIL}"` }),
    /Reporting-Endpoints which names https:\/\/evil\.example\/r/,
  ],
  'a report-uri': [
    page({ 'Content-Security-Policy': [LOCK, `img-src *; report-uri ${EVIL}`] }),
    /\(report-uri\) which names https:\/\/evil\.example\/r/,
  ],
  'a report-uri of a service that is to be asked about': [
    page({ 'Content-Security-Policy-Report-Only': 'img-src *; report-uri https://stats.example.fr/r' }),
    /names https:\/\/stats\.example\.fr\/r/,
  ],
  'a preload': [
    page({ Link: '</own.css>; rel=preload; as=style, <https://evil.example/a,b.js>; as="script"; rel="preload"' }),
    /Link: <https:\/\/evil\.example\/a,b\.js>; rel=preload,/,
  ],
  'a connection in advance': [
    page({ Link: '<https://evil.example>; rel=preconnect' }),
    /rel=preconnect.*no policy closes it/,
  ],
  'a connection in advance, in a tag': [
    head(`${SCRIPT}<link rel="dns-prefetch" href="//evil.example">`),
    /<link rel="dns-prefetch" href="\/\/evil\.example">/,
  ],
  'early hints': [
    page({}, undefined, { link: '<https://evil.example/a.js>; rel=preload; as=script' }),
    /103 Early Hints.*evil\.example/,
  ],
};

const FINE: Record<string, [change: (sites: Sites) => void, policy?: unknown]> = {
  'all as the lines say': [() => {}],
  'a lock in a tag, as a formatter has written it': [
    (sites) =>
      (sites['/'] = {
        headers: NO_LOCK,
        body: `<!doctype html><head><!-- ${META} --><meta charset="utf-8">${META.replaceAll(' ', '\n  ')}${SCRIPT}</head>`,
      }),
    IN_HTML,
  ],
  'a header under "lock": "meta"': [() => {}, IN_HTML],
  'a lock that is only reported, where the policy says so': [
    (sites) => {
      sites['/']!.headers = { ...NO_LOCK, 'Content-Security-Policy-Report-Only': lockOf(REPORTING) };
      worker({ 'Content-Security-Policy': undefined })(sites);
    },
    REPORTING,
  ],
  'no lock where there is to be none': [(sites) => (sites['/']!.headers = NO_LOCK), WITHOUT],
  'a page that is left alone': [
    (sites) =>
      (sites['/'] = {
        headers: {
          ...NO_LOCK,
          'Content-Security-Policy': "default-src 'none'",
          Link: '<https://evil.example>; rel=preconnect',
        },
        body: '<!doctype html>',
      }),
    EXCLUDING,
  ],
  'the script as a part of another': [
    (sites) => {
      sites['/all.js'] = script('load("gatekeeper-on-demand.js")');
      sites['/static/gatekeeper-on-demand.js'] = script();
      for (const name of ['gatekeeper.js', 'gatekeeper-on-demand.js']) delete sites[`/${name}`];
      head('<script src="/all.js" data-base="/static/" data-worker="/gatekeeper-sw.js"></script>')(sites);
    },
  ],
  'a policy of the site’s own beside it': [
    page(
      {
        'Content-Security-Policy': [
          `default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'; report-uri /own`,
          LOCK,
        ],
      },
      `<head><script nonce="abc" src="/gatekeeper.js"></script></head>`,
    ),
  ],
  'early hints with the lock': [
    page({}, undefined, {
      link: '<https://evil.example/a.js>; rel=preload; as=script',
      'Content-Security-Policy': LOCK,
    }),
  ],
  'reports to the site itself': [
    page({
      'Reporting-Endpoints': 'a="/own"',
      'Report-To': '{"group":"g","max_age":60,"endpoints":[{"url":"/own"}]}',
      NEL: '{"report_to":"g","max_age":60}',
    }),
  ],
  'links to what is necessary': [page({ Link: '<https://tiles.jawg.io>; rel=preconnect' })],
  'a folder whose worker may control the site': [
    (sites) => {
      for (const name of ['gatekeeper.js', 'gatekeeper-on-demand.js', 'gatekeeper-sw.js'])
        sites[`/static/${name}`] = sites[`/${name}`]!;
      sites['/static/gatekeeper-sw.js']!.headers!['Service-Worker-Allowed'] = '/';
      head('<script src="static/gatekeeper.js"></script>')(sites);
    },
  ],
  'a worker at the root, and the others elsewhere, under names with a hash': [
    (sites) => {
      sites['/static/gatekeeper.1f3c.js'] = sites['/gatekeeper.js']!;
      sites['/assets/od.2e4d.js'] = sites['/gatekeeper-on-demand.js']!;
      for (const name of ['gatekeeper.js', 'gatekeeper-on-demand.js']) delete sites[`/${name}`];
      head(
        '<script src="/static/gatekeeper.1f3c.js" data-base="/assets/" data-on-demand="od.2e4d.js" data-worker="/gatekeeper-sw.js"></script>',
      )(sites);
    },
  ],
  'no lock under "wall": "off"': [
    (sites) => [(sites['/']!.headers = NO_LOCK), worker({ 'Content-Security-Policy': undefined })(sites)],
    OFF,
  ],
};

describe('Check says what a site lacks', () => {
  const { run, write, path } = commandLine();
  let server: Server;
  let origin: string;
  let sites: Sites;

  before(async () => {
    server = createServer(({ url }, response) =>
      send(sites[url === LEFT_ALONE ? '/' : url!] ?? { ...sites['/'], status: 404 }, response),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    sites = right();
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  function send({ status = 200, headers = {}, body = '', hints }: Sent, response: ServerResponse): void {
    if (hints) response.writeEarlyHints(hints);
    response.writeHead(status, headers).end(body);
  }

  const addressUnder = (policy: unknown) => new URL(policy === EXCLUDING ? LEFT_ALONE : '/', origin);

  for (const [what, [change, said, policy = SAMPLE]] of Object.entries(WRONG)) {
    it(`${what}: by name, with what to do`, async () => {
      change(sites);
      const wrong = await siteTexts(policy, addressUnder(policy), { file: 'site.json' });
      assert.ok(
        wrong.some((text) => said.test(text)),
        wrong.join('\n') || 'nothing was found',
      );
      // One mistake is not taken for many.
      assert.ok(wrong.length <= 2, wrong.join('\n'));
      for (const text of wrong) assert.match(text, /\. \S[^.]*[.\w|:].*/, text);
    });
  }

  for (const [what, [change, policy = SAMPLE]] of Object.entries(FINE)) {
    it(`${what}: nothing`, async () => {
      change(sites);
      assert.deepEqual(await siteTexts(policy, addressUnder(policy)), []);
    });
  }

  it('what the server’s key sends is fine', async () => {
    const key = keyedListener(SAMPLE);
    const files = right();
    const keyed = createServer((request, response) =>
      key(request, response, () =>
        send(
          {
            ...(files[request.url!] ?? { status: 404 }),
            headers: {
              'Content-Type': String(files[request.url!]?.headers!['Content-Type'] ?? 'text/html'),
              NEL: '{}',
              'Report-To': `{"endpoints":[{"url":"${EVIL}"}]}`,
            },
          },
          response,
        ),
      ),
    ).listen(0, '127.0.0.1');
    await once(keyed, 'listening');
    try {
      assert.deepEqual(
        await siteTexts(SAMPLE, new URL(`http://127.0.0.1:${(keyed.address() as AddressInfo).port}`)),
        [],
      );
    } finally {
      keyed.close();
      keyed.closeAllConnections();
    }
  });

  it('where the page is led elsewhere, it looks there', async () => {
    sites['/fr/'] = sites['/']!;
    sites['/'] = { status: 302, headers: { Location: '/fr/' } };
    assert.deepEqual(await siteTexts(SAMPLE, new URL(origin)), []);
  });

  it('what is no page is said to be none', async () => {
    assert.match((await siteTexts(SAMPLE, new URL('/missing', origin)))[0]!, /answered with 404\. Name a page/);
    assert.match(
      (await siteTexts(SAMPLE, new URL('/gatekeeper.js', origin)))[0]!,
      /no HTML page, but text\/javascript/,
    );
  });

  it('a broken policy and a server that is not there are errors', async () => {
    await assert.rejects(siteTexts({}, new URL(origin)), PolicyError);
    await assert.rejects(siteTexts(SAMPLE, new URL('http://127.0.0.1:1/')), UnreachableError);
  });

  it('as JSON, for a program to read: the site, and each thing that is wrong', async () => {
    write('policy.json', JSON.stringify(SAMPLE));
    const check = () => promisify(execFile)(process.execPath, [MAIN, 'check', path('policy.json'), origin, '--json']);
    assert.deepEqual(JSON.parse((await check()).stdout), { site: `${origin}/`, findings: [] });
    sites['/']!.headers = NO_LOCK;
    await assert.rejects(check(), ({ code, stdout }: { code: number; stdout: string }) => {
      const { site, findings } = JSON.parse(stdout);
      assert.deepEqual([code, site], [1, `${origin}/`]);
      assert.deepEqual(findings, [
        {
          code: 'lock-missing',
          url: `${origin}/`,
          says: 'The document is sent without a lock: what its HTML names loads before the visitor agrees.',
          remedy: `What to send: npx cookie-gatekeeper lock ${path('policy.json')} --format nginx|apache|caddy|express`,
          fails: true,
        },
      ]);
      return true;
    });
    assert.deepEqual(JSON.parse(run('check', 'policy.json', 'http://127.0.0.1:1/', '--json').stdout || 'null'), null);
  });

  it('as a command: status and words', async () => {
    write('policy.json', JSON.stringify(SAMPLE));
    // Not in the test's own process, which has to answer meanwhile.
    const check = () => promisify(execFile)(process.execPath, [MAIN, 'check', path('policy.json'), origin]);
    assert.equal((await check()).stdout, `${origin}/: everything is as it should be.\n`);
    sites['/']!.headers = NO_LOCK;
    await assert.rejects(check(), (error: { code: number; stderr: string; stdout: string }) => {
      assert.deepEqual([error.code, error.stderr], [1, ''], 'what was found is what was asked for, and no error');
      assert.match(error.stdout, /^http.*: something is not as it should be:\n {2}The document is sent without a lock/);
      return true;
    });
    for (const [args, exitCode, said] of [
      [['policy.json'], 2, /say which page: npx cookie-gatekeeper check policy\.json https:\/\/site\.example\//],
      [[], 2, /"check" takes one policy file, which may be left out, and one address of a page/],
      [
        ['policy.json', 'site.example'],
        2,
        /"site\.example" is no address of a page\. Write one such as https:\/\/site\.example\//,
      ],
      [['policy.json', 'http://127.0.0.1:1/'], 1, /http:\/\/127\.0\.0\.1:1\/ could not be asked for/],
    ] as const) {
      const { status, stderr, stdout } = run('check', ...args);
      assert.equal(status, exitCode);
      assert.equal(stdout, '');
      assert.match(stderr, /^cookie-gatekeeper: /);
      assert.match(stderr, said);
    }
  });
});
