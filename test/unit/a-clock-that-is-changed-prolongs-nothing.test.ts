import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addMonths } from '../../src/consent/decide-record';
import { isLive, type ConsentRecord } from '../../src/consent/record';
import { DAY, NOW, recordOf } from './sample-policy';

const HOUR = DAY / 24;
const MINUTE = HOUR / 60;

/** The record as it is after somebody has looked at it: see `readRecord`. */
const seen = (record: ConsentRecord, now: number): ConsentRecord => (isLive(record, now) ? { ...record, seenAt: Math.max(now, record.seenAt ?? 0) } : record);

describe('A clock that is changed prolongs no consent', () => {
  const record = recordOf({ matomo: true }, { decidedAt: NOW, expiresAt: addMonths(NOW, 6), seenAt: NOW });

  it('set forward, it ends the consent early', () => {
    assert.equal(isLive(record, addMonths(NOW, 7)), false);
  });

  it('set back to before the decision, it ends the consent', () => {
    assert.equal(isLive(record, NOW - DAY), false);
  });

  it('set back to after the decision, it ends the consent too', () => {
    const later = seen(record, NOW + 150 * DAY);
    assert.equal(isLive(later, NOW + 150 * DAY), true);
    assert.equal(isLive(later, NOW + 30 * DAY), false);
  });

  it('corrected by less than a minute, as browsers and time servers do, it changes nothing', () => {
    assert.equal(isLive(seen(record, NOW + DAY), NOW + DAY - MINUTE / 2), true);
  });

  it('whatever it does, nothing is permitted for longer than was said', () => {
    const jumps = fc.array(fc.record({ passed: fc.integer({ min: 0, max: 40 * DAY }), set: fc.integer({ min: -400 * DAY, max: 400 * DAY }) }), { maxLength: 20 });
    fc.assert(
      fc.property(jumps, (changes) => {
        // Real time goes on; the clock goes with it, and is set now and then. Somebody looks after each step.
        let [real, clock] = [NOW, NOW];
        let stored: ConsentRecord = record;
        let lived = 0;
        for (const { passed, set } of changes) {
          if (isLive(stored, clock) && isLive(stored, clock + passed)) lived += passed;
          real += passed;
          clock += passed;
          stored = seen(stored, clock);
          clock += set;
        }
        // Each change that is too small to be told from a correction may add what it set the clock back by.
        assert.ok(lived <= record.expiresAt - record.decidedAt + changes.length * MINUTE, `permitted for ${lived / DAY} days, until ${new Date(real).toISOString()}`);
      }),
    );
  });
});
