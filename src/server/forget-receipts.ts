import type { EpochMs } from '../consent/record';
import { readReceipts, type Period } from './read-receipts';
import { receiptKeys, type ReceiptStorage } from './receipt-storage';

export interface ForgetOptions extends Pick<Period, 'onBroken'> {
  /** Milliseconds since the epoch: receipts of decisions before this time are deleted, by the visitors' clocks. */
  before: EpochMs;
}

/**
 * Deletes receipts whose time is over. A proof is kept as long as it may have to be shown: longer than any consent lasts.
 * What is not a whole receipt is left where it is.
 * @returns how many were deleted. @throws (rejects) when the storage fails; those deleted by then are gone
 */
export async function forgetReceipts(storage: ReceiptStorage, { before, onBroken }: ForgetOptions): Promise<number> {
  let count = 0;
  for await (const { key } of readReceipts(storage, await receiptKeys(storage), { to: before - 1, onBroken })) {
    await storage.removeItem(key);
    count++;
  }
  return count;
}
