import assert from 'node:assert/strict';
import { findServices } from '../../../src/requests/find-service';
import { policyFor, SITE } from '../sample-policy';

const RULES = policyFor([
  { id: 'wildcard', origins: ['https://*.example.com'] },
  { id: 'other-port', origins: ['https://cdn.example.com:8443'] },
  { id: 'any-port', origins: ['https://ports.example.org:*'] },
  { id: 'below', origins: ['https://*.maps.example.net/tiles/'] },
  { id: 'exact', origins: ['https://eu.maps.example.net/api/'] },
  { id: 'above', origins: ['https://*.example.net:444'] },
  { id: 'parent', origins: ['https://example.net'] },
  { id: 'script', origins: ['https://shared.example.org/a.js'] },
  { id: 'folder', origins: ['https://shared.example.org/b/'] },
  { id: 'plain', origins: ['http://plain.example.org'] },
  { id: 'socket', origins: ['wss://socket.example.org'] },
  { id: 'one-label', origins: ['http://localhost:3000'] },
  { id: 'several', origins: ['https://one.example.edu', 'https://*.two.example.edu'] },
]);

const TABLE: [url: string, service: string | undefined][] = [
  ['https://a.example.com/', 'wildcard'],
  ['https://a.b.c.d.e.f.example.com/x', 'wildcard'],
  [`https://${'a.'.repeat(100)}example.com/`, 'wildcard'],
  // The same server, named to its root.
  ['https://a.example.com./x', 'wildcard'],
  ['https://example.net./', 'parent'],
  ['https://example.net.evil./', undefined],
  ['https://example.com/', undefined],
  ['https://notexample.com/', undefined],
  ['https://www.notexample.com/', undefined],
  ['https://a.example.com.evil.example/', undefined],
  ['https://com/', undefined],
  ['https://a.example.com:8443/', undefined],
  ['http://a.example.com/', undefined],
  ['https://cdn.example.com/', 'wildcard'],
  ['https://cdn.example.com:8443/', 'other-port'],
  ['https://x.cdn.example.com:8443/', undefined],
  ['https://ports.example.org/', 'any-port'],
  ['https://ports.example.org:1234/', 'any-port'],
  ['https://eu.maps.example.net/tiles/1', 'below'],
  ['https://eu.maps.example.net/api/1', 'exact'],
  ['https://eu.maps.example.net/other', undefined],
  ['https://us.maps.example.net/api/1', undefined],
  ['https://maps.example.net/tiles/1', undefined],
  ['https://eu.maps.example.net:444/api/1', 'above'],
  ['https://maps.example.net:444/', 'above'],
  ['https://example.net/', 'parent'],
  ['https://example.net:444/', undefined],
  ['https://shared.example.org/a.js?v=1', 'script'],
  ['https://shared.example.org/b/a.js', 'folder'],
  ['https://shared.example.org/c.js', undefined],
  ['http://plain.example.org/', 'plain'],
  ['https://plain.example.org/', 'plain'],
  ['wss://socket.example.org/', 'socket'],
  ['https://socket.example.org/', 'socket'],
  ['ws://socket.example.org/', undefined],
  ['http://localhost:3000/', 'one-label'],
  ['http://localhost/', undefined],
  ['https://one.example.edu/', 'several'],
  ['https://x.two.example.edu/', 'several'],
  ['https://two.example.edu/', undefined],
  ['https://data.example.fr/explore/', undefined],
];

describe('A URL belongs to the service that declares it', () => {
  for (const [url, expected] of TABLE) {
    it(`${url.length > 60 ? `${url.slice(0, 30)}…` : url} belongs to ${expected ?? 'nobody'}`, () => {
      assert.equal(findServices(new URL(url), RULES, new URL(SITE))[0]?.id, expected);
    });
  }
});
