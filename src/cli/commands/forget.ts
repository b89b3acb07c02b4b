import { forgetReceipts } from '../../server/forget-receipts';
import { receiptFolder } from '../../server/receipt-folder';
import { assertFolder } from '../assert-folder';
import { defineCommand } from '../command';
import { UsageError } from '../command-error';

export const forget = defineCommand({
  summary: 'deletes the receipts in a folder that have been kept for long enough',
  example: 'receipts/ --months 24',
  arguments: ['folder of receipts'],
  options: {
    months: { value: '24', says: 'how long a receipt is kept: longer than the consent that it proves' },
  },
  async run([folder], { months }) {
    if (months === undefined) throw new UsageError('forget needs --months, such as --months 24.');
    if (!/^[1-9]\d{0,2}$/.test(months))
      throw new UsageError(`--months: "${months}" is no number of months. Write one such as --months 24`);
    await assertFolder(folder);
    const count = await forgetReceipts(receiptFolder(folder), {
      before: monthsAgo(Number(months), new Date()),
      onBroken: (key) =>
        console.error(`cookie-gatekeeper: ${folder}: ${key} is not a whole receipt, and is left there.`),
    });
    return `${count} ${count === 1 ? 'receipt' : 'receipts'} deleted.`;
  },
});

/** The same day and time of that month, or the last day of it. */
function monthsAgo(months: number, now: Date): number {
  const then = new Date(now);
  then.setUTCMonth(now.getUTCMonth() - months);
  // February has no 30th: the date has gone over into March.
  if (then.getUTCDate() !== now.getUTCDate()) then.setUTCDate(0);
  return then.getTime();
}
