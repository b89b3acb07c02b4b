import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adopted } from '../../../src/consent/adopt';
import { applyChoices, type ConsentChange } from '../../../src/consent/apply-choices';
import { showsRecord } from '../../../src/consent/mirror';
import { mirrorAssignments } from '../../../src/consent/mirror-assignments';
import type { Choices, ConsentRecord } from '../../../src/consent/record';
import { permits } from '../../../src/consent/service-status';
import { consentOf, DAY, NOW, recordOf, policyFor, serviceIn } from '../sample-policy';

const IDS = ['matomo', 'youtube', 'ga'];
const SERVICES = IDS.map((id) => ({ id, origins: [`https://${id}.example`] }));
const SHARED = policyFor(SERVICES, { consent: { cookie: { domain: 'example.fr' } } });
const ALONE = policyFor(SERVICES);
const ALL_YES = { matomo: true, youtube: true, ga: true };
const choose = (choices: Choices): ConsentChange => ({ action: 'choose', choices });

/** The cookie that the hosts share, and one host's page and store. */
class Domain {
  cookies = '';
  now = NOW;
}
class Host {
  record: ConsentRecord | undefined;
  constructor(readonly domain: Domain) {}

  open(): void {
    this.record = adopted(this.record, this.domain.cookies, SHARED, this.domain.now);
    this.#write();
  }
  decide(change: ConsentChange): void {
    this.record = applyChoices(
      adopted(this.record, this.domain.cookies, SHARED, this.domain.now),
      change,
      SHARED,
      this.domain.now,
    );
    this.#write();
  }
  permits(id: string): boolean {
    return permits(serviceIn(SHARED, id), consentOf(undefined, { record: this.record, now: this.domain.now }), SHARED);
  }
  #write(): void {
    // The first is for a cookie of the host alone, which there is none of.
    const [, shared] = mirrorAssignments(this.record, this.domain.cookies, SHARED, this.domain.now, true);
    if (shared) this.domain.cookies = shared.split(';')[0]!;
  }
}

describe('A withdrawal holds on every host that shares the choices', () => {
  let domain: Domain;
  let one: Host;
  let other: Host;
  beforeEach(() => {
    domain = new Domain();
    [one, other] = [new Host(domain), new Host(domain)];
  });

  it('also when another host, which has not heard of it, decides about something else', () => {
    one.decide({ action: 'accept-all', choices: ALL_YES });
    other.open();
    domain.now += DAY;
    one.decide({ action: 'withdraw', choices: { youtube: false } });
    domain.now += 1000;
    other.decide(choose({ matomo: false }));
    one.open();
    for (const host of [one, other])
      assert.deepEqual(host.record!.choices, { matomo: false, youtube: false, ga: true });
  });

  it('also when both decide within the same millisecond', () => {
    one.decide({ action: 'accept-all', choices: ALL_YES });
    other.open();
    one.decide({ action: 'withdraw', choices: { youtube: false } });
    other.decide(choose({ matomo: false }));
    one.open();
    assert.deepEqual(one.record!.choices, { matomo: false, youtube: false, ga: true });
  });

  it('also when the clock was put right by some seconds in between', () => {
    one.decide({ action: 'accept-all', choices: ALL_YES });
    other.open();
    domain.now -= 30_000;
    one.decide({ action: 'withdraw', choices: { youtube: false } });
    assert.equal(one.permits('youtube'), false);
    other.open();
    assert.equal(other.permits('youtube'), false);
  });

  it('and the receipt of what was taken over is kept beside that of the decision', () => {
    const withReceipts = policyFor(SERVICES, {
      receipts: '/consent-receipts',
      consent: { cookie: { domain: 'example.fr' } },
    });
    one.decide({ action: 'refuse-all', choices: { matomo: false, youtube: false, ga: false } });
    domain.now += DAY;
    const record = applyChoices(
      adopted(undefined, domain.cookies, withReceipts, domain.now),
      choose({ matomo: true }),
      withReceipts,
      domain.now,
    );
    assert.deepEqual(
      record.unsent!.map(({ action, time }) => [action, time]),
      [
        ['adopt', NOW],
        ['choose', NOW + DAY],
      ],
    );
  });

  it('whatever is decided, where and when: two hosts are as one', () => {
    const step = fc.record({
      where: fc.boolean(),
      after: fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(30 * DAY)),
      what: fc.oneof(
        { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...IDS), fc.boolean(), { minKeys: 1 }) },
        { weight: 2, arbitrary: fc.constantFrom('open', 'lost') },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const domain = new Domain();
        const hosts = [new Host(domain), new Host(domain)] as const;
        let single: ConsentRecord | undefined;
        for (const { where, after, what } of steps) {
          const host = hosts[where ? 1 : 0];
          domain.now += after;
          if (what === 'lost') host.record = undefined; // The browser has evicted the host's IndexedDB.
          if (typeof what === 'string') host.open();
          else {
            host.decide(choose(what));
            single = applyChoices(single, choose(what), SHARED, domain.now);
          }
          if (!single || domain.now >= single.expiresAt) return; // The cookie has gone with it.
          assert.deepEqual(host.record!.choices, single.choices);
          assert.equal(showsRecord(domain.cookies, host.record!, SHARED), true);
          assert.equal(host.record!.expiresAt, single.expiresAt);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('and nothing is taken over where the policy does not say so', () => {
    const mirror = `${ALONE.cookie}=${encodeURIComponent(JSON.stringify({ youtube: true, timestamp: NOW }))}`;
    const record = recordOf({ youtube: false });
    assert.equal(adopted(record, mirror, ALONE, NOW), record);
    assert.equal(adopted(undefined, mirror, ALONE, NOW), undefined);
  });

  it('nor what is earlier, from the future, or has expired', () => {
    const mirror = (timestamp: number) =>
      `${SHARED.cookie}=${encodeURIComponent(JSON.stringify({ youtube: true, timestamp }))}`;
    const record = recordOf({ youtube: false });
    for (const timestamp of [record.decidedAt - 1, record.decidedAt, NOW + 2 * DAY])
      assert.equal(adopted(record, mirror(timestamp), SHARED, NOW), record);
    assert.equal(adopted(undefined, mirror(NOW - 400 * DAY), SHARED, NOW), undefined);
    assert.equal(adopted(record, mirror(NOW), SHARED, NOW)!.choices['youtube'], true);
  });

  it('a record from the future, left by a clock that was set back, does not keep a withdrawal out', () => {
    const record = recordOf({ youtube: true }, { decidedAt: NOW + 2 * DAY });
    const mirror = `${SHARED.cookie}=${encodeURIComponent(JSON.stringify({ youtube: false, timestamp: NOW }))}`;
    assert.equal(adopted(record, mirror, SHARED, NOW)!.choices['youtube'], false);
  });
});
