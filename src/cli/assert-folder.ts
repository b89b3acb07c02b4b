import { stat } from 'node:fs/promises';
import { CommandError } from './command-error';

/** @throws (rejects) {CommandError} where there is no such folder: an empty result would look like one in which nothing is */
export async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new CommandError(`${folder} could not be read: there is no such folder.`);
}
