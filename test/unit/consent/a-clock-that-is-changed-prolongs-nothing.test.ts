import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addMonths, applyChoices } from '../../../src/consent/apply-choices';
import { isInForce, withLastSeen, type ConsentRecord } from '../../../src/consent/record';
import { DAY, MIRRORED, NOW, recordOf } from '../sample-policy';

const HOUR = DAY / 24;
const MINUTE = HOUR / 60;
/** A clock may be corrected by a minute, and what is noted may be a minute old: what is set back by more is found out. */
const UNNOTICED = 2 * MINUTE;

describe('A clock that is changed prolongs no consent', () => {
  const record = recordOf({ matomo: true }, { decidedAt: NOW, expiresAt: addMonths(NOW, 6), seenAt: NOW });

  it('set forward, it ends the consent early', () => {
    assert.equal(isInForce(record, addMonths(NOW, 7), MIRRORED), false);
  });

  it('set back to before the decision, it ends the consent', () => {
    assert.equal(isInForce(record, NOW - DAY, MIRRORED), false);
  });

  it('set back to after the decision, it ends the consent too', () => {
    const later = withLastSeen(record, NOW + 150 * DAY);
    assert.equal(isInForce(later, NOW + 150 * DAY, MIRRORED), true);
    assert.equal(isInForce(later, NOW + 30 * DAY, MIRRORED), false);
  });

  it('set back by less than an hour, again and again, it ends the consent the first time', () => {
    const later = withLastSeen(record, NOW + HOUR);
    assert.equal(isInForce(withLastSeen(later, NOW + 10 * MINUTE), NOW + 10 * MINUTE, MIRRORED), false);
  });

  it('set back, it ends the consent for good: not only until the clock has caught up', () => {
    const ended = withLastSeen(withLastSeen(record, NOW + 150 * DAY), NOW + 30 * DAY);
    for (const day of [29, 31, 149, 151, 179])
      assert.equal(isInForce(withLastSeen(ended, NOW + day * DAY), NOW + day * DAY, MIRRORED), false);
  });

  it('set back after the consent has expired, it does not bring it back', () => {
    const expired = withLastSeen(record, record.expiresAt);
    for (const back of [HOUR, DAY, 30 * DAY])
      assert.equal(isInForce(withLastSeen(expired, record.expiresAt - back), record.expiresAt - back, MIRRORED), false);
  });

  it('set back between two decisions, it is found out after the second one too', () => {
    const later = withLastSeen(record, NOW + DAY)!;
    const second = applyChoices(
      later,
      { action: 'choose', choices: { youtube: true } },
      MIRRORED,
      NOW + DAY - MINUTE / 2,
    );
    assert.equal(second.seenAt, NOW + DAY);
  });

  it('corrected by less than a minute, as browsers and time servers do, it changes nothing', () => {
    assert.equal(isInForce(withLastSeen(record, NOW + DAY), NOW + DAY - MINUTE / 2, MIRRORED), true);
  });

  it('and the visitor can decide anew under whatever the clock says', () => {
    for (const now of [NOW - 300 * DAY, NOW + DAY, NOW + 3000 * DAY]) {
      const decided = applyChoices(
        withLastSeen(record, NOW + 1000 * DAY),
        { action: 'choose', choices: { matomo: true } },
        MIRRORED,
        now,
      );
      assert.equal(isInForce(decided, now, MIRRORED), true);
    }
  });

  it('and nothing is noted where nothing is to be: not within a minute, not of none, and never an earlier time', () => {
    assert.equal(withLastSeen(record, NOW + MINUTE), record);
    assert.equal(withLastSeen(record, NOW - MINUTE), record);
    const ended = withLastSeen(record, NOW - DAY);
    assert.equal(withLastSeen(ended, NOW - DAY), ended);
    assert.equal(withLastSeen(ended, NOW - DAY / 2), ended);
    assert.equal(withLastSeen(undefined, NOW), undefined);
    assert.deepEqual(withLastSeen(recordOf({}), NOW), recordOf({}, { seenAt: NOW }));
  });

  it('whatever it does, nothing is permitted for longer than was said', () => {
    const short = { ...record, expiresAt: NOW + DAY };
    const jumps = fc.array(
      fc.record({
        passed: fc.oneof(fc.nat(2 * MINUTE), fc.nat(4 * HOUR)),
        set: fc.oneof(
          { weight: 8, arbitrary: fc.constant(0) },
          { weight: 3, arbitrary: fc.integer({ min: -3 * MINUTE, max: 3 * MINUTE }) },
          { weight: 1, arbitrary: fc.integer({ min: -3 * HOUR, max: HOUR }) },
          { weight: 1, arbitrary: fc.integer({ min: -2 * DAY, max: 2 * DAY }) },
        ),
      }),
      { minLength: 10, maxLength: 60 },
    );
    fc.assert(
      fc.property(jumps, (changes) => {
        // Real time goes on; the clock goes with it, and is set now and then. Somebody looks before and after each step.
        let [real, clock] = [NOW, NOW];
        let stored: ConsentRecord | undefined = short;
        let setBackUnnoticed = 0;
        for (const { passed, set } of changes) {
          stored = withLastSeen(stored, clock);
          real += passed;
          clock += passed;
          stored = withLastSeen(stored, clock);
          if (isInForce(stored, clock, MIRRORED))
            assert.ok(
              real < short.expiresAt + setBackUnnoticed,
              `permitted ${(real - short.expiresAt) / MINUTE} minutes after its end`,
            );
          clock += set;
          if (set < 0 && set >= -UNNOTICED) setBackUnnoticed -= set;
        }
      }),
      { numRuns: 5000 },
    );
  });
});
