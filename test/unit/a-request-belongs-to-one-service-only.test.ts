import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesHostSource, parseHostSource } from '../../src/csp/host-source';
import { sourcesOverlap } from '../../src/policy/overlap';
import { parsePolicy, PolicyError } from '../../src/policy/index';

function policyWith(a: string[], b: string[]): unknown {
  const service = (id: string, origins: string[]) => ({ id, provider: id, purpose: 'third-party', origins });
  return { revision: '1', services: [service('first', a), service('second', b)] };
}

const OVERLAP: [a: string, b: string, why: string][] = [
  ['https://a.example', 'https://a.example', 'the same'],
  ['https://a.example', 'https://A.EXAMPLE', 'the same but for case'],
  ['http://a.example', 'https://a.example', 'http is upgraded'],
  ['ws://a.example', 'wss://a.example', 'ws is upgraded'],
  ['ws://a.example', 'https://a.example', 'ws matches https'],
  ['ws://a.example', 'http://a.example', 'ws matches http'],
  ['wss://a.example', 'https://a.example', 'wss matches https'],
  ['wss://a.example', 'http://a.example', 'both match https'],
  ['https://a.example', 'https://a.example:443', 'the default port'],
  ['http://a.example:443', 'https://a.example', 'the upgraded default port'],
  ['https://a.example:*', 'https://a.example', 'every port'],
  ['https://a.example:*', 'https://a.example:8443', 'every port'],
  ['http://a.example:8080', 'https://a.example:8080', 'the same port, upgraded'],
  ['https://*.example', 'https://a.example', 'below the wildcard'],
  ['https://*.example', 'https://c.b.a.example', 'deep below the wildcard'],
  ['https://*.example', 'https://*.a.example', 'a wildcard below the other'],
  ['https://*.a.example', 'https://*.a.example:*', 'the same wildcard'],
  ['https://a.example', 'https://a.example/x', 'every path'],
  ['https://a.example/', 'https://a.example/x/y', 'a path below /'],
  ['https://a.example/x/', 'https://a.example/x/y', 'a path below the other'],
  ['https://a.example/x/', 'https://a.example/x/y/', 'a prefix below the other'],
  ['https://a.example/x/', 'https://a.example/%78/y', 'the same path, encoded'],
  ['https://*.a.example/x/', 'https://b.a.example/x/y', 'host and path below'],
  ['/stats/', '/stats/', 'the same path of the site'],
  ['/stats/', '/stats/x.js', 'a path of the site below the other'],
  ['/st%61ts/', '/stats/x/', 'a path of the site, encoded'],
];

const APART: [a: string, b: string, why: string][] = [
  ['https://a.example', 'https://b.example', 'other hosts'],
  ['https://a.example', 'https://b.a.example', 'a subdomain is another host'],
  ['https://*.a.example', 'https://a.example', 'a wildcard is not its parent'],
  ['https://*.a.example', 'https://nota.example', 'not below the wildcard'],
  ['https://*.a.example', 'https://*.b.example', 'other wildcards'],
  ['https://a.example', 'https://a.example:8443', 'other ports'],
  ['https://a.example:8443', 'https://a.example:8444', 'other ports'],
  ['https://*.a.example', 'https://b.a.example:8443', 'the wildcard is for the default port'],
  ['http://a.example:80', 'https://a.example', 'the default ports of two schemes'],
  ['https://a.example/x/', 'https://a.example/y/', 'other paths'],
  ['https://a.example/x', 'https://a.example/x/', 'exact and prefix'],
  ['https://a.example/x', 'https://a.example/X', 'paths differ in case'],
  ['https://a.example/x', 'https://a.example/xy', 'not a piece of the path'],
  ['/stats/', '/statistics/', 'other paths of the site'],
  ['/stats', '/stats/', 'exact and prefix'],
  ['/stats/', 'https://a.example/stats/', 'the site and another host'],
];

describe('A request belongs to one service only', () => {
  for (const [a, b, why] of OVERLAP) {
    it(`${a} and ${b} overlap: ${why}`, () => {
      for (const [first, second] of [[a, b], [b, a]] as const) {
        assert.throws(
          () => parsePolicy(policyWith([first], ['https://apart.example.org', second])),
          (error) => {
            assert.ok(error instanceof PolicyError);
            assert.deepEqual(error.issues.map(({ path, found }) => ({ path, found })), [{ path: 'services[1].origins[1]', found: second }]);
            assert.ok(error.message.includes(`"${first}"`) && error.message.includes('"first"'), error.message);
            return true;
          },
        );
      }
    });
  }

  for (const [a, b, why] of APART) {
    it(`${a} and ${b} do not: ${why}`, () => {
      parsePolicy(policyWith([a], [b]));
      parsePolicy(policyWith([b], [a]));
    });
  }

  it('one service may name the same origin in several ways', () => {
    parsePolicy(policyWith(['https://*.a.example', 'https://b.a.example', '/x/', '/x/y'], ['https://b.example']));
  });

  describe('two host-sources overlap exactly when a URL matches both', () => {
    const SCHEMES = ['http', 'https', 'ws', 'wss'];
    const HOSTS = ['a.example', 'b.a.example', 'c.b.a.example', 'b.example'];
    const PORTS = ['', ':80', ':443', ':8443'];
    const PATHS = ['/', '/x', '/x/', '/x/y', '/z'];
    const URLS = SCHEMES.flatMap((scheme) => HOSTS.flatMap((host) => PORTS.flatMap((port) => PATHS.map((path) => new URL(`${scheme}://${host}${port}${path}`)))));
    const SITE = new URL('https://data.example.fr/');

    const anySource = fc
      .tuple(
        fc.constantFrom(...SCHEMES),
        fc.constantFrom('a.example', '*.a.example', 'b.a.example', '*.b.a.example', '*.example', 'b.example'),
        fc.constantFrom(...PORTS, ':*'),
        fc.constantFrom('', ...PATHS),
      )
      .map(([scheme, host, port, path]) => `${scheme}://${host}${port}${path}`);

    const shared = (a: string, b: string) => {
      const sources = [a, b].map((text) => parseHostSource(text)!);
      return URLS.find((url) => sources.every((source) => matchesHostSource(url, source, SITE)))?.href;
    };
    const overlap = (a: string, b: string) => sourcesOverlap(parseHostSource(a)!, parseHostSource(b)!);

    it('when a URL matches both, they overlap', () => {
      fc.assert(
        fc.property(anySource, anySource, (a, b) => {
          const url = shared(a, b);
          if (url) assert.equal(overlap(a, b), true, `${url} matches ${a} and ${b}`);
        }),
        { numRuns: 2000 },
      );
    });

    it('when they overlap, a URL matches both', () => {
      fc.assert(
        fc.property(anySource, anySource, (a, b) => {
          if (overlap(a, b)) assert.ok(shared(a, b), `no URL matches both ${a} and ${b}`);
        }),
        { numRuns: 2000 },
      );
    });
  });
});
