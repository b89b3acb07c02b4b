import assert from 'node:assert/strict';
import { parsePolicy, PolicyError } from '../../../src/policy/index';
import { sampleWith } from '../sample-policy';

/** @returns what is said about a path of the policy */
function said(policy: unknown, path: string): string {
  try {
    parsePolicy(policy);
  } catch (error) {
    assert.ok(error instanceof PolicyError, String(error));
    assert.deepEqual(
      error.issues.map((issue) => issue.path),
      [path],
      error.message,
    );
    return error.issues[0]!.fix;
  }
  assert.fail('the policy was accepted');
}

type Row = [written: unknown, answer: string | RegExp];
const matches = (fix: string, answer: string | RegExp) =>
  typeof answer === 'string' ? assert.ok(fix.includes(answer), fix) : assert.match(fix, answer);

const COOKIE_NAMES: Row[] = [
  ['/^_ga/', 'Write "name": "_ga*"'],
  ['/^_ga$/', 'Write "name": "_ga"'],
  ['/_ga/i', 'Write "name": "*_ga*"'],
  ['^_ga_', 'Write "name": "_ga_*"'],
  ['^(_ga|_gid)$', 'Write "name": "_ga", "name": "_gid"'],
  ['_pk_id\\.[a-f0-9]+', 'Write "name": "_pk_id.*"'],
  ['_hjSession_\\d+', 'Write "name": "_hjSession_*"'],
  ['_ga_.+', 'Write "name": "_ga_*"'],
  ['/(a(b))/', 'such as "name": "_ga_*"'],
  ['_ga, _gid', 'Write "name": "_ga", "name": "_gid"'],
  ['_ga|_gid', 'Write "name": "_ga", "name": "_gid"'],
  [' _ga', 'Write "name": "_ga"'],
  ['"_ga"', 'Write "name": "_ga"'],
  ['_ga=GA1.1', 'Write "name": "_ga"'],
  ['_ga_<container-id>', 'Write "name": "_ga_*"'],
  ['_hjSession_{site_id}', 'Write "name": "_hjSession_*"'],
  ['_pk_id...', 'Write "name": "_pk_id*"'],
  ['_ga_XXXXXXXX', 'Write "name": "_ga_*"'],
  ['_pk_id.xxxx.xxxx', 'Write "name": "_pk_id.*.*"'],
  ['_hjSession_#', 'Write "name": "_hjSession_*"'],
  ['AMCV_###@AdobeOrg', 'Write "name": "AMCV_*@AdobeOrg"'],
  ['_ga%', 'Write "name": "_ga*"'],
  ['_ga_%s', 'Write "name": "_ga_*"'],
  ['*', /every cookie.*logged in.*"name": "_ga_\*"/],
  ['**', /every cookie/],
  ['cookies_preferences', /gatekeeper’s own.*Leave it out.*"purpose": "necessary"/],
];

const ORIGINS: Row[] = [
  ['/^https:\\/\\/www\\.google\\.com/', 'Write "https://www.google.com"'],
  ['.*\\.hotjar\\.com', 'Write "https://*.hotjar.com"'],
  ['.hotjar.com', 'Write "https://*.hotjar.com"'],
  ['www.hotjar.com', 'Write "https://www.hotjar.com"'],
  ['https:/www.hotjar.com', 'Write "https://www.hotjar.com"'],
  ['https://www.mün.de/x', 'Write "https://www.xn--mn-xka.de/x"'],
  ['https://stats.example.*', 'Write each host by itself: "https://stats.example.com", "https://stats.example.fr"'],
  ['*.example.*', 'Write each host by itself: "https://*.example.com"'],
  ['https://www.*.example.com', 'Write "https://*.example.com"'],
  ['https://*example.com', 'Write "https://*.example.com"'],
  ['*://www.hotjar.com', 'Write "https://www.hotjar.com"'],
  ["'self'", /word of Content-Security-Policies.*Leave it out/],
  ['data:', /never refused\. Leave it out/],
  ["'https://www.hotjar.com'", 'Write "https://www.hotjar.com"'],
  ['https://u:p@www.hotjar.com/a/', /no user.*Write "https:\/\/www\.hotjar\.com\/a\/"/],
  ['https://my_host.example.fr', /"_".*Write "https:\/\/\*\.example\.fr"/],
  ['https://[::1]:8080', /IPv6\. Give the server a name/],
  ['https://www.hotjar.com.', 'Write "https://www.hotjar.com"'],
  ['https://a.example, https://b.example', 'Write "https://a.example", "https://b.example"'],
];

const PURPOSES: Row[] = [
  ['statistic', 'Did you mean "statistics"?'],
  ['statistcs', 'Did you mean "statistics"?'],
  ['analytics', 'Did you mean "statistics"?'],
  ['marketing', 'Did you mean "third-party"?'],
  ['thirdparty', 'Did you mean "third-party"?'],
  ['third-parties', 'Did you mean "third-party"?'],
  ['firstparty', 'Did you mean "first-party"?'],
  ['essential', 'Did you mean "necessary"?'],
  ['neccessary', 'Did you mean "necessary"?'],
  ['statistiques', 'Did you mean "statistics"?'],
  ['statistic', '"texts": { "en": { "purpose-statistic": "…" } }'],
  ['Statistics', '"statistics"'],
  ['Third Party', '"third-party"'],
];

