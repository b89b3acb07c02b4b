import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStorage } from 'unstorage';
import redisDriver from 'unstorage/drivers/redis';
import { nodeListener, receiptFolder, receiveReceipts, type ReceiptStorage } from '../../src/server/index';

/**
 * A server that receives receipts and fails half of the requests: a quarter before it stores, a quarter when it has
 * stored and not answered yet. Started as a process of its own, with the kind of storage and its place; tells its
 * port, and is killed at any time.
 */
const [kind, place] = process.argv.slice(2) as ['folder' | 'redis', string];

const storage: ReceiptStorage =
  kind === 'folder' ? receiptFolder(place) : createStorage({ driver: redisDriver({ url: place }) });
const fail = () => Promise.reject(new Error('failed before storing'));
const receive = receiveReceipts(storage);
const receiveInVain = receiveReceipts({ getItem: fail, setItem: fail, removeItem: fail, getKeys: fail });
console.error = () => {}; // Thousands of failures are what this is for.

const listener = nodeListener(async (request) => {
  const chance = Math.random();
  if (chance < 1 / 4) return receiveInVain(request);
  const answer = await receive(request);
  if (chance < 1 / 2) throw new Error('failed before answering');
  return answer;
});
const server = createServer((request, response) => void listener(request, response).catch(() => response.destroy()));
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
