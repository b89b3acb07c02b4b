#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Output, Result } from './command';
import { CommandError } from './command-error';
import { inPackage } from './package-folder';
import { readArguments } from './read-arguments';
import { tellError } from './tell-error';
import { overview, usageOf } from './usage';

async function run(args: string[]): Promise<Output | Result> {
  const asked = readArguments(args);
  if (asked.kind === 'version') return version();
  if (asked.kind === 'help') return asked.command ? usageOf(asked.command) : overview();
  // The command says itself which options it has, and they were read by that.
  return asked.command.run(asked.given, asked.options as never);
}

async function version(): Promise<string> {
  return (JSON.parse(await readFile(inPackage('package.json'), 'utf8')) as { version: string }).version;
}

function isOutput(result: Output | Result): result is Output {
  return typeof result === 'string' || Symbol.asyncIterator in result;
}

async function print(output: Output): Promise<void> {
  if (typeof output === 'string') return console.log(output);
  await pipeline(Readable.from(output), process.stdout).catch((error: NodeJS.ErrnoException) => {
    // Whoever reads, such as `head`, has read enough.
    if (error.code !== 'EPIPE')
      throw error.syscall ? new CommandError(`the receipts could not be read: ${error.message}`) : error;
  });
}

try {
  const result = await run(process.argv.slice(2));
  const { output, words, exitCode } = isOutput(result) ? { output: result } : result;
  if (words !== undefined) console.error(words);
  if (output !== undefined) await print(output);
  process.exitCode = exitCode ?? 0;
} catch (error) {
  tellError(error);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
