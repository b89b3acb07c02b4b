import assert from 'node:assert/strict';
import { createStorage } from 'unstorage';
import { summariseReceipts } from '../../src/server/index';
import { commandLine } from './command-line';
import { DECIDED, receiptOf } from '../unit/server/sample-receipt';

const DAY = 24 * 60 * 60 * 1000;
const RECEIPTS = [
  receiptOf({ action: 'accept-all', text: '2/a' }),
  receiptOf({ action: 'accept-all', text: '2/a', time: DECIDED + 1 }),
  receiptOf({ action: 'refuse-all', text: '2/a' }),
  receiptOf({ action: 'choose', text: '2/b' }),
  receiptOf({ action: 'withdraw', text: undefined, time: DECIDED + DAY }),
  receiptOf({ action: 'adopt', text: '=1+1', time: DECIDED - DAY }),
  receiptOf({ action: 'once', text: '2/a' }),
];
const HEAD = 'day,text,accepted,refused,chosen,withdrawn,adopted,once';

describe('Receipts are counted by day and text', () => {
  const { succeed, misuse, write } = commandLine();

  it('and by what was decided', async () => {
    const storage = createStorage();
    for (const receipt of RECEIPTS) await storage.setItem(`${receipt.id}.json`, JSON.stringify(receipt));
    let text = '';
    for await (const part of summariseReceipts(storage)) text += part;
    assert.deepEqual(text.split('\r\n'), [
      HEAD,
      "2026-11-22,'=1+1,0,0,0,0,1,0",
      '2026-11-23,2/a,2,1,0,0,0,1',
      '2026-11-23,2/b,0,0,1,0,0,0',
      '2026-11-24,,0,0,0,1,0,0',
      '',
    ]);
  });

  it('by the command line, for the days that are asked for', () => {
    for (const receipt of RECEIPTS) write(`${receipt.id}.json`, JSON.stringify(receipt));
    assert.deepEqual(succeed('export', '.', '--summary', '--from', '2026-11-24').split('\r\n'), [
      HEAD,
      '2026-11-24,,0,0,0,1,0,0',
      '',
    ]);
    assert.match(misuse('export', '.', '--summary', '--format', 'jsonl'), /a summary is CSV/);
    assert.match(misuse('export', '.', '--summary', '--policy', 'policy.json'), /a summary has none of/);
  });
});
