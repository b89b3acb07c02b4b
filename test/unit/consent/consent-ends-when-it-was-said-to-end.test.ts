import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addMonths, applyChoices } from '../../../src/consent/apply-choices';
import { receiptOf } from '../../../src/consent/receipt';
import { isInForce } from '../../../src/consent/record';
import { consentState, permits } from '../../../src/consent/service-status';
import { consentOf, DAY, NOW, recordOf, policyFor, serviceIn } from '../sample-policy';

const SERVICES = [
  { id: 'cdn', purpose: 'necessary', origins: ['https://cdn.example.net'] },
  { id: 'audience', purpose: 'statistics', anonymised: true, origins: ['https://audience.example.org'] },
  { id: 'matomo', purpose: 'statistics', origins: ['https://stats.example.fr'] },
  { id: 'youtube', purpose: 'third-party', origins: ['https://www.youtube.com'] },
];
const RULES = policyFor(SERVICES);
const ALL_YES = { audience: true, matomo: true, youtube: true };
const ALL_NO = { audience: false, matomo: false, youtube: false };
const acceptAll = { action: 'accept-all', choices: ALL_YES } as const;
const refuseAll = { action: 'refuse-all', choices: ALL_NO } as const;

const at = (text: string) => Date.parse(text);

describe('Consent ends when it was said to end', () => {
  it('records when, what, under which revision, and how', () => {
    const { id, ...record } = applyChoices(undefined, acceptAll, RULES, NOW);
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(record, {
      revision: '1',
      decidedAt: NOW,
      expiresAt: at('2027-05-23T12:00:00Z'),
      action: 'accept-all',
      choices: ALL_YES,
      complete: true,
      seenAt: NOW,
    });
  });

  it('keeps a refusal exactly as long as an acceptance', () => {
    assert.equal(
      applyChoices(undefined, refuseAll, RULES, NOW).expiresAt,
      applyChoices(undefined, acceptAll, RULES, NOW).expiresAt,
    );
  });

  it('gives each decision an id of its own', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    assert.notEqual(applyChoices(first, acceptAll, RULES, NOW).id, first.id);
  });

  it('keeps the running term when some services are changed', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const later = applyChoices(first, { action: 'withdraw', choices: { youtube: false } }, RULES, NOW + 100 * DAY);
    assert.equal(later.expiresAt, first.expiresAt);
    assert.equal(later.decidedAt, NOW + 100 * DAY);
    assert.deepEqual(later.choices, { ...ALL_YES, youtube: false });
  });

  it('proves that one service was withdrawn as what it was', () => {
    const proven = { ...RULES, receipts: '/consent-receipts' };
    const first = applyChoices(undefined, acceptAll, proven, NOW);
    const later = applyChoices(first, { action: 'withdraw', choices: { youtube: false } }, proven, NOW + DAY);
    assert.deepEqual(
      later.unsent!.map(({ action, choices }) => [action, choices]),
      [
        ['accept-all', ALL_YES],
        ['withdraw', { ...ALL_YES, youtube: false }],
      ],
    );
    assert.deepEqual(receiptOf(later), later.unsent![1]);
  });

  it('starts a new term when every service is decided, necessary ones aside', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const later = applyChoices(first, refuseAll, RULES, NOW + 100 * DAY);
    assert.equal(later.expiresAt, addMonths(NOW + 100 * DAY, 6));
    assert.deepEqual(later.choices, ALL_NO);
  });

  it('nor does a new term take an answer about exempt services, which nobody is asked about', () => {
    const first = applyChoices(undefined, refuseAll, RULES, NOW);
    const later = applyChoices(first, { action: 'choose', choices: { matomo: true, youtube: true } }, RULES, NOW + DAY);
    assert.equal(later.expiresAt, addMonths(NOW + DAY, 6));
    assert.equal(later.choices['audience'], false, 'an objection stays');
  });

  it('never slides, however often single services are changed', () => {
    const change = fc.record({
      id: fc.constantFrom('audience', 'matomo', 'youtube'),
      yes: fc.boolean(),
      after: fc.nat(20 * DAY),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const first = applyChoices(undefined, acceptAll, RULES, NOW);
        let record = first;
        let now = NOW;
        for (const { id, yes, after } of changes) {
          now += after;
          if (now >= first.expiresAt) return;
          record = applyChoices(record, { action: 'choose', choices: { [id]: yes } }, RULES, now);
          assert.equal(record.expiresAt, first.expiresAt);
          assert.equal(record.choices[id], yes);
        }
      }),
    );
  });

  it('ends sooner when the policy’s term has been shortened since', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const shorter = policyFor(SERVICES, { consent: { months: 1 } });
    assert.equal(
      applyChoices(first, { action: 'choose', choices: { matomo: false } }, shorter, NOW + DAY).expiresAt,
      addMonths(NOW + DAY, 1),
    );
  });

  it('ends sooner under a policy that keeps decisions for fewer months, without another decision', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const shorter = policyFor(SERVICES, { consent: { months: 1 } });
    const permitted = (now: number) =>
      permits(serviceIn(shorter, 'matomo'), consentOf(undefined, { record: first, now }), shorter);
    assert.equal(permitted(addMonths(NOW, 1) - 1), true);
    assert.equal(permitted(NOW + 31 * DAY), false);
    const now = NOW + 40 * DAY;
    assert.equal(consentState(consentOf(undefined, { record: first, now }), shorter).state, 'expired');
    assert.deepEqual(applyChoices(first, { action: 'choose', choices: { youtube: false } }, shorter, now).choices, {
      youtube: false,
    });
  });

  it('and not later under one that keeps them for more: the end is a promise', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const longer = policyFor(SERVICES, { consent: { months: 13 } });
    assert.equal(isInForce(first, first.expiresAt - 1, longer), true);
    assert.equal(isInForce(first, first.expiresAt, longer), false);
  });

  it('lasts all of its calendar months, whichever these are', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 13 }),
        (date, months) => {
          const policy = policyFor(SERVICES, { consent: { months } });
          const record = applyChoices(undefined, acceptAll, policy, date.getTime());
          assert.equal(isInForce(record, record.expiresAt - 1, policy), true);
          assert.equal(isInForce(record, record.expiresAt, policy), false);
        },
      ),
    );
  });

  it('builds nothing upon an expired record', () => {
    const first = applyChoices(undefined, acceptAll, RULES, NOW);
    const later = applyChoices(first, { action: 'choose', choices: { matomo: true } }, RULES, first.expiresAt);
    assert.deepEqual(later.choices, { matomo: true });
    assert.equal(later.expiresAt, addMonths(first.expiresAt, 6));
  });

  it('keeps an objection that was made in a record which has expired since: silence is not a new agreement', () => {
    const objected = applyChoices(undefined, refuseAll, RULES, NOW);
    const now = objected.expiresAt + DAY;
    const later = applyChoices(objected, { action: 'choose', choices: { matomo: true } }, RULES, now);
    assert.equal(permits(serviceIn(RULES, 'audience'), consentOf(undefined, { record: later, now }), RULES), false);
  });

  it('leaves the record that it starts from as it was', () => {
    const first = Object.freeze({ ...recordOf(Object.freeze({ ...ALL_YES })) });
    applyChoices(first, { action: 'withdraw', choices: { matomo: false } }, RULES, NOW);
    assert.deepEqual(first.choices, ALL_YES);
  });

  it('is live up to its last millisecond, and not at the moment it expires', () => {
    const record = applyChoices(undefined, acceptAll, RULES, NOW);
    assert.equal(isInForce(record, NOW, RULES), true);
    assert.equal(isInForce(record, record.expiresAt - 1, RULES), true);
    assert.equal(isInForce(record, record.expiresAt, RULES), false);
    assert.equal(isInForce(undefined, NOW, RULES), false);
    const matomo = serviceIn(RULES, 'matomo');
    assert.equal(permits(matomo, consentOf(undefined, { record, now: record.expiresAt - 1 }), RULES), true);
    assert.equal(permits(matomo, consentOf(undefined, { record, now: record.expiresAt }), RULES), false);
  });

  describe('months are calendar months', () => {
    const MONTHS: [from: string, months: number, to: string][] = [
      ['2026-11-23T12:00:00Z', 6, '2027-05-23T12:00:00Z'],
      ['2026-08-31T00:00:00Z', 6, '2027-02-28T00:00:00Z'],
      ['2027-08-31T00:00:00Z', 6, '2028-02-29T00:00:00Z'],
      ['2026-12-31T23:59:59.999Z', 6, '2027-06-30T23:59:59.999Z'],
      ['2026-03-31T10:00:00Z', 1, '2026-04-30T10:00:00Z'],
      ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
      ['2026-01-30T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
      ['2028-02-29T10:00:00Z', 12, '2029-02-28T10:00:00Z'],
      ['2026-10-31T10:00:00Z', 13, '2027-11-30T10:00:00Z'],
      ['2026-12-15T10:00:00Z', 1, '2027-01-15T10:00:00Z'],
    ];
    for (const [from, months, to] of MONTHS) {
      it(`${from} and ${months} months: ${to}`, () => {
        assert.equal(new Date(addMonths(at(from), months)).toISOString(), new Date(to).toISOString());
      });
    }

    it('is never later than the same day of that month', () => {
      fc.assert(
        fc.property(
          fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
          fc.integer({ min: 1, max: 13 }),
          (date, months) => {
            const end = new Date(addMonths(date.getTime(), months));
            assert.equal(
              (end.getUTCFullYear() - date.getUTCFullYear()) * 12 + end.getUTCMonth() - date.getUTCMonth(),
              months,
            );
            assert.ok(end.getUTCDate() <= date.getUTCDate());
          },
        ),
      );
    });
  });
});
