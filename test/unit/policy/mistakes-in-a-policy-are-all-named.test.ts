import assert from 'node:assert/strict';
import { parsePolicy, PolicyError, type PolicyIssue } from '../../../src/policy/index';
import { sampleWith } from '../sample-policy';
import { SHAPE_MISTAKES } from './shape-mistakes';

function mistakesIn(policy: unknown, file?: string): PolicyError {
  try {
    parsePolicy(policy, file);
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    return error;
  }
  assert.fail('the policy was accepted');
}

function assertNames(policy: unknown, path: string, found: unknown, fix: RegExp): void {
  const { issues, message } = mistakesIn(policy);
  assert.equal(issues.length, 1, message);
  assert.deepEqual({ path: issues[0]!.path, found: issues[0]!.found }, { path, found });
  assert.match(issues[0]!.fix, fix);
  const shown = found === undefined ? 'missing' : JSON.stringify(found);
  assert.ok(message.includes(`${path || '(top level)'}: ${shown}: ${issues[0]!.fix}`), message);
}

type Meaning = [title: string, change: (policy: any) => unknown, path: string, found: unknown, fix: RegExp];

/** Mistakes that are only seen by reading the value, or several values together. */
const MEANING: Meaning[] = [
  ['an id twice', (p) => (p.services[3].id = 'matomo'), 'services[3].id', 'matomo', /services\[1\]\.id is the same/],
  [
    'the mirror’s own key as an id',
    (p) => (p.services[1].id = 'timestamp'),
    'services[1].id',
    'timestamp',
    /another id/,
  ],
  ['the mirror’s other key as an id', (p) => (p.services[1].id = 'expires'), 'services[1].id', 'expires', /another id/],
  [
    'an id as an alias of another service',
    (p) => (p.services[1].aliases = ['youtube']),
    'services[4].id',
    'youtube',
    /services\[1\]\.aliases\[0\] is the same/,
  ],
  [
    'an alias twice',
    (p) => (p.services[1].aliases = ['piwik', 'piwik']),
    'services[1].aliases[1]',
    'piwik',
    /services\[1\]\.aliases\[0\] is the same/,
  ],
  [
    'the mirror’s own key as an alias',
    (p) => (p.services[1].aliases = ['expires']),
    'services[1].aliases[0]',
    'expires',
    /another id/,
  ],
  [
    'a service that could never match',
    (p) => p.services.push({ id: 'x', provider: 'X', purpose: 'third-party' }),
    'services[5]',
    'x',
    /never match.*origins/,
  ],
  [
    'a service whose lists are empty',
    (p) => p.services.push({ id: 'x', provider: 'X', purpose: 'third-party', origins: [], cookies: [], storage: [] }),
    'services[5]',
    'x',
    /never match/,
  ],
  [
    'anonymised videos',
    (p) => (p.services[4].anonymised = true),
    'services[4].anonymised',
    true,
    /"purpose": "statistics"/,
  ],
  [
    'requests without credentials, but no requests',
    (p) => (p.services[0].access = 'without-credentials'),
    'services[0].access',
    'without-credentials',
    /no origins/,
  ],
  [
    'reports that go where receipts go',
    (p) => Object.assign(p, { receipts: '/proofs', reports: '/proofs' }),
    'reports',
    '/proofs',
    /a handler of its own.*"\/gatekeeper-reports"/,
  ],
  [
    'undeclared origins reported behind a strict wall',
    (p) => (p.undeclared = 'report'),
    'undeclared',
    'report',
    /"wall": "off"/,
  ],
  [
    'undeclared origins reported behind a live wall',
    (p) => Object.assign(p, { undeclared: 'report', wall: 'live' }),
    'undeclared',
    'report',
    /"wall": "off"/,
  ],
];

type OriginMistake = [origin: string, fix: RegExp, better?: string];

/** Mistakes in one origin; `better` is what the message says to write. */
const ORIGINS: OriginMistake[] = [
  ['*.example.com/', /no scheme/, 'https://*.example.com'],
  ['example.com', /no scheme/, 'https://example.com'],
  ['example.com:8443/path/', /no scheme/, 'https://example.com:8443/path/'],
  ['//example.com/path', /no scheme/, 'https://example.com/path'],
  ['ftp://example.com', /never match/, 'https://example.com'],
  ['https://example.com/?id=1', /query/, 'https://example.com'],
  ['https://example.com/matomo.php?idsite=1', /query/, 'https://example.com/matomo.php'],
  ['https://example.com/#top', /fragment/, 'https://example.com'],
  ['https://example.com?id=1', /query/, 'https://example.com'],
  ['/collect?id=1', /query/, '/collect'],
  ['/a b', /space/],
  ['stats/', /no scheme/, '/stats/'],
  ['https://example.com/path/*', /no wildcards/, 'https://example.com/path/'],
  ['/stats/*', /no wildcards/, '/stats/'],
  ['*', /every origin/],
  ['https:', /every origin/],
  ['https://*', /./],
  ['/', /whole site/],
  ['https://example.com:0', /ports go from 1 to 65535/],
  ['https://example.com:65536', /ports go from 1 to 65535/],
  ['https://example.com:', /host-source/],
  ['https://', /host-source/],
  ['https://www.*.example.com', /host-source/],
  ['https://exa_mple.com', /host-source/],
  ["'self'", /host-source/],
  ['', /host-source/],
  ["https://example.com; script-src 'unsafe-inline'", /host-source|spaces/],
];

