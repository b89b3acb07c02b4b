import assert from 'node:assert/strict';
import { decideRequest, type Verdict } from '../../../src/requests/decide-request';
import type { Choices, Consent, ConsentRecord } from '../../../src/consent/record';
import { consentOf, DAY, NOW, recordOf, policyFor, SITE } from '../sample-policy';

const SERVICES = [
  { id: 'cdn', purpose: 'necessary', origins: ['https://cdn.example.net'] },
  { id: 'tiles', purpose: 'necessary', access: 'without-credentials' as const, origins: ['https://tiles.jawg.io'] },
  { id: 'maps', purpose: 'necessary', access: 'origin-only' as const, origins: ['https://maps.example.org'] },
  { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://audience.example.org'] },
  {
    id: 'counter',
    purpose: 'statistics',
    anonymised: true,
    access: 'without-credentials' as const,
    origins: ['https://counter.example.org'],
  },
  { id: 'matomo', purpose: 'statistics', origins: ['https://stats.example.fr'] },
  { id: 'own', purpose: 'first-party', origins: ['https://me.example.fr'] },
  { id: 'youtube', purpose: 'third-party', origins: ['https://www.youtube.com'] },
  { id: 'chat', purpose: 'support', access: 'without-credentials' as const, origins: ['https://chat.example.org'] },
];
const RULES = policyFor(SERVICES);
const IGNORES_GPC = policyFor(SERVICES, { consent: { globalPrivacyControl: 'ignore' } });
const TAKES_GPC = policyFor(SERVICES, { consent: { globalPrivacyControl: 'answer' } });
const REPORTS = policyFor(SERVICES, { undeclared: 'report', wall: 'off' });

const CDN = 'https://cdn.example.net/lib.js';
const TILES = 'https://tiles.jawg.io/1/2/3.png';
const MAPS = 'https://maps.example.org/1/2/3.png';
const AUDIENCE = 'https://audience.example.org/hit';
const COUNTER = 'https://counter.example.org/hit';
const MATOMO = 'https://stats.example.fr/matomo.php?idsite=1';
const OWN = 'https://me.example.fr/collect';
const YOUTUBE = 'https://www.youtube.com/embed/1';
const CHAT = 'https://chat.example.org/widget.js';

const UNRESTORED = consentOf({ matomo: true, audience: true }, { restored: false });
const GPC = { globalPrivacyControl: true };
const GPC_EXPIRED = {
  record: recordOf({ matomo: true }, { decidedAt: NOW - 200 * DAY, expiresAt: NOW - DAY }),
  ...GPC,
};
const withRecord = (choices: Choices, rest: Partial<ConsentRecord>): Consent =>
  consentOf(undefined, { record: recordOf(choices, rest) });
const expired = (choices: Choices): Consent =>
  withRecord(choices, { decidedAt: NOW - 200 * DAY, expiresAt: NOW - DAY });

type Row = [title: string, url: string, consent: Consent, expected: Verdict, rules?: typeof RULES];

const TABLE: Record<string, Row[]> = {
  'the site itself': [
    ['a document', SITE, consentOf(), { action: 'allow', reason: 'own-site' }],
    ['its API', 'https://data.example.fr/api/v2/?q=1', consentOf(), { action: 'allow', reason: 'own-site' }],
    [
      'the default port written out',
      'https://data.example.fr:443/',
      consentOf(),
      { action: 'allow', reason: 'own-site' },
    ],
    ['before the record is restored', SITE, UNRESTORED, { action: 'allow', reason: 'own-site' }],
  ],
  'what reaches no server': [
    ['data:', 'data:text/javascript,1', consentOf(), { action: 'allow', reason: 'local' }],
    ['blob:', 'blob:https://data.example.fr/7c5e1d0e', consentOf(), { action: 'allow', reason: 'local' }],
    ['about:', 'about:srcdoc', consentOf(), { action: 'allow', reason: 'local' }],
    ['an extension', 'chrome-extension://abcdef/script.js', consentOf(), { action: 'allow', reason: 'local' }],
  ],
  'undeclared origins': [
    ['an unknown host', 'https://evil.example/', consentOf(), { action: 'refuse', reason: 'undeclared' }],
    [
      'an unknown host, although everything was granted',
      'https://evil.example/',
      consentOf({ matomo: true, youtube: true }),
      { action: 'refuse', reason: 'undeclared' },
    ],
    [
      'an unknown host, before the record is restored',
      'https://evil.example/',
      UNRESTORED,
      { action: 'refuse', reason: 'undeclared' },
    ],
    [
      'the site’s host at another port',
      'https://data.example.fr:8443/',
      consentOf(),
      { action: 'refuse', reason: 'undeclared' },
    ],
    [
      'the site’s host in plain http',
      'http://data.example.fr/',
      consentOf(),
      { action: 'refuse', reason: 'undeclared' },
    ],
    ['a subdomain of the site', 'https://t.data.example.fr/', consentOf(), { action: 'refuse', reason: 'undeclared' }],
    [
      'a subdomain of a declared host',
      'https://x.stats.example.fr/',
      consentOf({ matomo: true }),
      { action: 'refuse', reason: 'undeclared' },
    ],
    [
      'a granted host in plain http',
      'http://stats.example.fr/',
      consentOf({ matomo: true }),
      { action: 'refuse', reason: 'undeclared' },
    ],
    ['an address', 'http://127.0.0.1/', consentOf(), { action: 'refuse', reason: 'undeclared' }],
    ['an IPv6 address', 'http://[::1]/', consentOf(), { action: 'refuse', reason: 'undeclared' }],
    ['a WebSocket', 'wss://evil.example/', consentOf(), { action: 'refuse', reason: 'undeclared' }],
    [
      'an unknown host, when the policy reports',
      'https://evil.example/',
      consentOf(),
      { action: 'allow', reason: 'undeclared' },
      REPORTS,
    ],
    [
      'a declared host, when the policy reports',
      MATOMO,
      consentOf(),
      { action: 'refuse', reason: 'undecided', service: 'matomo' },
      REPORTS,
    ],
  ],
  'necessary services': [
    ['no choice', CDN, consentOf(), { action: 'allow', reason: 'necessary', service: 'cdn' }],
    ['before the record is restored', CDN, UNRESTORED, { action: 'allow', reason: 'necessary', service: 'cdn' }],
    ['refused all the same', CDN, consentOf({ cdn: false }), { action: 'allow', reason: 'necessary', service: 'cdn' }],
    [
      'under Global Privacy Control',
      CDN,
      consentOf(undefined, GPC),
      { action: 'allow', reason: 'necessary', service: 'cdn' },
    ],
    ['without credentials', TILES, consentOf(), { action: 'strip', reason: 'necessary', service: 'tiles' }],
    [
      'with the site’s origin only',
      MAPS,
      consentOf(),
      { action: 'strip-to-origin', reason: 'necessary', service: 'maps' },
    ],
  ],
  'services that need consent': [
    ['no choice', MATOMO, consentOf(), { action: 'refuse', reason: 'undecided', service: 'matomo' }],
    [
      'no choice about this one',
      MATOMO,
      consentOf({ youtube: true }),
      { action: 'refuse', reason: 'undecided', service: 'matomo' },
    ],
    ['refused', MATOMO, consentOf({ matomo: false }), { action: 'refuse', reason: 'refused', service: 'matomo' }],
    ['granted', MATOMO, consentOf({ matomo: true }), { action: 'allow', reason: 'granted', service: 'matomo' }],
    [
      'granted, written in capitals',
      'HTTPS://STATS.EXAMPLE.FR/',
      consentOf({ matomo: true }),
      { action: 'allow', reason: 'granted', service: 'matomo' },
    ],
    [
      'granted, without credentials',
      CHAT,
      consentOf({ chat: true }),
      { action: 'strip', reason: 'granted', service: 'chat' },
    ],
    [
      'refused, without credentials',
      CHAT,
      consentOf({ chat: false }),
      { action: 'refuse', reason: 'refused', service: 'chat' },
    ],
    ['first-party purpose', OWN, consentOf(), { action: 'refuse', reason: 'undecided', service: 'own' }],
    [
      'third-party purpose',
      YOUTUBE,
      consentOf({ matomo: true }),
      { action: 'refuse', reason: 'undecided', service: 'youtube' },
    ],
    ['granted, but not restored', MATOMO, UNRESTORED, { action: 'refuse', reason: 'unrestored', service: 'matomo' }],
    [
      'granted, but expired',
      MATOMO,
      expired({ matomo: true }),
      { action: 'refuse', reason: 'expired', service: 'matomo' },
    ],
    [
      'refused, and expired',
      MATOMO,
      expired({ matomo: false }),
      { action: 'refuse', reason: 'expired', service: 'matomo' },
    ],
    [
      'expires at this very millisecond',
      MATOMO,
      withRecord({ matomo: true }, { expiresAt: NOW }),
      { action: 'refuse', reason: 'expired', service: 'matomo' },
    ],
    [
      'expires in a millisecond',
      MATOMO,
      withRecord({ matomo: true }, { expiresAt: NOW + 1 }),
      { action: 'allow', reason: 'granted', service: 'matomo' },
    ],
    [
      'granted under Global Privacy Control',
      MATOMO,
      consentOf({ matomo: true }, GPC),
      { action: 'allow', reason: 'granted', service: 'matomo' },
    ],
    [
      'no choice under Global Privacy Control',
      MATOMO,
      consentOf(undefined, GPC),
      { action: 'refuse', reason: 'undecided', service: 'matomo' },
    ],
  ],
  'a Global Privacy Control signal that is taken for the answer': [
    [
      'no choice',
      MATOMO,
      consentOf(undefined, GPC),
      { action: 'refuse', reason: 'refused', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'no choice, and no signal',
      MATOMO,
      consentOf(),
      { action: 'refuse', reason: 'undecided', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'a choice about another one',
      MATOMO,
      consentOf({ youtube: true }, GPC),
      { action: 'refuse', reason: 'refused', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'granted: the visitor’s own word counts more',
      MATOMO,
      consentOf({ matomo: true }, GPC),
      { action: 'allow', reason: 'granted', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'granted, but expired',
      MATOMO,
      consentOf(undefined, GPC_EXPIRED),
      { action: 'refuse', reason: 'refused', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'granted, but not restored',
      MATOMO,
      consentOf({ matomo: true }, { ...GPC, restored: false }),
      { action: 'refuse', reason: 'unrestored', service: 'matomo' },
      TAKES_GPC,
    ],
    [
      'exempt',
      AUDIENCE,
      consentOf(undefined, GPC),
      { action: 'refuse', reason: 'objected', service: 'audience' },
      TAKES_GPC,
    ],
    [
      'exempt, agreed to',
      AUDIENCE,
      consentOf({ audience: true }, GPC),
      { action: 'allow', reason: 'granted', service: 'audience' },
      TAKES_GPC,
    ],
    ['necessary', CDN, consentOf(undefined, GPC), { action: 'allow', reason: 'necessary', service: 'cdn' }, TAKES_GPC],
    [
      'undeclared',
      'https://evil.example/',
      consentOf(undefined, GPC),
      { action: 'refuse', reason: 'undeclared' },
      TAKES_GPC,
    ],
  ],
  'anonymised statistics': [
    ['no choice', AUDIENCE, consentOf(), { action: 'allow', reason: 'exempt', service: 'audience' }],
    ['no choice, without credentials', COUNTER, consentOf(), { action: 'strip', reason: 'exempt', service: 'counter' }],
    [
      'objected',
      AUDIENCE,
      consentOf({ audience: false }),
      { action: 'refuse', reason: 'objected', service: 'audience' },
    ],
    [
      'objected, and the record has expired',
      AUDIENCE,
      expired({ audience: false }),
      { action: 'refuse', reason: 'objected', service: 'audience' },
    ],
    [
      'agreed, and the record has expired',
      AUDIENCE,
      expired({ audience: true }),
      { action: 'allow', reason: 'exempt', service: 'audience' },
    ],
    [
      'not restored: there may be an objection',
      AUDIENCE,
      UNRESTORED,
      { action: 'refuse', reason: 'unrestored', service: 'audience' },
    ],
    [
      'Global Privacy Control',
      AUDIENCE,
      consentOf(undefined, GPC),
      { action: 'refuse', reason: 'objected', service: 'audience' },
    ],
    [
      'Global Privacy Control that the policy ignores',
      AUDIENCE,
      consentOf(undefined, GPC),
      { action: 'allow', reason: 'exempt', service: 'audience' },
      IGNORES_GPC,
    ],
    [
      'objected, where the policy ignores the signal',
      AUDIENCE,
      consentOf({ audience: false }),
      { action: 'refuse', reason: 'objected', service: 'audience' },
      IGNORES_GPC,
    ],
  ],
};

describe('Every request is decided, with its reason', () => {
  for (const [title, rows] of Object.entries(TABLE)) {
    describe(title, () => {
      for (const [what, url, consent, expected, rules = RULES] of rows) {
        it(`${what}: ${[expected.action, expected.reason].join(', ')}`, () => {
          assert.deepEqual(decideRequest({ url, site: SITE }, consent, rules), expected);
        });
      }
    });
  }

  it('permits an agreed exempt service under Global Privacy Control: the visitor’s own word counts more', () => {
    assert.equal(
      decideRequest({ url: AUDIENCE, site: SITE }, consentOf({ audience: true }, GPC), RULES).action,
      'allow',
    );
  });

  it('does not believe a decision from the future', () => {
    const verdict = decideRequest(
      { url: MATOMO, site: SITE },
      withRecord({ matomo: true }, { decidedAt: NOW + DAY, expiresAt: NOW + 2 * DAY }),
      RULES,
    );
    assert.equal(verdict.action, 'refuse');
  });

  it('believes a decision that a blurred clock puts some seconds ahead', () => {
    const verdict = decideRequest(
      { url: MATOMO, site: SITE },
      withRecord({ matomo: true }, { decidedAt: NOW + 5000 }),
      RULES,
    );
    assert.equal(verdict.action, 'allow');
  });

  it('changes nothing that it is given, and gives the same verdict again', () => {
    const request = Object.freeze({ url: MATOMO, site: SITE });
    const consent = consentOf({ matomo: true });
    const before = structuredClone(consent);
    const first = decideRequest(request, consent, RULES);
    assert.deepEqual(decideRequest(request, consent, RULES), first);
    assert.deepEqual(consent, before);
  });

  it('throws a TypeError for a URL that is not absolute', () => {
    assert.throws(() => decideRequest({ url: '/api', site: SITE }, consentOf(), RULES), TypeError);
    assert.throws(() => decideRequest({ url: MATOMO, site: 'data.example.fr' }, consentOf(), RULES), TypeError);
  });
});
