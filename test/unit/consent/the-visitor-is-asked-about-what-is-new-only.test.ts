import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChoices } from '../../../src/consent/apply-choices';
import { compareRevisions, consentState, permits, statusOf } from '../../../src/consent/service-status';
import type { CompiledPolicy } from '../../../src/compiled-policy/compiled-policy';
import { consentOf, DAY, NOW, recordOf, policyFor, serviceIn } from '../sample-policy';

const SERVICES = [
  { id: 'site', purpose: 'necessary', cookies: [{ name: 'session' }] },
  { id: 'matomo', origins: ['https://stats.example.fr'] },
  { id: 'youtube', origins: ['https://www.youtube.com'] },
  { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://audience.example.org'] },
];
const FIRST = policyFor(SERVICES, { revision: '2026-01-01' });
const WITH_MAPS = policyFor([...SERVICES, { id: 'maps', origins: ['https://maps.example'] }], {
  revision: '2026-06-01',
});
const MATOMO_CHANGED = policyFor(
  SERVICES.map((service) => (service.id === 'matomo' ? { ...service, since: '2026-06-01' } : service)),
  { revision: '2026-06-01' },
);

/** Who made these choices under a policy, yesterday. */
const decided = (choices: Record<string, boolean>, policy: CompiledPolicy = FIRST) =>
  consentOf(undefined, { record: applyChoices(undefined, { action: 'choose', choices }, policy, NOW - DAY) });

describe('The visitor is asked about what is new only', () => {
  it('about everything, before the first decision', () => {
    assert.deepEqual(consentState(consentOf(), FIRST), { state: 'undecided', toAsk: ['matomo', 'youtube'] });
  });

  it('about nothing, after a decision about everything: yes or no', () => {
    assert.deepEqual(consentState(decided({ matomo: true, youtube: false }), FIRST), { state: 'decided', toAsk: [] });
  });

  it('about the rest, when one service was allowed in passing', () => {
    assert.deepEqual(consentState(decided({ youtube: true }), FIRST), { state: 'undecided', toAsk: ['matomo'] });
  });

  it('about everything again, when the decision has expired', () => {
    const consent = consentOf(undefined, { record: recordOf({ matomo: true, youtube: false }, { expiresAt: NOW }) });
    assert.deepEqual(consentState(consent, FIRST), { state: 'expired', toAsk: ['matomo', 'youtube'] });
  });

  it('about a service that the policy did not have: the other choices stand', () => {
    const consent = decided({ matomo: true, youtube: false });
    assert.deepEqual(consentState(consent, WITH_MAPS), { state: 'outdated', toAsk: ['maps'] });
    assert.equal(permits(serviceIn(WITH_MAPS, 'matomo'), consent, WITH_MAPS), true);
    assert.equal(permits(serviceIn(WITH_MAPS, 'maps'), consent, WITH_MAPS), false);
  });

  it('about it alone also where nobody has raised the revision', () => {
    const unraised = { ...WITH_MAPS, revision: FIRST.revision };
    assert.deepEqual(consentState(decided({ matomo: true, youtube: false }), unraised), {
      state: 'outdated',
      toAsk: ['maps'],
    });
  });

  it('about it alone also after one of the others was changed in passing', () => {
    const { record } = decided({ matomo: true, youtube: false });
    const changed = applyChoices(record, { action: 'choose', choices: { youtube: true } }, WITH_MAPS, NOW);
    assert.deepEqual(consentState(consentOf(undefined, { record: changed }), WITH_MAPS), {
      state: 'outdated',
      toAsk: ['maps'],
    });
  });

  it('about all that was never asked, where one service was allowed in passing and the policy has changed since', () => {
    assert.deepEqual(consentState(decided({ youtube: true }), WITH_MAPS), {
      state: 'undecided',
      toAsk: ['matomo', 'maps'],
    });
  });

  it('about everything in the next term: what was allowed in passing after the end of the last one answers nothing else', () => {
    const { record } = decided({ matomo: true, youtube: false });
    const later = record!.expiresAt + DAY;
    const passing = applyChoices(record, { action: 'choose', choices: { youtube: true } }, FIRST, later);
    assert.deepEqual(consentState(consentOf(undefined, { record: passing, now: later }), FIRST), {
      state: 'undecided',
      toAsk: ['matomo'],
    });
  });

  it('about nothing, where nothing needs consent: not before a decision, nor after its end', () => {
    const exempt = policyFor(SERVICES.filter(({ id }) => id === 'site' || id === 'audience'));
    for (const record of [
      undefined,
      recordOf({ audience: false }),
      recordOf({ audience: false }, { expiresAt: NOW }),
    ]) {
      assert.deepEqual(consentState(consentOf(undefined, { record }), exempt), { state: 'decided', toAsk: [] });
    }
    assert.deepEqual(consentState(consentOf(), policyFor([])), { state: 'decided', toAsk: [] });
  });

  it('about a service that has changed since: neither the old yes nor the old no counts', () => {
    for (const matomo of [true, false]) {
      const consent = decided({ matomo, youtube: true });
      assert.deepEqual(consentState(consent, MATOMO_CHANGED), { state: 'outdated', toAsk: ['matomo'] });
      assert.equal(statusOf(serviceIn(MATOMO_CHANGED, 'matomo'), consent, MATOMO_CHANGED), 'outdated');
      assert.equal(permits(serviceIn(MATOMO_CHANGED, 'matomo'), consent, MATOMO_CHANGED), false);
      assert.equal(permits(serviceIn(MATOMO_CHANGED, 'youtube'), consent, MATOMO_CHANGED), true);
    }
  });

  it('and an answer about another service does not answer for the one that has changed', () => {
    const previous = decided({ matomo: true, youtube: true }).record;
    const record = applyChoices(previous, { action: 'choose', choices: { youtube: false } }, MATOMO_CHANGED, NOW);
    assert.deepEqual(record.choices, { youtube: false });
    assert.deepEqual(consentState(consentOf(undefined, { record }), MATOMO_CHANGED), {
      state: 'outdated',
      toAsk: ['matomo'],
    });
  });

  it('and the answer about what is new prolongs nothing', () => {
    const previous = recordOf({ matomo: true, youtube: true }, { revision: '2026-01-01', expiresAt: NOW + 10 * DAY });
    const record = applyChoices(previous, { action: 'choose', choices: { maps: true } }, WITH_MAPS, NOW);
    assert.equal(record.expiresAt, previous.expiresAt);
    assert.deepEqual(consentState(consentOf(undefined, { record }), WITH_MAPS), { state: 'decided', toAsk: [] });
  });

  it('and never about exempt statistics, to which an objection stays through every revision', () => {
    const changed = policyFor(
      SERVICES.map((service) => (service.id === 'audience' ? { ...service, since: '2026-06-01' } : service)),
      { revision: '2026-06-01' },
    );
    const consent = decided({ matomo: true, youtube: true, audience: false });
    assert.equal(statusOf(serviceIn(changed, 'audience'), consent, changed), 'objected');
    assert.deepEqual(consentState(consent, changed).toAsk, []);
    const record = applyChoices(consent.record, { action: 'choose', choices: { youtube: false } }, changed, NOW);
    assert.equal(record.choices['audience'], false);
  });

  describe('about nothing, where the policy takes the browser’s Global Privacy Control signal for the answer', () => {
    const answered = policyFor([...SERVICES, { id: 'maps', origins: ['https://maps.example'] }], {
      revision: '2026-06-01',
      consent: { globalPrivacyControl: 'answer' },
    });
    const matomo = recordOf({ matomo: true, youtube: false }, { expiresAt: NOW });
    const consents = {
      'no decision': consentOf(),
      'one that has expired': consentOf(undefined, { record: matomo }),
      'one about an earlier policy': decided({ matomo: true, youtube: false }),
      'one that cannot be read': consentOf(undefined, { restored: false }),
    };
    for (const [which, consent] of Object.entries(consents)) {
      it(`${which}: asked without the signal only`, () => {
        const { state, toAsk } = consentState(consent, answered);
        assert.notEqual(state, 'decided');
        assert.ok(toAsk.includes('maps'));
        assert.deepEqual(consentState({ ...consent, globalPrivacyControl: true }, answered), {
          state: 'decided',
          toAsk: [],
        });
      });
    }

    it('and what was granted all the same stays granted', () => {
      const consent = consentOf({ youtube: true }, { globalPrivacyControl: true });
      assert.deepEqual(
        ['matomo', 'youtube'].map((id) => statusOf(serviceIn(answered, id), consent, answered)),
        ['refused', 'granted'],
      );
      assert.deepEqual(consentState(consent, answered), { state: 'decided', toAsk: [] });
    });
  });

  it('whatever was decided: what is asked is not permitted, and what is permitted is not asked', () => {
    const choices = fc.dictionary(fc.constantFrom('matomo', 'youtube', 'audience', 'maps'), fc.boolean());
    fc.assert(
      fc.property(
        choices,
        fc.constantFrom(FIRST, WITH_MAPS, MATOMO_CHANGED),
        fc.boolean(),
        fc.constantFrom(FIRST, WITH_MAPS, MATOMO_CHANGED),
        (made, then, globalPrivacyControl, rules) => {
          const consent = { ...decided(made, then), globalPrivacyControl };
          const { state, toAsk } = consentState(consent, rules);
          assert.equal(state === 'decided', toAsk.length === 0);
          for (const service of rules.services) {
            if (toAsk.includes(service.id)) assert.equal(permits(service, consent, rules), false);
          }
        },
      ),
    );
  });

  it('revisions are compared as they are read', () => {
    const ordered = ['1', '2', '10', '2026-01-01', '2026-01-02', '2026-10-01'];
    for (const [index, revision] of ordered.entries()) {
      assert.equal(compareRevisions(revision, revision), 0);
      for (const later of ordered.slice(index + 1))
        assert.ok(compareRevisions(revision, later) < 0, `${revision} comes before ${later}`);
    }
  });
});
