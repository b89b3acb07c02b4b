import type { ConsentRecord } from '../../src/page/index';
import type { Tab } from './tab';

/** Puts a record, or anything else, where the gatekeeper keeps the visitor's decision. */
export function store(tab: Tab, record: unknown): Promise<void> {
  return tab.page.evaluate(
    (record) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('cookie-gatekeeper');
        opening.onupgradeneeded = () => opening.result.createObjectStore('consent');
        opening.onerror = () => reject(opening.error!);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('consent', 'readwrite');
          transaction.objectStore('consent').put(record, 'record');
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error!);
        };
      }),
    record as never,
  );
}

/** A decision that permits YouTube and holds for a day. */
export function storedConsent(changes: Partial<ConsentRecord> = {}): ConsentRecord {
  return {
    id: crypto.randomUUID(),
    revision: '2026-11-23',
    decidedAt: Date.now() - 1000,
    expiresAt: Date.now() + 24 * 3600 * 1000,
    action: 'choose',
    choices: { youtube: true },
    ...changes,
  };
}
