import assert from 'node:assert/strict';
import { parsePolicy } from '../../../src/policy/index';
import { SAMPLE } from '../sample-policy';

describe('A policy is accepted as it is written', () => {
  it('one of every kind of service', () => {
    assert.deepEqual(parsePolicy(SAMPLE), { ...SAMPLE, lock: 'header', mode: 'enforce' });
  });

  it('with defaults for what it leaves out', () => {
    const { services, revision } = SAMPLE;
    assert.deepEqual(parsePolicy({ revision, services }), {
      revision,
      consent: { months: 6, cookie: { name: 'cookies_preferences' }, globalPrivacyControl: 'refuse' },
      wall: 'strict',
      lock: 'header',
      mode: 'enforce',
      undeclared: 'refuse',
      services,
    });
  });

  it('with defaults inside what it writes in part', () => {
    assert.deepEqual(parsePolicy({ revision: '1', consent: { months: 3 }, services: [] }).consent, {
      months: 3,
      cookie: { name: 'cookies_preferences' },
      globalPrivacyControl: 'refuse',
    });
    assert.deepEqual(parsePolicy({ revision: '1', consent: { cookie: {} }, services: [] }).consent.cookie, {
      name: 'cookies_preferences',
    });
  });

  it('with the places where a banner asks, or only placeholders do, and a signal that answers', () => {
    for (const ask of [
      { pages: 'placeholders' },
      { embeds: 'banner' },
      { pages: 'banner', embeds: 'placeholders' },
      {},
    ] as const) {
      const { consent } = parsePolicy({
        revision: '1',
        consent: { ask, globalPrivacyControl: 'answer' },
        services: [],
      });
      assert.deepEqual({ ask: consent.ask, signal: consent.globalPrivacyControl }, { ask, signal: 'answer' });
    }
  });

  it('with texts by language', () => {
    const services = [
      {
        id: 'matomo',
        provider: { fr: 'Matomo', en: 'Matomo' },
        name: { fr: 'Statistiques', 'pt-BR': 'Estatísticas' },
        purpose: 'statistics',
        description: 'Counts visits',
        cookies: [
          {
            name: '_pk_id.*',
            purpose: { fr: 'Mesurer' },
            lifetime: { fr: '13 mois', en: '13 months' },
            location: { fr: 'Partout' },
          },
        ],
      },
    ];
    assert.deepEqual(parsePolicy({ revision: '1', services }).services, services);
  });

  it('with a purpose of the site’s own', () => {
    const [service] = parsePolicy({
      revision: '1',
      services: [{ id: 'chat', provider: 'Chat', purpose: 'customer-support', origins: ['https://chat.example.org'] }],
    }).services;
    assert.equal(service?.purpose, 'customer-support');
  });

  it('with undeclared origins listed instead of refused, while the wall is off', () => {
    const { undeclared, wall } = parsePolicy({ revision: '1', undeclared: 'report', wall: 'off', services: [] });
    assert.deepEqual({ undeclared, wall }, { undeclared: 'report', wall: 'off' });
  });

  it('without changing what was read', () => {
    const written = { revision: '1', services: [] };
    parsePolicy(written);
    assert.deepEqual(written, { revision: '1', services: [] });
  });
});
