#!/usr/bin/env node
import { readFile, stat, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { compilePolicy, type ServiceId } from '../compiled-policy/compiled-policy';
import { parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/schema';
import { exportReceipts, EXPORT_FORMATS, type ExportFormat } from '../server/export-receipts';
import { receiptFolder } from '../server/receipt-folder';
import { summariseReceipts } from '../server/summarise-receipts';
import { endOf, startOf } from './day';
import {
  build,
  checkSite,
  lockLine,
  LOCK_FORMATS,
  lockOf,
  PAGE_FORMATS,
  policyPage,
  THEMES,
  workerLockLine,
  WORKER_LOCK_FORMATS,
  workerLockOf,
  type LockFormat,
  type PageFormat,
  type ThemeName,
  type WorkerLockFormat,
} from './index';
import { inPackage } from './package-folder';
import { readPolicy } from './read-policy';

const USAGE = `cookie-gatekeeper: nothing leaves the browser before the visitor agrees

  npx cookie-gatekeeper init policy.json
      writes a policy for an Opendatasoft portal, to start from
      --adopt: one that takes over what visitors choose in the platform's own banner

  npx cookie-gatekeeper build policy.json --out public/
      writes gatekeeper.js, gatekeeper-sw.js and what they load when it is needed, with the policy inside
      --base /static/: where they are served from, if gatekeeper.js becomes part of another script
      --worker-url /gatekeeper-sw.js: where the worker is, if not with the others
      --interface ${THEMES.join('|')}: also gatekeeper-interface.js, which asks the visitor, and gatekeeper-preferences.js
      --languages fr,en: what it speaks

  npx cookie-gatekeeper lock policy.json [--format ${Object.keys(LOCK_FORMATS).join('|')}]
      prints the Content-Security-Policy that keeps documents closed until the
      worker opens them: the header's value, the tag (under "lock": "meta"), or all lines of a server
      --worker: only what gatekeeper-sw.js is to be sent with

  npx cookie-gatekeeper check policy.json https://site.example/
      asks for a page as a browser does, and says what is missing or wrong

  npx cookie-gatekeeper policy policy.json [--format ${PAGE_FORMATS.join('|')}] [--language fr]
      prints the cookies policy as a page that needs no script

  npx cookie-gatekeeper export receipts/ [--format ${EXPORT_FORMATS.join('|')}] [--from 2026-01-01] [--to 2026-12-31]
      prints the receipts in a folder, ordered by time; both days (UTC) are included
      --policy policy.json: its services have a column each, in its order; other choices are in the last, as JSON
      --summary: how many there are by day and text, instead: accepted, refused, chosen …`;

/** What a person typed or wrote is wrong: the message is for them, a stack trace would not help. */
class UsageError extends Error {}

interface Options {
  adopt?: boolean;
  summary?: boolean;
  worker?: boolean;
  out?: string;
  format?: string;
  policy?: string;
  from?: string;
  to?: string;
  interface?: string;
  languages?: string;
  language?: string;
  base?: string;
  'worker-url'?: string;
}

/** What a command prints: at once, or as it is read. */
type Output = string | AsyncIterable<string>;

/** What each command is given, in the words of its error. */
const ARGUMENTS: Record<string, string[]> = {
  check: ['policy file', 'address of a page of the site'],
  export: ['folder of receipts'],
};

/** What is to be sent, by the way in which the documents get their lock. */
const SENT: Record<Policy['lock'], (file: string) => string> = {
  header: () => "Send the lock with every document, and the worker's own with gatekeeper-sw.js.",
  meta: (file) =>
    `Put the lock into every page, first in <head>: npx cookie-gatekeeper lock ${file}\nSend gatekeeper-sw.js with its own.`,
  tag: () => 'Documents go without the lock: the policy says "lock": "tag". Send gatekeeper-sw.js with its own.',
};

const COMMANDS: Record<string, (given: [string, ...string[]], options: Options) => Promise<Output>> = {
  async init([file], { adopt }) {
    const preset = await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8');
    const own = preset.replace('../policy.schema.json', './node_modules/cookie-gatekeeper/dist/policy.schema.json');
    const text = adopt
      ? own.replace('"name": "cookies_preferences" }', '"name": "cookies_preferences", "adopt": true }')
      : own;
    await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        error.code === 'EEXIST'
          ? `${file} exists already, and is kept. Choose another name, or delete it first.`
          : error.message,
      );
    });
    return `Wrote ${file}. Remove the services that your portal does not use, and add those that it does.`;
  },

  async build([file], { out, interface: theme, languages, base, 'worker-url': workerUrl }) {
    if (out === undefined) throw new UsageError(`say where to write the files: --out public/\n\n${USAGE}`);
    if (theme !== undefined) checkFormat('interface', theme, THEMES);
    else if (languages !== undefined)
      throw new UsageError('--languages are those of the interface: add --interface own, or leave them out.');
    const policy = await readPolicy(file);
    const { files, lock, notStated } = await build(policy, {
      out,
      file,
      interface: theme as ThemeName | undefined,
      languages: languages?.split(',').map((language) => language.trim()),
      base,
      workerUrl,
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.syscall
        ? new UsageError(`${out} could not be written to: ${error.message}. Name a folder: --out public/`)
        : error;
    });
    const lines = `npx cookie-gatekeeper lock ${file} --format ${LOCK_FORMATS.filter((format) => !/header|meta/.test(format)).join('|')}`;
    const sent =
      lock === ''
        ? 'Send no lock: the policy says "wall": "off".'
        : `${SENT[parsePolicy(policy, file).lock](file)} All lines for your server:\n${lines}`;
    return `Wrote ${files.join(', ')}.
Serve them from the site's root, and put <script src="/gatekeeper.js"></script> first in <head>.
${sent}
${notStated.length > 0 ? `Not stated in ${file}, so visitors cannot read it:\n${notStated.map((line) => `  ${line}\n`).join('')}` : ''}Then see whether all is as it should be: npx cookie-gatekeeper check ${file} https://your.site/`;
  },

  async lock([file], { format, worker }) {
    if (worker) {
      checkFormat('format', (format ??= 'header'), WORKER_LOCK_FORMATS);
      return workerLockLine(workerLockOf(await readPolicy(file), file), format as WorkerLockFormat);
    }
    if (format) checkFormat('format', format, LOCK_FORMATS);
    const policy = await readPolicy(file);
    const [documents, ofWorker] = [lockOf(policy, file), workerLockOf(policy, file)];
    const { lock, exclude } = parsePolicy(policy, file);
    if (!format && lock === 'tag')
      throw new UsageError(
        `${file} says "lock": "tag": documents are sent without the lock. For gatekeeper-sw.js: npx cookie-gatekeeper lock ${file} --worker`,
      );
    const chosen = (format ?? lock) as LockFormat;
    // What is not sent as a header by the server is not in its lines.
    if (lock !== 'header' && chosen !== 'header' && chosen !== 'meta') return workerLockLine(ofWorker, chosen);
    return lockLine(documents, chosen, ofWorker, exclude);
  },

  async check([file, address]) {
    const url = readAddress(address);
    const wrong = await checkSite(await readPolicy(file), url, file);
    if (wrong.length === 0) return `${url.href}: everything is as it should be.`;
    throw new UsageError(
      `${url.href}: ${wrong.length === 1 ? 'something is' : `${wrong.length} things are`} not as it should be:\n${wrong.map((text) => `  ${text}`).join('\n')}`,
    );
  },

  async policy([file], { format = 'html', language }) {
    checkFormat('format', format, PAGE_FORMATS);
    return policyPage(await readPolicy(file), { format: format as PageFormat, language, file });
  },

  async export([folder], { format = 'csv', summary, policy, from, to }) {
    checkFormat('format', format, EXPORT_FORMATS);
    if (policy !== undefined && (summary || format !== 'csv'))
      throw new UsageError(
        `--policy names the columns of CSV, which ${summary ? 'a summary' : format} has none of: leave it out.`,
      );
    if (summary && format !== 'csv') throw new UsageError(`a summary is CSV: leave --format ${format} out.`);
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory()) throw new UsageError(`${folder} could not be read: there is no such folder.`);
    const period = {
      from: readDay('--from', from, startOf),
      to: readDay('--to', to, endOf),
      onBroken: (key: string) =>
        console.error(`cookie-gatekeeper: ${folder}: ${key} is not a whole receipt, and is left out.`),
    };
    if (summary) return summariseReceipts(receiptFolder(folder), period);
    return exportReceipts(receiptFolder(folder), {
      format: format as ExportFormat,
      services: policy === undefined ? undefined : servicesToDecide(await readPolicy(policy), policy),
      ...period,
    });
  },
};

