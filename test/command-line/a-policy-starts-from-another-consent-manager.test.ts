import assert from 'node:assert/strict';
import { PartyDescriber, type WrittenService } from '../../src/cli/audit/describe-party';
import type { WrittenPolicy } from '../../src/cli/audit/propose-policy';
import { buildInMemory } from '../../src/cli/build';
import { findConfiguration } from '../../src/cli/init/find-configuration';
import { importPolicy } from '../../src/cli/init/import-policy';
import { commandLine } from './command-line';
import { KLARO, OREJIME, TARTEAUCITRON, VANILLA } from './other-configurations';

/** A service of a policy, and what a test says of it. */
interface Imported {
  policy: WrittenPolicy;
  skipped: string[];
  service(id: string): WrittenService;
}

describe('A policy starts from another consent manager', () => {
  let describer: PartyDescriber;
  before(async () => {
    describer = await PartyDescriber.read();
  });

  const imported = (text: string, manager: string): Imported => {
    const configuration = findConfiguration(text, 'config.js');
    assert.equal(configuration.manager, manager);
    const policy = importPolicy(configuration, describer);
    const service = (id: string) => {
      const found = policy.services.find((one) => one.id === id);
      return found ?? assert.fail(`${id} is none of ${policy.services.map((one) => one.id).join(', ')}`);
    };
    const skipped = configuration.skipped.map(({ line, path, what }) => `${line} ${path}: ${what}`);
    return { policy, skipped, service };
  };
  const names = ({ cookies = [] }: WrittenService) => cookies.map(({ name }) => name);

  for (const [title, text] of Object.entries({ KLARO, OREJIME, VANILLA, TARTEAUCITRON }))
    it(`that of ${title.toLowerCase()} builds`, async () => {
      const policy = importPolicy(findConfiguration(text, 'config.js'), describer);
      const { files } = await buildInMemory(policy, { interface: 'own' });
      assert.ok(files.has('gatekeeper-interface.js'));
    });

  it('Klaro’s', () => {
    const { policy, skipped, service } = imported(KLARO, 'Klaro');
    assert.deepEqual(
      policy.services.map(({ id, purpose }) => [id, purpose]),
      [
        ['site', 'necessary'],
        ['matomo', 'statistics'],
        ['intercom', 'livechat'],
        ['surveyBox', 'third-party'],
        ['session', 'necessary'],
      ],
    );
    const matomo = service('matomo');
    assert.equal(matomo.name, 'Matomo/Piwik');
    assert.deepEqual(matomo.description, { en: 'Collecting of visitor statistics', fr: 'Statistiques de visites' });
    assert.deepEqual(names(matomo).slice(0, 4), ['_pk_*', 'piwik_ignore', 'mtm_*', 'stats']);
    assert.equal(matomo.cookies!.find(({ name }) => name === 'stats')!.path, '/map');
    assert.ok(names(matomo).includes('MATOMO_SESSID'), 'what is known of it besides');
    assert.ok(!names(matomo).includes('_pk_id.*'), 'what _pk_* says already');
    assert.deepEqual(matomo.origins, ['https://*.matomo.cloud']);
    assert.match(matomo.review!, /The cookies \/\^\(\?=_x\)\[ab\]\{2\}\$\/ of Klaro have no name with "\*"/);
    assert.deepEqual(names(service('intercom')), ['_ic_GTM-1', 'intercom-id-*', 'intercom-session-*']);
    assert.match(service('intercom').review!, /more purposes in Klaro: analytics/);
    assert.match(
      service('surveyBox').review!,
      /^Nobody knows Survey box\. Find out who this is, .*Its purpose is "styling" in Klaro.*Which hosts it uses is not known/,
    );
    assert.match(
      service('session').review!,
      /Necessary as in Klaro\. If the site works without it, let visitors decide/,
    );
    assert.deepEqual(policy.consent, { cookie: { domain: 'example.fr' } });
    assert.match(service('site').review!, /The hosts of example\.fr share the choices, as in Klaro/);
    assert.deepEqual(policy.texts, {
      en: {
        preferencesTitle: 'Your choices',
        refuseAll: 'No, thanks',
        'purpose-livechat': 'Live chat',
        'purpose-livechat-text': 'Help at once.',
      },
      fr: { refuseAll: 'Non merci', 'purpose-livechat': 'Discussion' },
    });
    assert.deepEqual(skipped, ['38 services[0].callback: a function']);
  });

  it('Orejime’s, in a page', () => {
    const { policy, skipped, service } = imported(OREJIME, 'Orejime');
    assert.deepEqual(
      policy.services.map(({ id, purpose }) => [id, purpose]),
      [
        ['site', 'necessary'],
        ['google-analytics', 'statistics'],
        ['charge', 'necessary'],
        ['youtube', 'medias'],
        ['carte-locale', 'medias'],
      ],
    );
    assert.deepEqual(names(service('google-analytics')).slice(0, 3), ['_ga', '_gat_*', '_ga_*']);
    assert.ok(service('google-analytics').origins!.includes('https://*.google-analytics.com'));
    assert.deepEqual(names(service('charge')), ['lb']);
    assert.ok(service('youtube').origins!.includes('https://i.ytimg.com'));
    assert.match(service('carte-locale').review!, /Orejime loads it before visitors are asked/);
    assert.deepEqual(policy.texts, { en: { 'purpose-medias': 'Médias', 'purpose-medias-text': 'Vidéos et cartes.' } });
    assert.deepEqual(skipped, [
      '8 cookie.stringify: a function',
      "10 purposes[0].cookies[3]: '_gat_' + GTM_UA",
      '11 purposes[1].cookies[0][2]: location.hostname',
    ]);
  });

  it('vanilla-cookieconsent’s, whose categories are services by their cookies', () => {
    const { policy, skipped, service } = imported(VANILLA, 'vanilla-cookieconsent');
    assert.deepEqual(
      policy.services.map(({ id, purpose }) => [id, purpose]),
      [
        ['site', 'necessary'],
        ['ga', 'statistics'],
        ['analytics', 'statistics'],
        ['facebookPixel', 'ads'],
        ['adNetwork', 'ads'],
      ],
    );
    assert.deepEqual(names(service('site')), ['PHPSESSID', 'cookies_preferences']);
    assert.deepEqual(names(service('ga')).slice(0, 2), ['_ga*', '_gid']);
    assert.deepEqual(service('analytics').cookies, [
      { name: 'own_counter', purpose: { en: 'Counts visits' }, lifetime: { en: '1 year' } },
    ]);
    assert.match(service('facebookPixel').review!, /Taken for Facebook by its name: see whether it is/);
    assert.ok(service('facebookPixel').origins!.includes('https://*.facebook.net'));
    assert.match(JSON.stringify(service('facebookPixel').cookies), /advertisement products.*"4 months"/);
    assert.deepEqual(names(service('adNetwork')), ['adn_a', 'adn_b']);
    assert.equal(policy.texts!['en']!['bannerText'], 'Read the policy .');
    assert.equal(policy.texts!['en']!['purpose-ads'], 'Advertisement');
    assert.equal(policy.texts!['en']!['refuseAll'], 'Reject all');
    assert.deepEqual(skipped, [
      '8 onConsent: a function',
      '17 categories.ads.services.facebookPixel.onAccept: a function',
      '46 language.translations.de: a function',
    ]);
  });

  it('tarteaucitron’s, by the names of its services', () => {
    const { policy, skipped, service } = imported(TARTEAUCITRON, 'tarteaucitron');
    assert.deepEqual(
      policy.services.map(({ id, purpose }) => [id, purpose]),
      [
        ['site', 'necessary'],
        ['gtag', 'statistics'],
        ['matomo', 'statistics'],
        ['youtube', 'third-party'],
        ['facebookpixel', 'third-party'],
        ['enquete', 'third-party'],
        ['zzzunknown', 'third-party'],
      ],
    );
    assert.ok(names(service('gtag')).includes('_ga_*'));
    assert.deepEqual(service('matomo').origins, ['https://stats.example.org/matomo/', 'https://*.matomo.cloud']);
    const { name, provider, privacyUrl, cookies } = service('enquete');
    assert.deepEqual([name ?? provider, privacyUrl], ['Enquête', 'https://enquete.example/privacy']);
    assert.deepEqual(cookies, [{ name: 'enquete_id' }, { name: 'enquete_step' }]);
    assert.match(service('zzzunknown').review!, /^Nobody knows zzzunknown\. Find out who this is/);
    assert.deepEqual(service('zzzunknown').origins, ['https://write-its-host.invalid']);
    assert.deepEqual(skipped, ['18 tarteaucitron.user.gtagMore: a function', '26 tarteaucitron.job: chosen']);
  });

  describe('and nothing of it is taken for more than it says', () => {
    const purposesOf = (text: string) =>
      importPolicy(findConfiguration(text, 'config.js'), describer)
        .services.slice(1)
        .map(({ purpose }) => purpose);

    it('what visitors can refuse is not necessary, whatever it is called', () => {
      const called = (purpose: string, title: string) =>
        `c = { translations: { en: { purposes: { ${purpose}: '${title}' } } }, services: [{ name: 'a', purposes: ['${purpose}'], cookies: ['a_b'] }] }`;
      for (const purpose of ['necessary', 'Necessary', 'essential', 'functional'])
        for (const title of ['', 'Needed']) assert.notDeepEqual(purposesOf(called(purpose, title)), ['necessary']);
    });

    it('what is known to track stays so, also where visitors cannot refuse it', () => {
      assert.deepEqual(purposesOf(`c = { services: [{ name: 'hotjar', required: true }] }`), ['statistics']);
    });

    it('no pattern becomes all cookies', () => {
      const { services } = importPolicy(
        findConfiguration(`c = { services: [{ name: 'a', cookies: [/.*/, /^[a-z]+$/, /_/, '*'] }] }`, 'config.js'),
        describer,
      );
      assert.equal(services[1]!.cookies, undefined);
    });

    it('a constant that is given another value is none', () => {
      const { services, skipped } = findConfiguration(
        `let x = 'a_b'; x = run(); const y = y; c = { services: [{ name: 'a', cookies: [x, y] }] }`,
        'config.js',
      );
      assert.deepEqual([services[0]!.cookies, skipped.length], [[], 2]);
    });

    it('constants, and what operators make of literals, are literals', () => {
      const { services, skipped } = findConfiguration(
        `const C = { a: 'x_' }, more = [{ name: \`s\${1}\`, cookies: [C.a + 'y', C['a'] + \`z\`] }];
         c = { apps: [{ name: 'a', required: !0, cookies: [] }, ...more, ...others] }`,
        'config.js',
      );
      assert.deepEqual(
        services.map(({ key, isRequired, cookies }) => [key, isRequired, cookies.map(({ name }) => name)]),
        [
          ['a', true, []],
          ['s1', false, ['x_y', 'x_z']],
        ],
      );
      assert.deepEqual(skipped, [{ line: 2, path: 'apps[2]', what: '...others' }]);
    });

    it('a language is written as a policy has it, and what is none is left out', () => {
      const { texts } = importPolicy(
        findConfiguration(
          `c = { translations: { pt_BR: { decline: 'Recusar' }, 'a b': { decline: 'x' } }, services: [{ name: 'a' }] }`,
          'config.js',
        ),
        describer,
      );
      assert.deepEqual(texts, { 'pt-BR': { refuseAll: 'Recusar' } });
    });

    it('names in one pattern may be of several services', () => {
      const { services } = importPolicy(
        findConfiguration(
          `run({ mode: 'opt-in', categories: { performance: { autoClear: { cookies: [{ name: /^(_hj|_fbp|own_)/ }] } } } })`,
          'config.js',
        ),
        describer,
      );
      assert.deepEqual(
        services.slice(1).map((service) => [service.id, names(service)[0]]),
        [
          ['hotjar', '_hj*'],
          ['facebook', '_fbp*'],
          ['performance', 'own_*'],
        ],
      );
    });

    it('two of one name are two services', () => {
      const { services } = importPolicy(
        findConfiguration(`c = { services: [{ name: 'a' }, { name: 'a' }, { name: 'site' }] }`, 'config.js'),
        describer,
      );
      assert.deepEqual(
        services.map(({ id }) => id),
        ['site', 'a', 'a-2', 'site-2'],
      );
    });
  });

  describe('on the command line', () => {
    const { write, read, succeed, fail, misuse, list } = commandLine();

    it('which says what was left out, and what is to be reviewed; and builds', () => {
      write('klaro.js', KLARO);
      const said = succeed('init', 'policy.json', '--from', 'klaro.js');
      assert.match(said, /^Wrote policy\.json, with 4 services of the configuration of Klaro in klaro\.js/);
      assert.match(said, /only running it would tell.*\n {2}line 38: services\[0\]\.callback: a function\n/);
      assert.match(said, /To be reviewed, as "review" in site, matomo, intercom, surveyBox, session says/);
      assert.match(read('policy.json'), /^\{\n {2}"\$schema"/);
      succeed('build', 'policy.json', '--out', 'public');
      assert.match(fail('init', 'policy.json', '--from', 'klaro.js'), /exists already, and is kept/);
    });

    it('which runs nothing', () => {
      write('klaro.js', `require('fs').writeFileSync('ran', ''); process.exit(3); ${KLARO}`);
      succeed('init', 'policy.json', '--from', 'klaro.js');
      assert.deepEqual(list(), ['klaro.js', 'policy.json']);
    });

    it('or says why it cannot', () => {
      write('config.ts', 'const config: Config = {\n};');
      write('empty.js', 'console.log({ services: [] })');
      write('init.js', 'tarteaucitron.init({ cookieDomain: "x" });');
      assert.match(fail('init', 'p.json', '--from', 'config.ts'), /config\.ts is not JavaScript: line 1, column 13: /);
      assert.match(
        fail('init', 'p.json', '--from', 'empty.js'),
        /has no configuration of Klaro.*npx cookie-gatekeeper audit/,
      );
      assert.match(fail('init', 'p.json', '--from', 'init.js'), /pushes no service/);
      assert.match(fail('init', 'p.json', '--from', 'none.js'), /none\.js could not be read: there is no such file/);
      assert.match(
        misuse('init', 'p.json', '--from', 'x.js', '--adopt'),
        /--adopt is for the policy of an Opendatasoft/,
      );
      assert.ok(!list().includes('p.json'));
    });
  });
});
