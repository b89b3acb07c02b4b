import type { Receipt } from '../consent/receipt';
import type { EpochMs } from '../consent/record';
import type { ServiceId } from '../compiled-policy/compiled-policy';
import { csvLine } from './csv-line';
import { readReceipts, type Period } from './read-receipts';
import { receiptKeys, type ReceiptStorage } from './receipt-storage';
import { ServiceColumns } from './service-columns';

/** CSV for spreadsheets, with columns for services; JSON lines, one receipt a line. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends Period {
  format: ExportFormat;
  /**
   * Ids of the services that have a column each in CSV, in this order: the policy's. Without it, those that most receipts
   * have a choice about, 200 at most.
   */
  services?: ServiceId[];
}

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
  { format, services, ...period }: ExportOptions,
): AsyncGenerator<string> {
  const found: { key: string; time: EpochMs }[] = [];
  const columns = new ServiceColumns(services);
  for await (const { key, receipt } of readReceipts(storage, await receiptKeys(storage), period)) {
    found.push({ key, time: receipt.time });
    columns.count(receipt.choices);
  }
  found.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));

  if (format === 'csv') yield csvLine(['id', 'time', 'action', 'revision', 'language', 'text', ...columns.names()]);
  const keys = found.map(({ key }) => key);
  for await (const { receipt } of readReceipts(storage, keys)) {
    yield format === 'csv'
      ? csvLine([...cellsOf(receipt), ...columns.cells(receipt.choices)])
      : `${JSON.stringify(receipt)}\n`;
  }
}

function cellsOf({ id, time, action, revision, language = '', text = '' }: Receipt): string[] {
  return [id, new Date(time).toISOString(), action, revision, language, text];
}
