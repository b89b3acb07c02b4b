import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { parseRecord, withLastSeen, type ConsentRecord } from './record';

const KEY = 'record';
/** Longer than a busy phone, or another tab's transaction, keeps a store from answering; one that is only late is waited for. */
export const STORE_LIMIT_MS = 8000;

let store: UseStore | undefined;

// Opened on first use: where IndexedDB is forbidden, opening throws, and only consent may suffer from that.
function open(): UseStore {
  store ??= createStore('cookie-gatekeeper', 'consent');
  return store;
}

/** @throws (rejects) when IndexedDB is unavailable */
export async function read(key: string): Promise<unknown> {
  return open()('readonly', (stored) => promisifyRequest<unknown>(stored.get(key)));
}

/**
 * Replaces a stored value in one transaction, so that changes from several tabs follow one another.
 * @returns the new value
 * @throws (rejects) when IndexedDB is unavailable: nothing is changed then
 */
export async function update<T>(key: string, change: (previous: unknown) => T): Promise<T> {
  return open()('readwrite', async (stored) => {
    const value = change(await promisifyRequest<unknown>(stored.get(key)));
    stored.put(value, key);
    await promisifyRequest(stored.transaction);
    return value;
  });
}

/**
 * Reads the stored record, and notes that it was seen, so that a clock which is set back later is found out.
 * @returns undefined when nothing whole is stored
 * @throws (rejects) when IndexedDB is unavailable
 */
export async function readRecord(): Promise<ConsentRecord | undefined> {
  const stored = parseRecord(await read(KEY));
  const now = Date.now();
  const record = withLastSeen(stored, now);
  if (record !== stored) void updateRecord((previous) => withLastSeen(previous, now)).catch(() => {});
  return record;
}

/**
 * Replaces the stored record.
 * @param change makes the new record from the stored one
 * @returns the new record
 * @throws (rejects) when IndexedDB is unavailable: nothing is changed then
 */
export async function updateRecord(
  change: (previous: ConsentRecord | undefined) => ConsentRecord | undefined,
): Promise<ConsentRecord | undefined> {
  return update(KEY, (previous) => change(parseRecord(previous)));
}
