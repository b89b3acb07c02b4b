import type { Receipt } from '../consent/receipt';
import { parseReceipt } from './parse-receipt';

/**
 * Where receipts are kept: what this package needs of unstorage's `Storage`, so that every driver of unstorage
 * will do. Each receipt is one item, as JSON; its key is its id and `.json`.
 *
 * A value that is got may be parsed already, as unstorage does. All four reject when the storage fails.
 *
 * @see https://unstorage.unjs.io/guide
 */
export interface ReceiptStorage {
  /** @returns null where there is no item */
  getItem(key: string): Promise<unknown>;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
  getKeys(): Promise<string[]>;
}

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/;

/** The keys of all receipts; other items in the storage are somebody else's. */
export async function receiptKeys(storage: ReceiptStorage): Promise<string[]> {
  return (await storage.getKeys()).filter((key) => KEY.test(key));
}

/**
 * Reads one receipt.
 * @returns undefined where there is none; `broken` for what is there but is not the whole receipt, as a storage
 * that writes in place leaves it when the server is killed
 * @throws (rejects) when the storage fails
 */
export async function readReceipt(storage: ReceiptStorage, key: string): Promise<Receipt | 'broken' | undefined> {
  const value = await storage.getItem(key);
  // unstorage's fs driver returns what it should throw, for instance when it may not read the file.
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) return undefined;
  const parsed = parseReceipt(typeof value === 'string' ? parseJson(value) : value);
  return 'receipt' in parsed && key === keyOf(parsed.receipt) ? parsed.receipt : 'broken';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut short.
  }
}

/**
 * Makes a function that stores each receipt exactly once, by its id; what is stored is never overwritten.
 * It resolves with `stored`, or `known` where the receipt was there, only when the storage has it whole.
 *
 * @throws (the function rejects) when the storage fails, or does not keep what it is given
 */
export function storeOnce(storage: ReceiptStorage): (receipt: Receipt) => Promise<'stored' | 'known'> {
  const underway = new Map<string, Promise<unknown>>();
  return async (receipt) => {
    const { id } = receipt;
    // One after the other, so that none is written between the look and the writing of another.
    const turn = (underway.get(id) ?? Promise.resolve()).then(() => store(storage, receipt));
    const settled = turn.catch(() => {});
    underway.set(id, settled);
    try {
      return await turn;
    } finally {
      if (underway.get(id) === settled) underway.delete(id);
    }
  };
}

async function store(storage: ReceiptStorage, receipt: Receipt): Promise<'stored' | 'known'> {
  const key = keyOf(receipt);
  const found = await readReceipt(storage, key);
  if (found === 'broken') await storage.removeItem(key);
  else if (found) return 'known';
  await storage.setItem(key, JSON.stringify(receipt));
  // Some drivers do nothing, and say nothing, when they cannot write.
  const kept = await readReceipt(storage, key);
  if (!kept || kept === 'broken')
    throw new Error(`the storage was given ${key} and does not have it. Is it read-only?`);
  return 'stored';
}

function keyOf({ id }: Receipt): string {
  return `${id}.json`;
}
