import type { Receipt } from '../consent/receipt';
import type { EpochMs } from '../consent/record';
import type { ServiceId } from '../compiled-policy/compiled-policy';
import { csvLine } from './csv-line';
import { readReceipt, receiptKeys, type ReceiptStorage } from './receipt-storage';
import { ServiceColumns } from './service-columns';

/** CSV for spreadsheets, with columns for services; JSON lines, one receipt a line. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  format: ExportFormat;
  /** Milliseconds since the epoch; receipts of this time and later. All without it. */
  from?: EpochMs;
  /** Milliseconds since the epoch; receipts up to this time, included. All without it. */
  to?: EpochMs;
  /**
   * Ids of the services that have a column each in CSV, in this order: the policy's. Without it, those that most receipts
   * have a choice about, 200 at most.
   */
  services?: ServiceId[];
  /** Called for each item that is not a whole receipt and is left out. */
  onBroken?: (key: string) => void;
}

/** How many receipts are read at a time: files wait for the disk, other storages for the network. */
const AT_ONCE = 64;

/**
 * All receipts of a storage as text, ordered by time. Reads each receipt twice instead of holding them all:
 * in memory are their keys and times.
 *
 * In CSV the time is in UTC, as ISO 8601, and a service's column is empty where the receipt has no choice for it. Choices
 * about services without a column are in the last one, `choices.other`, as JSON; it is there only if there are any.
 *
 * @returns parts of the text, whole lines each
 * @throws (rejects) when the storage fails
 */
export async function* exportReceipts(
  storage: ReceiptStorage,
  { format, from = -Infinity, to = Infinity, services, onBroken }: ExportOptions,
): AsyncGenerator<string> {
  const found: { key: string; time: EpochMs }[] = [];
  const columns = new ServiceColumns(services);
  for await (const { key, receipt } of readAll(storage, await receiptKeys(storage))) {
    if (receipt === 'broken') onBroken?.(key);
    else if (receipt && receipt.time >= from && receipt.time <= to) {
      found.push({ key, time: receipt.time });
      columns.count(receipt.choices);
    }
  }
  found.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));

  if (format === 'csv') yield csvLine(['id', 'time', 'action', 'revision', 'language', 'text', ...columns.names()]);
  const keys = found.map(({ key }) => key);
  for await (const { receipt } of readAll(storage, keys)) {
    // It may have been deleted since.
    if (!receipt || receipt === 'broken') continue;
    yield format === 'csv'
      ? csvLine([...cellsOf(receipt), ...columns.cells(receipt.choices)])
      : `${JSON.stringify(receipt)}\n`;
  }
}

async function* readAll(
  storage: ReceiptStorage,
  keys: string[],
): AsyncGenerator<{ key: string; receipt: Awaited<ReturnType<typeof readReceipt>> }> {
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    yield* await Promise.all(
      keys.slice(start, start + AT_ONCE).map(async (key) => ({ key, receipt: await readReceipt(storage, key) })),
    );
  }
}

function cellsOf({ id, time, action, revision, language = '', text = '' }: Receipt): string[] {
  return [id, new Date(time).toISOString(), action, revision, language, text];
}
