#!/usr/bin/env node
import { readFile, stat, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportReceipts, EXPORT_FORMATS, type ExportFormat } from '../server/export-receipts';
import { receiptFolder } from '../server/receipt-folder';
import { endOf, startOf } from './day';
import { build, lockLine, LOCK_FORMATS, lockOf, PAGE_FORMATS, policyPage, THEMES, workerLockLine, WORKER_LOCK_FORMATS, workerLockOf, type LockFormat, type PageFormat, type ThemeName, type WorkerLockFormat } from './index';
import { inPackage } from './package-folder';

const USAGE = `cookie-gatekeeper: nothing leaves the browser before the visitor agrees

  npx cookie-gatekeeper init policy.json
      writes a policy for an Opendatasoft portal, to start from
      --adopt: one that takes over what visitors choose in the platform's own banner

  npx cookie-gatekeeper build policy.json --out public/
      writes gatekeeper.js, gatekeeper-on-demand.js and gatekeeper-sw.js, with the policy inside
      --interface ${THEMES.join('|')}: also gatekeeper-interface.js, which asks the visitor
      --languages fr,en: what it speaks

  npx cookie-gatekeeper lock policy.json [--format ${Object.keys(LOCK_FORMATS).join('|')}]
      prints the Content-Security-Policy that keeps documents closed until the
      worker opens them: the header's value, or the line to paste
      --worker: the one that gatekeeper-sw.js is to be sent with instead

  npx cookie-gatekeeper policy policy.json [--format ${PAGE_FORMATS.join('|')}] [--language fr]
      prints the cookies policy as a page that needs no script

  npx cookie-gatekeeper export receipts/ [--format ${EXPORT_FORMATS.join('|')}] [--from 2026-01-01] [--to 2026-12-31]
      prints the receipts in a folder, ordered by time; both days (UTC) are included`;

/** What a person typed or wrote is wrong: the message is for them, a stack trace would not help. */
class UsageError extends Error {}

interface Options {
  adopt?: boolean;
  worker?: boolean;
  out?: string;
  format?: string;
  from?: string;
  to?: string;
  interface?: string;
  languages?: string;
  language?: string;
}

/** What a command prints: at once, or as it is read. */
type Output = string | AsyncIterable<string>;

const COMMANDS: Record<string, (path: string, options: Options) => Promise<Output>> = {
  async init(file, { adopt }) {
    const preset = await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8');
    const own = preset.replace('../policy.schema.json', './node_modules/cookie-gatekeeper/dist/policy.schema.json');
    const text = adopt ? own.replace('"name": "cookies_preferences" }', '"name": "cookies_preferences", "adopt": true }') : own;
    await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(error.code === 'EEXIST' ? `${file} exists already, and is kept. Choose another name, or delete it first.` : error.message);
    });
    return `Wrote ${file}. Remove the services that your portal does not use, and add those that it does.`;
  },

  async build(file, { out, interface: theme, languages }) {
    if (out === undefined) throw new UsageError(`say where to write the files: --out public/\n\n${USAGE}`);
    if (theme !== undefined) checkFormat('interface', theme, THEMES);
    else if (languages !== undefined) throw new UsageError('--languages are those of the interface: add --interface own, or leave them out.');
    const policy = await readPolicy(file);
    const { files } = await build(policy, { out, file, interface: theme as ThemeName | undefined, languages: languages?.split(',') }).catch((error: NodeJS.ErrnoException) => {
      throw error.syscall ? new UsageError(`${out} could not be written to: ${error.message}. Name a folder: --out public/`) : error;
    });
    return `Wrote ${files.join(', ')}.
Serve them from the site's root, put <script src="/gatekeeper.js"></script> first in <head>,
send the lock with every document: npx cookie-gatekeeper lock ${file}
and the worker's own with gatekeeper-sw.js: npx cookie-gatekeeper lock ${file} --worker`;
  },

  async lock(file, { format = 'header', worker }) {
    if (worker) {
      checkFormat('format', format, Object.keys(WORKER_LOCK_FORMATS));
      return workerLockLine(workerLockOf(await readPolicy(file), file), format as WorkerLockFormat);
    }
    checkFormat('format', format, Object.keys(LOCK_FORMATS));
    return lockLine(lockOf(await readPolicy(file), file), format as LockFormat);
  },

  async policy(file, { format = 'html', language }) {
    checkFormat('format', format, PAGE_FORMATS);
    return policyPage(await readPolicy(file), { format: format as PageFormat, language, file });
  },

  async export(folder, { format = 'csv', from, to }) {
    checkFormat('format', format, EXPORT_FORMATS);
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory()) throw new UsageError(`${folder} could not be read: there is no such folder.`);
    return exportReceipts(receiptFolder(folder), {
      format: format as ExportFormat,
      from: readDay('--from', from, startOf),
      to: readDay('--to', to, endOf),
      onBroken: (key) => console.error(`cookie-gatekeeper: ${folder}: ${key} is not a whole receipt, and is left out.`),
    });
  },
};

function checkFormat(what: 'format' | 'interface', given: string, known: readonly string[]): void {
  if (!known.includes(given)) throw new UsageError(`there is no ${what} "${given}". ${what === 'format' ? 'Formats' : 'Interfaces'}: ${known.join(', ')}.`);
}

async function run(args: string[]): Promise<Output> {
  const { values, positionals } = read(args);
  const [command, file, ...rest] = positionals;
  if (values.help || command === undefined) return USAGE;
  if (!Object.hasOwn(COMMANDS, command)) throw new UsageError(`there is no command "${command}".\n\n${USAGE}`);
  if (file === undefined || rest.length > 0) throw new UsageError(`"${command}" takes one ${command === 'export' ? 'folder of receipts' : 'policy file'}.\n\n${USAGE}`);
  return COMMANDS[command]!(file, values);
}

function read(args: string[]) {
  const options = {
    adopt: { type: 'boolean' },
    worker: { type: 'boolean' },
    out: { type: 'string', short: 'o' },
    format: { type: 'string', short: 'f' },
    from: { type: 'string' },
    to: { type: 'string' },
    interface: { type: 'string' },
    languages: { type: 'string' },
    language: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function readDay(option: string, text: string | undefined, read: (day: string) => number | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = read(text);
  if (time === undefined) throw new UsageError(`${option}: "${text}" is no date. Write a day such as ${option} 2026-11-23.`);
  return time;
}

async function print(output: Output): Promise<void> {
  if (typeof output === 'string') return console.log(output);
  await pipeline(Readable.from(output), process.stdout).catch((error: NodeJS.ErrnoException) => {
    // Whoever reads, such as `head`, has read enough.
    if (error.code !== 'EPIPE') throw error.syscall ? new UsageError(`the receipts could not be read: ${error.message}`) : error;
  });
}

async function readPolicy(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} could not be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

try {
  await print(await run(process.argv.slice(2)));
} catch (error) {
  const expected = error instanceof UsageError || ['PolicyError', 'UnknownLanguageError'].includes((error as Error).name);
  console.error(expected ? `cookie-gatekeeper: ${(error as Error).message}` : error);
  process.exitCode = 1;
}
