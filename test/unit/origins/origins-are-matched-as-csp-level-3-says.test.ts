import assert from 'node:assert/strict';
import { matchesHostSource, parseHostSource } from '../../../src/origins/host-source';

const HTTPS_PAGE = 'https://page.example/';
const HTTP_PAGE = 'http://page.example/';

function matches(url: string, expression: string, page = HTTPS_PAGE): boolean {
  const source = parseHostSource(expression);
  assert.ok(source, `${expression} should be read as a host-source`);
  return matchesHostSource(new URL(url), source, new URL(page));
}

type Row = [expression: string, url: string, expected: boolean, page?: string];

const TABLE: Record<string, Row[]> = {
  'schemes match themselves and their secure upgrades, never a downgrade': [
    ['https://a.example', 'https://a.example/', true],
    ['https://a.example', 'http://a.example/', false],
    ['https://a.example', 'wss://a.example/', false],
    ['https://a.example', 'ws://a.example/', false],
    ['http://a.example', 'http://a.example/', true],
    ['http://a.example', 'https://a.example/', true],
    ['http://a.example', 'ws://a.example/', false],
    ['http://a.example', 'wss://a.example/', false],
    ['ws://a.example', 'ws://a.example/', true],
    ['ws://a.example', 'wss://a.example/', true],
    ['ws://a.example', 'http://a.example/', true],
    ['ws://a.example', 'https://a.example/', true],
    ['wss://a.example', 'wss://a.example/', true],
    ['wss://a.example', 'https://a.example/', true],
    ['wss://a.example', 'ws://a.example/', false],
    ['wss://a.example', 'http://a.example/', false],
    ['HTTPS://a.example', 'https://a.example/', true],
  ],
  'without a scheme, the page’s own scheme counts': [
    ['a.example', 'https://a.example/', true, HTTPS_PAGE],
    ['a.example', 'http://a.example/', false, HTTPS_PAGE],
    ['a.example', 'wss://a.example/', false, HTTPS_PAGE],
    ['a.example', 'http://a.example/', true, HTTP_PAGE],
    ['a.example', 'https://a.example/', true, HTTP_PAGE],
    ['a.example:*', 'http://a.example:8080/', true, HTTP_PAGE],
    ['a.example:*', 'http://a.example:8080/', false, HTTPS_PAGE],
  ],
  'an explicit scheme counts whatever the page’s own is': [
    ['http://a.example', 'http://a.example/', true, HTTPS_PAGE],
    ['https://a.example', 'http://a.example/', false, HTTP_PAGE],
  ],
  'hosts match whole and without regard to case': [
    ['https://a.example', 'https://A.EXAMPLE/', true],
    ['https://A.Example', 'https://a.example/', true],
    ['https://a.example', 'https://b.a.example/', false],
    ['https://a.example', 'https://xa.example/', false],
    ['https://a.example', 'https://a.example.evil.example/', false],
    ['https://a.example', 'https://a.exampl/', false],
    ['https://a-example.fr', 'https://a.example.fr/', false],
    ['https://localhost', 'https://localhost/', true],
    ['https://xn--e1afmkfd.example', 'https://пример.example/', true],
    ['https://a.example', 'https://b.example@a.example/', true],
    ['https://a.example', 'https://a.example@b.example/', false],
  ],
  'a wildcard stands for one or more labels, at the left only': [
    ['https://*.a.example', 'https://b.a.example/', true],
    ['https://*.a.example', 'https://c.b.a.example/', true],
    ['https://*.A.EXAMPLE', 'https://b.a.example/', true],
    ['https://*.a.example', 'https://B.A.EXAMPLE/', true],
    ['https://*.a.example', 'https://a_b.a.example/', true],
    ['https://*.a.example', 'https://a.example/', false],
    ['https://*.a.example', 'https://nota.example/', false],
    ['https://*.a.example', 'https://b.a.example.evil.example/', false],
    ['https://*.b.a.example', 'https://c.a.example/', false],
    ['https://*.a.example', 'http://b.a.example/', false],
    ['*.a.example', 'https://b.a.example/', true],
  ],
  'ports match exactly; none means the scheme’s default': [
    ['https://a.example', 'https://a.example:443/', true],
    ['https://a.example', 'https://a.example:8443/', false],
    ['https://a.example:443', 'https://a.example/', true],
    ['https://a.example:8443', 'https://a.example:8443/', true],
    ['https://a.example:8443', 'https://a.example/', false],
    ['https://a.example:8443', 'https://a.example:8444/', false],
    ['https://a.example:80', 'https://a.example/', false],
    ['http://a.example:80', 'http://a.example/', true],
    ['http://a.example', 'http://a.example:8080/', false],
    ['wss://a.example:443', 'wss://a.example/', true],
    ['ws://a.example:80', 'ws://a.example/', true],
    ['http://a.example:443', 'https://a.example/', true],
    ['http://a.example:80', 'https://a.example/', false],
    ['http://a.example:8080', 'https://a.example:8080/', true],
    ['https://*.a.example:8443', 'https://b.a.example:8443/', true],
    ['https://*.a.example:8443', 'https://b.a.example/', false],
  ],
  'ports are decimal numbers': [
    ['https://a.example:0443', 'https://a.example/', true],
    ['https://a.example:08443', 'https://a.example:8443/', true],
  ],
  '":*" matches every port': [
    ['https://a.example:*', 'https://a.example/', true],
    ['https://a.example:*', 'https://a.example:8443/', true],
    ['http://a.example:*', 'https://a.example:1/', true],
    ['https://a.example:*', 'http://a.example/', false],
    ['https://*.a.example:*', 'https://b.a.example:8443/', true],
    ['https://*.a.example:*', 'https://a.example:8443/', false],
  ],
  'a path that ends in "/" is a prefix': [
    ['https://a.example/', 'https://a.example', true],
    ['https://a.example/', 'https://a.example/x/y', true],
    ['https://a.example/x/', 'https://a.example/x/', true],
    ['https://a.example/x/', 'https://a.example/x/y', true],
    ['https://a.example/x/', 'https://a.example/x/y/z?q#f', true],
    ['https://a.example/x/', 'https://a.example/x', false],
    ['https://a.example/x/', 'https://a.example/xy/', false],
    ['https://a.example/x/', 'https://a.example/y/x/', false],
    ['https://a.example/x/', 'https://a.example/x/../y/', false],
    ['https://a.example/x/', 'https://a.example/y/../x/z', true],
    ['https://a.example/x/', 'https://a.example/', false],
  ],
  'any other path is matched whole; the query does not count': [
    ['https://a.example/x', 'https://a.example/x', true],
    ['https://a.example/x', 'https://a.example/x?q=1', true],
    ['https://a.example/x', 'https://a.example/x#f', true],
    ['https://a.example/x', 'https://a.example/x/', false],
    ['https://a.example/x', 'https://a.example/x/y', false],
    ['https://a.example/x', 'https://a.example/xy', false],
    ['https://a.example/x', 'https://a.example/', false],
    ['https://a.example/x/y.js', 'https://a.example/x/y.js?v=2', true],
    ['https://a.example/x/y.js', 'https://a.example/y.js', false],
    ['https://a.example', 'https://a.example/any/path', true],
    ['https://*.a.example/x', 'https://b.a.example/x', true],
    ['https://a.example:8443/x/', 'https://a.example:8443/x/y', true],
  ],
  'paths are compared percent-decoded, piece by piece, and with regard to case': [
    ['https://a.example/x/', 'https://a.example/%78/y', true],
    ['https://a.example/%78/', 'https://a.example/x/y', true],
    ['https://a.example/%78', 'https://a.example/%78', true],
    ['https://a.example/%2f', 'https://a.example/%2F', true],
    ['https://a.example/x%2Fy', 'https://a.example/x/y', false],
    ['https://a.example/x/y', 'https://a.example/x%2fy', false],
    ['https://a.example/x%3By', 'https://a.example/x;y', true],
    ['https://a.example/x%2Cy', 'https://a.example/x,y', true],
    ['https://a.example/%C3%A9', 'https://a.example/é', true],
    ['https://a.example/x%20y', 'https://a.example/x y', true],
    ['https://a.example/%2578', 'https://a.example/x', false],
    ['https://a.example/x', 'https://a.example/X', false],
    ['https://a.example/X/', 'https://a.example/x/', false],
  ],
  'percent-decoding gives bytes, UTF-8 or not': [
    ['https://a.example/%ff', 'https://a.example/%FF', true],
    ['https://a.example/x%ff', 'https://a.example/%78%ff', true],
    ['https://a.example/%ff', 'https://a.example/%fe', false],
  ],
  'other schemes never match': [
    ['https://a.example', 'data:text/plain,https://a.example/', false],
    ['https://a.example', 'blob:https://a.example/7c5e1d0e', false],
    ['a.example', 'about:blank', false],
  ],
};

describe('Origins are matched as CSP Level 3 says', () => {
  for (const [title, rows] of Object.entries(TABLE)) {
    describe(title, () => {
      for (const [expression, url, expected, page] of rows) {
        it(`${expression} ${expected ? 'matches' : 'does not match'} ${url}${page ? ` on ${page}` : ''}`, () => {
          assert.equal(matches(url, expression, page), expected);
        });
      }
    });
  }
});
