import { compilePolicy, type ServiceId } from '../../compiled-policy/compiled-policy';
import { parsePolicy } from '../../policy/parse-policy';
import { exportReceipts, EXPORT_FORMATS } from '../../server/export-receipts';
import { receiptFolder } from '../../server/receipt-folder';
import { summariseReceipts } from '../../server/summarise-receipts';
import { assertFolder } from '../assert-folder';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { UsageError } from '../command-error';
import { endOf, startOf } from '../day';
import { readPolicy } from '../read-policy';

export const exportCommand = defineCommand({
  summary: 'prints the receipts in a folder, ordered by time',
  example: 'receipts/ --policy policy.json --from 2026-01-01',
  arguments: ['folder of receipts'],
  options: {
    format: { value: EXPORT_FORMATS.join('|'), short: 'f', says: 'what to print; csv without it' },
    policy: {
      value: 'policy.json',
      says: 'its services have a column each, in its order; other choices are in the last, as JSON',
    },
    from: { value: '2026-01-01', says: 'the first day, in UTC' },
    to: { value: '2026-12-31', says: 'the last day; both are included' },
    summary: { says: 'how many there are by day and text, instead: accepted, refused, chosen …' },
  },
  async run([folder], { format = 'csv', policy, from, to, summary }) {
    const chosen = checkWord('format', format, EXPORT_FORMATS);
    if (policy !== undefined && (summary || chosen !== 'csv'))
      throw new UsageError(
        `--policy names the columns of CSV, which ${summary ? 'a summary' : chosen} has none of: leave it out.`,
      );
    if (summary && chosen !== 'csv') throw new UsageError(`a summary is CSV: leave --format ${chosen} out.`);
    const days = { from: readDay('--from', from, startOf), to: readDay('--to', to, endOf) };
    await assertFolder(folder);
    const period = {
      ...days,
      onBroken: (key: string) =>
        console.error(`cookie-gatekeeper: ${folder}: ${key} is not a whole receipt, and is left out.`),
    };
    if (summary) return summariseReceipts(receiptFolder(folder), period);
    return exportReceipts(receiptFolder(folder), {
      ...period,
      format: chosen,
      services: policy === undefined ? undefined : servicesToDecide(await readPolicy(policy), policy),
    });
  },
});

/** The services that visitors decide about. @throws {PolicyError} */
function servicesToDecide(policy: unknown, file: string): ServiceId[] {
  const { services } = compilePolicy(parsePolicy(policy, file));
  return services.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
}

function readDay(
  option: string,
  text: string | undefined,
  read: (day: string) => number | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const time = read(text);
  if (time === undefined)
    throw new UsageError(`${option}: "${text}" is no date. Write a day such as ${option} 2026-11-23.`);
  return time;
}
