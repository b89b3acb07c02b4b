#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lock } from '../csp/wall';
import { compileRules } from '../gate/rules';
import { parsePolicy } from '../policy/parse-policy';
import { build } from './build';

const USAGE = `cookie-gatekeeper: nothing leaves the browser before the visitor agrees

  npx cookie-gatekeeper build policy.json --out public/
      writes gatekeeper.js and gatekeeper-sw.js, with the policy inside

  npx cookie-gatekeeper lock policy.json
      prints the value of the Content-Security-Policy header that keeps documents
      closed until the worker opens them`;

/** What a person typed or wrote is wrong: the message is for them, a stack trace would not help. */
class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = read(args);
  const [command, file, ...rest] = positionals;
  if (values.help || command === undefined) {
    console.log(USAGE);
    return;
  }
  if (command !== 'build' && command !== 'lock') throw new UsageError(`there is no command "${command}".\n\n${USAGE}`);
  if (file === undefined || rest.length > 0) throw new UsageError(`"${command}" takes one policy file.\n\n${USAGE}`);
  const policy = await readPolicy(file);
  if (command === 'lock') {
    console.log(lock(compileRules(parsePolicy(policy, file))));
    return;
  }
  if (values.out === undefined) throw new UsageError(`say where to write the files: --out public/\n\n${USAGE}`);
  const { files } = await build(policy, { out: values.out, file });
  console.log(`Wrote ${files.join(' and ')}.\nServe both at the site’s root, add <script src="/gatekeeper.js"></script> first in <head>,\nand send the lock with every document (npx cookie-gatekeeper lock ${file}).`);
}

function read(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { out: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
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
  await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof UsageError || (error as Error).name === 'PolicyError';
  console.error(expected ? `cookie-gatekeeper: ${(error as Error).message}` : error);
  process.exitCode = 1;
}
