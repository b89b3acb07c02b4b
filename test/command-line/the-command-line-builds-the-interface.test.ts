import assert from 'node:assert/strict';
import { Script } from 'node:vm';
import { de } from '../../src/elements/texts/de';
import { en } from '../../src/elements/texts/en';
import { fr } from '../../src/elements/texts/fr';
import { it as italian } from '../../src/elements/texts/it';
import { interfaceTexts, pageTexts, UnknownLanguageError } from '../../src/cli/interface-languages';
import { parsePolicy } from '../../src/policy/index';
import { commandLine } from './command-line';
import { SAMPLE, sampleWith } from '../unit/sample-policy';

const INTERFACE = 'gatekeeper-interface.js';
const WITHOUT = ['gatekeeper-diagnosis.js', 'gatekeeper-on-demand.js', 'gatekeeper-sw.js', 'gatekeeper.js'];
const PREFERENCES = 'gatekeeper-preferences.js';
const WORDING = 'gatekeeper-texts-2-2026-11-23.json';
const FILES = [...WITHOUT, INTERFACE, PREFERENCES, WORDING].sort();
const SAID = { fr: fr.bannerText, en: en.bannerText, de: de.bannerText, it: italian.bannerText };

describe('The command line builds the interface', () => {
  const { succeed, fail, misuse, write, read, list } = commandLine();

  beforeEach(() => write('policy.json', JSON.stringify(SAMPLE)));

  const build = (...args: string[]) => succeed('build', 'policy.json', '--out', 'public', ...args);
  const spoken = () =>
    Object.entries(SAID)
      .filter(([, text]) => read('public', INTERFACE).includes(text))
      .map(([language]) => language);

  for (const theme of ['own', 'dsfr']) {
    it(`in the theme ${theme}: two files more, classic scripts, of which the page knows the first, and that the second`, () => {
      assert.ok(build('--interface', theme).includes(INTERFACE));
      assert.deepEqual(list('public'), FILES);
      new Script(read('public', INTERFACE), { filename: INTERFACE });
      assert.doesNotMatch(read('public', INTERFACE), /__[A-Z_]+__/);
      assert.ok(read('public', 'gatekeeper.js').includes(`"${INTERFACE}"`));
      new Script(read('public', PREFERENCES), { filename: PREFERENCES });
      assert.doesNotMatch(read('public', PREFERENCES), /__[A-Z_]+__/);
      assert.ok(read('public', INTERFACE).includes(`"${PREFERENCES}"`));
      assert.ok(!read('public', 'gatekeeper.js').includes(PREFERENCES));
    });
  }

  it('with the styles of its own theme only', () => {
    build('--interface', 'own');
    assert.match(read('public', INTERFACE), /--cookie-gatekeeper-accent/);
    assert.doesNotMatch(read('public', INTERFACE), /fr-consent/);
    build('--interface', 'dsfr');
    assert.match(read('public', INTERFACE), /fr-consent-banner/);
    assert.doesNotMatch(read('public', INTERFACE), /--cookie-gatekeeper-accent/);
  });

  it('and the wording that the receipts’ version of the text stands for, for as long as it is kept', () => {
    build('--interface', 'own');
    assert.deepEqual(JSON.parse(read('public', WORDING)).text, '2/2026-11-23');
    assert.equal(JSON.parse(read('public', WORDING)).texts.fr.bannerText, fr.bannerText);
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.revision = '../2027 é'))));
    build('--interface', 'own', '--languages', 'de');
    assert.equal(JSON.parse(read('public', 'gatekeeper-texts-2-..-2027-.json')).texts.de.bannerText, de.bannerText);
    assert.ok(list('public').includes(WORDING));
  });

  it('without one, no file of it, and no word of its texts', () => {
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.texts = { fr: { acceptAll: 'Oui à tout' } }))));
    build();
    assert.deepEqual(list('public'), WITHOUT);
    for (const file of WITHOUT) assert.doesNotMatch(read('public', file), /Oui à tout/, file);
  });

  it('in French and English without being asked, and in the languages of the policy', () => {
    build('--interface', 'own');
    assert.deepEqual(spoken(), ['fr', 'en']);
    write('policy.json', JSON.stringify(sampleWith((policy) => (policy.texts = { de: { acceptAll: 'Ja zu allem' } }))));
    build('--interface', 'own');
    assert.deepEqual(spoken(), ['fr', 'en', 'de']);
    assert.match(read('public', INTERFACE), /Ja zu allem/);
    assert.doesNotMatch(read('public', INTERFACE), /Alle akzeptieren/, 'the site’s own words are in the place of ours');
  });

  it('in the languages asked for, and no others, also of the policy’s texts', () => {
    write(
      'policy.json',
      JSON.stringify(
        sampleWith((policy) => (policy.services[4].description = { en: 'Films', it: 'Filmati', fr: 'Des films' })),
      ),
    );
    build('--interface', 'dsfr', '--languages', 'it,de');
    assert.deepEqual(spoken(), ['de', 'it']);
    assert.match(read('public', PREFERENCES), /Filmati/);
    for (const file of [INTERFACE, PREFERENCES]) assert.doesNotMatch(read('public', file), /Des films/, file);
    assert.doesNotMatch(read('public', INTERFACE), /Filmati/, 'nobody reads it who is asked');
    assert.ok(
      read('public', INTERFACE).indexOf(SAID.it) < read('public', INTERFACE).indexOf(SAID.de),
      'the first is for visitors who read none of them',
    );
  });

  it('in a language that only the policy has texts in, in English where they are missing', () => {
    write(
      'policy.json',
      JSON.stringify(sampleWith((policy) => (policy.texts = { oc: { acceptAll: 'Acceptar tot' } }))),
    );
    build('--interface', 'own', '--languages', 'oc');
    assert.match(read('public', INTERFACE), /"oc":\{.*Acceptar tot/);
    assert.deepEqual(spoken(), ['en'], 'what is missing');
    assert.doesNotMatch(read('public', INTERFACE), /"en":\{/);
  });

  it('with a purpose of the site’s own under a heading that can be read, in each of them', () => {
    write(
      'policy.json',
      JSON.stringify(
        sampleWith(
          (policy) => (
            (policy.services[4].purpose = 'customer-support'),
            (policy.services[1].purpose = 'maps'),
            (policy.texts = { fr: { 'purpose-maps': 'Cartes' } })
          ),
        ),
      ),
    );
    build('--interface', 'own', '--languages', 'fr, en');
    assert.equal(read('public', INTERFACE).match(/"purpose-customer-support":"Customer support"/g)?.length, 2);
    assert.equal(read('public', INTERFACE).match(/"purpose-maps":"Cartes"/g)?.length, 2);
  });

  it('but in no unknown language, and nothing is written then', () => {
    assert.match(
      fail('build', 'policy.json', '--out', 'public', '--interface', 'own', '--languages', 'fr,xx'),
      /no texts in "xx".*de, en, es, fr, it, nl, pt.*"texts" in the policy/,
    );
    assert.match(
      misuse('build', 'policy.json', '--out', 'public', '--interface', 'own', '--languages', ''),
      /"--languages" needs a value/,
    );
    assert.match(
      fail('build', 'policy.json', '--out', 'public', '--interface', 'own', '--languages', 'constructor'),
      /no texts in "constructor".*de, en, es/,
    );
    for (const language of ['__proto__', 'toString', 'FR']) {
      for (const texts of [interfaceTexts, pageTexts])
        assert.throws(() => texts(parsePolicy(SAMPLE), [language]), UnknownLanguageError);
    }
    assert.deepEqual(list(), ['policy.json']);
  });

  it('and says what its options are', () => {
    assert.match(
      misuse('build', 'policy.json', '--out', 'public', '--languages', 'fr'),
      /--languages are those of the interface: add --interface own/,
    );
    assert.match(misuse('build', 'policy.json', '--out', 'public', '--interface', 'gold'), /"gold".*own, dsfr/);
    assert.deepEqual(list(), ['policy.json']);
  });
});
