import type { Receipt } from '../consent/receipt';
import type { EpochMs } from '../consent/record';
import { readReceipt, type ReceiptStorage } from './receipt-storage';

export interface Period {
  /** Milliseconds since the epoch; receipts of this time and later. All without it. */
  from?: EpochMs;
  /** Milliseconds since the epoch; receipts up to this time, included. All without it. */
  to?: EpochMs;
  /** Called for each item that is not a whole receipt and is left out. */
  onBroken?: (key: string) => void;
}

/** How many receipts are read at a time: files wait for the disk, other storages for the network. */
const AT_ONCE = 64;

/** The receipts of a period, whole ones alone, in no order. @throws (rejects) when the storage fails */
export async function* readReceipts(
  storage: ReceiptStorage,
  keys: string[],
  { from = -Infinity, to = Infinity, onBroken }: Period = {},
): AsyncGenerator<{ key: string; receipt: Receipt }> {
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const read = await Promise.all(
      keys.slice(start, start + AT_ONCE).map(async (key) => ({ key, receipt: await readReceipt(storage, key) })),
    );
    for (const { key, receipt } of read) {
      if (receipt === 'broken') onBroken?.(key);
      // It may have been deleted since.
      else if (receipt && receipt.time >= from && receipt.time <= to) yield { key, receipt };
    }
  }
}