/** The services that visitors decide about. @throws {PolicyError} */
function servicesToDecide(policy: unknown, file: string): ServiceId[] {
  const { services } = compilePolicy(parsePolicy(policy, file));
  return services.filter(({ need }) => need !== 'necessary').map(({ id }) => id);
}

function checkFormat(what: 'format' | 'interface', given: string, known: readonly string[]): void {
  if (!known.includes(given))
    throw new UsageError(
      `there is no ${what} "${given}". ${what === 'format' ? 'Formats' : 'Interfaces'}: ${known.join(', ')}.`,
    );
}

async function run(args: string[]): Promise<Output> {
  const { values, positionals } = read(args);
  const [command, ...given] = positionals;
  if (values.help || command === undefined) return USAGE;
  if (!Object.hasOwn(COMMANDS, command)) throw new UsageError(`there is no command "${command}".\n\n${USAGE}`);
  const taken = ARGUMENTS[command] ?? ['policy file'];
  if (given.length !== taken.length)
    throw new UsageError(`"${command}" takes one ${taken.join(' and one ')}.\n\n${USAGE}`);
  return COMMANDS[command]!(given as [string, ...string[]], values);
}

function read(args: string[]) {
  const options = {
    adopt: { type: 'boolean' },
    summary: { type: 'boolean' },
    worker: { type: 'boolean' },
    out: { type: 'string', short: 'o' },
    format: { type: 'string', short: 'f' },
    policy: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    interface: { type: 'string' },
    languages: { type: 'string' },
    language: { type: 'string' },
    base: { type: 'string' },
    'worker-url': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
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

async function print(output: Output): Promise<void> {
  if (typeof output === 'string') return console.log(output);
  await pipeline(Readable.from(output), process.stdout).catch((error: NodeJS.ErrnoException) => {
    // Whoever reads, such as `head`, has read enough.
    if (error.code !== 'EPIPE')
      throw error.syscall ? new UsageError(`the receipts could not be read: ${error.message}`) : error;
  });
}

function readAddress(text = ''): URL {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new UsageError(`"${text}" is no address of a page. Write one such as https://site.example/`);
  return new URL(text);
}

try {
  await print(await run(process.argv.slice(2)));
} catch (error) {
  const expected =
    error instanceof UsageError ||
    [
      'PolicyError',
      'UnknownLanguageError',
      'NoLockError',
      'UnreachableError',
      'UnreadablePolicyError',
      'OccupiedPathError',
    ].includes((error as Error).name);
  console.error(expected ? `cookie-gatekeeper: ${(error as Error).message}` : error);
  process.exitCode = 1;
}
