import { COMMANDS } from './all-commands';
import type { Option } from './command';

const NAME = 'cookie-gatekeeper: nothing leaves the browser before the visitor agrees';

/** What all commands do, each with a line to type. */
export function overview(): string {
  const commands = Object.entries(COMMANDS).map(
    ([name, { summary, example }]) => `  npx cookie-gatekeeper ${name} ${example}\n      ${summary}`,
  );
  return [
    NAME,
    ...commands,
    '  npx cookie-gatekeeper help build\n      says everything that a command can do; so does build --help',
  ].join('\n\n');
}

/** What a command does, and all its options. */
export function usageOf(name: string): string {
  const { summary, example, options } = COMMANDS[name]!;
  const rows = Object.entries(options).map(([option, spec]) => [spelling(option, spec), spec.says] as const);
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  const lines = rows.map(([left, says]) => `  ${left.padEnd(width)}  ${says}`);
  return [
    `cookie-gatekeeper ${name}: ${summary}`,
    `  npx cookie-gatekeeper ${name} ${example}`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ].join('\n\n');
}

function spelling(name: string, { short, value }: Option): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}
