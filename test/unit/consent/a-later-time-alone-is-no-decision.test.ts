import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adopted } from '../../../src/consent/adopt';
import { applyChoices } from '../../../src/consent/apply-choices';
import { readMirror, showsRecord, type Mirror } from '../../../src/consent/mirror';
import { mirrorAssignments } from '../../../src/consent/mirror-assignments';
import type { Choices, ConsentRecord } from '../../../src/consent/record';
import { permits } from '../../../src/consent/service-status';
import { consentOf, DAY, NOW, recordOf, policyFor, serviceIn } from '../sample-policy';

const SERVICES = [{ id: 'matomo' }, { id: 'piano', aliases: ['at', 'xiti'] }, { id: 'youtube' }].map((service) => ({
  ...service,
  origins: [`https://${service.id}.example`],
}));
const ADOPTING = policyFor(SERVICES, { receipts: '/consent-receipts', consent: { cookie: { adopt: true } } });
const SHARED = policyFor(SERVICES, { consent: { cookie: { domain: 'example.fr' } } });
const MINUTE = 60_000;

const cookie = (mirror: Mirror) => `${ADOPTING.cookie}=${encodeURIComponent(JSON.stringify(mirror))}`;

/** A visitor's browser, with the platform's banner, which writes its cookie again with every page. */
class Visitor {
  now = NOW;
  cookies = '';
  record: ConsentRecord | undefined;
  /** How often the page wrote the mirror. */
  writes = 0;

  constructor(readonly banner: (visitor: Visitor) => Mirror | undefined) {}

  get receipts(): string[] {
    return this.record?.unsent?.map(({ action }) => action) ?? [];
  }
  open(): void {
    const mirror = this.banner(this);
    if (mirror) this.cookies = cookie(mirror);
    const record = adopted(this.record, this.cookies, ADOPTING, this.now);
    // As a page does: what is the same decision is not stored again.
    if (record?.id !== this.record?.id) this.record = record;
    this.mirror();
  }
  decide(choices: Choices): void {
    this.record = applyChoices(
      adopted(this.record, this.cookies, ADOPTING, this.now),
      { action: 'choose', choices },
      ADOPTING,
      this.now,
    );
    this.mirror();
  }
  permits(id: string): boolean {
    return permits(serviceIn(ADOPTING, id), consentOf(undefined, { record: this.record, now: this.now }), ADOPTING);
  }
  mirror(): void {
    if (!this.record || showsRecord(this.cookies, this.record, ADOPTING)) return;
    for (const assignment of mirrorAssignments(this.record, this.cookies, ADOPTING, this.now, true)) {
      this.writes += 1;
      this.cookies = assignment.split(';')[0]!;
    }
  }
}

const renewing =
  (choices: Mirror) =>
  ({ now }: Visitor) => ({ ...choices, timestamp: now });

