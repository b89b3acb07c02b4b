import { parsePolicy } from '../../policy/parse-policy';
import type { Policy } from '../../policy/schema';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { CommandError } from '../command-error';
import { lockOf, workerLockOf } from '../index';
import { lockLine, LOCK_FORMATS, workerLockLine, WORKER_LOCK_FORMATS, type LockFormat } from '../lock-line';
import { readPolicy } from '../read-policy';

export const lock = defineCommand({
  summary:
    'prints the Content-Security-Policy that keeps documents closed until the worker opens them: the header’s value, the tag (under "lock": "meta"), or all lines of a server',
  example: 'policy.json --format nginx',
  arguments: ['policy file'],
  options: {
    format: { value: LOCK_FORMATS.join('|'), short: 'f', says: 'what to print; without it what the policy says' },
    worker: { says: 'only what gatekeeper-sw.js is to be sent with' },
  },
  async run([file], { format, worker }) {
    if (worker) {
      const chosen = checkWord('format', format ?? 'header', WORKER_LOCK_FORMATS);
      const policy = await readPolicy(file);
      const line = workerLockLine(workerLockOf(policy, file), chosen, parsePolicy(policy, file).mode);
      return named(line, chosen, parsePolicy(policy, file));
    }
    const asked = format === undefined ? undefined : checkWord('format', format, LOCK_FORMATS);
    const policy = await readPolicy(file);
    const [documents, ofWorker] = [lockOf(policy, file), workerLockOf(policy, file)];
    const parsed = parsePolicy(policy, file);
    const { lock: sentAs, exclude, mode } = parsed;
    const chosen = asked ?? sentAs;
    if (chosen === 'tag')
      throw new CommandError(
        `${file} says "lock": "tag": documents are sent without the lock. For gatekeeper-sw.js: npx cookie-gatekeeper lock ${file} --worker`,
      );
    // What is not sent as a header by the server is not in its lines.
    if (sentAs !== 'header' && chosen !== 'header' && chosen !== 'meta') return workerLockLine(ofWorker, chosen, mode);
    return named(lockLine(documents, chosen, ofWorker, exclude, mode), chosen, parsed);
  },
});

/** A value that only reports is printed with its header's name: under the usual one, it would hold. */
function named(line: string, format: LockFormat, { mode }: Policy): string {
  return format === 'header' && mode === 'report' ? `Content-Security-Policy-Report-Only: ${line}` : line;
}