const rename = (object: any, key: string, better: string) => {
  object[better] = object[key];
  delete object[key];
};

/** Well-formed files that are no policies. */
const OTHER_FILES: Record<string, unknown> = {
  'package.json': { name: 'x', version: '1', dependencies: {} },
  'Google Tag Manager': { exportFormatVersion: 2, containerVersion: {} },
  'JSON schema': { $schema: 'x', type: 'object', properties: {} },
};

/** By path, what stands there, and what is said of it. */
const SHAPES: [path: string, write: (policy: any) => unknown, answer: string | RegExp][] = [
  ['services[1].cookies[0]', (p) => (p.services[1].cookies = ['_ga']), 'write an object: { "name": "_ga" }'],
  ['services[1].cookies', (p) => (p.services[1].cookies = '_ga'), 'write a list: [{"name":"_ga"}]'],
  ['services[1].cookies', (p) => (p.services[1].cookies = { _ga: {} }), 'write a list: [{"name":"_pk_id.*"}]'],
  [
    'services[1].cookies[0].domain',
    (p) => (p.services[1].cookies = [{ name: '_ga', domain: '.example.fr' }]),
    /every domain.*leave it out/,
  ],
  [
    'services[1].cookies[0].expires',
    (p) => (p.services[1].cookies = [{ name: '_ga', expires: '1 y' }]),
    'Did you mean "lifetime"?',
  ],
  ['services[1].storage', (p) => (p.services[1].storage = 'matomo_*'), 'write a list: ["matomo_*"]'],
  ['services[1].storage[0]', (p) => (p.services[1].storage = ['/^matomo_/']), 'Write "matomo_*"'],
  [
    'services[1].origins',
    (p) => (p.services[1].origins = 'https://stats.example.fr'),
    'write a list: ["https://stats.example.fr"]',
  ],
  [
    'services[1].origins[0]',
    (p) => (p.services[1].origins = [{ host: 'stats.example.fr' }]),
    '"https://stats.example.fr"',
  ],
  ['services[1].aliases', (p) => (p.services[1].aliases = 'piwik'), 'write a list of ids: ["piwik"]'],
  ['services[1].orgins', (p) => (p.services[1].orgins = []), 'Did you mean "origins"?'],
  ['services[1].domains', (p) => (p.services[1].domains = []), 'Did you mean "origins"?'],
  ['services[1].category', (p) => (p.services[1].category = 'statistics'), 'Did you mean "purpose"?'],
  ['services[1].localStorage', (p) => (p.services[1].localStorage = []), 'Did you mean "storage"?'],
  ['services[1].anonymized', (p) => (p.services[1].anonymized = true), 'Did you mean "anonymised"?'],
  [
    'services[1].__proto__',
    (p) => Object.defineProperty(p.services[1], '__proto__', { value: 1, enumerable: true }),
    /unknown key.*\borigins\b/,
  ],
  ['services[1].cookies[0].key', (p) => (p.services[1].cookies = [{ key: '_ga' }]), 'Did you mean "name"?'],
  ['services[1].required', (p) => (p.services[1].required = true), 'write "purpose": "necessary"'],
  ['services[1].required', (p) => (p.services[1].required = false), /leave it out\./],
  ['services[1].Provider', (p) => rename(p.services[1], 'provider', 'Provider'), 'Did you mean "provider"?'],
  ['Revision', (p) => rename(p, 'revision', 'Revision'), 'Did you mean "revision"?'],
  ['Services', (p) => rename(p, 'services', 'Services'), 'Did you mean "services"?'],
  ['services[1].storage[0]', (p) => (p.services[1].storage = ['*']), /every entry and database/],
  ['services[1].storage[0]', (p) => (p.services[1].storage = ['cookie-gatekeeper:*']), /gatekeeper’s own/],
  ['services[1].storage[0]', (p) => (p.services[1].storage = ['cookie-gatekeeper*']), /gatekeeper’s own/],
  ['services[1].storage[0]', (p) => (p.services[1].storage = ['matomo_XXXX']), 'Write "matomo_*"'],
  ['services[3].id', (p) => (p.services[3].id = 'Matomo'), 'services[1].id is "matomo", the same but for capitals'],
  ['services[4].aliases[0]', (p) => (p.services[4].aliases = ['MATOMO']), 'the same but for capitals'],
  ['exclude[1]', (p) => (p.exclude = ['/admin/', '/']), /every page.*"\/admin\/".*"mode": "report"/],
  [
    'consent.cookie.name',
    (p) => (p.consent.cookie = { name: '__Host-choices', domain: 'example.fr' }),
    /one host only.*Write "__Secure-choices", or leave "domain" out/,
  ],
  ['consent.cookie.name', (p) => (p.consent.cookie = { name: '__Http-choices' }), /no script.*Write "choices"/],
  ['services[1].anonymised', (p) => (p.services[1].anonymised = 'true'), 'write true or false, without quotes'],
  ['services[1].id', (p) => (p.services[1].id = 'Google Analytics 4'), ': "google-analytics-4"'],
  ['services[1].id', (p) => (p.services[1].id = '3d.été'), ': "d-ete"'],
  ['services', (p) => (p.services = { matomo: { provider: 'Matomo' } }), 'write the list of services: [{ "id"'],
  ['services[1]', (p) => (p.services[1] = 'matomo'), 'write an object: { "id"'],
  ['service', (p) => (p.service = []), 'Did you mean "services"?'],
  ['Wall', (p) => (p.Wall = 'live'), 'Did you mean "wall"?'],
  ['wall', (p) => (p.wall = 'Strict'), 'write "strict", "live" or "off"'],
  ['consent.cookie', (p) => (p.consent.cookie = 'choices'), 'write an object: { "name"'],
  ['consent.cookie.domain', (p) => (p.consent.cookie.domain = '.example.fr'), '"example.fr"'],
];

