import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { adopted } from '../../../src/consent/adopt';
import type { ConsentRecord } from '../../../src/consent/record';
import { consentState, statusOf } from '../../../src/consent/service-status';
import { closedCsp } from '../../../src/csp/document-csp';
import { decideRequest } from '../../../src/requests/decide-request';
import { findServices } from '../../../src/requests/find-service';
import { indexPolicy } from '../../../src/requests/index-policy';
import { parsePolicy, type Policy, type Text } from '../../../src/policy/index';
import { serviceOf, compilePolicy } from '../../../src/compiled-policy/compiled-policy';
import { matchesPattern } from '../../../src/sweep/matches-pattern';
import { consentOf, NOW, recordOf, SITE } from '../sample-policy';

/** The table of the portal's own policy page, word for word; lifetimes as later editions of the page give them. */
const NECESSARY = [
  [
    'Opendatasoft',
    'Authentication (front and back office)',
    'sessionid',
    'To remember the user from one page to another',
    '2 weeks',
  ],
  [
    'Opendatasoft',
    'Language selection (front and back office)',
    'django_language',
    "To remember the visitor's language",
    '12 months',
  ],
  ['Opendatasoft', 'API (CSRF) (front et back office)', 'csrftoken', 'To retrieve data via API calls', '12 months'],
  [
    'Opendatasoft',
    'Choices related to your cookie preferences',
    'cookies_preferences',
    "To remember the visitor's cookie preferences",
    '6 months',
  ],
];

/** Hosts that such portals talk to. */
const HOSTS = [
  'tiles.jawg.io',
  'api.jawg.io',
  'nominatim.openstreetmap.org',
  'api.mapbox.com',
  'a.tile.thunderforest.com',
  'b.tile.thunderforest.com',
  'c.tile.thunderforest.com',
  'static.opendatasoft.com',
  'code.highcharts.com',
  'cdnjs.cloudflare.com',
];
const OPTIONAL_HOSTS = [
  'www.youtube.com',
  'player.vimeo.com',
  'www.dailymotion.com',
  'app.powerbi.com',
  'www.google-analytics.com',
  'www.googletagmanager.com',
  'region1.google-analytics.com',
  'region1.analytics.google.com',
  'analytics.google.com',
  'stats.g.doubleclick.net',
  'disqus.com',
  'platform.twitter.com',
  'js.hsforms.net',
];

const OPTIONAL_COOKIES = [
  ...['_pk_id.*', '_pk_ses.*', 'MATOMO_SESSID', '_pk_ref*', '_pk_cvar*', '_pk_hsr*', 'mtm_*'],
  ...['_ga', '_ga_*', '_gid', '_gat*'],
  ...['_pcid', '_pctx', 'pa_user', 'pa_privacy', 'atidvisitor', 'atsession'],
  'etuix',
  ...['_hjSessionUser_*', '_hjSession_*'],
  ...['hubspotutk', '__hstc', '__hssc'],
  ...['intercom-id-*', 'intercom-session-*'],
  ...['VISITOR_INFO1_LIVE', 'YSC', 'PREF'],
  ...['vuid', 'player'],
  ...['ARRAffinity', 'ARRAffinitySameSite', 'WFESessionId'],
];

/** As browsers have them, with the ids of sites and visitors inside. */
const SEEN_COOKIES: Record<string, string[]> = {
  matomo: [
    '_pk_id.1.1fff',
    '_pk_ses.1.1fff',
    '_pk_ref.1.1fff',
    '_pk_cvar.1.1fff',
    '_pk_hsr.1.1fff',
    'MATOMO_SESSID',
    'mtm_consent',
    'mtm_consent_removed',
    'mtm_cookie_consent',
  ],
  ga: ['_ga', '_ga_ABCDE12345', '_gid', '_gat', '_gat_gtag_UA_1_1'],
  piano: ['_pcid', '_pctx', '_pprv', 'pa_vid', 'pa_user', 'pa_privacy', 'atuserid', 'atidvisitor', 'atsession'],
  eulerian: ['etuix'],
  hotjar: ['_hjSessionUser_123456', '_hjSession_123456'],
  hubspot: ['hubspotutk', '__hstc', '__hssc'],
  intercom: ['intercom-id-abc', 'intercom-session-abc'],
};

const inEnglish = (text: Text | undefined) => (typeof text === 'object' ? text.en : text);

