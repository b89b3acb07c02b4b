import type { Page } from 'puppeteer';

/** Makes an entry of each name in each kind of storage that the page has. */
export function fill(page: Page, names: string[]): Promise<void> {
  return page.evaluate(async (names) => {
    for (const name of names) {
      localStorage.setItem(name, '1');
      sessionStorage.setItem(name, '1');
      if (isSecureContext) await caches.open(name);
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      });
    }
  }, names);
}

/** What is in storage, by kind, sorted. */
export function contentsOf(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const contents = {
      localStorage: Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index)!),
      sessionStorage: Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index)!),
      indexedDB: (await indexedDB.databases()).map(({ name }) => name!),
      cache: isSecureContext ? await caches.keys() : [],
    };
    for (const names of Object.values(contents)) names.sort();
    return contents;
  });
}

/** Opens a database and keeps it open. @param letsGo whether the page closes it when somebody wants to delete it */
export function holdDatabase(page: Page, name: string, { letsGo }: { letsGo: boolean }): Promise<void> {
  return page.evaluate(
    (name, letsGo) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          if (letsGo) database.onversionchange = () => database.close();
          (window as { held?: IDBDatabase }).held = database;
          resolve();
        };
      }),
    name,
    letsGo,
  );
}
