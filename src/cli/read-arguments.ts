import { parseArgs } from 'node:util';
import { nearest } from '../policy/nearest';
import { COMMANDS } from './all-commands';
import type { Command, Option } from './command';
import { UsageError } from './command-error';

/** What a person asks for. */
export type Asked =
  | { kind: 'help'; command?: string }
  | { kind: 'version' }
  | { kind: 'run'; command: Command; given: [string, ...string[]]; options: Record<string, string | true> };

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

const HELP: Option = { short: 'h', says: '' };

/**
 * Reads what was typed after `cookie-gatekeeper`.
 * @throws {UsageError} in one line, with what was most likely meant
 */
export function readArguments([name, ...rest]: string[]): Asked {
  if (name === undefined || name === '--help' || name === '-h') return { kind: 'help' };
  if (name === '--version' || name === '-V' || name === '-v') return { kind: 'version' };
  if (name === 'help') return rest[0] === undefined ? { kind: 'help' } : { kind: 'help', command: known(rest[0]) };
  if (name.startsWith('-'))
    throw new UsageError(`"${name}" stands where a command belongs. Write it after the command: ${line('build')}`);
  return readCommand(known(name), rest);
}

function known(name: string): string {
  if (Object.hasOwn(COMMANDS, name)) return name;
  if (name === 'version')
    throw new UsageError('there is no command "version". Which one it is: npx cookie-gatekeeper --version');
  const meant = nearest(name, Object.keys(COMMANDS));
  throw new UsageError(
    `there is no command "${name}". ${meant ? `Did you mean "${meant}"? For example: ${line(meant)}` : `Commands: ${Object.keys(COMMANDS).join(', ')}. What they do: npx cookie-gatekeeper --help`}`,
  );
}

function readCommand(name: string, args: string[]): Asked {
  const command = COMMANDS[name]!;
  const options: Record<string, Option> = { ...command.options, help: HELP };
  const { tokens } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([option, { value, short }]) => [
        option,
        { type: value ? ('string' as const) : ('boolean' as const), ...(short && { short }) },
      ]),
    ),
  });
  const named = tokens.filter((token) => token.kind === 'option');
  if (named.some((token) => token.name === 'help')) return { kind: 'help', command: name };
  const values = Object.fromEntries(named.map((token) => [token.name, valueOf(token, name, options)]));
  const given = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  checkCount(name, command, given.filter((word) => word.trim()).length);
  return { kind: 'run', command, given: given as [string, ...string[]], options: values };
}

function valueOf(token: OptionToken, command: string, options: Record<string, Option>): string | true {
  const { name, rawName, value, inlineValue } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    if (name === 'version') throw new UsageError('the version is that of the whole: npx cookie-gatekeeper --version');
    const all = Object.keys(options);
    const meant = nearest(name, all);
    throw new UsageError(
      `"${command}" has no option "${rawName}". ${meant ? `Did you mean "--${meant}"?` : `Options: ${all.map((one) => `--${one}`).join(', ')}.`} What they do: npx cookie-gatekeeper ${command} --help`,
    );
  }
  if (!option.value) {
    if (value !== undefined) throw new UsageError(`"${rawName}" takes no value: write ${rawName} alone.`);
    return true;
  }
  // A variable of a shell's that is not set is empty.
  if (!value?.trim() || (!inlineValue && /^--?[a-z]/i.test(value)))
    throw new UsageError(`"${rawName}" needs a value: ${rawName} ${option.value}`);
  return value;
}

function checkCount(name: string, { arguments: wanted, repeats, mayLackFirst }: Command, count: number): void {
  const least = wanted.length - (mayLackFirst ? 1 : 0);
  if (count >= least && (repeats || count <= wanted.length)) return;
  const words = wanted.map((word, index) => {
    if (mayLackFirst && index === 0) return `one ${word}, which may be left out,`;
    return `one ${word}${repeats && index === wanted.length - 1 ? ' or more' : ''}`;
  });
  throw new UsageError(`"${name}" takes ${words.join(' and ') || 'nothing but options'}. For example: ${line(name)}`);
}

function line(name: string): string {
  return `npx cookie-gatekeeper ${name} ${COMMANDS[name]!.example}`;
}