describe('A later time alone is no decision', () => {
  for (const [what, banner] of Object.entries<Visitor['banner']>({
    'the whole cookie': renewing({ functional_cookies: true, matomo: true, xiti: false }),
    'in another order': ({ now }) =>
      now % 2 ? { timestamp: now, matomo: true, piano: false } : { piano: false, matomo: true, timestamp: now },
    'with keys of its own that change': ({ now }) => ({
      matomo: true,
      at: false,
      views: now % 7,
      [`session-${now % 5}`]: 'x',
      timestamp: now,
    }),
    'what it finds, with another time': ({ now, cookies }) => ({
      ...(readMirror(cookies, ADOPTING.cookie) ?? { matomo: true, piano: false }),
      timestamp: now,
    }),
    'with an end of its own that moves': ({ now }) => ({
      matomo: true,
      piano: false,
      timestamp: now,
      expires: now + 180 * DAY,
    }),
    'by a clock that is ahead': ({ now }) => ({ matomo: true, piano: false, timestamp: now + MINUTE / 2 }),
  })) {
    describe(`where a banner writes again, with every page, ${what}`, () => {
      it('there is one receipt, and the consent ends when it was said to end', () => {
        const visitor = new Visitor(banner);
        visitor.open();
        const { id, decidedAt, expiresAt } = visitor.record!;
        for (; visitor.now < expiresAt; visitor.now += 5 * DAY + 1) {
          visitor.open();
          assert.deepEqual(
            [visitor.record!.id, visitor.record!.decidedAt, visitor.record!.expiresAt],
            [id, decidedAt, expiresAt],
          );
          assert.equal(visitor.permits('matomo'), true);
          const { timestamp, expires } = readMirror(visitor.cookies, ADOPTING.cookie)!;
          assert.ok(expires === expiresAt || timestamp === decidedAt, 'nor does it last longer for others');
        }
        for (let visits = 0; visits < 5; visits += 1, visitor.now += DAY) {
          visitor.open();
          assert.equal(visitor.permits('matomo'), false, 'the visitor is asked again');
        }
        assert.deepEqual(visitor.receipts, ['adopt']);
      });

      it('and what is decided here holds against it', () => {
        const visitor = new Visitor(banner);
        visitor.open();
        visitor.decide({ matomo: false });
        visitor.mirror();
        assert.equal(visitor.permits('matomo'), false);
        assert.equal(readMirror(visitor.cookies, ADOPTING.cookie)!['matomo'], false);
        const kept = adopted(visitor.record, visitor.cookies, ADOPTING, visitor.now);
        assert.equal(kept, visitor.record, 'the mirror shows it, and nothing later');
      });
    });
  }

  it('the time that the banner has written stays: the two do not overwrite each other', () => {
    const visitor = new Visitor(renewing({ matomo: true, piano: true, at: true, xiti: true }));
    visitor.open();
    visitor.decide({ youtube: false });
    for (let pages = 0; pages < 10; pages += 1) {
      visitor.now += MINUTE;
      visitor.open();
      assert.deepEqual(readMirror(visitor.cookies, ADOPTING.cookie), {
        matomo: true,
        piano: true,
        at: true,
        xiti: true,
        youtube: false,
        timestamp: visitor.now,
        expires: visitor.record!.expiresAt,
      });
      const { writes } = visitor;
      visitor.mirror();
      assert.equal(visitor.writes, writes);
    }
  });

  it('nothing is written at all where the banner keeps what it finds', () => {
    const visitor = new Visitor(({ now, cookies }) =>
      cookies ? { ...readMirror(cookies, ADOPTING.cookie), timestamp: now } : undefined,
    );
    visitor.decide({ matomo: true, piano: true, youtube: false });
    const { writes } = visitor;
    for (let pages = 0; pages < 10; pages += 1) {
      visitor.now += MINUTE;
      visitor.open();
    }
    assert.equal(visitor.writes, writes);
    assert.deepEqual(visitor.receipts, ['choose']);
  });

  it('but a later choice is one, however often the time was renewed: a withdrawal, and a grant', () => {
    let said: Mirror = { matomo: true, piano: true };
    const visitor = new Visitor(({ now }) => ({ ...said, timestamp: now }));
    for (const next of [
      { matomo: true, piano: true },
      { matomo: false, piano: true },
      { matomo: true, piano: true },
      { matomo: true, piano: true, xiti: false },
      { matomo: true, youtube: true, piano: false },
    ]) {
      said = next;
      for (let pages = 0; pages < 3; pages += 1, visitor.now += DAY) visitor.open();
      assert.equal(visitor.permits('matomo'), next.matomo);
    }
    assert.deepEqual(visitor.receipts, ['adopt', 'adopt', 'adopt', 'adopt', 'adopt']);
  });

  it('and so is a new term that another host says, with the same choices', () => {
    const record = recordOf({ matomo: true, piano: false, youtube: true });
    const expires = record.expiresAt + 1;
    const taken = adopted(
      record,
      cookie({ matomo: true, piano: false, youtube: true, timestamp: NOW, expires }),
      SHARED,
      NOW,
    )!;
    assert.equal(taken.expiresAt, expires);
    const ended = { ...record, expiresAt: NOW - 1 };
    assert.equal(
      permits(
        serviceIn(ADOPTING, 'matomo'),
        consentOf(undefined, {
          record: adopted(ended, cookie({ matomo: true, timestamp: NOW, expires }), SHARED, NOW),
        }),
        SHARED,
      ),
      true,
    );
  });

  it('nor does it bring back what a clock that was set back has ended', () => {
    const ahead = recordOf({ matomo: true }, { decidedAt: NOW + 2 * DAY });
    for (const timestamp of [NOW - DAY, NOW, NOW + MINUTE / 2]) {
      const record = adopted(ahead, cookie({ matomo: true, timestamp }), ADOPTING, NOW);
      assert.equal(permits(serviceIn(ADOPTING, 'matomo'), consentOf(undefined, { record }), ADOPTING), false);
    }
  });

  it('whatever is renewed and decided when: the end moves only with a decision, and the last one counts', () => {
    const step = fc.record({
      after: fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(20 * DAY)),
      ahead: fc.integer({ min: -DAY, max: MINUTE - 1000 }),
      choices: fc.option(fc.dictionary(fc.constantFrom('matomo', 'youtube'), fc.boolean(), { minKeys: 1 })),
      keeps: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let renews: { ahead: number; keeps: boolean } | undefined;
        const visitor = new Visitor(({ now, cookies }) => {
          const { expires, ...mirror } = readMirror(cookies, ADOPTING.cookie) ?? {};
          return renews && cookies
            ? { ...mirror, ...(renews.keeps && { expires }), timestamp: now + renews.ahead }
            : undefined;
        });
        let single: ConsentRecord | undefined;
        for (const { after, choices, ...renewal } of steps) {
          visitor.now += after;
          if (single && visitor.now >= single.expiresAt) return;
          if (choices) {
            visitor.decide(choices);
            single = applyChoices(single, { action: 'choose', choices }, ADOPTING, visitor.now);
          } else {
            renews = renewal;
            visitor.open();
          }
          assert.deepEqual(visitor.record?.choices, single?.choices);
          assert.deepEqual(visitor.receipts.length, single?.unsent!.length ?? 0);
          // The end is a whole term after a decision, which is later by what the mirror's clock was ahead.
          if (single) assert.ok(Math.abs(visitor.record!.expiresAt - single.expiresAt) <= 2 * MINUTE);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
