import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRecord } from '../../../src/consent/record';
import { recordOf } from '../sample-policy';

const WHOLE = recordOf({ matomo: true, youtube: false });
const without = (key: keyof typeof WHOLE) => {
  const { [key]: _, ...rest } = WHOLE;
  return rest;
};

const GARBAGE: Record<string, unknown> = {
  undefined: undefined,
  null: null,
  'a string': 'granted',
  'a number': 1,
  true: true,
  'an array': [WHOLE],
  'an empty object': {},
  'a mirror instead of a record': { matomo: true, timestamp: 1 },
  'no id': without('id'),
  'no revision': without('revision'),
  'no time of decision': without('decidedAt'),
  'no end': without('expiresAt'),
  'no action': without('action'),
  'no choices': without('choices'),
  'an id that is not a text': { ...WHOLE, id: 7 },
  'a revision that is not a text': { ...WHOLE, revision: 20261123 },
  'an action that there is not': { ...WHOLE, action: 'scrolled' },
  'a time that is a text': { ...WHOLE, decidedAt: '2026-11-23' },
  'a time that is a Date': { ...WHOLE, expiresAt: new Date() },
  'no number as an end': { ...WHOLE, expiresAt: Number.NaN },
  'no end, ever': { ...WHOLE, expiresAt: Number.POSITIVE_INFINITY },
  'choices that are null': { ...WHOLE, choices: null },
  'choices that are a text': { ...WHOLE, choices: 'all' },
  'choices that are a list': { ...WHOLE, choices: ['matomo'] },
  'a choice that is neither yes nor no': { ...WHOLE, choices: { matomo: 'yes' } },
};

describe('Only a whole record is believed', () => {
  it('reads what was stored', () => {
    assert.deepEqual(parseRecord(structuredClone(WHOLE)), WHOLE);
  });

  it('reads a record without choices: the policy may have had no services', () => {
    assert.deepEqual(parseRecord({ ...WHOLE, choices: {} }), { ...WHOLE, choices: {} });
  });

  for (const [title, value] of Object.entries(GARBAGE)) {
    it(`does not believe ${title}`, () => {
      assert.equal(parseRecord(value), undefined);
    });
  }

  it('never throws, whatever was stored', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (value) => {
          assert.equal(parseRecord(value), undefined);
        },
      ),
    );
  });
});
