import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { parseRecord, withLastSeen, type ConsentRecord } from './record';

const KEY = 'record';
/** Longer than a busy phone, or another tab's transaction, keeps a store from answering; one that is only late is waited for. */
export const STORE_LIMIT_MS = 8000;

let store: UseStore | undefined;

// Opened on first use: where IndexedDB is forbidden, opening throws, and only consent may suffer from that.
function open(): UseStore {
  const opened = (store ??= createStore('cookie-gatekeeper', 'consent'));
  return (mode, act) =>
    opened(mode, (stored) => {
      giveWay(stored.transaction.db);
      return act(stored);
    });
}

/** A script of the site's may delete all databases, as when somebody logs out, and would wait for as long as this one is open. */
function giveWay(database: IDBDatabase): void {
  database.onversionchange = () => {
    database.close();
    store = undefined;
  };
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
  return noteSeen(await open()('readonly', (stored) => promisifyRequest<unknown>(stored.get(KEY))));
}

/**
 * The same, and in the same transaction what is stored beside the record.
 * @returns the record, and the values in the order of their keys
 */
export async function readRecordAnd(keys: readonly string[]): Promise<[ConsentRecord | undefined, ...unknown[]]> {
  const [record, ...others] = await open()('readonly', (stored) =>
    Promise.all([KEY, ...keys].map((key) => promisifyRequest<unknown>(stored.get(key)))),
  );
  return [noteSeen(record), ...others];
}

/** Notes in the record that it was seen. */
function noteSeen(stored: unknown): ConsentRecord | undefined {
  const record = parseRecord(stored);
  const now = Date.now();
  const seen = withLastSeen(record, now);
  if (seen !== record) void updateRecord((previous) => withLastSeen(previous, now)).catch(() => {});
  return seen;
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
