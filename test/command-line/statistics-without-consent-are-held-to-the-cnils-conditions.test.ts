import assert from 'node:assert/strict';
import { contradicted, exemptionTables } from '../../src/cli/exemption';
import { parsePolicy } from '../../src/policy/index';
import { commandLine } from './command-line';

const policyWith = (facts: object) => ({
  revision: '1',
  services: [
    {
      id: 'matomo',
      provider: 'Matomo',
      purpose: 'statistics',
      anonymised: true,
      origins: ['https://m.example'],
      ...facts,
    },
  ],
});
const cookies = (...lifetimes: unknown[]) => ({
  cookies: lifetimes.map((lifetime, index) => ({ name: `c${index}`, lifetime })),
});
const isContradicted = (facts: object) => contradicted(parsePolicy(policyWith(facts)));
/** What is said to a condition: `met`, `**not met**`, or that nothing is. */
const saidTo = (condition: RegExp, facts: object) =>
  exemptionTables(parsePolicy(policyWith(facts)))
    .split('\n')
    .find((line) => condition.test(line))
    ?.split(' | ')[1];

describe('Statistics without consent are held to the CNIL’s conditions', () => {
  const { succeed, misuse, write } = commandLine();

  it('cookies are kept for 13 months at most, in whatever words that is said', () => {
    for (const lifetime of ['13 months', '13 mois', '395 days', '1 an', '1,5 heure', 'Session', { fr: '30 minutes' }]) {
      assert.deepEqual(isContradicted(cookies(lifetime)), [], String(lifetime));
      assert.equal(saidTo(/^. cookies are kept/, cookies(lifetime)), 'met', String(lifetime));
    }
    for (const lifetime of ['14 months', '400 jours', '2 Jahre', '60 weeks', '2 años', { fr: '1 an', en: '2 years' }])
      assert.equal(isContradicted(cookies('1 day', lifetime)).length, 1, String(lifetime));
    assert.deepEqual(isContradicted(cookies('1 day', '2 years')), [
      'matomo: cookies are kept for 13 months at most (c1: 2 years)',
    ]);
  });

  it('and data for 25', () => {
    assert.deepEqual(isContradicted({ retention: '25 mois' }), []);
    assert.deepEqual(isContradicted({ retention: { fr: '3 ans', en: '3 years' } }), [
      'matomo: data are kept for 25 months at most (retention: 3 years)',
    ]);
  });

  it('what the policy does not say, or says in words of its own, is left to a person', () => {
    for (const facts of [{}, cookies(undefined), cookies('as long as needed', '1 day')])
      assert.equal(saidTo(/^. cookies are kept/, facts), 'nothing: a person has to judge');
    for (const condition of [/third parties/, /across sites/, /last octet/, /put off/, /publisher alone/, /anonymous/])
      assert.equal(saidTo(condition, { transfer: 'None', retention: '1 year' }), 'nothing: a person has to judge');
    assert.equal(saidTo(/can object/, {}), 'met');
  });

  it('and nothing else is: who asks for consent keeps to what was agreed', () => {
    const asked = policyWith({ ...cookies('2 years'), anonymised: undefined });
    assert.deepEqual(contradicted(parsePolicy(asked)), []);
    assert.match(exemptionTables(parsePolicy(asked)), /^No service/);
  });

  it('the build says what is contradicted, and the officer can have all of them as a table', () => {
    write('policy.json', JSON.stringify(policyWith({ ...cookies('2 years'), retention: '25 months' })));
    assert.match(
      succeed('build', 'policy.json', '--out', 'public'),
      /conditions are not met:\n {2}matomo: cookies are kept.*\(c0: 2 years\)\nAsk for consent.*--exemption\nThen see/,
    );
    const table = succeed('policy', 'policy.json', '--exemption');
    assert.match(table, /^## matomo\n\n\| condition/);
    assert.match(table, /\| cookies are kept for 13 months at most \| \*\*not met\*\* \| c0: 2 years \|/);
    assert.match(table, /\| data are kept for 25 months at most \| met \| retention: 25 months \|/);
    assert.equal(table.trimEnd().split('\n').length, 14);
    assert.match(
      misuse('policy', 'policy.json', '--exemption', '--language', 'fr'),
      /leave --format and --language out/,
    );
  });
});