describe('A mistake is answered with what was meant', () => {
  for (const [name, answer] of COOKIE_NAMES) {
    it(`a cookie named ${name}`, () =>
      matches(
        said(
          sampleWith((p) => (p.services[1].cookies = [{ name }])),
          'services[1].cookies[0].name',
        ),
        answer,
      ));
  }
  for (const [origin, answer] of ORIGINS) {
    it(`the origin ${origin}`, () =>
      matches(
        said(
          sampleWith((p) => (p.services[1].origins = [origin])),
          'services[1].origins[0]',
        ),
        answer,
      ));
  }
  for (const [purpose, answer] of PURPOSES) {
    it(`the purpose ${purpose}: ${answer}`, () =>
      matches(
        said(
          sampleWith((p) => (p.services[4].purpose = purpose)),
          'services[4].purpose',
        ),
        answer,
      ));
  }
  for (const [path, write, answer] of SHAPES) {
    it(`${path}: ${answer}`, () => matches(said(sampleWith(write), path), answer));
  }

  for (const [name, value] of Object.entries(OTHER_FILES))
    it(`another file, ${name}: once`, () => matches(said(value, ''), new RegExp(`${name}.*no policy.*init policy`)));

  it('a policy’s text, not what it says', () => matches(said('{ "revision": "1" }', ''), 'as JSON.parse makes it'));

  it('nothing in zod’s own words', () => {
    const everywhere = sampleWith((p) => {
      for (const key of Object.keys(p)) if (key !== 'services') p[key] = 1;
      for (const key of [
        ...Object.keys(p.services[1]),
        'aliases',
        'anonymised',
        'since',
        'access',
        'name',
        'description',
      ])
        p.services[1][key] = 1;
      p.services[0].cookies = [1, { name: 1, path: 1, location: 1, purpose: 1, lifetime: 1 }];
      Object.assign(p.services[4], { origins: [1], storage: [1], aliases: [1] });
    });
    assert.throws(
      () => parsePolicy(everywhere),
      ({ message }: Error) => {
        assert.doesNotMatch(message, /Invalid|expected/);
        assert.ok(message.split('\n').length > 20, message);
        return true;
      },
    );
  });

  describe('but what is right stays as it was written', () => {
    const accepts = (write: (policy: any) => unknown) => parsePolicy(sampleWith(write));

    for (const name of [
      '_ga',
      '_pk_id.*',
      '_ga*',
      'XSRF-TOKEN',
      'a#b',
      'a%zb',
      '_XX',
      '__Host-id',
      'a/b',
      'ln_or',
      'amp%20x',
      'e$x',
      'a^b',
      'x(1)',
      'é',
    ]) {
      it(`a cookie named ${name}`, () => void accepts((p) => (p.services[1].cookies = [{ name }])));
    }
    for (const name of ['a b', '{"key":1}', 'persist:root', 'a|b', 'https://x/*', '/path', '<id>', 'a?b=c']) {
      it(`an entry of a storage named ${name}`, () => void accepts((p) => (p.services[1].storage = [name])));
    }
    it('the gatekeeper’s own cookie, of a necessary service', () =>
      void accepts((p) => p.services[0].cookies.push({ name: 'cookies_preferences' })));
    it('aliases of one service that differ in capitals', () =>
      void accepts((p) => (p.services[1].aliases = ['MATOMO'])));
    it('a mirror for one host', () => void accepts((p) => (p.consent.cookie = { name: '__Host-choices' })));
    it('a known word as a purpose of the site’s own, where visitors have a text for it', () => {
      for (const purpose of ['marketing', 'statistic', 'constructor'])
        accepts((p) =>
          Object.assign(p, {
            texts: { fr: { [`purpose-${purpose}`]: 'Publicité' } },
            services: [{ ...p.services[4], purpose }],
          }),
        );
    });
    it('a purpose that is like no other', () => {
      for (const purpose of ['maps', 'customer-support', 'chat', 'toString', 'constructor'].map((word) =>
        word.toLowerCase(),
      ))
        accepts((p) => (p.services[4].purpose = purpose));
    });
  });
});
