import { removeCookie } from './remove-cookie';
import type { Kind } from './sweep-scope';
import { visibleCookies } from './visible-cookies';

/** A place of the browser where services leave traces. Both functions throw, or reject, where access is forbidden. */
export interface Place {
  /** The names of what is there. */
  list(): string[] | Promise<string[]>;
  /**
   * @returns false when there was nothing to remove
   * @throws {Error} (or rejects) with a message that says why it is still there
   */
  remove(name: string): unknown;
}

/** By kind. None touches the browser's storage before it is asked. */
export const PLACES: Record<Kind, Place> = {
  cookie: { list: visibleCookies, remove: removeCookie },
  localStorage: storagePlace(() => localStorage),
  sessionStorage: storagePlace(() => sessionStorage),
  indexedDB: {
    list: async () => (await indexedDB.databases()).map(({ name }) => name!),
    remove: removeDatabase,
  },
  cache: {
    // Pages on http have none.
    list: () => (window as Partial<WindowOrWorkerGlobalScope>).caches?.keys() ?? [],
    remove: (name) => caches.delete(name),
  },
};

function storagePlace(open: () => Storage): Place {
  return {
    // Object.keys would leave out `length` and `getItem`.
    list: () => Array.from({ length: open().length }, (_, index) => open().key(index)!),
    remove: (name) => open().removeItem(name),
  };
}

/** Databases that are still to be deleted: a request cannot be taken back, and another one would wait behind it. */
const pending = new Set<string>();

function removeDatabase(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const blocked = () => reject(new Error('A page has it open.'));
    if (pending.has(name)) return blocked();
    const request = indexedDB.deleteDatabase(name);
    pending.add(name);
    // Its version before; 0 when there was none.
    request.onsuccess = (event) => {
      pending.delete(name);
      resolve((event as IDBVersionChangeEvent).oldVersion > 0);
    };
    request.onerror = () => {
      pending.delete(name);
      reject(request.error);
    };
    request.onblocked = blocked;
  });
}
