import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { CommandError } from '../command-error';

/** The first of some names, or absolute paths, that can be executed; names are looked for on the PATH. */
export function findExecutable(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => (isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

/**
 * The executable that an environment variable names, if it is set.
 * @throws {CommandError} when what it names cannot be executed
 */
export function executableNamedIn(variable: string): string | undefined {
  const path = process.env[variable];
  if (path && !isExecutable(path))
    throw new CommandError(`${variable} names ${path}, which cannot be executed. Correct or unset it.`);
  return path || undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