describe('Mistakes in a policy are all named', () => {
  describe('in its shape', () => {
    for (const { title, policy, path, found, fix } of SHAPE_MISTAKES) {
      it(title, () => assertNames(policy, path, found, fix));
    }
  });

  describe('in its meaning', () => {
    for (const [title, change, path, found, fix] of MEANING) {
      it(title, () => assertNames(sampleWith(change), path, found, fix));
    }
  });

  describe('in an origin', () => {
    const withOrigin = (origin: string) => sampleWith((p) => (p.services[3].origins[0] = origin));
    const suggestionFor = (origin: string) =>
      /\b(?:[Ww]rite|such as) "([^"]+)"/.exec(mistakesIn(withOrigin(origin)).issues[0]!.fix)?.[1];
    for (const [origin, fix, better] of ORIGINS) {
      it(JSON.stringify(origin), () => {
        assertNames(withOrigin(origin), 'services[3].origins[0]', origin, fix);
        if (better === undefined) return;
        assert.equal(suggestionFor(origin), better);
        parsePolicy(withOrigin(better));
      });
    }

    for (const origin of [
      'example.com/matomo.php?idsite=1',
      '//example.com/x?id=1',
      'ftp://example.com/x?id=1',
      '/?id=1',
    ]) {
      it(`${origin}: what the message says to write is accepted`, () => {
        const better = suggestionFor(origin);
        assert.ok(better);
        parsePolicy(withOrigin(better));
      });
    }

    for (const origin of ['/stats/../x/', '/./stats/', '/stats/%2e%2e/x/', 'https://example.com/a/../b/']) {
      it(`${origin} could never match: browsers resolve dots before they send`, () => {
        assertNames(withOrigin(origin), 'services[3].origins[0]', origin, /never match/);
      });
    }

    for (const origin of [
      'https://example.com',
      'https://*.example.com',
      'https://example.com:8443',
      'https://example.com:*',
      'https://example.com/path/',
      'http://localhost:3000',
      'wss://example.com',
      'HTTPS://Example.com',
      '/stats/',
      '/collect.gif',
      '/m%C3%A9trique/',
    ]) {
      it(`${origin} is none`, () => {
        parsePolicy(withOrigin(origin));
      });
    }
  });

  describe('together', () => {
    const paths = ({ issues }: { issues: PolicyIssue[] }) => issues.map(({ path }) => path).sort();

    it('several in shape', () => {
      const error = mistakesIn(
        sampleWith((p) => {
          delete p.revision;
          p.wall = 'open';
          p.consent.months = 99;
          p.colour = 'red';
          p.size = 1;
          p.services[1].purpose = 7;
          p.services[4].cookies = [{ nom: 'x' }];
        }),
      );
      assert.deepEqual(
        paths(error),
        [
          'colour',
          'consent.months',
          'revision',
          'services[1].purpose',
          'services[4].cookies[0].name',
          'services[4].cookies[0].nom',
          'size',
          'wall',
        ].sort(),
      );
      assert.equal(error.message.split('\n').length, 1 + error.issues.length, 'one line each');
    });

    it('several in meaning', () => {
      const error = mistakesIn(
        sampleWith((p) => {
          p.undeclared = 'report';
          p.services[1].origins = ['stats.example.fr', '*'];
          p.services[3].id = 'matomo';
          p.services[4].anonymised = true;
          p.services[4].origins.push('https://youtu.be/*');
        }),
      );
      assert.deepEqual(paths(error), [
        'services[1].origins[0]',
        'services[1].origins[1]',
        'services[3].id',
        'services[4].anonymised',
        'services[4].origins[2]',
        'undeclared',
      ]);
    });

    it('in shape and in meaning', () => {
      const error = mistakesIn(
        sampleWith((p) => {
          delete p.revision;
          p.services[1].origins = ['*.example.com/'];
          p.services[3].id = 'matomo';
        }),
      );
      assert.deepEqual(paths(error), ['revision', 'services[1].origins[0]', 'services[3].id']);
    });
  });

  it('the message names the file and counts', () => {
    const one = mistakesIn(
      sampleWith((p) => (p.wall = 'open')),
      'portal/policy.json',
    );
    assert.match(
      one.message,
      /^portal\/policy\.json has a mistake:\n {2}wall: "open": write "strict", "live" or "off"$/,
    );
    const two = mistakesIn(sampleWith((p) => Object.assign(p, { wall: 'open', undeclared: 'allow' })));
    assert.match(two.message, /^the policy has 2 mistakes:\n/);
    assert.equal(one.name, 'PolicyError');
  });

  it('a long value is shown shortened', () => {
    const { message } = mistakesIn(sampleWith((p) => (p.wall = 'x'.repeat(10_000))));
    assert.ok(message.length < 300, `${message.length} characters`);
  });

  it('the policy that was read is left as it was', () => {
    const policy = sampleWith((p) => (p.services[3].origins[0] = '*'));
    const before = structuredClone(policy);
    mistakesIn(policy);
    assert.deepEqual(policy, before);
  });
});
