import assert from 'node:assert/strict';
import { createStorage } from 'unstorage';
import { forgetReceipts } from '../../src/server/index';
import { commandLine } from './command-line';
import { DECIDED, receiptOf } from '../unit/server/sample-receipt';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD = '00000000-0000-4000-8000-000000000001';
const YOUNG = '00000000-0000-4000-8000-000000000002';

describe('Receipts are kept no longer than told', () => {
  it('by a storage of any kind: those of before a time go, and nothing else of it', async () => {
    const storage = createStorage();
    const [old, young] = [receiptOf({ id: OLD, time: DECIDED - 1 }), receiptOf({ id: YOUNG, time: DECIDED })];
    for (const receipt of [old, young]) await storage.setItem(`${receipt.id}.json`, JSON.stringify(receipt));
    await storage.setItem('notes.txt', 'of somebody else');
    assert.equal(await forgetReceipts(storage, { before: DECIDED }), 1);
    assert.deepEqual((await storage.getKeys()).sort(), [`${YOUNG}.json`, 'notes.txt']);
  });

  describe('by the command', () => {
    const { succeed, misuse, fail, run, write, list, path } = commandLine();
    const writeReceipt = (id: string, time: number) => write(`${id}.json`, JSON.stringify(receiptOf({ id, time })));

    it('which says how many it has deleted, and leaves what is no whole receipt', () => {
      writeReceipt(OLD, Date.now() - 400 * DAY_MS);
      writeReceipt(YOUNG, Date.now() - 300 * DAY_MS);
      const broken = '00000000-0000-4000-8000-000000000003.json';
      write(broken, '{"id":');
      const { stdout, stderr } = run('forget', path(), '--months', '12');
      assert.equal(stdout, '1 receipt deleted.\n');
      assert.match(stderr, /is not a whole receipt, and is left there/);
      assert.deepEqual(list(), [`${YOUNG}.json`, broken]);
      assert.match(succeed('forget', '--help'), /--months/);
    });

    it('and deletes nothing where it is not told how long', () => {
      writeReceipt(OLD, DECIDED);
      assert.match(misuse('forget', '.'), /--months 24/);
      assert.match(misuse('forget', '.', '--months', '0'), /"0" is no number of months/);
      assert.match(fail('forget', 'nowhere', '--months', '1'), /no such folder/);
      assert.deepEqual(list(), [`${OLD}.json`]);
    });
  });
});