describe('The Opendatasoft preset says what the portal says', () => {
  let policy: Policy;

  before(async () => {
    policy = parsePolicy(
      JSON.parse(await readFile(new URL('../../../src/policy/presets/opendatasoft.json', import.meta.url), 'utf8')),
    );
  });

  it('lists the four necessary cookies, word for word', () => {
    const rows = policy.services
      .filter(({ purpose }) => purpose === 'necessary')
      .flatMap(({ provider, cookies = [] }) =>
        cookies.map(({ name, location, purpose, lifetime }) => [provider, location, name, purpose, lifetime]),
      )
      .map((row) => row.map((text) => inEnglish(text)));
    assert.deepEqual(rows, NECESSARY);
  });

  it('says everything in French as well as in English', () => {
    const missing: string[] = [];
    const check = (path: string, text: Text | undefined) => {
      if (typeof text === 'object' && !(text.fr && text.en)) missing.push(path);
    };
    for (const service of policy.services) {
      check(`${service.id}.provider`, service.provider);
      check(`${service.id}.name`, service.name);
      check(`${service.id}.description`, service.description);
      for (const cookie of service.cookies ?? []) {
        for (const key of ['location', 'purpose', 'lifetime'] as const)
          check(`${service.id}.${cookie.name}.${key}`, cookie[key]);
      }
    }
    assert.deepEqual(missing, []);
  });

  it('keeps decisions six months, in the platform’s own cookie, and closes what it does not know', () => {
    const { consent, wall, undeclared } = policy;
    assert.deepEqual(
      { consent, wall, undeclared },
      {
        consent: { months: 6, cookie: { name: 'cookies_preferences' }, globalPrivacyControl: 'refuse' },
        wall: 'strict',
        undeclared: 'refuse',
      },
    );
  });

  it('lists the cookies of the usual optional services, none of them as necessary', () => {
    const listed = new Map(
      policy.services.flatMap(({ purpose, cookies = [] }) => cookies.map(({ name }) => [name, purpose])),
    );
    assert.deepEqual(
      OPTIONAL_COOKIES.filter((name) => !listed.has(name)),
      [],
    );
    assert.deepEqual(
      OPTIONAL_COOKIES.filter((name) => listed.get(name) === 'necessary'),
      [],
    );
  });

  it('knows them by the names that browsers have them under, and takes none of the portal’s own for them', () => {
    const own = NECESSARY.map(([, , name]) => name!);
    for (const [id, names] of Object.entries(SEEN_COOKIES)) {
      const patterns = policy.services.find((service) => service.id === id)!.cookies!.map(({ name }) => name);
      assert.deepEqual(
        names.filter((name) => !matchesPattern(name, patterns)),
        [],
        id,
      );
      assert.deepEqual(
        own.filter((name) => matchesPattern(name, patterns)),
        [],
        id,
      );
    }
  });

  describe('with what the platform’s own banner writes taken over', () => {
    const adopting = () =>
      compilePolicy({ ...policy, consent: { ...policy.consent, cookie: { ...policy.consent.cookie, adopt: true } } });
    const record = (choices: object, before?: ConsentRecord) =>
      adopted(
        before,
        `cookies_preferences=${encodeURIComponent(JSON.stringify({ ...choices, timestamp: NOW }))}`,
        adopting(),
        NOW,
      );

    it('each of its tools is a service of the policy', () => {
      for (const [tool, id] of Object.entries({
        ga: 'ga',
        matomo: 'matomo',
        piano: 'piano',
        xiti: 'piano',
        at: 'piano',
        eulerian: 'eulerian',
      })) {
        for (const choice of [true, false]) {
          const consent = consentOf(undefined, { record: record({ functional_cookies: true, [tool]: choice }) });
          assert.deepEqual(consent.record!.choices, { [id]: choice }, tool);
          assert.equal(statusOf(serviceOf(adopting(), id)!, consent, adopting()), choice ? 'granted' : 'refused');
        }
      }
    });

    it('and its word about its own functional cookies, which are necessary, decides about nothing', () => {
      for (const choice of [true, false]) assert.equal(record({ functional_cookies: choice }), undefined);
    });

    it('what it does not ask about stays undecided, and is asked', () => {
      const consent = consentOf(undefined, {
        record: record({ functional_cookies: true, ga: true, matomo: true, xiti: false, eulerian: false }),
      });
      const { state, toAsk } = consentState(consent, adopting());
      assert.equal(state, 'undecided');
      assert.deepEqual(toAsk, [
        'hotjar',
        'hubspot',
        'intercom',
        'youtube',
        'vimeo',
        'dailymotion',
        'powerbi',
        'disqus',
        'twitter',
      ]);
    });

    it('and what was decided before about the rest, stands', () => {
      const before = recordOf({ youtube: true, matomo: true });
      assert.deepEqual(record({ matomo: false }, before)!.choices, { youtube: true, matomo: false });
    });
  });

  it('does not take statistics for anonymised: that depends on the portal', () => {
    assert.deepEqual(
      policy.services.filter(({ anonymised }) => anonymised),
      [],
    );
  });

  for (const host of [...HOSTS, ...OPTIONAL_HOSTS]) {
    it(`declares ${host}`, () => {
      assert.ok(findServices(new URL(`https://${host}/x`), indexPolicy(compilePolicy(policy)), new URL(SITE))[0]);
    });
  }

  for (const host of OPTIONAL_HOSTS) {
    it(`refuses ${host} before a choice, and leaves it out of the lock`, () => {
      const rules = indexPolicy(compilePolicy(policy));
      assert.equal(decideRequest({ url: `https://${host}/x`, site: SITE }, consentOf(), rules).action, 'refuse');
      const service = findServices(new URL(`https://${host}/x`), rules, new URL(SITE))[0]!;
      for (const origin of service.origins)
        assert.equal(closedCsp(rules).split(/[ ;]+/).includes(origin), false, origin);
    });
  }
});
