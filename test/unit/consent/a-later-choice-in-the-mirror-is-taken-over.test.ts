import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyChoices } from '../../../src/consent/apply-choices';
import { changeInMirror, mirrorCookie, mirrorOf } from '../../../src/consent/mirror';
import { isInForce } from '../../../src/consent/record';
import { serviceOf } from '../../../src/compiled-policy/compiled-policy';
import { DAY, MIRRORED, NOW, recordOf, policyFor } from '../sample-policy';

const NAME = 'cookies_preferences';
const cookie = (value: unknown) => `${NAME}=${encodeURIComponent(JSON.stringify(value))}`;

describe('A later choice in the mirror is taken over', () => {
  it('as Opendatasoft’s own banner writes it', () => {
    const change = changeInMirror(
      `a=b; ${cookie({ functional_cookies: true, ga: false, matomo: true, timestamp: NOW - DAY })}; c=d`,
      MIRRORED,
    )!;
    assert.deepEqual(change, {
      action: 'adopt',
      choices: { ga: false, matomo: true },
      decidedAt: NOW - DAY,
      expiresAt: undefined,
    });
    const record = applyChoices(
      recordOf({ youtube: true, ga: true }, { decidedAt: NOW - 2 * DAY }),
      change,
      MIRRORED,
      NOW,
    );
    assert.deepEqual(record.choices, { youtube: true, ga: false, matomo: true });
    assert.equal(record.decidedAt, NOW - DAY);
    assert.equal(record.action, 'adopt');
  });

  it('and expires as long after it was made as any other', () => {
    const change = changeInMirror(cookie({ matomo: true, timestamp: NOW - 400 * DAY }), MIRRORED)!;
    assert.equal(isInForce(applyChoices(undefined, change, MIRRORED, NOW), NOW, MIRRORED), false);
  });

  for (const [where, consent] of Object.entries({
    'from another host of the domain': { cookie: { domain: 'example.fr' } },
    'from this host, whose store was lost': { cookie: { adopt: true } },
  })) {
    it(`and, ${where}, when it would have expired there`, () => {
      const policy = policyFor(
        [
          { id: 'matomo', origins: ['https://stats.example.fr'] },
          { id: 'youtube', origins: ['https://www.youtube.com'] },
        ],
        { consent },
      );
      const there = recordOf({ matomo: true }, { decidedAt: NOW, expiresAt: NOW + 3 * DAY });
      const written = mirrorCookie(policy, mirrorOf(there, policy), there.expiresAt, true);
      assert.equal(written.includes('; Domain=example.fr'), 'domain' in consent.cookie);
      const here = applyChoices(undefined, changeInMirror(written.split(';')[0]!, policy)!, policy, NOW);
      assert.equal(here.expiresAt, NOW + 3 * DAY);
    });
  }

  it('but nothing, where it mentions none of the policy’s services: that is no decision', () => {
    for (const mirror of [
      { timestamp: NOW },
      { timestamp: NOW, expires: NOW + DAY },
      { functional_cookies: true, timestamp: NOW },
    ])
      assert.equal(changeInMirror(cookie(mirror), MIRRORED), undefined);
  });

  describe('under other names that the policy gives a service', () => {
    const policy = policyFor([
      { id: 'piano', aliases: ['xiti', 'at'], origins: ['https://*.xiti.com'] },
      { id: 'youtube', origins: ['https://www.youtube.com'] },
    ]);
    const said = (mirror: object) => changeInMirror(cookie({ ...mirror, timestamp: NOW }), policy)?.choices;

    it('where any of them is yes, and none is no', () => {
      for (const mirror of [{ xiti: true }, { at: true }, { piano: true, at: true }])
        assert.deepEqual(said(mirror), { piano: true });
      for (const mirror of [{ xiti: false }, { piano: true, xiti: false }, { at: true, xiti: false, piano: true }])
        assert.deepEqual(said(mirror), { piano: false });
      assert.equal(said({ xiti: 'yes', piano: true }), undefined);
    });

    it('which are written with it, so that none of them goes on saying what has been taken back', () => {
      const record = recordOf({ piano: false }, { decidedAt: NOW });
      assert.deepEqual(mirrorOf(record, policy, { xiti: true, functional_cookies: true }), {
        functional_cookies: true,
        piano: false,
        xiti: false,
        at: false,
        timestamp: NOW,
        expires: record.expiresAt,
      });
      assert.deepEqual(mirrorOf(recordOf({ youtube: true }), policy, { xiti: true }), {
        youtube: true,
        timestamp: NOW - DAY,
        expires: record.expiresAt,
      });
    });
  });

  it('not about a necessary service: nobody decides about these', () => {
    const policy = policyFor([{ id: 'site', purpose: 'necessary', aliases: ['functional_cookies'] }]);
    assert.equal(changeInMirror(cookie({ site: false, functional_cookies: true, timestamp: NOW }), policy), undefined);
  });

  it('an objection to exempt statistics also where these have changed since', () => {
    const rules = policyFor([
      { id: 'audience', anonymised: true, purpose: 'statistics', since: '1', origins: ['https://a.example'] },
      { id: 'youtube', origins: ['https://www.youtube.com'] },
    ]);
    const taken = (audience: boolean) =>
      changeInMirror(cookie({ audience, youtube: true, timestamp: NOW - DAY }), rules)!.choices;
    assert.deepEqual(taken(false), { audience: false, youtube: true });
    assert.deepEqual(taken(true), { youtube: true });
  });

  it('not about a service that has changed since: the mirror does not say which revision was asked about', () => {
    const rules = policyFor([
      { id: 'matomo', since: '1', origins: ['https://stats.example.fr'] },
      { id: 'youtube', origins: ['https://www.youtube.com'] },
    ]);
    assert.deepEqual(changeInMirror(cookie({ matomo: true, youtube: true, timestamp: NOW }), rules)?.choices, {
      youtube: true,
    });
  });

  for (const [what, cookies] of Object.entries({
    none: '',
    'an empty one': `${NAME}=`,
    'a truncated one': cookie({ matomo: true, timestamp: NOW }).slice(0, -9),
    'two of them': `${cookie({ matomo: true, timestamp: NOW })}; ${cookie({ matomo: true, timestamp: NOW })}`,
    'one without a time': cookie({ matomo: true }),
    'one whose time is no number': cookie({ matomo: true, timestamp: '1764000000000' }),
    'one that says yes otherwise': cookie({ matomo: 1, timestamp: NOW }),
    'a list': cookie([true]),
    'one with a hostile prototype': `${NAME}=${encodeURIComponent(`{"__proto__":{"matomo":true},"timestamp":${NOW}}`)}`,
    'one of another name': cookie({ matomo: true, timestamp: NOW }).replace(NAME, `x${NAME}`),
  })) {
    it(`${what} grants nothing`, () => {
      const change = changeInMirror(cookies, MIRRORED);
      assert.notEqual(change && applyChoices(undefined, change, MIRRORED, NOW).choices['matomo'], true);
    });
  }

  it('whatever the cookies hold, it never throws, and decides about services of the policy only', () => {
    const value = fc.oneof(
      fc.string(),
      fc.json().map(encodeURIComponent),
      fc.string({ minLength: 5000, maxLength: 9000 }),
    );
    const cookies = fc
      .array(fc.tuple(fc.constantFrom(NAME, 'other', ''), value))
      .map((pairs) => pairs.map(([name, text]) => `${name}=${text}`).join('; '));
    fc.assert(
      fc.property(cookies, (text) => {
        const change = changeInMirror(text, MIRRORED);
        if (!change) return;
        assert.ok(Object.keys(change.choices).every((id) => serviceOf(MIRRORED, id)));
        const record = applyChoices(undefined, change, MIRRORED, NOW);
        assert.ok(!isInForce(record, NOW, MIRRORED) || record.expiresAt <= NOW + 190 * DAY);
      }),
    );
  });
});
