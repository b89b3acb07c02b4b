import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { lockLine, lockOf, workerLockLine, workerLockOf } from '../../src/cli/index';
import { parsePolicy, type PolicyInput } from '../../src/policy/index';
import { SERVER_NAMES, startServer, type RunningServer, type ServedSite, type ServerName } from './web-servers';

const FILES = {
  'index.html': '<!doctype html><title>x</title>',
  'gatekeeper-sw.js': '//',
  'static/gatekeeper-sw.js': '//',
  'cached/page.html': '<!doctype html>',
};

/** Every origin that a policy may have: all characters of hosts, ports and paths. */
const anyLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const anyHost = fc
  .tuple(fc.boolean(), fc.array(anyLabel, { minLength: 1, maxLength: 3 }))
  .map(([wild, labels]) => (wild ? '*.' : '') + labels.join('.'));
const anyPort = fc.oneof(
  fc.constant(''),
  fc.constant(':*'),
  fc.integer({ min: 1, max: 65535 }).map((port) => `:${port}`),
);
const anyPath = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^(\/([\w.~!$&'()+=:@-]|%[0-9a-fA-F]{2}){1,12}){1,3}\/?$/),
  fc.constantFrom(
    '/$cookie_gatekeeper/',
    '/%{SECRET}s',
    '/%%',
    '/100%25',
    '/$1',
    '/a$',
    "/it's(a)&b=c",
    '/${x}',
    '/{http.request.host}',
    '/~@!',
  ),
);
const anyOrigin = fc
  .tuple(fc.constantFrom('https', 'http', 'wss', 'ws'), anyHost, anyPort, anyPath)
  .map(([scheme, host, port, path]) => `${scheme}://${host}${port}${path}`);
const anyPolicy = fc
  .array(
    fc.tuple(fc.array(anyOrigin, { minLength: 1, maxLength: 4 }), fc.constantFrom('full', 'without-credentials')),
    { minLength: 1, maxLength: 3 },
  )
  .map((services): PolicyInput => ({
    revision: '1',
    services: services.map(([origins, access], index) => ({
      id: `s${index}`,
      provider: 'x',
      purpose: 'necessary',
      access: access as 'full',
      origins,
    })),
  }))
  .filter((policy) => {
    try {
      return !!parsePolicy(policy);
    } catch {
      return false;
    }
  });

/** More than a server takes in one line, or in one word. */
const LONG: PolicyInput = {
  revision: '1',
  services: [
    {
      id: 'long',
      provider: 'x',
      purpose: 'necessary',
      access: 'without-credentials',
      origins: Array.from({ length: 200 }, (_, n) => `https://host-${n}.example.org/a-long-path-${n}/`),
    },
  ],
};
const POLICIES = [LONG, ...fc.sample(anyPolicy, { numRuns: 120, seed: 23 })];
const ODD = POLICIES.find((policy) => JSON.stringify(policy).includes('%') && JSON.stringify(policy).includes("'"))!;

const OWN = "frame-ancestors 'none'; report-to cookie-gatekeeper-own";
/** As a policy may have them, and what a browser asks for that is, or is not, among them. */
const EXCLUDE = ['/admin/', '/légal "x"$.html', '/a+(b)'];
const LEFT_OUT = [
  '/admin/',
  '/admin/x?next=/',
  '/l%C3%A9gal%20%22x%22$.html',
  '/l%C3%A9gal%20%22x%22$.html?a',
  '/a+(b)',
];
const NOT_LEFT_OUT = [
  '/',
  '/admin',
  '/administration',
  '/x/admin/',
  '/?/admin/',
  '/l%C3%A9gal%20%22x%22$.html.html',
  '/l%C3%A9gal%20%22x%22$xhtml',
  '/aab',
  // Some servers take these for a way up, out of the folder.
  '/admin/..%2fpage',
  '/admin/%2E%2e%2Fpage',
  '/admin/x/..%5c..%5cpage',
  '/admin/..;/page',
];

const NO_PATH = '/there-is-none';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  policies: string[];
}

async function ask(port: number, host: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const asked = request({
    port,
    host: '127.0.0.1',
    path,
    headers: { Host: host, ...headers },
    maxHeaderSize: 1e6,
    agent: false,
  }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    policies: answer.headersDistinct['content-security-policy'] ?? [],
  };
}

describe('The lines to paste send the locks whole', () => {
  /** What stands behind a proxy: it has a policy of its own, and what a CDN adds. */
  let upstream: Server;
  let upstreamPort: number;

  before(async () => {
    upstream = createServer((_, response) => {
      response
        .writeHead(200, {
          'Content-Type': 'text/html',
          'Content-Security-Policy': OWN,
          NEL: '{"report_to":"x","max_age":60}',
          'Report-To': '{"group":"x"}',
          Vary: 'Accept',
        })
        .end('<!doctype html>');
    }).listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    upstreamPort = (upstream.address() as AddressInfo).port;
  });
  after(() => {
    upstream.close();
    upstream.closeAllConnections();
  });

  /** Lines of each server that pass everything on, that set a policy of the site's own, and that have a header in one place. */
  const PROXY: Record<ServerName, () => string> = {
    nginx: () => `location / { proxy_pass http://127.0.0.1:${upstreamPort}; }`,
    apache: () => `ProxyPass / http://127.0.0.1:${upstreamPort}/`,
    caddy: () => `reverse_proxy 127.0.0.1:${upstreamPort}`,
  };
  const OWN_POLICY: Record<ServerName, string> = {
    nginx: `add_header Content-Security-Policy "${OWN}" always;`,
    apache: `Header always set Content-Security-Policy "${OWN}"`,
    caddy: `header Content-Security-Policy "${OWN}"`,
  };

  /** What every address without a file of its own is answered with, such as an application's one page. */
  const FALLBACK: Record<ServerName, string> = {
    nginx: 'location / { try_files $uri /index.html; }',
    apache: 'FallbackResource /index.html',
    caddy: 'try_files {path} /index.html',
  };

  for (const name of SERVER_NAMES) {
    describe(name, () => {
      const linesOf = (policy: PolicyInput) => lockLine(lockOf(policy), name, workerLockOf(policy));
      const withErrors = (lines: string) =>
        name === 'caddy' ? `${lines}\nhandle_errors {\n${lines.replace(/^@.*\n/gm, '')}\nrespond "x"\n}` : lines;
      /** What is said in the printed lines about a place with headers of its own, done. */
      const repeated = linesOf(ODD)
        .match(/^add_header .*/gm)
        ?.join('\n');
      let server: RunningServer;

      before(async () => {
        const sites: ServedSite[] = [
          ...POLICIES.map((policy, index) => ({ host: `policy-${index}.test`, lines: withErrors(linesOf(policy)) })),
          {
            host: 'own.test',
            lines: name === 'apache' ? `${OWN_POLICY[name]}\n${linesOf(ODD)}` : `${linesOf(ODD)}\n${OWN_POLICY[name]}`,
          },
          { host: 'proxy.test', lines: `${linesOf(ODD)}\n${PROXY[name]()}` },
          {
            host: 'excluding.test',
            lines: `${lockLine(lockOf(ODD), name, workerLockOf(ODD), EXCLUDE)}\n${FALLBACK[name]}`,
          },
          { host: 'reporting.test', lines: lockLine(lockOf(ODD), name, workerLockOf(ODD), [], 'report') },
          { host: 'worker.test', lines: workerLockLine(workerLockOf(ODD), name) },
          ...(repeated
            ? [
                {
                  host: 'repeated.test',
                  lines: `${linesOf(ODD)}\nlocation /cached/ { add_header X-Own 1; ${repeated} }`,
                },
              ]
            : []),
        ];
        server = await startServer(name, sites, FILES);
      });
      after(() => server?.stop());

      it('of every policy, byte for byte, documents and worker, and errors', async () => {
        for (const [index, policy] of POLICIES.entries()) {
          const of = (path: string) =>
            ask(server.port, `policy-${index}.test`, path, { Cookie: 'gatekeeper=default-src *' });
          const [page, missing, ...workers] = await Promise.all(
            ['/', NO_PATH, '/gatekeeper-sw.js', '/static/gatekeeper-sw.js?v=1'].map(of),
          );
          assert.deepEqual([page!.status, page!.policies], [200, [lockOf(policy)]], JSON.stringify(policy));
          assert.deepEqual([missing!.status, missing!.policies], [404, [lockOf(policy)]]);
          for (const worker of workers) {
            assert.deepEqual([worker.status, worker.policies], [200, [workerLockOf(policy)]]);
            assert.equal(worker.headers['cache-control'], 'no-cache');
          }
          assert.equal(page!.headers['cache-control'], undefined);
        }
      });

      it('beside a policy of the site’s own', async () => {
        assert.deepEqual(new Set((await ask(server.port, 'own.test', '/')).policies), new Set([OWN, lockOf(ODD)]));
      });

      it('on what is passed on, without what tells others of each visit', async () => {
        const { policies, headers } = await ask(server.port, 'proxy.test', '/');
        assert.deepEqual(new Set(policies), new Set([OWN, lockOf(ODD)]));
        assert.deepEqual([headers.nel, headers['report-to'], headers.vary], [undefined, undefined, 'Accept']);
      });

      it('of the worker alone, where documents carry theirs in the HTML', async () => {
        assert.deepEqual((await ask(server.port, 'worker.test', '/')).policies, []);
        const { policies, headers } = await ask(server.port, 'worker.test', '/gatekeeper-sw.js');
        assert.deepEqual([policies, headers['cache-control']], [[workerLockOf(ODD)], 'no-cache']);
      });

      it('to report only, where the policy says so', async () => {
        for (const [path, lock] of [
          ['/', lockOf(ODD)],
          ['/gatekeeper-sw.js', workerLockOf(ODD)],
        ] as const) {
          const { policies, headers } = await ask(server.port, 'reporting.test', path);
          assert.deepEqual([policies, headers['content-security-policy-report-only']], [[], lock]);
        }
      });

      it('except to what the policy leaves out', async () => {
        const of = (path: string) => ask(server.port, 'excluding.test', path);
        for (const path of LEFT_OUT) {
          const { status, policies } = await of(path);
          assert.deepEqual([status, policies], [200, []], path);
        }
        // Caddy makes a path plain before it compares, and no way up of a backslash.
        const notLeftOut = NOT_LEFT_OUT.filter((path) => name !== 'caddy' || !path.includes('%5c'));
        for (const path of notLeftOut) assert.deepEqual((await of(path)).policies, [lockOf(ODD)], path);
        assert.deepEqual((await of('/gatekeeper-sw.js')).policies, [workerLockOf(ODD)]);
      });

      if (name === 'nginx') {
        it('in a place with headers of its own, where they are repeated as the lines say', async () => {
          const { policies, headers } = await ask(server.port, 'repeated.test', '/cached/page.html');
          assert.deepEqual([policies, headers['x-own']], [[lockOf(ODD)], '1']);
        });
      }

      it('and no policy of the visitor’s choosing with a request that is no good', async () => {
        const socket = connect(server.port, '127.0.0.1');
        socket.write('GET / HTTP/1.1\r\nCookie: gatekeeper=default-src%20*\r\nHost: a\r\nHost: b\r\n\r\n');
        let said = '';
        socket.on('data', (part) => (said += String(part)));
        await once(socket, 'close');
        assert.match(said, /^HTTP\/1.1 400/);
        assert.doesNotMatch(said, /default-src%20/);
      });
    });
  }

  it('apache: in .htaccess as well', async () => {
    const server = await startServer('apache', [{ host: 'site.test', lines: '' }], {
      ...FILES,
      '.htaccess': lockLine(lockOf(ODD), 'apache', workerLockOf(ODD)),
    });
    try {
      assert.deepEqual((await ask(server.port, 'site.test', '/')).policies, [lockOf(ODD)]);
      assert.deepEqual((await ask(server.port, 'site.test', '/static/gatekeeper-sw.js')).policies, [workerLockOf(ODD)]);
    } finally {
      await server.stop();
    }
  });

  describe('express', () => {
    type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
    const servers: Server[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) {
        server.close();
        server.closeAllConnections();
      }
    });

    /** What `app.use` makes of the printed lines and of what the site has after them. */
    async function served(lines: string, ...after: Middleware[]): Promise<number> {
      const used: Middleware[] = [];
      new Function('app', lines)({ use: (middleware: Middleware) => used.push(middleware) });
      used.push(...after);
      const server = createServer((incoming, outgoing) => {
        const run = (index: number) => used[index]?.(incoming, outgoing, () => run(index + 1));
        run(0);
      }).listen(0, '127.0.0.1');
      servers.push(server);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }

    const linesOf = (policy: PolicyInput) => lockLine(lockOf(policy), 'express', workerLockOf(policy));
    /** As helmet does, whose place is anywhere. */
    const helmet: Middleware = (_, response, next) => {
      response.setHeader('Content-Security-Policy', OWN);
      next();
    };
    const page: Middleware = (_, response) => response.setHeader('NEL', '{}').end('<!doctype html>');

    it('of every policy, byte for byte', async () => {
      for (const policy of POLICIES) {
        const port = await served(linesOf(policy), page);
        assert.deepEqual((await ask(port, 'a.test', '/?next=/gatekeeper-sw.js')).policies, [lockOf(policy)]);
        const worker = await ask(port, 'a.test', '/gatekeeper-sw.js?v=1');
        assert.deepEqual([worker.policies, worker.headers['cache-control']], [[workerLockOf(policy)], 'no-cache']);
      }
    });

    it('except to what the policy leaves out', async () => {
      const port = await served(lockLine(lockOf(ODD), 'express', workerLockOf(ODD), EXCLUDE), page);
      for (const path of LEFT_OUT) assert.deepEqual((await ask(port, 'a.test', path)).policies, [], path);
      for (const path of NOT_LEFT_OUT)
        assert.deepEqual((await ask(port, 'a.test', path)).policies, [lockOf(ODD)], path);
    });

    it('before what sets a policy itself, helmet for instance, however it does', async () => {
      const ways: Record<string, Middleware[]> = {
        'by setHeader': [helmet, page],
        'with the status': [(_, response) => response.writeHead(200, { 'content-security-policy': OWN }).end()],
        'with status and text': [helmet, (_, response) => response.writeHead(200, 'Fine', { 'X-Own': '1' }).end()],
        'with the status, in a list': [
          (_, response) => response.writeHead(200, ['Content-Security-Policy', OWN, 'NEL', '{"max_age":1}']).end(),
        ],
        'by a stream': [helmet, (_, response) => void response.write('a', () => response.end())],
      };
      for (const [how, middlewares] of Object.entries(ways)) {
        const { policies, headers } = await ask(await served(linesOf(ODD), ...middlewares), 'a.test', '/');
        assert.deepEqual(policies, [OWN, lockOf(ODD)], how);
        assert.equal(headers.nel, undefined);
      }
    });

    it('with early hints, too', async () => {
      const port = await served(linesOf(ODD), (_, response) => {
        response.writeEarlyHints({ link: '<https://a.example/b.js>; rel=preload; as=script' });
        response.end();
      });
      const asked = request({ port, maxHeaderSize: 1e6 }).end();
      const [[hints], [answer]] = (await Promise.all([once(asked, 'information'), once(asked, 'response')])) as [
        [IncomingMessage],
        [IncomingMessage],
      ];
      answer.resume();
      assert.equal(hints.headers['content-security-policy'], lockOf(ODD));
    });

    it('of the worker alone', async () => {
      const port = await served(workerLockLine(workerLockOf(ODD), 'express'), page);
      assert.deepEqual((await ask(port, 'a.test', '/')).policies, []);
      assert.deepEqual((await ask(port, 'a.test', '/gatekeeper-sw.js')).policies, [workerLockOf(ODD)]);
    });
  });

  it('as a tag: what a browser reads in it is the lock', () => {
    for (const policy of POLICIES) {
      const [, content] = /^<meta http-equiv="Content-Security-Policy" content="([^"<>]*)">$/.exec(
        lockLine(lockOf(policy), 'meta'),
      )!;
      assert.equal(content!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'), lockOf(policy));
      assert.doesNotMatch(content!, /&(?!amp;|quot;)/);
    }
  });
});
