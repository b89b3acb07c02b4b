import assert from 'node:assert/strict';
import { closedCsp, CSP_MARKER, openServices, workerScriptCsp } from '../../../src/csp/document-csp';
import { consentOf, DAY, NOW, recordOf, policyFor, wallUnder } from '../sample-policy';
import { lets, readCsp } from '../content-security-policy';

const SERVICES = [
  { id: 'session', purpose: 'necessary', cookies: [{ name: 'sessionid' }] },
  { id: 'cdn', purpose: 'necessary', origins: ['https://*.cdn.example.net/lib/'] },
  { id: 'tiles', purpose: 'necessary', access: 'without-credentials' as const, origins: ['https://tiles.jawg.io'] },
  { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://audience.example.org'] },
  { id: 'matomo', purpose: 'statistics', origins: ['https://stats.example.fr:8443', '/matomo/'] },
  { id: 'youtube', purpose: 'third-party', origins: ['https://www.youtube.com', 'https://i.ytimg.com'] },
  { id: 'chat', purpose: 'support', origins: ['https://chat.example.org', 'wss://chat.example.org'] },
];
const STRICT = policyFor(SERVICES);
const LIVE = policyFor(SERVICES, { wall: 'live' });

const CDN = 'https://a.cdn.example.net/lib/x.js';
const TILES = 'https://tiles.jawg.io/1';
const AUDIENCE = 'https://audience.example.org/hit';
const MATOMO = 'https://stats.example.fr:8443/matomo.js';
const YOUTUBE = 'https://www.youtube.com/embed/1';
const CHAT = 'https://chat.example.org/x';
const CHAT_SOCKET = 'wss://chat.example.org/socket';
const UNDECLARED = 'https://evil.example/x';
const ALL = [CDN, TILES, AUDIENCE, MATOMO, YOUTUBE, CHAT, UNDECLARED];

const SUBRESOURCES = [
  'script-src',
  'script-src-elem',
  'style-src',
  'img-src',
  'font-src',
  'media-src',
  'connect-src',
  'manifest-src',
  'worker-src',
];
/** What a worker does not see. */
const UNSEEN = ['frame-src', 'object-src'];
const EVERYTHING = [...SUBRESOURCES, ...UNSEEN];

function assertLets(csp: string, directives: string[], expected: string[]): void {
  for (const directive of directives) {
    assert.deepEqual(
      ALL.filter((url) => lets(csp, directive, url)),
      expected,
      directive,
    );
  }
}

describe('The lock lets nothing pass that may be refused', () => {
  for (const [mode, rules] of Object.entries({ strict: STRICT, live: LIVE })) {
    it(`only necessary services, whatever loads them (${mode})`, () => {
      assertLets(closedCsp(rules), EVERYTHING, [CDN, TILES]);
    });
  }

  it('lets the site be as it is: its own files, inline code, data: and blob:', () => {
    const sources = readCsp(closedCsp(STRICT)).get('default-src')!;
    for (const source of ["'self'", "'unsafe-inline'", "'unsafe-eval'", 'data:', 'blob:'])
      assert.ok(sources.includes(source), source);
  });

  it('names no whole scheme and no "*"', () => {
    for (const csp of [closedCsp(STRICT), wallUnder(consentOf({ matomo: true }), LIVE)]) {
      assert.doesNotMatch(csp, /(^|\s)(\*|https?:|wss?:)(\s|;|$)/);
    }
  });

  it('lets no worker come from a data: URL: in WebKit it would go past its page’s policy', () => {
    for (const csp of [
      closedCsp(STRICT),
      wallUnder(consentOf({ matomo: true }), STRICT),
      wallUnder(consentOf(), LIVE),
    ]) {
      const workers = readCsp(csp).get('worker-src')!;
      assert.deepEqual(workers.slice(0, 2), ["'self'", 'blob:']);
      assert.ok(!workers.includes('data:'));
    }
  });

  it('is for the worker what the worker fetches, and nothing that only documents need', () => {
    const directives = readCsp(workerScriptCsp(STRICT));
    assert.deepEqual(Object.fromEntries(directives), {
      'default-src': ["'self'"],
      'connect-src': ["'self'", 'https://tiles.jawg.io'],
      'report-to': ['cookie-gatekeeper'],
    });
  });

  it('writes no "$", which servers take for the beginning of a variable', () => {
    const rules = policyFor([
      { id: 'a', purpose: 'necessary', access: 'without-credentials', origins: ['https://a.example/$cookie_a/'] },
    ]);
    for (const csp of [closedCsp(rules), workerScriptCsp(rules)]) {
      assert.doesNotMatch(csp, /\$/);
      assert.ok(lets(csp, 'connect-src', 'https://a.example/$cookie_a/b'));
    }
  });

  it('does not mention paths of the site: its own origin is open, and the gate holds them', () => {
    for (const csp of [closedCsp(STRICT), wallUnder(consentOf({ matomo: true }), STRICT), wallUnder(consentOf(), LIVE)])
      assert.doesNotMatch(csp, /\s\//);
  });

  it('is marked, so that the key knows it among the site’s own policies', () => {
    assert.equal(CSP_MARKER, 'report-to cookie-gatekeeper');
    for (const csp of [
      closedCsp(STRICT),
      closedCsp(LIVE),
      wallUnder(consentOf(), STRICT),
      wallUnder(consentOf({ matomo: true }), LIVE),
    ]) {
      assert.deepEqual(readCsp(csp).get('report-to'), ['cookie-gatekeeper']);
      assert.ok(csp.includes(CSP_MARKER));
    }
  });

  it('is one policy on one line, in characters that a header can carry', () => {
    for (const csp of [closedCsp(STRICT), wallUnder(consentOf({ matomo: true }), LIVE)]) {
      assert.match(csp, /^[\x20-\x7e]+$/);
      assert.doesNotMatch(csp, /,/, 'a comma would begin another policy');
      assert.equal(new Headers({ 'content-security-policy': csp }).get('content-security-policy'), csp);
    }
  });

  it('is closed to everything else when the policy has no services', () => {
    assertLets(closedCsp(policyFor([])), EVERYTHING, []);
  });
});

describe('The wall opens to what is permitted', () => {
  it('no choice: necessary and exempt services', () => {
    assertLets(wallUnder(consentOf(), STRICT), EVERYTHING, [CDN, TILES, AUDIENCE]);
  });

  it('one service granted: that one too', () => {
    assertLets(wallUnder(consentOf({ youtube: true }), STRICT), EVERYTHING, [CDN, TILES, AUDIENCE, YOUTUBE]);
  });

  it('everything granted: everything that is declared', () => {
    const csp = wallUnder(consentOf({ audience: true, matomo: true, youtube: true, chat: true }), STRICT);
    assertLets(csp, EVERYTHING, [CDN, TILES, AUDIENCE, MATOMO, YOUTUBE, CHAT]);
    assert.equal(lets(csp, 'connect-src', CHAT_SOCKET), true);
  });

  it('refused and objected: the same as the lock', () => {
    assert.equal(
      wallUnder(consentOf({ audience: false, matomo: false, youtube: false, chat: false }), STRICT),
      closedCsp(STRICT),
    );
  });

  it('not restored, or unreadable: the same as the lock', () => {
    assert.equal(
      wallUnder(consentOf({ audience: true, matomo: true }, { restored: false }), STRICT),
      closedCsp(STRICT),
    );
  });

  it('expired: what was granted is closed again', () => {
    const expired = consentOf(undefined, {
      record: recordOf({ matomo: true, youtube: true }, { decidedAt: NOW - 200 * DAY, expiresAt: NOW }),
    });
    assertLets(wallUnder(expired, STRICT), EVERYTHING, [CDN, TILES, AUDIENCE]);
  });

  it('Global Privacy Control: exempt services are closed', () => {
    assertLets(wallUnder(consentOf(undefined, { globalPrivacyControl: true }), STRICT), EVERYTHING, [CDN, TILES]);
  });

  it('names the services that it is open to', () => {
    const ids = openServices(consentOf({ youtube: true, matomo: false }), STRICT).map(({ id }) => id);
    assert.deepEqual(ids, ['session', 'cdn', 'tiles', 'audience', 'youtube']);
  });

  describe('live', () => {
    it('lets the subresources of every declared service pass, since the gate holds them', () => {
      assertLets(wallUnder(consentOf(), LIVE), SUBRESOURCES, [CDN, TILES, AUDIENCE, MATOMO, YOUTUBE, CHAT]);
    });

    it('keeps frames, objects and sockets walled, since no worker sees them', () => {
      const closed = wallUnder(consentOf({ chat: false }), LIVE);
      assertLets(closed, UNSEEN, [CDN, TILES, AUDIENCE]);
      assert.equal(lets(closed, 'connect-src', CHAT_SOCKET), false);
      assert.equal(lets(closed, 'connect-src', CHAT), true);
    });

    it('opens frames, objects and sockets of a granted service', () => {
      const open = wallUnder(consentOf({ chat: true, youtube: true }), LIVE);
      assertLets(open, UNSEEN, [CDN, TILES, AUDIENCE, YOUTUBE, CHAT]);
      assert.equal(lets(open, 'connect-src', CHAT_SOCKET), true);
    });

    it('never lets an undeclared origin pass', () => {
      for (const directive of EVERYTHING)
        assert.equal(
          lets(wallUnder(consentOf({ matomo: true, youtube: true, chat: true }), LIVE), directive, UNDECLARED),
          false,
        );
    });

    it('holds an objected exempt service’s frames', () => {
      assertLets(wallUnder(consentOf({ audience: false }), LIVE), UNSEEN, [CDN, TILES]);
    });
  });
});
