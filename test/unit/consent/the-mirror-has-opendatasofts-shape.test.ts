import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mirrorCookie, mirrorOf, readMirror } from '../../../src/consent/mirror';
import { serviceOf } from '../../../src/compiled-policy/compiled-policy';
import { MIRRORED, NOW, recordOf } from '../sample-policy';

const NAME = 'cookies_preferences';
const EXPIRES = Date.UTC(2027, 4, 23, 12);

/** What a browser sends back of an assignment to `document.cookie`. */
const sentBack = (cookie: string) => cookie.split(';')[0]!;

function attributes(cookie: string): Map<string, string> {
  const [, ...rest] = cookie.split(';');
  return new Map(
    rest
      .map((attribute) => attribute.trim().split('=') as [string, string])
      .map(([key, value = '']) => [key.toLowerCase(), value]),
  );
}

describe('The mirror has Opendatasoft’s shape', () => {
  it('reads what the platform’s own banner writes', () => {
    const written =
      '%7B%22functional_cookies%22%3Atrue%2C%22ga%22%3Afalse%2C%22matomo%22%3Atrue%2C%22timestamp%22%3A1764000000000%7D';
    assert.deepEqual(readMirror(`csrftoken=a=b; ${NAME}=${written}; django_language=fr`, NAME), {
      functional_cookies: true,
      ga: false,
      matomo: true,
      timestamp: 1764000000000,
    });
  });

  it('writes booleans by service, and when it was decided and ends, in milliseconds', () => {
    const record = recordOf({ matomo: true, youtube: false }, { decidedAt: NOW });
    assert.deepEqual(mirrorOf(record, MIRRORED), {
      matomo: true,
      youtube: false,
      timestamp: NOW,
      expires: record.expiresAt,
    });
  });

  it('writes URL-encoded JSON', () => {
    const value = sentBack(mirrorCookie(MIRRORED, { matomo: true, timestamp: 1 }, EXPIRES, true)).slice(
      NAME.length + 1,
    );
    assert.equal(value, encodeURIComponent('{"matomo":true,"timestamp":1}'));
  });

  it('keeps keys that are not ours, and replaces those that are', () => {
    const previous = {
      functional_cookies: true,
      piano: true,
      eulerian: null,
      notes: { a: [1, 'é;=,'] },
      matomo: true,
      timestamp: 1,
    };
    const record = recordOf({ matomo: false }, { decidedAt: NOW });
    assert.deepEqual(mirrorOf(record, MIRRORED, previous), {
      ...previous,
      matomo: false,
      timestamp: NOW,
      expires: record.expiresAt,
    });
    assert.equal(previous.matomo, true, 'what was read is left as it was');
  });

  it('does not pass on a choice for one of our services that the record does not have', () => {
    const record = recordOf({ youtube: true });
    assert.deepEqual(mirrorOf(record, MIRRORED, { matomo: true, ga: true }), {
      youtube: true,
      timestamp: record.decidedAt,
      expires: record.expiresAt,
    });
  });

  it('is valid for the whole site, sent on same-site navigations, secure on https, until the record ends', () => {
    const onHttps = attributes(mirrorCookie(MIRRORED, {}, EXPIRES, true));
    assert.equal(onHttps.get('path'), '/');
    assert.equal(onHttps.get('samesite'), 'Lax');
    assert.equal(onHttps.get('expires'), 'Sun, 23 May 2027 12:00:00 GMT');
    assert.equal(onHttps.has('secure'), true);
    assert.equal(onHttps.has('httponly'), false, 'the page must be able to read it');
    assert.equal(onHttps.has('domain'), false);
    const onHttp = attributes(mirrorCookie(MIRRORED, {}, EXPIRES, false));
    assert.equal(onHttp.has('secure'), false);
    assert.equal(onHttp.get('path'), '/');
  });

  it('has the name that the policy gives it', () => {
    const cookie = sentBack(mirrorCookie({ ...MIRRORED, cookie: 'portal_choices' }, { matomo: true }, EXPIRES, true));
    assert.match(cookie, /^portal_choices=/);
    assert.deepEqual(readMirror(cookie, 'portal_choices'), { matomo: true });
    assert.equal(readMirror(cookie, NAME), undefined);
  });

  it('reads back whatever it has written, wherever it stands among other cookies', () => {
    const anyMirror = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    const anyCookies = fc.array(
      fc.constantFrom(
        'a=b',
        'cookies_preferences_old=1',
        'x_cookies_preferences={}',
        'empty=',
        'nothing',
        '=',
        'q=%ZZ',
      ),
    );
    fc.assert(
      fc.property(anyMirror, anyCookies, anyCookies, (mirror, before, after) => {
        const cookie = sentBack(mirrorCookie(MIRRORED, mirror, EXPIRES, true));
        assert.match(cookie, /^[\x21-\x3a\x3c-\x7e]+$/, 'no character that a cookie cannot hold');
        assert.deepEqual(
          readMirror([...before, cookie, ...after].join('; '), NAME),
          JSON.parse(JSON.stringify(mirror)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every foreign key through a change, and says what was chosen', () => {
    const anyChoices = fc.dictionary(fc.constantFrom('matomo', 'youtube', 'ga'), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), anyChoices, (previous, choices) => {
        const read = readMirror(sentBack(mirrorCookie(MIRRORED, previous, EXPIRES, true)), NAME);
        const mirror = mirrorOf(recordOf(choices, { decidedAt: NOW }), MIRRORED, read);
        for (const key of Object.keys(previous).filter(
          (name) => !/^(timestamp|expires)$/.test(name) && !serviceOf(MIRRORED, name),
        )) {
          assert.deepEqual(
            Object.getOwnPropertyDescriptor(mirror, key)?.value,
            JSON.parse(JSON.stringify(previous[key])),
          );
        }
        for (const [id, yes] of Object.entries(choices)) assert.equal(mirror[id], yes);
        assert.equal(mirror.timestamp, NOW);
      }),
    );
  });
});
