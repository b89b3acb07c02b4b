import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

/** A file could not be put in its place: the message says which, and what to do. Nothing was changed. */
export class OccupiedPathError extends Error {
  override name = 'OccupiedPathError';
}

/**
 * Replaces files, all of them or none. A server may be reading them just now: of each it gets the old one or the new
 * one, never a part.
 * @param contents by path
 * @throws (rejects) {OccupiedPathError} when something else than a file is in the place of one
 * @throws (rejects) when one cannot be written; all are as they were then
 */
export async function replaceFiles(contents: ReadonlyMap<string, string>): Promise<void> {
  const paths = [...contents.keys()];
  const before = new Map(await Promise.all(paths.map(async (path) => [path, await currentContent(path)] as const)));
  const replaced: string[] = [];
  try {
    await settled([...contents].map(([path, text]) => writeFile(temporary(path), text)));
    for (const path of paths) {
      await rename(temporary(path), path);
      replaced.push(path);
    }
  } catch (error) {
    await Promise.all(replaced.map((path) => restore(path, before.get(path))));
    throw error;
  } finally {
    await Promise.allSettled(paths.map((path) => rm(temporary(path), { force: true })));
  }
}

/** @returns undefined where there is no file yet */
async function currentContent(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isFile())
    throw new OccupiedPathError(
      `${path} is ${found.isDirectory() ? 'a folder' : 'no file'}, and nothing was written. Move it away, or name another folder: --out public/`,
    );
  return readFile(path);
}

/** Waits for all, so that none is still being written when one has failed. */
async function settled(writing: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(writing)).find(({ status }) => status === 'rejected') as
    PromiseRejectedResult | undefined;
  if (failed) throw failed.reason;
}

async function restore(path: string, content: Buffer | undefined): Promise<void> {
  await (content ? writeFile(path, content) : rm(path, { force: true }));
}

function temporary(path: string): string {
  return `${path}.${process.pid}.tmp`;
}
