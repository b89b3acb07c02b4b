import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { mirrorCookie, mirrorOf } from '../../../src/consent/mirror';
import type { Choices } from '../../../src/consent/record';
import { readServerTiming } from '../../../src/csp/document-access';
import { closedCsp, workerScriptCsp } from '../../../src/csp/document-csp';
import { indexPolicy } from '../../../src/requests/index-policy';
import { parsePolicy, PolicyError } from '../../../src/policy/index';
import { keyedListener, keyedResponse, serverKey } from '../../../src/server/index';
import { compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { lets } from '../content-security-policy';
import { consentOf, DAY, NOW, recordOf, SAMPLE, sampleWith, wallUnder } from '../sample-policy';

const NAME = 'cookies_preferences';
const RULES = indexPolicy(compilePolicy(parsePolicy(SAMPLE)));
const LOCK = closedCsp(RULES);
const YES: Choices = { matomo: true, youtube: true, audience: true };
const encoded = (value: unknown) =>
  `${NAME}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`;
/** The cookie as the page writes it and the browser sends it back. */
const cookieOf = (choices: Choices, decidedAt = NOW - DAY) =>
  mirrorCookie(RULES, mirrorOf(recordOf(choices, { decidedAt }), RULES), NOW, true).split(';')[0]!;
const locked = { 'Content-Security-Policy': LOCK, Vary: 'Cookie, Sec-GPC' };

/** The policy's fingerprint, when it was decided and when that ends, and the services. */
const OPENED = /^cookie-gatekeeper;desc="strict [0-9a-z]+ \d{13} \d{13} opendatasoft matomo tiles"$/;

describe('The server opens documents only for who agreed', () => {
  const turn = serverKey(SAMPLE);

  describe('the headers', () => {
    it('are the wall for what the cookie permits, and say so to the page', () => {
      const { 'Content-Security-Policy': csp, ...rest } = turn(
        { cookie: `a=b; ${cookieOf({ matomo: true, youtube: false, audience: false })}; c=d` },
        NOW,
      )!;
      assert.equal(csp, wallUnder(consentOf({ matomo: true, youtube: false, audience: false }), RULES));
      const { 'Server-Timing': timing, ...caching } = rest;
      assert.match(timing!, OPENED);
      assert.deepEqual(caching, { Vary: 'Cookie, Sec-GPC', 'Cache-Control': 'private' });
      assert.ok(lets(csp, 'script-src', 'https://stats.example.fr/matomo.js'));
      assert.ok(!lets(csp, 'frame-src', 'https://www.youtube.com/embed/x'));
    });

    it('permit exempt services to who has decided and not objected, unless the browser objects', () => {
      const open = (choices: Choices, globalPrivacyControl: boolean) =>
        lets(
          turn({ cookie: cookieOf(choices), globalPrivacyControl }, NOW)!['Content-Security-Policy']!,
          'script-src',
          'https://audience.example.org/a.js',
        );
      assert.equal(open({ matomo: true }, false), true);
      assert.equal(open({ matomo: true, audience: false }, false), false);
      assert.equal(open({ matomo: true }, true), false);
      assert.equal(open({ audience: true }, true), true, 'the visitor’s own yes is more than the signal');
    });

    it('do not permit an exempt service to who has objected before it changed', () => {
      const changed = serverKey(
        sampleWith(
          (policy) => (policy.services.find(({ id }: { id: string }) => id === 'audience').since = policy.revision),
        ),
      );
      const cookie = cookieOf({ matomo: true, audience: false });
      const { 'Content-Security-Policy': csp } = changed({ cookie }, NOW)!;
      assert.ok(lets(csp!, 'script-src', 'https://stats.example.fr/matomo.js'));
      assert.ok(!lets(csp!, 'script-src', 'https://audience.example.org/a.js'));
    });

    it('are the lock’s, and may be cached, when nothing is permitted', () => {
      for (const cookie of [
        undefined,
        null,
        '',
        'sessionid=1',
        cookieOf({ matomo: false, youtube: false, audience: false }),
      ])
        assert.deepEqual(turn({ cookie }, NOW), locked);
    });

    it('end with the policy’s months', () => {
      const decidedAt = Date.UTC(2026, 4, 23, 12);
      assert.notDeepEqual(turn({ cookie: cookieOf(YES, decidedAt) }, NOW - 1), locked);
      assert.deepEqual(turn({ cookie: cookieOf(YES, decidedAt) }, NOW), locked);
      const short = serverKey(sampleWith((policy) => (policy.consent.months = 1)));
      assert.deepEqual(short({ cookie: cookieOf(YES, NOW - 32 * DAY) }, NOW), short({}, NOW));
    });

    it('are strict under a live wall: there may be no worker behind it', () => {
      const live = serverKey(sampleWith((policy) => (policy.wall = 'live')));
      const { 'Content-Security-Policy': csp, 'Server-Timing': timing } = live(
        { cookie: cookieOf({ matomo: true, youtube: false }) },
        NOW,
      )!;
      assert.ok(!lets(csp!, 'script-src', 'https://www.youtube.com/player.js'));
      assert.match(timing!, /"strict /);
      assert.equal(
        live({}, NOW)!['Content-Security-Policy'],
        closedCsp(compilePolicy(parsePolicy(sampleWith((policy) => (policy.wall = 'live'))))),
      );
    });

    it('are none under "wall": "off"', () => {
      assert.equal(serverKey(sampleWith((policy) => (policy.wall = 'off')))({ cookie: cookieOf(YES) }, NOW), undefined);
    });

    it('use the cookie that the policy names', () => {
      const renamed = serverKey(sampleWith((policy) => (policy.consent.cookie.name = 'choices')));
      assert.deepEqual(renamed({ cookie: cookieOf(YES) }, NOW), locked);
      assert.notDeepEqual(renamed({ cookie: cookieOf(YES).replace(NAME, 'choices') }, NOW), locked);
    });

    it('are none of a broken policy’s: the mistake is named when the server starts', () => {
      assert.throws(
        () => serverKey(sampleWith((policy) => (policy.services[3].origins[0] = '*.example.com/'))),
        PolicyError,
      );
      assert.throws(() => serverKey({}), PolicyError);
    });
  });

  const CLOSED: Record<string, string> = {
    'no time': encoded({ ...YES }),
    'a time in words': encoded({ ...YES, timestamp: String(NOW) }),
    'a time of null': encoded({ ...YES, timestamp: null }),
    'a time in seconds': encoded({ ...YES, timestamp: NOW / 1000 }),
    'a time without end': encoded(`{"matomo":true,"timestamp":1e999}`),
    'a time before all time': encoded({ ...YES, timestamp: -8.64e15 }),
    'a time beyond all time': encoded({ ...YES, timestamp: Number.MAX_SAFE_INTEGER }),
    'a time in the future': encoded({ ...YES, timestamp: NOW + DAY }),
    'half a millisecond': encoded({ ...YES, timestamp: NOW - 0.5 }),
    'choices in words': encoded({ matomo: 'true', timestamp: NOW }),
    'choices in numbers': encoded({ matomo: 1, timestamp: NOW }),
    'one choice that is none': encoded({ matomo: true, youtube: 'yes', timestamp: NOW }),
    'services that the policy does not have': encoded({ ga: true, audience: false, timestamp: NOW }),
    'only services that the policy does not have': encoded({ ga: true, timestamp: NOW }),
    'no choice at all': encoded({ timestamp: NOW }),
    'an end that has passed': encoded({ ...YES, timestamp: NOW - DAY, expires: NOW }),
    'a prototype': encoded(`{"__proto__":{"matomo":true},"audience":false,"timestamp":${NOW}}`),
    'a list': encoded([{ ...YES, timestamp: NOW }]),
    'a directive in a name': encoded({ 'https://evil.example; script-src *': true, audience: false, timestamp: NOW }),
    'two cookies of the name': `${cookieOf(YES)}; ${cookieOf(YES)}`,
    'two cookies, one of them garbage': `${NAME}=%ZZ; ${cookieOf(YES)}`,
    'two cookies, one of them empty': `${cookieOf(YES)}; ${NAME}`,
    'another name': `x${cookieOf(YES)}`,
    'the name in capitals': cookieOf(YES).toUpperCase(),
    'half of it': cookieOf(YES).slice(0, -5),
    'quotes around it': cookieOf(YES).replace('=', '="') + '"',
    'something huge': `${NAME}=${'%7B%22a%22%3A'.repeat(100_000)}`,
  };
  for (const [title, cookie] of Object.entries(CLOSED)) {
    it(`${title}: the lock`, () => assert.deepEqual(turn({ cookie }, NOW), locked));
  }

  it('whatever the cookie holds: it does not throw, and opens only what has a yes of the last months', () => {
    const anyTime = fc.oneof(fc.integer({ min: NOW - 400 * DAY, max: NOW + 2 * DAY }), fc.anything());
    const anyChoice = fc.oneof(fc.boolean(), fc.jsonValue());
    const anyMirror = fc.record(
      { matomo: anyChoice, youtube: anyChoice, audience: anyChoice, timestamp: anyTime, other: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const anyCookie = fc.oneof(
      anyMirror.map((mirror) => ({ mirror, cookie: `${NAME}=${encodeURIComponent(fc.stringify(mirror))}` })),
      anyMirror.map((mirror) => ({
        mirror,
        cookie: `a=1; ${encoded(JSON.stringify(mirror, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value)) ?? '')}; b=2`,
      })),
      fc.string({ unit: 'binary' }).map((value) => ({ mirror: {}, cookie: `${NAME}=${value}` })),
    );
    const SCRIPTS: Record<string, string> = {
      matomo: 'https://stats.example.fr/m.js',
      youtube: 'https://www.youtube.com/y.js',
    };
    fc.assert(
      fc.property(anyCookie, ({ mirror, cookie }) => {
        const { 'Content-Security-Policy': csp, 'Cache-Control': cached } = turn({ cookie }, NOW)!;
        for (const [id, script] of Object.entries(SCRIPTS)) {
          if (!lets(csp!, 'script-src', script)) continue;
          const { timestamp, ...choices } = mirror as Record<string, unknown>;
          assert.equal(choices[id], true);
          assert.ok(
            typeof timestamp === 'number' && timestamp > NOW - 185 * DAY && timestamp <= NOW + 60_000,
            String(timestamp),
          );
        }
        assert.equal(cached, csp === LOCK ? undefined : 'private');
        assert.ok(!lets(csp!, 'script-src', 'https://evil.example/e.js'));
      }),
      { numRuns: 1000 },
    );
  });

  it('a worker behind it has the last word, also with the page', () => {
    const timings = ['strict 1x8ap3 1 2 matomo', 'live 1x8ap3 3 4 youtube'].map((description) => ({
      name: 'cookie-gatekeeper',
      description,
    }));
    assert.deepEqual(readServerTiming(timings), {
      wall: 'live',
      fingerprint: '1x8ap3',
      decidedAt: 3,
      expiresAt: 4,
      services: ['youtube'],
      once: [],
    });
  });

  /** Both kinds of server, asked in the same way; the cookies are of now. */
  const cookie = () => cookieOf({ matomo: true, youtube: false, audience: false }, Date.now() - DAY);
  type Ask = (
    request: Record<string, string>,
    sent: [string, string][],
    status?: number,
    path?: string,
  ) => Promise<Headers>;
  const servers: Server[] = [];
  const SERVERS: Record<string, Ask> = {
    async keyedResponse(request, sent, status = 200, path = '/') {
      const respond = keyedResponse(SAMPLE);
      return Promise.resolve(
        respond(
          new Request(`https://data.example.fr${path}`, { headers: request }),
          new Response(status === 304 ? null : 'x', { status, headers: sent }),
        ).headers,
      );
    },
    async keyedListener(request, sent, status = 200, path = '/') {
      const key = keyedListener(SAMPLE);
      return ask(
        (incoming, outgoing) =>
          key(incoming, outgoing, () => outgoing.writeHead(status, Object.fromEntries(new Headers(sent))).end()),
        request,
        path,
      );
    },
  };
  const ask = async (listener: RequestListener, headers: Record<string, string>, path = '/') => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })).headers;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  for (const [name, askFor] of Object.entries(SERVERS)) {
    describe(name, () => {
      const HTML: [string, string] = ['Content-Type', 'text/html; charset=utf-8'];

      it('opens a document, and keeps it from shared caches', async () => {
        const headers = await askFor({ Cookie: cookie() }, [
          HTML,
          ['Cache-Control', 'public, max-age=60, s-maxage=600'],
          ['CDN-Cache-Control', 'max-age=600'],
          ['Surrogate-Control', 'max-age=600'],
          ['X-Accel-Expires', '600'],
          ['Edge-Control', 'max-age=600'],
          ['X-LiteSpeed-Cache-Control', 'public,max-age=600'],
        ]);
        assert.ok(lets(headers.get('content-security-policy')!, 'script-src', 'https://stats.example.fr/m.js'));
        assert.equal(headers.get('cache-control'), 'private, max-age=60');
        assert.equal(headers.get('vary'), 'Cookie, Sec-GPC');
        assert.match(headers.get('server-timing')!, OPENED);
        assert.equal(headers.get('cdn-cache-control'), null);
        assert.equal(headers.get('surrogate-control'), null);
        for (const name of ['x-accel-expires', 'edge-control', 'x-litespeed-cache-control'])
          assert.equal(headers.get(name), null, name);
      });

      it('knows a document by its type in whatever case', async () => {
        for (const type of ['TEXT/HTML', 'Text/Html; Charset=UTF-8', 'application/XHTML+XML', 'image/SVG+XML']) {
          const headers = await askFor({ Cookie: cookie() }, [['Content-Type', type]]);
          assert.ok(lets(headers.get('content-security-policy')!, 'script-src', 'https://stats.example.fr/m.js'), type);
          assert.equal(headers.get('vary'), 'Cookie, Sec-GPC', type);
        }
      });

      it('locks it for everybody else, and leaves its caching to the site', async () => {
        const headers = await askFor({}, [HTML, ['Cache-Control', 'public, max-age=60']]);
        assert.equal(headers.get('content-security-policy'), LOCK);
        assert.equal(headers.get('cache-control'), 'public, max-age=60');
        assert.equal(headers.get('vary'), 'Cookie, Sec-GPC');
        assert.equal(headers.get('server-timing'), null);
      });

      it('keeps what the site says itself, and replaces a lock that is there', async () => {
        const headers = await askFor({ Cookie: cookie() }, [
          HTML,
          ['Content-Security-Policy', `frame-ancestors 'none', ${LOCK}`],
          ['Vary', 'Accept-Language'],
          ['Server-Timing', 'db;dur=53'],
          ['Cache-Control', 'no-store'],
        ]);
        const [own, ours, ...more] = headers.get('content-security-policy')!.split(', ');
        assert.equal(own, "frame-ancestors 'none'");
        assert.ok(lets(ours!, 'script-src', 'https://stats.example.fr/m.js'));
        assert.deepEqual(more, []);
        assert.equal(headers.get('vary'), 'Accept-Language, Cookie, Sec-GPC');
        assert.match(headers.get('server-timing')!, /^db;dur=53, cookie-gatekeeper;/);
        assert.equal(headers.get('cache-control'), 'private, no-store');
      });

      it('hears the browser’s objection', async () => {
        const agreed = cookieOf({ matomo: true }, Date.now() - DAY);
        const [heard, unheard] = await Promise.all([
          askFor({ Cookie: agreed, 'Sec-GPC': '1' }, [HTML]),
          SERVERS.keyedResponse!({ Cookie: agreed }, [HTML]),
        ]);
        assert.ok(!lets(heard.get('content-security-policy')!, 'script-src', 'https://audience.example.org/a.js'));
        assert.ok(lets(unheard.get('content-security-policy')!, 'script-src', 'https://audience.example.org/a.js'));
      });

      it('gives everything but documents the lock, and lets shared caches keep it', async () => {
        for (const type of ['text/javascript', 'image/png', 'application/json']) {
          const headers = await askFor({ Cookie: cookie() }, [
            ['Content-Type', type],
            ['Cache-Control', 'public, max-age=60'],
          ]);
          assert.equal(headers.get('content-security-policy'), LOCK);
          assert.equal(headers.get('cache-control'), 'public, max-age=60');
          assert.equal(headers.get('vary'), null);
        }
      });

      it('gives the worker a lock of its own: what it may fetch, and no more', async () => {
        const headers = await askFor(
          { Cookie: cookie(), 'Service-Worker': 'script' },
          [['Content-Type', 'text/javascript']],
          200,
          '/gatekeeper-sw.js?v=2',
        );
        const policy = headers.get('content-security-policy')!;
        assert.ok(lets(policy, 'connect-src', 'https://tiles.jawg.io/a.png'));
        assert.ok(!lets(policy, 'connect-src', 'https://stats.example.fr/m.js'));
      });

      it('gives it to whoever asks for the file, as a check by hand does, and has it asked for again', async () => {
        for (const path of ['/gatekeeper-sw.js', '/static/gatekeeper-sw.js?v=2']) {
          const headers = await askFor(
            {},
            [
              ['Content-Type', 'text/javascript'],
              ['Cache-Control', 'public, max-age=3600'],
            ],
            200,
            path,
          );
          assert.equal(headers.get('content-security-policy'), workerScriptCsp(RULES));
          assert.equal(headers.get('cache-control'), 'no-cache');
        }
        for (const [path, type] of [
          ['/gatekeeper-sw.js', 'text/html'],
          ['/?next=/gatekeeper-sw.js', 'text/html'],
          ['/my-gatekeeper-sw.js', 'text/javascript'],
        ] as const) {
          assert.equal(
            (await askFor({}, [['Content-Type', type]], 200, path)).get('content-security-policy'),
            LOCK,
            path,
          );
        }
      });

      it('keeps a policy of the site’s own whose endpoint has a similar name', async () => {
        const own = "frame-ancestors 'none'; report-to cookie-gatekeeper-own";
        assert.equal(
          (await askFor({}, [HTML, ['Content-Security-Policy', `${own}, ${LOCK}`]])).get('content-security-policy'),
          `${own}, ${LOCK}`,
        );
      });

      it('lets no report go to who is refused', async () => {
        const group = (url: string) => JSON.stringify({ group: 'g', max_age: 60, endpoints: [{ url }] });
        const reporting = (url: string): [string, string][] => [
          ['Content-Security-Policy', `default-src *; report-uri /own ${url}`],
          ['Reporting-Endpoints', `a="${url}", b="/own"`],
          ['Report-To', group(url)],
          ['NEL', '{"report_to":"g","max_age":60}'],
        ];
        const after = async (url: string, request: Record<string, string> = {}) => {
          const headers = await askFor(request, [HTML, ...reporting(url)]);
          return [
            headers.get('content-security-policy')!.split(', ')[0],
            headers.get('reporting-endpoints'),
            headers.get('report-to'),
            headers.get('nel'),
          ];
        };
        const own = ['default-src *; report-uri /own', 'b="/own"', null, null];
        assert.deepEqual(await after('HTTPS://evil.example/r'), own);
        assert.deepEqual(await after('https://stats.example.fr/r'), own);
        const kept = (url: string) => [
          `default-src *; report-uri /own ${url}`,
          `a="${url}", b="/own"`,
          group(url),
          '{"report_to":"g","max_age":60}',
        ];
        assert.deepEqual(await after('https://tiles.jawg.io/r'), kept('https://tiles.jawg.io/r'), 'necessary');
        // What browsers keep for days would go on after a withdrawal.
        assert.deepEqual(await after('https://stats.example.fr/r', { Cookie: cookie() }), [
          ...kept('https://stats.example.fr/r').slice(0, 2),
          null,
          null,
        ]);
      });

      it('gives a worker of the site’s own none', async () => {
        const headers = await askFor(
          { Cookie: cookie(), 'Service-Worker': 'script' },
          [['Content-Type', 'text/javascript']],
          200,
          '/sw.js',
        );
        assert.equal(headers.get('content-security-policy'), null);
      });

      it('opens a document that has not been modified, as the browser has it already', async () => {
        const modified = async (destination: string) =>
          (await askFor({ Cookie: cookie(), 'Sec-Fetch-Dest': destination }, [['ETag', '"1"']], 304)).get(
            'content-security-policy',
          );
        assert.notEqual(await modified('document'), LOCK);
        assert.notEqual(await modified('iframe'), LOCK);
        assert.equal(await modified('script'), LOCK);
      });
    });
  }

  it('keyedListener keeps all cookies, and headers that are set at any time', async () => {
    const key = keyedListener(SAMPLE);
    const headers = await ask(
      (incoming, outgoing) => {
        key(incoming, outgoing);
        outgoing.setHeader('Set-Cookie', ['a=1', 'b=2']);
        outgoing.setHeader('Cache-Control', 'public');
        outgoing.setHeader('Content-Type', 'text/html');
        outgoing.end('x');
      },
      { Cookie: cookie() },
    );
    assert.deepEqual(headers.getSetCookie(), ['a=1', 'b=2']);
    assert.equal(headers.get('cache-control'), 'private');
    assert.notEqual(headers.get('content-security-policy'), LOCK);
  });

  it('keyedListener puts the same policy on early hints, for what is loaded before the response is there', async () => {
    const key = keyedListener(SAMPLE);
    const server = createServer((incoming, outgoing) => {
      key(incoming, outgoing);
      outgoing.writeEarlyHints({
        Link: '<https://stats.example.fr/m.js>; rel=preload; as=script',
        'Content-Security-Policy': `img-src *, ${LOCK}`,
      });
      outgoing.setHeader('Content-Type', 'text/html');
      outgoing.end('x');
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const hinted = async (headers: Record<string, string>) => {
      const asked = get({ port: (server.address() as AddressInfo).port, headers });
      const [[hints], [response]] = (await Promise.all([once(asked, 'information'), once(asked, 'response')])) as [
        [IncomingMessage],
        [IncomingMessage],
      ];
      response.resume();
      assert.equal(hints.headers.link, '<https://stats.example.fr/m.js>; rel=preload; as=script');
      assert.equal(
        String(hints.headers['content-security-policy']).replace('img-src *, ', ''),
        response.headers['content-security-policy'],
      );
      return String(hints.headers['content-security-policy']);
    };
    assert.equal(await hinted({}), `img-src *, ${LOCK}`);
    assert.ok(
      lets(
        (await hinted({ Cookie: cookie() })).replace('img-src *, ', ''),
        'script-src',
        'https://stats.example.fr/m.js',
      ),
    );
  });

  it('keyedResponse keeps all cookies, the status and the body', async () => {
    const sent = new Response('<!doctype html>', {
      status: 404,
      headers: [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Content-Type', 'text/html'],
      ],
    });
    const response = keyedResponse(SAMPLE)(new Request('https://data.example.fr/'), sent);
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
    assert.equal(response.status, 404);
    assert.equal(await response.text(), '<!doctype html>');
  });

  it('neither touches what the policy leaves out', async () => {
    const policy = sampleWith((p) => (p.exclude = ['/admin/']));
    const sent = { 'Content-Type': 'text/html', 'Reporting-Endpoints': 'a="https://evil.example/r"' };
    const key = keyedListener(policy);
    const listener = (path: string) =>
      ask(
        (incoming, outgoing) => key(incoming, outgoing, () => outgoing.writeHead(200, sent).end()),
        { Cookie: cookie() },
        path,
      );
    const response = async (path: string) =>
      keyedResponse(policy)(new Request(`https://data.example.fr${path}`), new Response('x', { headers: sent }))
        .headers;
    for (const answer of [listener, response]) {
      const left = await answer('/%61dmin/users?a');
      assert.deepEqual(
        ['content-security-policy', 'vary', 'reporting-endpoints'].map((name) => left.get(name)),
        [null, null, sent['Reporting-Endpoints']],
      );
      for (const path of ['/administration', '/admin/..%2fpage', '/admin/x%5c%2E%2e/page', '/admin/..;/page'])
        assert.match((await answer(path)).get('content-security-policy')!, /report-to cookie-gatekeeper$/, path);
    }
  });

  it('nor takes a folder of an application for one that the policy leaves out', async () => {
    const key = keyedListener(sampleWith((p) => (p.exclude = ['/admin/'])));
    // As Express hands over to what is mounted at /portal.
    const headers = await ask(
      (incoming, outgoing) => {
        Object.assign(incoming, { originalUrl: incoming.url, url: incoming.url!.replace('/portal', '') });
        key(incoming, outgoing, () => outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end());
      },
      {},
      '/portal/admin/',
    );
    assert.equal(headers.get('content-security-policy'), LOCK);
  });

  it('keyedListener knows what is left out also where it is asked as a proxy is, by a whole address', async () => {
    const key = keyedListener(sampleWith((p) => (p.exclude = ['/admin/'])));
    const server = createServer((incoming, outgoing) =>
      key(incoming, outgoing, () => outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end()),
    ).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const lockOf = async (path: string) => {
      const [response] = (await once(get({ port, path }), 'response')) as [IncomingMessage];
      response.resume();
      return response.headers['content-security-policy'];
    };
    for (const host of ['data.example.fr', `127.0.0.1:${port}`]) {
      assert.equal(await lockOf(`http://${host}/admin/users`), undefined);
      assert.equal(await lockOf(`http://${host}?a`), LOCK);
    }
  });

  it('neither touches anything under "wall": "off"', async () => {
    const policy = sampleWith((p) => (p.wall = 'off'));
    const sent = { 'Content-Type': 'text/html', 'Cache-Control': 'public' };
    const response = keyedResponse(policy)(
      new Request('https://data.example.fr/', { headers: { Cookie: cookie() } }),
      new Response('x', { headers: sent }),
    );
    assert.deepEqual(Object.fromEntries(response.headers), { 'content-type': 'text/html', 'cache-control': 'public' });
    const key = keyedListener(policy);
    const headers = await ask(
      (incoming, outgoing) => key(incoming, outgoing, () => outgoing.writeHead(200, sent).end()),
      { Cookie: cookie() },
    );
    for (const name of ['content-security-policy', 'vary', 'server-timing']) assert.equal(headers.get(name), null);
  });
});
