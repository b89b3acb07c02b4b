import assert from 'node:assert/strict';
import { applyChoices, addOneTimeReceipt } from '../../../src/consent/apply-choices';
import { MOST_UNSENT, receiptOf } from '../../../src/consent/receipt';
import type { ConsentRecord } from '../../../src/consent/record';
import { randomUuid } from '../../../src/consent/random-uuid';
import { parseReceipt } from '../../../src/server/parse-receipt';
import { NOW, policyFor } from '../sample-policy';

const TERMS = policyFor([{ id: 'youtube', origins: ['https://www.youtube.com'] }], { receipts: '/consent-receipts' });
const MORE = 50;

const decide = (record: ConsentRecord | undefined, n: number) =>
  applyChoices(record, { action: 'choose', choices: { youtube: n % 2 === 0 } }, TERMS, NOW + n);
const timesOf = ({ unsent = [] }: ConsentRecord) => unsent.map(({ time }) => time - NOW);

describe('Receipts wait until they are taken', () => {
  it('as many as anybody decides, in their order; of more, the oldest go', () => {
    let record: ConsentRecord | undefined;
    for (let n = 0; n < MOST_UNSENT; n += 1) record = decide(record, n);
    assert.deepEqual(timesOf(record!), [...Array(MOST_UNSENT).keys()]);
    for (let n = MOST_UNSENT; n < MOST_UNSENT + MORE; n += 1) record = decide(record, n);
    assert.deepEqual(
      timesOf(record!),
      [...Array(MOST_UNSENT).keys()].map((n) => n + MORE),
    );
  });

  it('but never the one of the decision in force, however often something is allowed once', () => {
    const record = decide(undefined, 0);
    let noted: ConsentRecord | undefined = record;
    for (let n = 0; n < MOST_UNSENT + MORE; n += 1) noted = addOneTimeReceipt(noted, ['youtube'], {}, TERMS, NOW + n);
    assert.equal(noted!.unsent!.length, MOST_UNSENT);
    assert.deepEqual(noted!.unsent![0], receiptOf(record));
    assert.equal(noted!.unsent!.at(-1)!.time, NOW + MOST_UNSENT + MORE - 1);
  });

  it('and the pause of those that wait outlasts a decision', () => {
    const pause = { until: NOW + 1000, length: 1000 };
    assert.deepEqual(decide({ ...decide(undefined, 0), pause }, 1).pause, pause);
  });

  it('with an id also where browsers make none: over plain http', () => {
    const { randomUUID } = crypto;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      assert.notEqual(randomUuid(), randomUuid());
      assert.ok('receipt' in parseReceipt(JSON.parse(JSON.stringify(receiptOf(decide(undefined, 0))))));
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true });
    }
  });
});
