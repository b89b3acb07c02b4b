import { parsePolicy } from '../../policy/parse-policy';
import type { Policy } from '../../policy/schema';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { lockOf, workerLockOf } from '../index';
import { lockLine, LOCK_FORMATS, workerLockLine, WORKER_LOCK_FORMATS, type LockFormat } from '../lock-line';
import { PROXY_FORMATS, proxyLines } from '../proxy-lines';
import { readAddress } from '../read-address';
import { readPolicy } from '../read-policy';
import { requestTargets } from '../request-targets';
import { shellWord } from '../shell-word';

/** A folder that no server reads anything else in. */
const PLAIN_PATH = /^\/[^"\\$%{}\n]*$/;

export const lock = defineCommand({
  summary:
    'prints the Content-Security-Policy that keeps documents closed until the worker opens them: the header’s value, the tag (under "lock": "meta"), or all lines of a server',
  example: 'policy.json --format nginx',
  arguments: ['policy file'],
  options: {
    format: { value: LOCK_FORMATS.join('|'), short: 'f', says: 'what to print; without it what the policy says' },
    worker: { says: 'only what gatekeeper-sw.js is to be sent with' },
    proxy: {
      value: 'https://portal.internal',
      says: `all lines of a proxy before that portal, which knows nothing: lock, tag and files (--format ${PROXY_FORMATS.join('|')})`,
    },
    files: { value: 'folder', says: 'with --proxy: what "build" has written, where the proxy has it' },
  },
  async run([file], { format, worker, proxy, files }) {
    if (proxy !== undefined) return linesOfProxy(file, proxy, format, files);
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
        `${file} says "lock": "tag": documents are sent without the lock. For gatekeeper-sw.js: npx cookie-gatekeeper lock ${shellWord(file)} --worker`,
      );
    // What is not sent as a header by the server is not in its lines.
    if (sentAs !== 'header' && chosen !== 'header' && chosen !== 'meta') return workerLockLine(ofWorker, chosen, mode);
    return named(lockLine(documents, chosen, ofWorker, exclude, mode), chosen, parsed);
  },
});

async function linesOfProxy(file: string, proxy: string, asked: string | undefined, files: string | undefined) {
  if (asked === undefined) throw new UsageError(`say which server the proxy is: --format ${PROXY_FORMATS.join('|')}`);
  const format = checkWord('proxy format', asked, PROXY_FORMATS);
  const { origin, href } = readAddress(proxy);
  if (href !== `${origin}/`)
    throw new UsageError(`--proxy: name the portal’s server alone, without a path: --proxy ${origin}`);
  // Caddy's lines leave the files to the gateway.
  if (format !== 'caddy' && (files === undefined || !PLAIN_PATH.test(files)))
    throw new UsageError(
      files === undefined
        ? 'say where the proxy has the files that "build" has written: --files /srv/gatekeeper'
        : `--files: "${files}" is no path that can be written into a server’s lines. Write a whole one, such as /srv/gatekeeper`,
    );
  const policy = await readPolicy(file);
  const [documents, ofWorker] = [lockOf(policy, file), workerLockOf(policy, file)];
  const { lock: sentAs, exclude, mode, reports, receipts } = parsePolicy(policy, file);
  if (sentAs !== 'header')
    throw new CommandError(
      `${file} says "lock": "${sentAs}", and a proxy sends the lock as a header. Delete that line, and build again.`,
    );
  const received = [reports, receipts].filter((path) => path !== undefined);
  return proxyLines(format, {
    origin,
    files: files ?? '',
    lock: lockLine(documents, format, ofWorker, exclude, mode),
    received: received.length > 0 ? requestTargets(received) : undefined,
  });
}

/** A value that only reports is printed with its header's name: under the usual one, it would hold. */
function named(line: string, format: LockFormat, { mode }: Policy): string {
  return format === 'header' && mode === 'report' ? `Content-Security-Policy-Report-Only: ${line}` : line;
}
