import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, type Driver } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import memory from 'unstorage/drivers/memory';
import { exportReceipts, receiptFolder, receiveReceipts, type ReceiptStorage } from '../../../src/server/index';
import { post, receiptOf } from './sample-receipt';

describe('A receipt that was cut short does not count', () => {
  let folder: string;
  const said: unknown[][] = [];
  const { error } = console;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-'));
    said.length = 0;
    console.error = (...words: unknown[]) => void said.push(words);
  });
  afterEach(async () => {
    console.error = error;
    await rm(folder, { recursive: true, force: true });
  });

  const STORAGES: Record<string, () => ReceiptStorage> = {
    'the folder': () => receiptFolder(folder),
    'unstorage’s fs driver': () => createStorage({ driver: fsDriver({ base: folder }) }),
  };

  for (const [title, make] of Object.entries(STORAGES)) {
    it(`wherever it was cut: ${title} takes it again, and then has it whole`, async () => {
      const receive = receiveReceipts(make());
      const receipt = receiptOf({ text: 'é 😀' });
      const whole = Buffer.from(JSON.stringify(receipt));
      const path = join(folder, `${receipt.id}.json`);
      for (let length = 0; length < whole.length; length += 1) {
        await writeFile(path, whole.subarray(0, length));
        assert.equal((await receive(post(receipt))).status, 201, `cut after ${length} bytes`);
        assert.deepEqual(await readFile(path), whole);
      }
      assert.equal((await receive(post(receipt))).status, 200);
    });

    it(`${title}: an export leaves it out and says so, and what is no receipt too`, async () => {
      const receive = receiveReceipts(make());
      const [whole, cut, renamed] = [receiptOf(), receiptOf(), receiptOf()];
      await receive(post(whole));
      await writeFile(join(folder, `${cut.id}.json`), JSON.stringify(cut).slice(0, 50));
      await writeFile(join(folder, `${crypto.randomUUID()}.json`), JSON.stringify(renamed));
      await writeFile(join(folder, `${cut.id}.json.7.tmp`), JSON.stringify(cut));
      await writeFile(join(folder, 'notes.txt'), 'ours');
      const broken: string[] = [];
      let text = '';
      for await (const part of exportReceipts(make(), { format: 'jsonl', onBroken: (key) => broken.push(key) }))
        text += part;
      assert.deepEqual(
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
        [whole],
      );
      assert.equal(broken.length, 2);
      assert.ok(broken.includes(`${cut.id}.json`));
    });

    it(`${title}: 503 when it cannot write or read, and 201 when it can again`, async () => {
      const receive = receiveReceipts(make());
      const receipt = receiptOf();
      // A file where the folder should be, then a folder where the receipt should be.
      await rm(folder, { recursive: true });
      await writeFile(folder, '');
      assert.equal((await receive(post(receipt))).status, 503);
      await rm(folder);
      await mkdir(join(folder, `${receipt.id}.json`), { recursive: true });
      assert.equal((await receive(post(receipt))).status, 503);
      assert.equal(said.length, 2);
      await rm(folder, { recursive: true });
      assert.equal((await receive(post(receipt))).status, 201);
    });
  }

  it('a folder that is missing is made, and nothing but receipts is left in it', async () => {
    const deep = join(folder, 'var', 'receipts');
    const receive = receiveReceipts(deep);
    const receipts = Array.from({ length: 50 }, () => receiptOf());
    await Promise.all(receipts.map((receipt) => receive(post(receipt))));
    assert.deepEqual((await readdir(deep)).sort(), receipts.map(({ id }) => `${id}.json`).sort());
  });

  it('of two processes that write the same id, the first is kept', async () => {
    const receipt = receiptOf();
    const handlers = Array.from({ length: 8 }, () => receiveReceipts(folder));
    const answers = await Promise.all(handlers.map((receive, n) => receive(post({ ...receipt, text: String(n) }))));
    for (const { status } of answers) assert.ok(status === 200 || status === 201);
    const [file, ...others] = await readdir(folder);
    assert.deepEqual(others, []);
    const before = await readFile(join(folder, file!), 'utf8');
    await receiptFolder(folder).setItem(file!, JSON.stringify(receiptOf()));
    assert.equal(await readFile(join(folder, file!), 'utf8'), before);
  });

  const FAILING: Record<string, Partial<Driver>> = {
    'fails to write': { setItem: () => Promise.reject(new Error('disk full')) },
    'cannot write, and says nothing': { setItem: undefined },
    'writes half of it': { setItem: () => {}, getItem: () => '{"id":' },
    'fails to read': { getItem: () => Promise.reject(new Error('connection lost')) },
    'returns what it should throw': { getItem: () => new Error('EACCES') },
    'throws at once': {
      setItem: () => {
        throw new Error('closed');
      },
    },
  };
  for (const [title, broken] of Object.entries(FAILING)) {
    it(`503 from a storage that ${title}, in words, and without what the storage said`, async () => {
      const driver = { ...memory(), ...broken } as Driver;
      const response = await receiveReceipts(createStorage({ driver }))(post(receiptOf()));
      assert.equal(response.status, 503);
      assert.match(await response.text(), /Keep it, and send it again later/);
      assert.equal(said.length, 1);
    });
  }

  it('one that failed can be sent again at once, also by those who waited for it', async () => {
    let failures = 3;
    const driver = memory();
    const storage = createStorage({
      driver: {
        ...driver,
        setItem: (...item) => (failures-- > 0 ? Promise.reject(new Error('busy')) : driver.setItem!(...item)),
      },
    });
    const receive = receiveReceipts(storage);
    const receipt = receiptOf();
    const answers = await Promise.all(Array.from({ length: 6 }, () => receive(post(receipt))));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503, 201, 200, 200],
    );
  });
});
