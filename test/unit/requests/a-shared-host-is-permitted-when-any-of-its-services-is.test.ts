import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesHostSource, parseHostSource } from '../../../src/origins/host-source';
import { decideRequest } from '../../../src/requests/decide-request';
import { parsePolicy } from '../../../src/policy/index';
import { lets } from '../content-security-policy';
import { consentOf, policyFor, SITE, wallUnder } from '../sample-policy';

const TAG = 'https://www.googletagmanager.com/gtag/js';
const RULES = policyFor([
  {
    id: 'analytics',
    purpose: 'statistics',
    origins: ['https://www.googletagmanager.com', 'https://www.google-analytics.com'],
  },
  { id: 'ads', origins: ['https://www.googletagmanager.com', 'https://*.doubleclick.net'] },
]);
const decided = (url: string, choices: Record<string, boolean>, rules = RULES) =>
  decideRequest({ url, site: SITE }, consentOf(choices), rules);

describe('A shared host is permitted when any of its services is', () => {
  it('whichever of them it is', () => {
    assert.deepEqual(decided(TAG, { analytics: true, ads: false }), {
      action: 'allow',
      reason: 'granted',
      service: 'analytics',
    });
    assert.deepEqual(decided(TAG, { analytics: false, ads: true }), {
      action: 'allow',
      reason: 'granted',
      service: 'ads',
    });
    assert.deepEqual(decided(TAG, { analytics: true, ads: true }), {
      action: 'allow',
      reason: 'granted',
      service: 'analytics',
    });
  });

  it('and is refused when none is, with the name of one that can be allowed', () => {
    assert.deepEqual(decided(TAG, { analytics: false, ads: false }), {
      action: 'refuse',
      reason: 'refused',
      service: 'analytics',
    });
    assert.deepEqual(decided(TAG, {}), { action: 'refuse', reason: 'undecided', service: 'analytics' });
    assert.deepEqual(decideRequest({ url: TAG, site: SITE }, consentOf(undefined, { restored: false }), RULES), {
      action: 'refuse',
      reason: 'unrestored',
      service: 'analytics',
    });
  });

  it('and opens nothing else of them', () => {
    const choices = { analytics: false, ads: true };
    assert.equal(decided('https://www.google-analytics.com/g/collect', choices).action, 'refuse');
    assert.equal(decided('https://ad.doubleclick.net/x', choices).action, 'allow');
  });

  it('in the document’s wall as in the worker', () => {
    for (const [analytics, ads] of [
      [true, false],
      [false, true],
      [false, false],
      [true, true],
    ] as const) {
      const consent = consentOf({ analytics, ads });
      assert.equal(lets(wallUnder(consent, RULES), 'script-src', TAG), analytics || ads);
      assert.equal(decideRequest({ url: TAG, site: SITE }, consent, RULES).action === 'allow', analytics || ads);
    }
  });

  it('a necessary one needs nobody’s yes, wherever in the policy it stands', () => {
    const font = 'https://fonts.gstatic.com/s/x.woff2';
    const fonts = { id: 'fonts', purpose: 'necessary', origins: ['https://fonts.gstatic.com'] };
    const maps = { id: 'maps', origins: ['https://*.gstatic.com'] };
    for (const services of [
      [fonts, maps],
      [maps, fonts],
    ]) {
      assert.deepEqual(decided(font, { maps: false }, policyFor(services)), {
        action: 'allow',
        reason: 'necessary',
        service: 'fonts',
      });
      assert.deepEqual(
        decideRequest({ url: font, site: SITE }, consentOf(undefined, { restored: false }), policyFor(services)).action,
        'allow',
      );
    }
  });

  it('an exempt one lets it through until the visitor objects to it', () => {
    const rules = policyFor([
      { id: 'ads', origins: ['https://shared.example'] },
      { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://shared.example'] },
    ]);
    assert.deepEqual(decided('https://shared.example/', {}, rules), {
      action: 'allow',
      reason: 'exempt',
      service: 'audience',
    });
    assert.equal(decided('https://shared.example/', { audience: false }, rules).action, 'refuse');
    assert.equal(decided('https://shared.example/', { audience: false, ads: true }, rules).action, 'allow');
  });

  it('with credentials as soon as one that is permitted needs them, and without when only the other is', () => {
    const rules = policyFor([
      { id: 'tiles', access: 'without-credentials', origins: ['https://maps.example'] },
      { id: 'account', origins: ['https://maps.example'] },
      { id: 'keyed', access: 'origin-only', origins: ['https://maps.example'] },
    ]);
    const action = (choices: Record<string, boolean>) => decided('https://maps.example/1.png', choices, rules).action;
    assert.equal(action({ tiles: true, account: false }), 'strip');
    assert.equal(action({ tiles: false, account: true }), 'allow');
    assert.equal(action({ tiles: true, account: true }), 'allow');
    assert.equal(action({ tiles: true, keyed: true }), 'strip-to-origin');
    assert.equal(action({ keyed: true }), 'strip-to-origin');
    assert.equal(action({ tiles: true, account: true, keyed: true }), 'allow');
    assert.equal(action({ tiles: false, account: false, keyed: false }), 'refuse');
  });

  it('a path of the site itself as well', () => {
    const rules = policyFor([
      { id: 'one', origins: ['/stats/'] },
      { id: 'other', origins: ['/stats/x.js', 'https://data.example.fr/stats/'] },
    ]);
    const script = new URL('/stats/x.js', SITE).href;
    assert.equal(decided(script, { one: false, other: false }, rules).action, 'refuse');
    assert.equal(decided(script, { one: false, other: true }, rules).action, 'allow');
    assert.equal(decided(script, { one: true, other: false }, rules).action, 'allow');
  });

  it('the one with the narrower host is named first', () => {
    const rules = policyFor([
      { id: 'wide', origins: ['https://*.example.com'] },
      { id: 'narrow', origins: ['https://video.example.com'] },
    ]);
    const named = (url: string, permitted?: 'wide' | 'narrow') => {
      const verdict = decided(url, { wide: permitted === 'wide', narrow: permitted === 'narrow' }, rules);
      return 'service' in verdict ? verdict.service : undefined;
    };
    assert.equal(named('https://video.example.com/x'), 'narrow');
    assert.equal(named('https://video.example.com/x', 'wide'), 'wide');
    assert.equal(named('https://other.example.com/x', 'narrow'), 'wide');
    assert.equal(named('https://example.com/'), undefined);
  });

  it('no overlap is a mistake: the same, wider, narrower, another port, within one service', () => {
    const service = (id: string, ...origins: string[]) => ({ id, provider: id, purpose: 'third-party', origins });
    parsePolicy({
      revision: '1',
      services: [
        service('a', 'https://a.example', 'https://*.a.example', '/x/'),
        service('b', 'https://a.example', 'https://b.a.example/path/', '/x/y'),
        service('c', 'http://A.example', 'https://a.example:*', 'https://*.example'),
      ],
    });
  });

  it('whatever the origins are: exactly when a service that has a matching one is permitted', () => {
    const anyOrigin = fc
      .tuple(
        fc.constantFrom('https', 'http', 'wss'),
        fc.constantFrom('a.example', '*.a.example', 'b.a.example', '*.example'),
        fc.constantFrom('', ':8443', ':*'),
        fc.constantFrom('', '/x/', '/x'),
      )
      .map((parts) => `${parts[0]}://${parts[1]}${parts[2]}${parts[3]}`);
    const anyService = fc.record({
      origins: fc.array(anyOrigin, { minLength: 1, maxLength: 3 }),
      permitted: fc.boolean(),
    });
    const anyUrl = fc
      .tuple(
        fc.constantFrom('https', 'http', 'wss'),
        fc.constantFrom('a.example', 'b.a.example', 'c.b.a.example', 'b.example'),
        fc.constantFrom('', ':8443'),
        fc.constantFrom('/', '/x', '/x/y'),
      )
      .map((parts) => `${parts[0]}://${parts[1]}${parts[2]}${parts[3]}`);
    fc.assert(
      fc.property(fc.array(anyService, { minLength: 1, maxLength: 4 }), anyUrl, (services, url) => {
        const rules = policyFor(services.map(({ origins }, n) => ({ id: `s${n}`, origins })));
        const choices = Object.fromEntries(services.map(({ permitted }, n) => [`s${n}`, permitted]));
        const matching = services.filter(({ origins }) =>
          origins.some((origin) => matchesHostSource(new URL(url), parseHostSource(origin)!, new URL(SITE))),
        );
        const ofDeclared = matching.some(({ permitted }) => permitted) ? 'granted' : 'refused';
        const expected = matching.length === 0 ? 'undeclared' : ofDeclared;
        assert.equal(decided(url, choices, rules).reason, expected);
      }),
      { numRuns: 1000 },
    );
  });
});
