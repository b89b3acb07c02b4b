import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { receiptFolder } from './receipt-folder';
import type { ReceiptStorage } from './receipt-storage';

/**
 * A folder that reports are counted in, one file for each origin, kind and page. A file is there wholly or not at all. Files
 * that end in `.tmp` are of writes that were cut short, and may be deleted.
 * @param folder path; made with the first report
 */
export function reportFolder(folder: string): ReceiptStorage {
  return { ...receiptFolder(folder), setItem: (key, value) => replace(folder, key, value) };
}

async function replace(folder: string, key: string, value: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${key}.${crypto.randomUUID()}.tmp`);
  try {
    await writeFile(temporary, value, { flag: 'wx' });
    await rename(temporary, join(folder, key));
  } finally {
    await rm(temporary, { force: true });
  }
}
