import type { ConsentAction } from '../consent/record';
import { csvLine } from './csv-line';
import { readReceipts, type Period } from './read-receipts';
import { receiptKeys, type ReceiptStorage } from './receipt-storage';

/** The columns, and what the visitor did whose receipt is counted there. */
const COLUMNS: Record<ConsentAction, string> = {
  'accept-all': 'accepted',
  'refuse-all': 'refused',
  choose: 'chosen',
  withdraw: 'withdrawn',
  adopt: 'adopted',
  once: 'once',
};
const ACTIONS = Object.keys(COLUMNS) as ConsentAction[];

/** Of a text that stands in a receipt as a whole, so much names it. */
const LONGEST_TEXT = 100;

/**
 * How many receipts there are of each day (in UTC, by the visitors' clocks) and version of the text that was shown, by what
 * the visitor did: accepted or refused everything, chose, withdrew; taken over from the mirror; allowed once. As CSV, ordered
 * by day and version. @throws (rejects) when the storage fails
 */
export async function* summariseReceipts(storage: ReceiptStorage, period: Period = {}): AsyncGenerator<string> {
  const counted = new Map<string, Record<ConsentAction, number>>();
  for await (const { receipt } of readReceipts(storage, await receiptKeys(storage), period)) {
    const { time, text = '', action } = receipt;
    const line = JSON.stringify([new Date(time).toISOString().slice(0, 10), text.slice(0, LONGEST_TEXT)]);
    const counts =
      counted.get(line) ?? (Object.fromEntries(ACTIONS.map((one) => [one, 0])) as Record<ConsentAction, number>);
    counts[action]++;
    counted.set(line, counts);
  }
  yield csvLine(['day', 'text', ...ACTIONS.map((action) => COLUMNS[action])]);
  for (const [line, counts] of [...counted].sort(([one], [other]) => (one < other ? -1 : 1)))
    yield csvLine([...(JSON.parse(line) as string[]), ...ACTIONS.map((action) => String(counts[action]))]);
}
