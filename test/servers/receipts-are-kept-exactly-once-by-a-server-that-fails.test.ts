import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage } from 'unstorage';
import redisDriver from 'unstorage/drivers/redis';
import type { Receipt } from '../../src/consent/receipt';
import { exportReceipts, receiptFolder, type ReceiptStorage } from '../../src/server/index';
import { startRedis, type RunningRedis } from './redis';
import { RestartedServer } from './restarted-server';
import { DECIDED, receiptOf } from '../unit/server/sample-receipt';

const RECEIPTS = 4_000;
const AT_ONCE = 24;
const KILLS = 6;
/** Without an answer; by a handler that threw; by a storage that failed. */
const FAILED = [0, 500, 503];

interface Sent {
  receipts: Map<string, Receipt>;
  /** How often the server answered with each status; 0 stands for no answer at all. */
  answers: Map<number, number>;
}

/** Sends every receipt again and again until it is accepted, while the server fails and is killed. */
async function sendAll(server: RestartedServer): Promise<Sent> {
  const receipts = Array.from({ length: RECEIPTS }, (_, n) =>
    receiptOf({ time: DECIDED + ((n * 7919) % RECEIPTS), text: `${n} é "," ` }),
  );
  const waiting = [...receipts];
  const answers = new Map<number, number>();
  let accepted = 0;
  const killAt = new Set(Array.from({ length: KILLS }, (_, n) => Math.round(((n + 0.5) * RECEIPTS) / KILLS)));
  const restarts: Promise<void>[] = [];

  const sendUntilAccepted = async (receipt: Receipt) => {
    for (;;) {
      const status = await send(await server.address, receipt);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      assert.ok([200, 201, ...FAILED].includes(status), `answered ${status}`);
      if (status !== 200 && status !== 201) continue;
      accepted += 1;
      // Killed while the other senders' receipts are being stored.
      if (killAt.delete(accepted)) restarts.push(server.restart());
      return;
    }
  };
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await sendUntilAccepted(next);
    }),
  );
  await Promise.all(restarts);
  assert.equal(restarts.length, KILLS);
  return { receipts: new Map(receipts.map((receipt) => [receipt.id, receipt])), answers };
}

async function send(url: string, receipt: Receipt): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(receipt),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

async function assertKeptOnce(storage: ReceiptStorage, { receipts, answers }: Sent): Promise<void> {
  const failures = FAILED.reduce((sum, status) => sum + (answers.get(status) ?? 0), 0);
  const requests = [...answers.values()].reduce((sum, count) => sum + count, 0);
  assert.ok(failures > requests * 0.45, `only ${failures} of ${requests} requests failed`);
  assert.ok(answers.get(200)! > 1000, 'some were stored before, and not acknowledged');
  assert.ok(answers.get(201)! > 1000);

  const broken: string[] = [];
  let text = '';
  for await (const part of exportReceipts(storage, { format: 'jsonl', onBroken: (key) => broken.push(key) }))
    text += part;
  const kept = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Receipt);
  assert.equal(kept.length, RECEIPTS);
  for (const receipt of kept) assert.deepEqual(receipt, receipts.get(receipt.id));
  assert.equal(new Set(kept.map(({ id }) => id)).size, RECEIPTS);
  assert.deepEqual(broken, []);
}

describe(`${RECEIPTS} receipts are kept exactly once by a server that fails half of the requests and is killed ${KILLS} times`, () => {
  let server: RestartedServer | undefined;
  let folder: string | undefined;
  let redis: RunningRedis | undefined;

  afterEach(async () => {
    await server?.stop();
    await redis?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('in a folder', async () => {
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-'));
    server = new RestartedServer('folder', folder);
    const sent = await sendAll(server);
    await assertKeptOnce(receiptFolder(folder), sent);
    const files = (await readdir(folder)).filter((name) => !name.endsWith('.tmp'));
    assert.deepEqual(files.sort(), [...sent.receipts.keys()].map((id) => `${id}.json`).sort());
  });

  it('in Redis', async () => {
    redis = await startRedis();
    server = new RestartedServer('redis', redis.url);
    const sent = await sendAll(server);
    const storage = createStorage({ driver: redisDriver({ url: redis.url }) });
    try {
      await assertKeptOnce(storage, sent);
      assert.equal((await storage.getKeys()).length, RECEIPTS);
    } finally {
      await storage.dispose();
    }
  });
});
