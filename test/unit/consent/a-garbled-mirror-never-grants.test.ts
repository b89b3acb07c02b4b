import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mirrorCookie, mirrorOf, readMirror } from '../../../src/consent/mirror';
import { MIRRORED, NOW, recordOf } from '../sample-policy';

const NAME = 'cookies_preferences';
const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const YES = encoded({ matomo: true, timestamp: NOW });

const UNREADABLE: Record<string, string> = {
  'no cookie at all': '',
  'no such cookie': 'sessionid=1; csrftoken=2',
  'an empty value': `${NAME}=`,
  'a name only': NAME,
  'a longer name': `${NAME}_old=${YES}`,
  'the name inside another': `old_${NAME}=${YES}`,
  'the name in a value': `a=${NAME}=${YES}`,
  'the name in capitals': `${NAME.toUpperCase()}=${YES}`,
  'a truncated value': `${NAME}=${YES.slice(0, -4)}`,
  'a value cut inside an escape': `${NAME}=${YES.slice(0, 2)}`,
  'a broken escape': `${NAME}=%ZZ`,
  'bytes that are not UTF-8': `${NAME}=%7B%22matomo%22%3Atrue%FF%7D`,
  'a word': `${NAME}=true`,
  'the old banner’s value': `${NAME}=accepted`,
  null: `${NAME}=${encoded(null)}`,
  'a list': `${NAME}=${encoded([{ matomo: true }])}`,
  'a string': `${NAME}=${encoded('{"matomo":true}')}`,
  'a number': `${NAME}=${encoded(1)}`,
  'twice encoded': `${NAME}=${encodeURIComponent(YES)}`,
  'something huge': `${NAME}=${'%7B%22a%22%3A'.repeat(100_000)}`,
};

describe('A garbled mirror never grants', () => {
  for (const [title, cookies] of Object.entries(UNREADABLE)) {
    it(`${title} reads as none`, () => {
      assert.equal(readMirror(cookies, NAME), undefined);
    });
  }

  it('any truncation reads as none', () => {
    for (let length = 0; length < YES.length; length += 1) {
      assert.equal(readMirror(`${NAME}=${YES.slice(0, length)}`, NAME), undefined, `cut after ${length} characters`);
    }
  });

  it('of two cookies with the name, the one that can be read is read', () => {
    assert.deepEqual(readMirror(`${NAME}=%ZZ; ${NAME}=${YES}`, NAME), { matomo: true, timestamp: NOW });
    assert.deepEqual(readMirror(`${NAME}=${encoded([])}; ${NAME}=${YES}`, NAME), { matomo: true, timestamp: NOW });
  });

  it('of several that can be read, the latest is; the first, where none says when it was', () => {
    const [early, late] = [1, 2].map((timestamp) => ({ matomo: timestamp === 1, timestamp }));
    for (const pair of [
      [early, late],
      [late, early],
    ])
      assert.deepEqual(readMirror(pair.map((mirror) => `${NAME}=${encoded(mirror)}`).join('; '), NAME), late);
    const timeless = [true, false].map((matomo) => `${NAME}=${encoded({ matomo })}`);
    assert.deepEqual(readMirror(timeless.join('; '), NAME), { matomo: true });
  });

  it('does not let "__proto__" reach the prototype of anything', () => {
    const hostile = '{"__proto__":{"matomo":true,"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    const read = readMirror(`${NAME}=${encodeURIComponent(hostile)}`, NAME)!;
    const mirror = mirrorOf(recordOf({ youtube: true }), MIRRORED, read);
    for (const value of [read, mirror]) {
      assert.equal(value.matomo, undefined);
      assert.equal(value.polluted, undefined);
      assert.equal(Object.getPrototypeOf(value), Object.prototype);
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('what the record says is written over what anybody else wrote', () => {
    const record = recordOf({ matomo: false }, { decidedAt: NOW });
    const mirror = mirrorOf(record, MIRRORED, { matomo: true, timestamp: NOW + 1e12, expires: NOW + 1e12 });
    assert.deepEqual(mirror, { matomo: false, timestamp: NOW, expires: record.expiresAt });
  });

  it('never throws, and gives a plain object or nothing', () => {
    const anyCookies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((value) => `${NAME}=${value}`),
      fc.anything().map((value) => `${NAME}=${encodeURIComponent(fc.stringify(value))}`),
      fc.json().map((value) => `${NAME}=${encodeURIComponent(value)}; ${NAME}`),
    );
    fc.assert(
      fc.property(anyCookies, (cookies) => {
        const mirror = readMirror(cookies, NAME);
        assert.ok(mirror === undefined || (typeof mirror === 'object' && mirror !== null && !Array.isArray(mirror)));
        const written = mirrorCookie(MIRRORED, mirrorOf(recordOf({ matomo: false }), MIRRORED, mirror), NOW, true);
        assert.equal(readMirror(written.split(';')[0]!, NAME)?.matomo, false);
      }),
      { numRuns: 500 },
    );
  });
});
