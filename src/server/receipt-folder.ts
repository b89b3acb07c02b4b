import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReceiptStorage } from './receipt-storage';

/**
 * A folder that receipts are kept in, one file each. A file is there wholly or not at all, also when the server
 * is killed or the power fails, and is never overwritten, also by another process.
 *
 * Files that end in `.tmp` are of writes that were cut short. They never count, and may be deleted.
 *
 * @param folder path; made with the first receipt
 */
export function receiptFolder(folder: string): ReceiptStorage {
  return {
    getItem: (key) => readFile(join(folder, key), 'utf8').catch(orNothing(null)),
    setItem: (key, value) => writeOnce(folder, key, value),
    removeItem: (key) => rm(join(folder, key), { force: true }),
    getKeys: () => readdir(folder).catch(orNothing([])),
  };
}

function orNothing<T>(nothing: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return nothing;
    throw error;
  };
}

async function writeOnce(folder: string, key: string, value: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, key);
  const temporary = join(folder, `${key}.${crypto.randomUUID()}.tmp`);
  try {
    await writeToDisk(temporary, value);
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster. Any other error: not every file system has links, but all can rename.
      if (error.code !== 'EEXIST') return rename(temporary, path);
    });
  } finally {
    await rm(temporary, { force: true });
  }
  await keepNames(folder);
}

async function writeToDisk(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file's name is in its folder, which is written to disk by itself. Windows opens no folders, and needs none of this. */
async function keepNames(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
