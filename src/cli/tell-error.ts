import { CommandError } from './command-error';
import { paint } from './paint';

/** Errors whose message is for whoever has typed the command, or has written what it reads. */
const EXPECTED = [
  'PolicyError',
  'UnknownLanguageError',
  'NoLockError',
  'UnreachableError',
  'UnreadableFileError',
  'OccupiedPathError',
];

/** Whether an error's message is for a person, and a stack trace would not help. */
export function isExpected(error: unknown): error is Error {
  return error instanceof CommandError || EXPECTED.includes((error as Error).name);
}

/** Says on standard error what went wrong; all of it, where that is a mistake of ours. */
export function tellError(error: unknown): void {
  console.error(isExpected(error) ? `${paint('red', 'cookie-gatekeeper:', process.stderr)} ${error.message}` : error);
}
